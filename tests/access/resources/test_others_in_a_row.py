"""Whom a row names beside its key is shown where they are within reach, is logged then, and else is not there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from documents import Maker, write_what_it_refers_to
from made_up_agreement import agreement_file, made_active
from own_database import own_database
from two_schools import OAK, fill, identity

from homeroom.access.agreements import kept
from homeroom.access.agreements.terms import fields_of
from homeroom.access.door import Door, ask, prepare
from homeroom.access.permissions import Action, Principal, Purpose, Role
from homeroom.access.resources import reading
from homeroom.model import RESOURCES
from homeroom.model.columns import EDUCATION_ORGANIZATION, columns, part_identity
from homeroom.model.declaration import Collection, Reference
from homeroom.record.query import one
from homeroom.record.upsert import upsert

PERSONS = {"Student", "Contact", "Staff"}


def beside_the_key(members: dict[str, Any]) -> bool:
    """Whether one of these members names a person in a reference that is no part of a key."""
    return any(
        beside_the_key(member.element.members)
        if isinstance(member, Collection)
        else isinstance(member, Reference) and any(part_identity(part) in PERSONS for part, _ in member.parts)
        for member in members.values()
    )


def names_others(resource: str) -> bool:
    nested = {n: m for n, m in RESOURCES[resource].members.items() if isinstance(m, Collection)}
    free = any(c.identifies in PERSONS and not c.key for c in columns(resource))
    return any(c.key and c.identifies for c in columns(resource)) and (free or beside_the_key(nested))


NAMING_OTHERS = [resource for resource in RESOURCES if names_others(resource)]


class Full(Maker):
    """Makes documents with every member that they can have, whose key is at Oak and who else is named at `other`."""

    def __init__(self, other: str):
        super().__init__()
        self.other = other

    def has(self, member) -> bool:
        return True

    def nested_reference(self, member: Reference) -> dict:
        made = super().nested_reference(member)
        return {p: f"{kind} at {self.other}" if (kind := part_identity(p)) in PERSONS else v for p, v in made.items()}


@pytest.fixture(scope="module")
def oak(
    tmp_path_factory: pytest.TempPathFactory, postgres_url: str, template_database: str
) -> Iterator[tuple[str, Principal]]:
    """The URL of a record of two schools, and an app of one of them whose agreement names all of these resources."""
    with own_database(postgres_url, template_database) as url:
        prepare(url)
        with psycopg.connect(url) as record:
            fill(record)
            enroll(record, "Student at oak too")
        elements = "\n".join(f"{resource} = {json.dumps(sorted(fields_of(resource)))}" for resource in NAMING_OTHERS)
        file = agreement_file(tmp_path_factory.mktemp("agreement"), schools=[OAK], elements=elements)

        async def agreed() -> Principal:
            number = await ask(url, Action.DECIDE_AGREEMENTS, lambda use: made_active(use, file))
            agreement = await ask(url, Action.SEE_AGREEMENTS, lambda use: kept.agreement(use, number))
            return Principal("Reading Trail", Role.APP, agreement)

        yield url, asyncio.run(agreed())


def enroll(record: psycopg.Connection, student: str) -> None:
    """Another student of Oak."""
    document = Maker().document("StudentSchoolAssociation", {"school_id": OAK, "student_unique_id": student})
    write_what_it_refers_to(record, "StudentSchoolAssociation", document)
    upsert(record, "StudentSchoolAssociation", document, "test")


def answer(url: str, app: Principal, question: Any) -> Any:
    async def asked() -> Any:
        async with Door(url) as door, door.use(app, Action.READ_RESOURCES, Purpose.ROSTERING) as use:
            return await question(use)

    return asyncio.run(asked())


def written(url: str, resource: str, other: str):
    """The id of a row of Oak that names others at `other`."""
    fixed = {
        column.name: identity(column, "oak" if column.key or column.identifies == EDUCATION_ORGANIZATION else other)
        for column in columns(resource)
        if column.identifies
    }
    document = Full(other).document(resource, fixed)
    with psycopg.connect(url) as record:
        write_what_it_refers_to(record, resource, document)
        return upsert(record, resource, document, "test").id


@pytest.mark.parametrize("resource", NAMING_OTHERS)
def test_who_is_out_of_reach_is_not_in_the_row_of_another(oak, resource):
    url, app = oak
    id_ = written(url, resource, "elm")
    told = answer(url, app, lambda use: reading.one(use, resource, id_))
    assert told is not None
    assert b" at elm" not in told


@pytest.mark.parametrize("resource", NAMING_OTHERS)
def test_who_is_within_reach_is_in_the_row_of_another(oak, resource):
    url, app = oak
    id_ = written(url, resource, "oak")
    told = json.loads(answer(url, app, lambda use: reading.one(use, resource, id_)))
    with psycopg.connect(url) as record:
        assert told == json.loads(one(record, resource, id_))


def test_there_are_resources_that_name_others():
    assert {"DisciplineAction", "StudentSpecialEducationProgramAssociation"} <= set(NAMING_OTHERS)


@pytest.mark.parametrize(("other", "also"), [("oak too", ["Student at oak too"]), ("elm", [])])
def test_whom_a_row_names_in_a_collection_is_logged_where_they_are_shown(oak, other, also):
    url, app = oak
    id_ = written(url, "DisciplineAction", other)
    told = answer(url, app, lambda use: reading.one(use, "DisciplineAction", id_))
    with psycopg.connect(url) as record:
        question = "select student_unique_ids from access.disclosure order by at desc limit 1"
        ((logged,),) = record.execute(question).fetchall()
    assert set(logged) == {"Student at oak", *also}
    assert [student for student in also if student.encode() not in told] == []


@pytest.mark.parametrize(("other", "found"), [("oak", 1), ("elm", 0)])
def test_nobody_out_of_reach_is_found_out_by_asking(oak, other, found):
    url, app = oak
    written(url, "CourseTranscript", other)
    asked = {"responsibleTeacherStaffUniqueId": f"Staff at {other}"}
    page = answer(url, app, lambda use: reading.page(use, "CourseTranscript", asked, limit=5, total=True))
    assert (page.rows, page.total) == (found, found)
