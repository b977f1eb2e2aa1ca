"""A passkey is made by invitation and lets its holder in without a name: in Chromium, with a virtual authenticator."""

from collections.abc import Iterator

import psycopg
import pytest
from people_of_the_record import at_the_door
from playwright.sync_api import Browser, Page
from served_pages import Pages, serving

from homeroom.access.accounts import kept, one_time
from homeroom.access.accounts.one_time import Kind
from homeroom.access.permissions import Role


@pytest.fixture
def served(record, tmp_path) -> Iterator[Pages]:
    yield from serving(record, tmp_path)


@pytest.fixture
def invitation(served) -> str:
    """The word of an invitation for Ines, a data manager."""

    async def invited(use):
        whose = await kept.add(use, "Ines Duarte", "a test", role=Role.DISTRICT_DATA_MANAGER)
        return await one_time.give(use, Kind.INVITATION, whose.number)

    return at_the_door(served.record, invited)


@pytest.fixture
def by_name(served) -> str:
    """The address with a name: a browser ties no passkey to a number."""
    return served.address.replace("127.0.0.1", "localhost")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A browser with a device that makes sure of its holder."""
    context = chromium.new_context()
    page = context.new_page()
    give_device(page)
    yield page
    context.close()


def give_device(page: Page, verifies: bool = True) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": verifies,
                "isUserVerified": verifies,
                "automaticPresenceSimulation": True,
            }
        },
    )


def make_passkey(page: Page, by_name: str, invitation: str) -> None:
    page.goto(f"{by_name}sign-in/invitation/{invitation}")
    page.get_by_role("heading", name="Is this you, Ines Duarte?").wait_for()
    page.get_by_role("button", name="Make my passkey").click()
    page.get_by_text("Ines Duarte, district data manager").wait_for()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("You are signed out").wait_for()


def test_whoever_was_invited_makes_a_passkey_and_signs_in_with_it_without_a_name(served, page, by_name, invitation):
    make_passkey(page, by_name, invitation)
    sign_out(page)
    page.goto(f"{by_name}sign-in?to=/matches")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("Ines Duarte, district data manager").wait_for()
    assert page.url == f"{by_name}matches"
    with psycopg.connect(served.record) as record:
        assert record.execute("select count(*), max(sign_count) > 0 from access.passkey").fetchone() == (1, True)
    assert served.written() == ""


def test_an_invitation_is_good_once(page, by_name, invitation):
    make_passkey(page, by_name, invitation)
    sign_out(page)
    assert page.goto(f"{by_name}sign-in/invitation/{invitation}").status == 403
    assert page.get_by_text("This invitation is used or too old").is_visible()


def test_a_device_that_does_not_make_sure_of_its_holder_makes_no_passkey(served, chromium, by_name, invitation):
    context = chromium.new_context()
    page = context.new_page()
    give_device(page, verifies=False)
    page.goto(f"{by_name}sign-in/invitation/{invitation}")
    page.get_by_role("button", name="Make my passkey").click()
    page.locator(".failure").wait_for()
    with psycopg.connect(served.record) as record:
        assert record.execute("select from access.passkey").fetchall() == []
    context.close()


def test_a_passkey_of_an_account_that_has_ended_opens_nothing(served, page, by_name, invitation):
    make_passkey(page, by_name, invitation)
    sign_out(page)
    (account,) = at_the_door(served.record, kept.accounts)
    at_the_door(served.record, lambda use: kept.end(use, account.number, "a test"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("This passkey opens nothing here").wait_for()
    page.goto(by_name)
    assert page.get_by_role("heading", name="Who are you?").is_visible()


def test_an_answer_to_a_question_is_taken_once(served, page, by_name, invitation):
    make_passkey(page, by_name, invitation)
    sign_out(page)
    with page.expect_request("**/sign-in/passkey/answer*") as sent:
        page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("Ines Duarte, district data manager").wait_for()
    sign_out(page)
    again = page.evaluate(
        "async ([to, body]) => (await fetch(to, {method: 'POST', body, headers: {'Content-Type': 'application/json'}}))"
        ".status",
        [sent.value.url, sent.value.post_data],
    )
    assert again == 403


@pytest.mark.parametrize("answer", ["{}", "[]", '{"id": "x"}', "nonsense"])
def test_what_is_no_answer_is_refused_in_words(served, answer):
    client = served.client
    assert client.post("/sign-in/passkey/question").status_code == 200
    said = client.post("/sign-in/passkey/answer", content=answer, headers={"Content-Type": "application/json"})
    assert said.status_code in (400, 403)
    assert "Traceback" not in said.text + served.written()


def test_by_a_number_the_page_leads_to_its_name(served, page, by_name, invitation):
    page.goto(f"{served.address}sign-in/invitation/{invitation}")
    assert page.get_by_role("button", name="Make my passkey").count() == 0
    page.get_by_role("link", name="Open this page by its name").click()
    page.get_by_role("button", name="Make my passkey").wait_for()
    assert page.url.startswith(by_name)


def test_where_somebody_has_a_passkey_no_link_is_printed(served, page, by_name, invitation, tmp_path):
    make_passkey(page, by_name, invitation)
    for _ in serving(served.record, tmp_path / "again", has_link=False):
        pass
