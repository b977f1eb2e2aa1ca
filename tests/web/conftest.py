"""The pages as a person gets them: the command `homeroom serve` runs, and answers over HTTP."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from served_pages import Pages, serving
from signed_in_browser import SignedIn

from homeroom.settings import Workspace


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
def browser(chromium: Browser) -> SignedIn:
    """Debian's Chromium, signed in."""
    return SignedIn(chromium)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, in which nobody is signed in."""
    program = shutil.which("chromium")
    if program is None:
        pytest.fail("The pages are looked at in Chromium, which is not here. Install it: apt-get install chromium")
    with sync_playwright() as playwright:
        # Chromium's own walls need rights that root in a container does not have.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        yield playwright.chromium.launch(executable_path=program, args=arguments)
