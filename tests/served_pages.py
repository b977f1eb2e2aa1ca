"""`homeroom serve` as tests of several pages run it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

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
