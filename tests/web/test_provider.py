"""Who comes back from a provider that others wrote is told as it said; an answer to nothing asked tells of nobody."""

import asyncio
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import httpx
import oidc_provider_mock
import pytest
from openid_provider import CLIENT, SECRET, OpenIdProvider, openid_provider

from homeroom.errors import CannotRun
from homeroom.web.provider import Provider, SignInFailed, Told

BACK = "https://homeroom.springfield.example/sign-in/back"
CLAIMS = {"email": "ruth@springfield.example", "email_verified": True}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    ruth = oidc_provider_mock.User(sub="4711", claims=CLAIMS)
    with oidc_provider_mock.run_server_in_thread(require_nonce=True, user_claims=[ruth]) as server:
        yield f"http://localhost:{server.server_port}"


def provider(issuer: str, **said: str) -> Provider:
    return Provider(issuer, "homeroom", "a secret", "Springfield", **said)


def said_yes(address: str) -> dict[str, str]:
    """What the browser brings back, when Ruth said yes."""
    answer = httpx.post(address, data={"sub": "4711"})
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


async def told(provider: Provider, change: dict[str, str]) -> Told:
    address, held = await provider.send_there(BACK)
    answer = await asyncio.to_thread(said_yes, address)
    return await provider.who_came_back(answer, held | change, BACK)


def test_somebody_is_told_by_issuer_and_subject_with_the_address_that_was_verified(issuer):
    assert asyncio.run(told(provider(issuer), {})) == Told(issuer, "4711", "ruth@springfield.example")


@pytest.mark.parametrize("held", ["state", "nonce"])
def test_an_answer_to_another_question_tells_of_nobody(issuer, held):
    with pytest.raises(SignInFailed):
        asyncio.run(told(provider(issuer), {held: "of another attempt"}))


def test_a_code_that_somebody_caught_is_of_no_use_without_the_word_behind_its_challenge():
    async def caught(running: OpenIdProvider, change: dict[str, str]) -> Told:
        ours = Provider(running.issuer, CLIENT, SECRET, "Springfield")
        address, held = await ours.send_there(BACK)
        answer = await asyncio.to_thread(httpx.get, address)
        brought = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
        return await ours.who_came_back(brought, held | change, BACK)

    with openid_provider() as running:
        running.person = {"sub": "4711", **CLAIMS}
        assert asyncio.run(caught(running, {})).subject == "4711"
        with pytest.raises(SignInFailed):
            asyncio.run(caught(running, {"code_verifier": "of another attempt"}))


def test_a_provider_that_calls_itself_otherwise_is_not_the_one_of_the_settings(issuer):
    with pytest.raises(CannotRun, match="another issuer"):
        asyncio.run(provider(f"{issuer}/").send_there(BACK))


def test_a_provider_that_is_away_is_told_in_words():
    with pytest.raises(SignInFailed, match="could not be asked"):
        asyncio.run(provider("http://127.0.0.1:1").send_there(BACK))


@pytest.mark.parametrize(
    ("email", "verified", "domain", "counts"),
    [
        ("ruth@springfield.example", True, "", True),
        ("ruth@springfield.example", "true", "", True),
        ("ruth@springfield.example", None, "", False),
        ("ruth@springfield.example", None, "springfield.example", True),
        ("ruth@springfield.example", False, "springfield.example", False),
        ("ruth@evil.example", None, "springfield.example", False),
        ("ruth@evil-springfield.example", None, "springfield.example", False),
        ("ruth@springfield.example.evil.example", None, "springfield.example", False),
        ("ruth", True, "", False),
        (None, True, "", False),
        (["ruth@springfield.example"], True, "", False),
    ],
)
def test_an_address_counts_where_it_was_verified_or_is_of_the_providers_own_domain(
    issuer, email, verified, domain, counts
):
    claims = {"email": email} | ({} if verified is None else {"email_verified": verified})
    found = provider(issuer, email_domain=domain)._verified_email(claims)
    assert found == (email if counts else None)
