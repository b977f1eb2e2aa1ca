"""An app of one school is told nothing of another over any collection, by either of two walls alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import psycopg
import pytest
from made_up_agreement import agreement_file, made_active
from own_database import own_database
from two_schools import OAK, fill

from homeroom.access.agreements.terms import Extent
from homeroom.access.door import ask, prepare
from homeroom.access.oneroster.collections import SERVICES, WHOLE, Collection, collections
from homeroom.access.oneroster.declaration import Version
from homeroom.access.oneroster.statements import (
    Asked,
    count_statement,
    exists_statement,
    page_statement,
    single_statement,
)
from homeroom.access.permissions import Action
from homeroom.access.resources.reach import AGREEMENT
from homeroom.access.resources.row_security import APP_OF_SCHOOLS
from homeroom.access.resources.scope import Rule, scope_of

EVERYTHING = frozenset(
    element
    for collection in WHOLE.values()
    for part in collection.of.parts
    for values in part.values.values()
    for value in values
    for element in value.made_of
)
PLACES = [(one, version) for version in Version for service in (SERVICES if version is Version.V1P2 else SERVICES[:1])
          for one in collections(service, version) if one.conditions]  # fmt: skip
IDS = [f"{version} {one.path}" for one, version in PLACES]
WALLS = ("statement", "database")
# What stands for an object in a path.
OBJECTS = {
    "school": "School", "class": "Section", "course": "Course", "student": "Student", "teacher": "Staff",
    "user": "Student", "lineItem": "GradebookEntry",
}  # fmt: skip

# Whether a statement asks for all rows.
EXTENT = {True: Extent.DISTRICT, False: Extent.SCHOOLS}


@dataclass
class TwoSchools:
    """A record of two schools, the ids of its rows by resource and school, and an agreement for one of them."""

    record: psycopg.Connection
    rows: dict[str, dict[str, UUID]]
    agreement: int

    @contextmanager
    def asked(self, wall: str) -> Iterator[Extent]:
        """The record as an app of Oak asks it, with that wall alone; which rows a statement asks for."""
        with self.record.transaction(force_rollback=True):
            self.record.execute("select set_config(%s, %s, true)", [AGREEMENT, str(self.agreement)])
            if wall == "database":
                self.record.execute("select set_config('role', %s, true)", [APP_OF_SCHOOLS])
            yield EXTENT[wall == "database"]

    def parameters(self, collection: Collection, side: str) -> dict[str, object]:
        ids = {name: self.rows[OBJECTS[name]][side] for name, _ in collection.within if name in OBJECTS}
        if any(name == "term" for name, _ in collection.within):
            from homeroom.access.oneroster.academic_sessions import session_id

            question = f"select {session_id('held')} from edfi.session as held where id = %s"
            row = self.record.execute(question, [self.rows["Session"][side]]).fetchone()
            assert row
            ids["term"] = row[0]
        return {"root": "https://district.example", "limit": 1000, "offset": 0, **ids}


@pytest.fixture(scope="module")
def schools(
    tmp_path_factory: pytest.TempPathFactory, postgres_url: str, template_database: str
) -> Iterator[TwoSchools]:
    with own_database(postgres_url, template_database) as url:
        prepare(url)
        with psycopg.connect(url) as record:
            rows = fill(record)
            record.commit()
            file = agreement_file(tmp_path_factory.mktemp("agreement"), schools=[OAK])
            number = asyncio.run(ask(url, Action.DECIDE_AGREEMENTS, lambda use: made_active(use, file)))
            yield TwoSchools(record, rows, number)


def of_elm(rows: dict[str, dict[str, UUID]]) -> set[str]:
    """Ids, as answers have them, of what is Elm's and nobody else's."""
    return {sides["elm"].hex for resource, sides in rows.items() if scope_of(resource).rule is not Rule.EVERYBODYS}


def asked_of(collection: Collection, version: Version, extent: Extent) -> Asked:
    return Asked(collection, version, EVERYTHING, extent, tuple(collection.of.fields_of(version).values()))


@pytest.mark.parametrize("wall", WALLS)
@pytest.mark.parametrize("side", ["oak", "elm"])
@pytest.mark.parametrize(("collection", "version"), PLACES, ids=IDS)
def test_nothing_of_the_other_school_is_in_a_collection(schools, collection, version, side, wall):
    with schools.asked("") as _:
        parameters = schools.parameters(collection, side)
    with schools.asked(wall) as extent:
        asked = asked_of(collection, version, extent)
        found = schools.record.execute(page_statement(asked), parameters).fetchone()
        (total,) = schools.record.execute(count_statement(asked), parameters).fetchone()
    body, rows, _, students, _ = found
    told = body.decode()
    assert [id_ for id_ in of_elm(schools.rows) if id_ in told] == []
    if collection.of.name != "resources":
        assert "elm" not in told
    assert [one for one in students or () if "elm" in one] == []
    assert rows == total


@pytest.mark.parametrize("wall", WALLS)
@pytest.mark.parametrize("name", WHOLE)
def test_no_object_of_the_other_school_is_there(schools, name, wall):
    asked = Asked(WHOLE[name], Version.V1P2, EVERYTHING, EXTENT[wall == "database"])
    own = {one.part.resource for one in asked.parts if one.part.is_row}
    with schools.asked(wall):
        for resource in own - {"SchoolYearType", "EducationContent", "Assessment"}:
            parameters = {"id": schools.rows[resource]["elm"], "root": ""}
            assert schools.record.execute(exists_statement(asked), parameters).fetchone() == (False,)
            assert schools.record.execute(single_statement(asked), parameters).fetchone() is None


# A row whose key names a state, a service center or a college above which Oak is not.
FULL = [name for name in WHOLE if name != "scoreScales"]


@pytest.mark.parametrize("name", FULL)
def test_of_its_own_school_an_app_is_told(schools, name):
    with schools.asked("statement"):
        found = schools.record.execute(
            page_statement(asked_of(WHOLE[name], Version.V1P2, Extent.SCHOOLS)), schools.parameters(WHOLE[name], "oak")
        ).fetchone()
    assert found[1] > 0


@pytest.mark.parametrize("name", FULL)
def test_without_an_agreement_nobody_is_told_of(schools, name):
    with schools.asked("database"):
        schools.record.execute("select set_config(%s, '', true)", [AGREEMENT])
        found = schools.record.execute(
            page_statement(asked_of(WHOLE[name], Version.V1P2, Extent.DISTRICT)), schools.parameters(WHOLE[name], "oak")
        ).fetchone()
    assert (found[1] == 0) or name in ("resources", "academicSessions", "assessmentLineItems")
    assert not found[3]
