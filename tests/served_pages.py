"""`homeroom serve` as tests of several pages run it."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import httpx
from commands import begin
from own_workspace import own_workspace
from people_of_the_record import at_the_door

from homeroom.access.accounts import sessions
from homeroom.settings import Workspace


@dataclass(frozen=True)
class Pages:
    """A running server: its address, a client that asks it as whoever started it, the record behind it, what it has
    written so far, its workspace's folder, and the link that it printed for whoever started it, used up."""

    address: str
    client: httpx.Client
    record: str
    written: Callable[[], str]
    workspace: Path
    link: str = ""

    @property
    def cookies(self) -> list[dict[str, str]]:
        """The cookies of whoever started it, as a browser takes them."""
        return cookies_of(self.client)


# Of every server that runs: a browser is signed in with each of them.
RUNNING: list[Pages] = []


def cookies_of(client: httpx.Client) -> list[dict[str, str]]:
    return [
        {"name": one.name, "value": one.value or "", "domain": "127.0.0.1", "path": "/"} for one in client.cookies.jar
    ]


def hold_form_word(client: httpx.Client) -> None:
    """Let the client send with each form what a page of whoever is signed in holds."""
    page = client.get("/students", follow_redirects=True).text
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, page
    client.headers["X-CSRF-Token"] = found[1]


@contextmanager
def as_account(pages: Pages, account: int) -> Iterator[httpx.Client]:
    """A client that is signed in with an account."""

    word = at_the_door(pages.record, lambda use: sessions.begin(use, account))
    cookie = {f"homeroom-session-{urlsplit(pages.address).port}": word}
    with httpx.Client(base_url=pages.address, timeout=60, cookies=cookie) as client:
        yield client


def serving(
    record: str,
    folder: Path,
    prepare: Callable[[Workspace], None] = lambda workspace: None,
    *,
    has_link: bool = True,
) -> Iterator[Pages]:
    """`homeroom serve` on the record at `record`, until the test is done.

    `has_link`: whether it prints a link for whoever starts it, because there is no other way to sign in.
    """
    workspace = own_workspace(folder / "district", record)
    prepare(workspace)
    log = folder / "written.txt"
    for address, printed in serving_workspace(workspace, log):
        with httpx.Client(base_url=address, timeout=60) as client:
            pages = Pages(address, client, record, log.read_text, workspace.root)
            if has_link:
                pages = replace(pages, link=printed().removeprefix("Sign in with ").split()[0])
                client.get(pages.link)
                hold_form_word(client)
            RUNNING.append(pages)
            try:
                yield pages
            finally:
                RUNNING.remove(pages)


def serving_workspace(workspace: Workspace, log: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    """`homeroom serve` of a workspace, until the test is done: its address, and what gives the next line it prints."""
    log.touch()
    with TemporaryDirectory() as folder:
        pipe = Path(folder, "printed")
        os.mkfifo(pipe)
        server = begin(["serve", "--port", "0", "--workspace", str(workspace.root)], pipe, log)
        try:
            # Opened when the server has opened its end.
            with pipe.open() as printed:
                first = printed.readline()
                assert first.startswith("Open http://127.0.0.1:"), log.read_text()
                yield first.split()[1], printed.readline
        finally:
            server.terminate()
            server.join(30)
