"""Who may do what with each resource, made from the model: each resource, each kind of principal, each verb.

Two schools have a row of each resource. No answer holds a row or a field outside of what whoever asks may see, and what
they may not change stays as it was.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest
from made_up_agreement import APPROVED_BY, agreement_file, made_active
from own_database import own_database
from people_of_oak import AT_OAK, MADE_SO
from people_of_the_record import at_the_door
from served_pages import serving
from two_schools import OAK, fill, within_reach

from homeroom.access.accounts.kept import add, end
from homeroom.access.accounts.reach import KINDS
from homeroom.access.accounts.sessions import principals_of
from homeroom.access.accounts.shown_fields import KEPT_FROM
from homeroom.access.agreements import kept, keys
from homeroom.access.agreements.states import State
from homeroom.access.agreements.terms import fields_of
from homeroom.access.door import Door, Refused, ask
from homeroom.access.opt_outs import kept as opt_outs
from homeroom.access.permissions import Action, Principal, Role, decide, purpose_of
from homeroom.access.resources.namespaces import namespace_column
from homeroom.access.resources.scope import Rule, scope_of
from homeroom.access.students import student_known_as
from homeroom.model import RESOURCES
from homeroom.model.columns import columns, table_name

SIDES = ("oak", "elm")
# Of each resource every second field, and of every ninth resource none.
NAMED = {
    resource: frozenset(sorted(fields_of(resource))[::2]) for number, resource in enumerate(RESOURCES) if number % 9
}
ALL = {resource: fields_of(resource) for resource in RESOURCES}
ALL_WRITTEN = "\n".join(f'{resource} = "all"' for resource in RESOURCES)
WRITES = {"writes": ALL_WRITTEN, "namespaces": '["uri://oak.example"]'}
WRITING = (Action.WRITE_RESOURCES, Action.DELETE_RESOURCES)


def elements(named: dict[str, frozenset[str]]) -> str:
    return "\n".join(f"{resource} = {json.dumps(sorted(paths))}" for resource, paths in named.items())


@dataclass
class Apps:
    """The record of two schools, served: the ids of its rows, and a client of each kind of app by its name."""

    url: str
    rows: dict[str, dict[str, UUID]]
    clients: dict[str, httpx.Client]

    def ask(self, kind: str, method: str, resource: str, id_: UUID | None = None, body: Any = None) -> httpx.Response:
        path = f"data/v3/ed-fi/{RESOURCES[resource].endpoint}"
        return self.clients[kind].request(method, f"{path}/{id_.hex}" if id_ else path, json=body)

    def versions(self) -> dict[tuple[str, str], int]:
        """The change version of each of the two rows of each resource."""
        with psycopg.connect(self.url) as record:
            return {
                (resource, side): record.execute(
                    f"select change_version from edfi.{table_name(resource)} where id = %s", [sides[side]]
                ).fetchone()[0]
                for resource, sides in self.rows.items()
                for side in SIDES
            }


@pytest.fixture(scope="module")
def apps(postgres_url, template_database, tmp_path_factory) -> Iterator[Apps]:
    with own_database(postgres_url, template_database) as url:
        with psycopg.connect(url) as record:
            rows = fill(record)
            record.execute(MADE_SO)
        folder = tmp_path_factory.mktemp("authorization")
        for served in serving(url, folder):
            terms: dict[str, dict[str, Any]] = {
                "a school": {"schools": [OAK], "elements": elements(NAMED)},
                "the district": {"elements": elements(ALL)},
                "the willing": {"elements": elements(ALL), "more": "optional = true"},
                "a school, writing": {"schools": [OAK], **WRITES},
                "suspended agreement": WRITES,
                "removed key": WRITES,
            }
            clients = {kind: _client(served, url, agreement_file(folder, **said)) for kind, said in terms.items()}
            clients["nobody"] = (httpx.Client(base_url=f"{served.address}api/", timeout=60), 0, "")
            _make_so(url, clients)
            yield Apps(url, rows, {kind: client for kind, (client, _, _) in clients.items()})


def _client(served, url: str, file) -> tuple[httpx.Client, int, str]:
    """A client with a token, the number of its agreement, and its key."""

    async def given(use) -> tuple[int, keys.Key]:
        number = await made_active(use, file)
        return number, await keys.add_client(use, number, APPROVED_BY)

    number, key = asyncio.run(ask(url, Action.GIVE_KEYS, given))
    client = httpx.Client(base_url=f"{served.address}api/", timeout=60)
    told = client.post("oauth/token", data={"grant_type": "client_credentials"}, auth=(key.key, key.secret)).json()
    client.headers["Authorization"] = f"Bearer {told['access_token']}"
    return client, number, key.key


def _make_so(url: str, clients: dict[str, tuple[httpx.Client, int, str]]) -> None:
    async def changed(use) -> None:
        await kept.change(use, clients["suspended agreement"][1], State.SUSPENDED, APPROVED_BY)
        await keys.remove_client(use, clients["removed key"][2], APPROVED_BY)
        await opt_outs.decide(use, "Student at oak", clients["the willing"][1], True, "the mother")

    asyncio.run(ask(url, Action.DECIDE_AGREEMENTS, changed))


def of_school(resource: str) -> set[str]:
    """Of the two rows those that an app of Oak may read. The least that a row says names nobody beside its key."""
    rule = scope_of(resource).rule
    if rule is Rule.EVERYBODYS:
        return set(SIDES)
    return {side for side in SIDES if rule is Rule.BY_KEY and within_reach(resource, side)}


def of_willing(resource: str) -> set[str]:
    kinds = {column.identifies for column in columns(resource) if column.key}
    return {"elm"} if kinds & {"Student", "Contact"} else set(SIDES)


# Which rows each kind of app reads, and which fields.
READS = {
    "a school": (of_school, NAMED),
    "the district": (lambda resource: set(SIDES), ALL),
    "the willing": (of_willing, ALL),
}


def leaves(value: Any, path: str = "") -> set[str]:
    """The JSON paths of all values, as the model has them."""
    if isinstance(value, dict):
        return {leaf for name, inner in value.items() for leaf in leaves(inner, f"{path}.{name}" if path else name)}
    if isinstance(value, list):
        return {leaf for inner in value for leaf in leaves(inner, f"{path}[*]")}
    return {path}


@pytest.mark.parametrize("kind", READS)
def test_an_app_reads_the_rows_and_fields_of_its_agreement_and_no_others(apps, kind):
    rows_of, named = READS[kind]
    wrong = []
    for resource, sides in apps.rows.items():
        may = rows_of(resource) if resource in named else set()
        page = apps.ask(kind, "GET", resource)
        single = {side: apps.ask(kind, "GET", resource, id_) for side, id_ in sides.items()}
        if resource not in named:
            wrong += [(resource, one.status_code) for one in (page, *single.values()) if one.status_code != 403]
            continue
        expected = {side: 200 if side in may else 404 for side in SIDES}
        if {side: one.status_code for side, one in single.items()} != expected:
            wrong.append((resource, "one", {side: one.status_code for side, one in single.items()}))
        told = [*page.json(), *(one.json() for one in single.values() if one.status_code == 200)]
        ids = {side for side, id_ in sides.items() if id_.hex in {row["id"] for row in page.json()}}
        if ids != may and len(page.json()) < 25:
            wrong.append((resource, "page", ids))
        outside = (
            {leaf for row in told for leaf in leaves(row)} - named[resource] - {"id", "_etag", "_lastModifiedDate"}
        )
        if outside:
            wrong.append((resource, "fields", outside))
        if kind == "a school" and scope_of(resource).rule is not Rule.EVERYBODYS and "at elm" in json.dumps(told):
            wrong.append((resource, "names somebody of Elm"))
        if kind == "the willing" and "Student at oak" in json.dumps(told):
            wrong.append((resource, "names who opted out"))
    assert wrong == []


# That there are more rows to read makes no difference.
@pytest.mark.parametrize("kind", ["a school", "the willing"])
def test_an_app_that_reads_writes_nothing(apps, kind):
    before, wrong = apps.versions(), []
    for resource, sides in apps.rows.items():
        asked = (("POST", None, {}), ("PUT", sides["oak"], {}), ("DELETE", sides["oak"], None))
        answers = [apps.ask(kind, method, resource, id_, body).status_code for method, id_, body in asked]
        wrong += [(resource, answers)] * (answers != [403, 403, 403])
    assert wrong == []
    assert apps.versions() == before


def test_an_app_that_writes_changes_nothing_of_another_school(apps):
    before, wrong = apps.versions(), []
    for resource, sides in apps.rows.items():
        # What nobody's namespace is belongs to no school, and is the district's.
        if "elm" in of_school(resource) and namespace_column(resource):
            continue
        document = apps.ask("the district", "GET", resource, sides["elm"]).json()
        document = {name: value for name, value in document.items() if name[0] != "_"}
        answers = [
            apps.ask("a school, writing", "PUT", resource, sides["elm"], document).status_code,
            apps.ask("a school, writing", "DELETE", resource, sides["elm"]).status_code,
        ]
        wrong += [(resource, answers)] * (not set(answers) <= {403, 404})
    assert wrong == []
    assert apps.versions() == before


@pytest.mark.parametrize("kind", ["nobody", "suspended agreement", "removed key"])
def test_whoever_has_no_agreement_in_force_is_told_nothing(apps, kind):
    before, wrong = apps.versions(), []
    for resource, sides in apps.rows.items():
        asked = (("GET", sides["oak"]), ("DELETE", sides["oak"]))
        answers = [apps.ask(kind, method, resource, id_).status_code for method, id_ in asked]
        wrong += [(resource, answers)] * (answers != [401, 401])
    assert wrong == []
    assert apps.versions() == before


PEOPLE = (Role.TEACHER, Role.PRINCIPAL, Role.COUNSELOR, Role.CONTACT, Role.STUDENT)


def as_somebody(apps: Apps, role: Role) -> Principal:
    """Somebody at Oak, as what the record says that they are."""
    kind = KINDS[role].capitalize()

    async def found(use) -> Principal:
        known = await use.row(f"select number from access.account where {kind.lower()}_unique_id = %(id)s",
                              id=AT_OAK[kind])  # fmt: skip
        number = (
            known["number"] if known else (await add(use, kind, "a test", persons={kind.lower(): AT_OAK[kind]})).number
        )
        return next(one for one in await principals_of(use, number) if one.role is role)

    return at_the_door(apps.url, found)


def shown(apps: Apps, who: Principal, student: str) -> dict[str, list[str]] | None:
    """What is shown to somebody of a student, by resource, as the log has it; None where there is nobody for them."""

    async def seen() -> bool:
        async with (
            Door(apps.url) as door,
            door.use(who, Action.SEE_STUDENT, purpose_of(who, Action.SEE_STUDENT)) as use,
        ):
            return await student_known_as(use, student) is not None

    if not asyncio.run(seen()):
        return None
    with psycopg.connect(apps.url) as record:
        entry = record.execute(
            "select shown, student_unique_ids from access.disclosure order by id desc limit 1"
        ).fetchone()
    assert entry[1] == [student]
    return entry[0]


@pytest.mark.parametrize("role", [*PEOPLE, Role.DISTRICT_DATA_MANAGER])
def test_a_person_is_shown_students_within_reach_and_no_field_that_is_kept_from_them(apps, role):
    who = as_somebody(apps, role) if role in PEOPLE else Principal("Ines", role)
    own, other = shown(apps, who, "Student at oak"), shown(apps, who, "Student at elm")
    assert own
    assert (other is None) == (role in PEOPLE)
    kept_from = KEPT_FROM.get(role, frozenset())
    outside = [
        (resource, path)
        for resource, paths in own.items()
        for column in columns(resource)
        for path in paths
        if path in column.paths and column.privacy in kept_from
    ]
    assert outside == []
    assert len(own) > 20
    assert not any(decide(who, action, purpose_of(who, action)).allowed for action in WRITING)


def test_the_privacy_officer_is_shown_no_record(apps):
    with pytest.raises(Refused):
        shown(apps, Principal("Tom", Role.PRIVACY_OFFICER), "Student at oak")


def test_an_ended_account_is_nobody(apps):
    async def ended(use) -> int:
        made = await add(use, "Somebody", "a test", role=Role.DISTRICT_DATA_MANAGER)
        assert await principals_of(use, made.number)
        await end(use, made.number, "a test")
        return len(await principals_of(use, made.number))

    assert at_the_door(apps.url, ended) == 0
