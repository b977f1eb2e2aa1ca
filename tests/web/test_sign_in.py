"""People sign in with the district's OpenID provider, or with the link of this machine; without, nothing is shown."""

import re
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import psycopg
import pytest
from joserfc.jwk import RSAKey
from openid_provider import CLIENT, SECRET, OpenIdProvider, openid_provider
from own_database import own_database
from people_of_the_record import at_the_door, somebody
from served_pages import Pages, hold_form_word, serving

from homeroom.access.accounts import one_time
from homeroom.access.accounts.one_time import Kind
from homeroom.access.permissions import Role

ADDRESS = "ruth@springfield.example"


@pytest.fixture(scope="module")
def provider() -> Iterator[OpenIdProvider]:
    with openid_provider() as running:
        yield running


@pytest.fixture(scope="module")
def served(maple_grove, postgres_url, provider, tmp_path_factory) -> Iterator[Pages]:
    """Pages with a provider, and one teacher in their record who has the address ADDRESS."""

    def with_provider(workspace):
        text = workspace.settings_file.read_text()
        workspace.settings_file.write_text(
            f'{text}\n[sign_in]\nissuer = "{provider.issuer}"\nclient_id = "{CLIENT}"\nname = "Springfield"\n'
        )
        workspace.secrets_file.write_text(f'[sign_in]\nclient_secret = "{SECRET}"\n')
        workspace.secrets_file.chmod(0o600)

    with own_database(postgres_url, "maple_grove_template") as url:
        teacher = somebody(url, Role.TEACHER)[0]
        with psycopg.connect(url) as record:
            record.execute(
                "update edfi.staff set electronic_mails = jsonb_build_array(jsonb_build_object("
                "'electronicMailAddress', %s::text)) where staff_unique_id = %s",
                [ADDRESS, teacher],
            )
        yield from serving(url, tmp_path_factory.mktemp("signed-in"), with_provider, has_link=False)


@pytest.fixture
def honest(provider) -> Iterator[OpenIdProvider]:
    """The provider, which tells the truth of Ruth."""
    provider.person = {"sub": "4711", "email": ADDRESS, "email_verified": True, "name": "Ruth"}
    yield provider
    provider.lies, provider.signs_with, provider.told_in_token = {}, None, True


@pytest.fixture
def visitor(served) -> Iterator[httpx.Client]:
    """A browser in which nobody is signed in."""
    with httpx.Client(base_url=served.address, timeout=60) as client:
        yield client


def sent_there(visitor: httpx.Client, to: str = "/") -> str:
    """The address of the provider to which the browser is sent."""
    answer = visitor.get("/sign-in/provider", params={"to": to})
    assert answer.status_code == 303
    return answer.headers["location"]


def came_back(visitor: httpx.Client, to: str = "/") -> httpx.Response:
    """The answer to the browser that comes back from the provider."""
    with httpx.Client() as away:
        back = away.get(sent_there(visitor, to)).headers["location"]
    return visitor.get(back)


def is_signed_in(visitor: httpx.Client) -> bool:
    return visitor.get("/students").status_code == 200


def test_without_a_session_every_page_leads_to_sign_in(served, visitor):
    for path in ("/", "/students", "/sources", "/matches", "/quality", "/rules", "/quarantine", "/matches/decisions",
                 "/students/00000000-0000-4000-8000-000000000000"):  # fmt: skip
        answer = visitor.get(path)
        assert (answer.status_code, urlsplit(answer.headers["location"]).path) == (303, "/sign-in")
    assert visitor.post("/students", data={"words": "ma"}).headers["location"] == "/sign-in"


def test_the_sign_in_page_offers_the_provider_by_its_name(visitor):
    page = visitor.get("/sign-in").text
    assert "Sign in with Springfield" in page
    assert "made-up" not in page
    assert "homeroom serve" not in page


def test_the_browser_is_sent_with_state_nonce_and_a_challenge_of_its_own(visitor, honest):
    asked = [parse_qs(urlsplit(sent_there(visitor)).query) for _ in range(2)]
    for one in asked:
        assert one["response_type"] == ["code"]
        assert one["code_challenge_method"] == ["S256"]
        assert one["redirect_uri"] == [f"{str(visitor.base_url).rstrip('/')}/sign-in/back"]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]


