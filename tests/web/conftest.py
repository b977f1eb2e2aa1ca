"""The pages as a person gets them: the command `homeroom serve` runs, and answers over HTTP."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

from homeroom.settings import Workspace


@dataclass(frozen=True)
class Pages:
    """A running server: its address, a client that asks it, the record behind it, what it has written so far, and its
    workspace's folder."""

    address: str
    client: httpx.Client
    record: str
    written: Callable[[], str]
    workspace: Path


def serving(
    record: str, folder: Path, prepare: Callable[[Workspace], None] = lambda workspace: None
) -> Iterator[Pages]:
    """`homeroom serve` on the record at `record`, until the test is done."""
    workspace = Workspace.create(folder / "district", "Maple Grove")
    text = workspace.settings_file.read_text()
    workspace.settings_file.write_text(f'{text}\n[record]\nurl = "{record}"\n')
    prepare(workspace)
    log = folder / "written.txt"
    with log.open("w") as written:
        server = subprocess.Popen(
            [sys.executable, "-m", "homeroom.cli", "serve", "--port", "0", "--workspace", workspace.root],
            stdout=subprocess.PIPE,
            stderr=written,
            text=True,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
        try:
            assert server.stdout is not None
            first = server.stdout.readline()
            assert first.startswith("Open http://127.0.0.1:"), log.read_text()
            address = first.split()[1]
            with httpx.Client(base_url=address, timeout=60) as client:
                yield Pages(address, client, record, log.read_text, workspace.root)
        finally:
            server.terminate()
            server.wait(30)


@pytest.fixture(scope="session")
def pages(maple_grove: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """Maple Grove's pages. Tests read them."""
    url = maple_grove.settings().record_url
    assert url
    yield from serving(url, tmp_path_factory.mktemp("served"))


@pytest.fixture
def own_pages(copied_record: str, tmp_path: Path) -> Iterator[Pages]:
    """The pages of a copy of Maple Grove, for a test that changes the record."""
    yield from serving(copied_record, tmp_path)


@pytest.fixture
def empty_pages(record: str, tmp_path: Path) -> Iterator[Pages]:
    """The pages of a record into which nothing came yet."""
    yield from serving(record, tmp_path)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("The pages are looked at in Chromium, which is not here. Install it: apt-get install chromium")
    with sync_playwright() as playwright:
        # Chromium's own walls need rights that root in a container does not have.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        yield playwright.chromium.launch(executable_path=chromium, args=arguments)
