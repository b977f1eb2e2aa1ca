"""The demonstration offers one person of each kind, and nothing else does."""

import re
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest
from served_pages import serving_workspace

from homeroom.jobs.demo_accounts import is_demo
from homeroom.settings import Workspace

KINDS = ("a district data manager", "a privacy officer", "a teacher", "a principal", "a counselor",
         "a parent or guardian", "a student")  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Workspace:
    folder = tmp_path_factory.mktemp("demo") / "maple-grove"
    subprocess.run(
        [sys.executable, "-m", "homeroom.cli", "demo", "--students", "100", "--no-serve", "--warehouse-years", "1",
         "--folder", folder],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return Workspace.open(folder)


@pytest.fixture(scope="module")
def served(demo, tmp_path_factory) -> Iterator[str]:
    """The address of the demonstration's pages."""
    for address, _ in serving_workspace(demo, tmp_path_factory.mktemp("written") / "log.txt"):
        yield address


def offered(page: str) -> dict[str, str]:
    """The accounts that a sign-in page offers, by what they are."""
    return {words: number for number, words in re.findall(r'name="account" value="(\d+)">Sign in as ([^<]+)<', page)}


def test_one_of_each_kind_is_offered_and_lands_on_a_page_of_theirs(served):
    with httpx.Client(base_url=served, timeout=60) as client:
        accounts = offered(client.get("/sign-in").text)
    assert tuple(accounts) == KINDS
    for kind, number in accounts.items():
        with httpx.Client(base_url=served, timeout=60, follow_redirects=True) as client:
            page = client.post("/sign-in/demo", data={"account": number})
            assert page.status_code == 200
            assert f", {kind.removeprefix('a ')}</span>" in page.text
            if kind not in KINDS[:2]:
                assert "Okafor, Maya" in client.post("/students", data=form(page.text)).text or "Okafor" in page.text


def form(page: str) -> dict[str, str]:
    return {"words": "Okafor", "csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', page)[1]}


def test_another_account_is_not_let_in_by_its_number(served):
    with httpx.Client(base_url=served, timeout=60) as client:
        most = max(map(int, offered(client.get("/sign-in").text).values()))
        assert client.post("/sign-in/demo", data={"account": most + 1}).status_code == 403


def test_started_again_it_offers_the_same(demo, served, tmp_path):
    with httpx.Client(base_url=served, timeout=60) as client:
        before = offered(client.get("/sign-in").text)
    for address, _ in serving_workspace(demo, tmp_path / "log.txt"):
        with httpx.Client(base_url=address, timeout=60) as client:
            assert offered(client.get("/sign-in").text) == before


def test_it_is_no_demonstration_any_more(demo):
    text = demo.settings_file.read_text()
    changes = (
        '\n[pages]\naddress = "https://homeroom.springfield.example"\n',
        '\n[record]\nurl = "postgresql://homeroom@db.springfield.example/springfield"\n',
        '\n[[source]]\nname = "ours"\nkind = "oneroster-csv"\npath = "/srv/export"\n',
        '\n[[source]]\nname = "ours"\nkind = "oneroster-api"\npath = "https://sis.springfield.example"\n',
    )
    try:
        assert is_demo(demo)
        for change in changes:
            demo.settings_file.write_text(text + change)
            assert not is_demo(demo)
    finally:
        demo.settings_file.write_text(text)


def test_a_new_workspace_is_no_demonstration(tmp_path):
    assert not is_demo(Workspace.create(tmp_path / "district", "Maple Grove"))