def test_whoever_comes_back_is_signed_in_and_goes_on_to_the_page_that_was_wanted(visitor, honest):
    answer = came_back(visitor, "/students")
    assert (answer.status_code, answer.headers["location"]) == (303, "/students")
    page = visitor.get("/students").text
    assert ", teacher" in page
    assert "Your students" in page


@pytest.mark.parametrize("told_in_token", [True, False])
def test_the_address_is_taken_from_the_token_or_asked_for(visitor, honest, told_in_token):
    honest.told_in_token = told_in_token
    came_back(visitor)
    assert is_signed_in(visitor)


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "/sign-out", ""]
)
def test_nobody_is_led_to_another_site(visitor, honest, wanted):
    assert came_back(visitor, wanted).headers["location"] == "/"


def test_the_cookie_of_a_session_is_for_no_script_and_no_other_site(visitor, honest):
    (cookie,) = [one for one in came_back(visitor).headers.get_list("set-cookie") if "session" in one.split("=")[0]]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert "expires" not in cookie.lower()
    # On this machine nothing speaks TLS.
    assert "secure" not in cookie.lower()


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "of another attempt"},
        {"nonce": None},
        {"aud": "another client"},
        {"iss": "https://evil.example"},
        {"exp": int(time.time()) - 3600},
        {"sub": None},
    ],
    ids=lambda lies: next(iter(lies)),
)
def test_a_token_that_is_not_meant_for_this_sign_in_lets_nobody_in(visitor, honest, lies):
    honest.lies = lies
    answer = came_back(visitor)
    assert answer.status_code == 403
    assert "You are not signed in" in answer.text
    assert not is_signed_in(visitor)


def test_a_token_that_another_key_signed_lets_nobody_in(visitor, honest):
    honest.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert came_back(visitor).status_code == 403
    assert not is_signed_in(visitor)


@pytest.mark.parametrize("verified", [False, None, "no"])
def test_an_address_that_was_not_verified_tells_of_nobody(visitor, honest, verified):
    honest.person |= {"sub": "another", "email_verified": verified}
    answer = came_back(visitor)
    assert answer.status_code == 403
    assert "does not say that your e-mail address was verified" in answer.text
    assert not is_signed_in(visitor)


def test_a_stranger_of_the_provider_is_told_whom_to_ask(visitor, honest):
    honest.person = {"sub": "stranger", "email": "stranger@elsewhere.example", "email_verified": True}
    answer = came_back(visitor)
    assert answer.status_code == 403
    assert "Ask the district" in answer.text
    assert not is_signed_in(visitor)


def test_an_answer_is_taken_once_and_by_the_browser_alone_that_asked(served, visitor, honest):
    with httpx.Client() as away:
        back = away.get(sent_there(visitor)).headers["location"]
    with httpx.Client(base_url=served.address) as other:
        sent_there(other)
        assert other.get(back).status_code == 403
        assert not is_signed_in(other)
    assert visitor.get(back).status_code == 303
    assert visitor.get(back).status_code == 403


def test_a_person_who_says_no_at_the_provider_is_not_signed_in(visitor, honest):
    state = parse_qs(urlsplit(sent_there(visitor)).query)["state"][0]
    answer = visitor.get("/sign-in/back", params={"error": "access_denied", "state": state})
    assert answer.status_code == 403
    assert "Sign in again" in answer.text


def test_a_new_session_has_a_new_word_and_ends_the_one_before(served, visitor, honest):
    came_back(visitor)
    before = dict(visitor.cookies)
    came_back(visitor)
    assert dict(visitor.cookies) != before
    with httpx.Client(base_url=served.address, cookies=before) as old:
        assert not is_signed_in(old)


