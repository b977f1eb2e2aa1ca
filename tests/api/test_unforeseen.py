"""Whatever goes wrong behind the interface: the answer is a problem in words, and holds nothing of a student."""

import asyncio
import logging
from types import SimpleNamespace

import httpx
import pytest
from made_up_agreement import APPROVED_BY, agreement_file, given_key

from homeroom.access.agreements import kept
from homeroom.access.agreements.states import State
from homeroom.access.door import ask, prepare
from homeroom.access.permissions import Action
from homeroom.api.application import _Guard, application
from homeroom.errors import CannotRun

MAYA = {"FirstName": "Maya", "LastSurname": "Okafor", "BirthDate": "2014-03-09"}
IDENTITIES = "/identity/v2/identities"


class Desk:
    """A desk that does what a test lets it do."""

    def __init__(self, problem):
        self.problem = problem

    def matches(self, asked):
        if self.problem:
            raise self.problem
        return [[] for _ in asked]

    def get_ready(self):
        if self.problem:
            raise self.problem

    def close(self):
        """Nothing to let go of."""


@pytest.fixture
def ready(record):
    prepare(record)
    return record


def asking(url, file, problem, story):
    """What `story(client, use)` gives, with a client that has a token, of an application whose desk raises `problem`;
    `use` makes a use of the record of what is asked of it."""

    async def use(question, action=Action.DECIDE_AGREEMENTS):
        return await ask(url, action, question)

    async def told():
        key = await use(lambda opened: given_key(opened, file))
        served = application(url, "http://127.0.0.1/api", Desk(problem), file.parent / "bulk", lambda agreement: b"")
        ways = httpx.ASGITransport(served, raise_app_exceptions=False)
        async with (
            served.router.lifespan_context(served),
            httpx.AsyncClient(transport=ways, base_url="http://127.0.0.1") as client,
        ):
            grant = {"grant_type": "client_credentials"}
            answered = await client.post("/oauth/token", data=grant, auth=(key.key, key.secret))
            client.headers["Authorization"] = f"Bearer {answered.json()['access_token']}"
            return await story(client, use)

    return asyncio.run(told())


@pytest.mark.parametrize(
    ("problem", "status", "kind"),
    [
        (ValueError("could not convert 'Okafor'"), 500, "system"),
        (CannotRun("The record's PostgreSQL does not answer."), 502, "bad-gateway"),
    ],
)
@pytest.mark.parametrize(("path", "sent"), [(f"{IDENTITIES}/search", [MAYA]), (IDENTITIES, MAYA)])
def test_nothing_of_a_student_leaves_in_a_problem_or_stands_in_the_log(
    ready, tmp_path, caplog, problem, status, kind, path, sent
):
    caplog.set_level(logging.DEBUG)
    answered = asking(ready, agreement_file(tmp_path), problem, lambda client, use: client.post(path, json=sent))
    assert (answered.status_code, answered.json()["type"]) == (status, f"urn:ed-fi:api:{kind}")
    assert answered.headers["content-type"] == "application/problem+json"
    assert "Okafor" not in answered.text
    assert "Traceback" not in answered.text
    assert "Okafor" not in caplog.text


def test_a_search_that_went_wrong_says_so_where_it_is_fetched(ready, tmp_path):
    async def story(client, use):
        accepted = await client.post(f"{IDENTITIES}/search", json=[MAYA], headers={"Prefer": "respond-async"})
        assert accepted.status_code == 202
        for _ in range(100):
            answered = await client.get(f"{IDENTITIES}/results/{accepted.headers['location'].rpartition('/')[2]}")
            if answered.status_code != 200:
                return answered.status_code
            await asyncio.sleep(0.01)

    assert asking(ready, agreement_file(tmp_path), CannotRun("It is away."), story) == 502


def test_whoever_may_not_ask_any_more_is_refused_before_anybody_is_looked_for(ready, tmp_path):
    async def story(client, use):
        (number,) = [one.number for one in await use(kept.agreements)]
        assert (await client.post(f"{IDENTITIES}/find", json=[])).status_code == 200
        await use(lambda opened: kept.change(opened, number, State.SUSPENDED, APPROVED_BY))
        asked = {f"{IDENTITIES}/search": [MAYA], f"{IDENTITIES}/find": ["1"], IDENTITIES: MAYA,
                 "/oauth/token_info": {"token": "x"}}  # fmt: skip
        return [(await client.post(path, json=sent)).status_code for path, sent in asked.items()]

    assert asking(ready, agreement_file(tmp_path), ValueError("somebody looked"), story) == [401] * 4


def test_an_agreement_that_is_not_for_it_lets_no_id_be_made(ready, tmp_path):
    path = agreement_file(tmp_path)
    path.write_text(path.read_text().replace('["rostering", "assessment"]', '["assessment"]'))
    answered = asking(
        ready, path, ValueError("somebody looked"), lambda client, use: client.post(IDENTITIES, json=MAYA)
    )
    assert answered.status_code == 403
    assert answered.json()["detail"] == "No rule lets a provider's app create students' ids for assessment."


def test_an_answer_that_fails_after_it_was_begun_is_cut_off_without_a_word_of_why(caplog):
    async def fails(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ValueError("could not convert 'Okafor'")

    sent = []

    async def keep(message):
        sent.append(message["type"])

    served = SimpleNamespace(state=SimpleNamespace(hosts={"127.0.0.1"}))
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "app": served, "server": None,
             "headers": [(b"host", b"127.0.0.1")]}  # fmt: skip
    with pytest.raises(Exception, match=r"^$") as problem:
        asyncio.run(_Guard(fails)(scope, None, keep))
    assert sent == ["http.response.start"]
    assert problem.value.__suppress_context__
    assert "ValueError" in caplog.text
    assert "Okafor" not in caplog.text