def test_signing_out_ends_the_session_for_whoever_kept_its_word(served, visitor, honest):
    came_back(visitor)
    kept = dict(visitor.cookies)
    hold_form_word(visitor)
    assert visitor.post("/sign-out").headers["location"] == "/sign-in?out=true"
    with httpx.Client(base_url=served.address, cookies=kept) as old:
        assert not is_signed_in(old)
    assert "You are signed out" in visitor.get("/sign-in?out=true").text


@pytest.mark.parametrize("word", [None, "", "wrong", "ü"])
def test_a_form_without_the_word_of_the_session_is_refused(visitor, honest, word):
    came_back(visitor)
    sent = {"words": ""} | ({} if word is None else {"csrf_token": word})
    answer = visitor.post("/students", data=sent)
    assert answer.status_code == 403
    assert "This form came from elsewhere" in answer.text
    assert visitor.post("/sign-out", data=sent).status_code == 403
    assert is_signed_in(visitor)


def test_each_form_of_a_page_holds_the_word_of_the_session(visitor, honest):
    came_back(visitor)
    page = visitor.get("/students").text
    forms = re.findall(r'<form method="post".*?</form>', page, re.DOTALL)
    words = {re.search(r'name="csrf_token" value="([^"]+)"', form)[1] for form in forms}
    assert len(forms) > 1
    assert len(words) == 1
    assert visitor.post("/students", data={"words": "", "csrf_token": words.pop()}).status_code == 200


def test_the_server_writes_nothing_of_who_signs_in(served, visitor, honest):
    came_back(visitor)
    honest.lies = {"nonce": "of another attempt"}
    came_back(visitor)
    for secret in (ADDRESS, "Ruth", "4711", SECRET):
        assert secret not in served.written()


def test_where_there_is_a_provider_no_link_lets_anybody_in(visitor):
    assert visitor.get("/sign-in/once/anything").status_code == 403


def test_outside_of_the_demonstration_nobody_is_let_in_unknown(served, visitor, honest):
    came_back(visitor)
    with psycopg.connect(served.record) as record:
        (number,) = record.execute("select max(number) from access.account").fetchone()
    with httpx.Client(base_url=served.address) as other:
        answer = other.post("/sign-in/demo", data={"account": number})
        assert answer.status_code == 403
        assert "Only the demonstration" in answer.text
        assert not is_signed_in(other)


def test_the_link_of_this_machine_lets_in_once(pages):
    with httpx.Client(base_url=pages.address) as other:
        answer = other.get(pages.link)
        assert answer.status_code == 403
        assert "Start homeroom serve again" in answer.text
        assert not is_signed_in(other)
    assert "This machine" in pages.client.get("/").text


def test_the_tree_of_the_log_is_everybodys_to_check(visitor):
    assert visitor.get("/log/checkpoint").status_code == 200


def test_a_provider_that_is_away_is_told_in_words(visitor, honest, served):
    honest.given.clear()
    with httpx.Client() as away:
        back = away.get(sent_there(visitor)).headers["location"]
    honest.given.clear()
    answer = visitor.get(back)
    assert answer.status_code == 403
    assert "could not be asked who you are" in answer.text


def test_under_the_district_s_own_name_words_go_over_tls_alone(record, tmp_path):
    def with_address(workspace):
        text = workspace.settings_file.read_text()
        workspace.settings_file.write_text(f'{text}\n[pages]\naddress = "https://homeroom.springfield.example"\n')

    by_name = {"Host": "homeroom.springfield.example"}
    for served in serving(record, tmp_path, with_address):
        word = at_the_door(record, lambda use: one_time.give(use, Kind.THIS_MACHINE))
        answer = httpx.get(f"{served.address}sign-in/once/{word}", headers=by_name)
        assert answer.headers["set-cookie"].startswith("__Host-homeroom-session=")
        assert "; Secure" in answer.headers["set-cookie"]
        students = f"{served.address}students"
        own, other = ({"Origin": f"{scheme}://homeroom.springfield.example"} for scheme in ("https", "http"))
        assert httpx.post(students, headers=by_name | own).headers["location"] == "/sign-in"
        assert httpx.post(students, headers=by_name | other).status_code == 403
        assert httpx.get(served.address, headers={"Host": "evil.example"}).status_code == 400
