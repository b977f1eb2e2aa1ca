"""An app of one school reads rows of that school alone, by either of two walls: the statement's and the database's."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest
from made_up_agreement import agreement_file, made_active
from own_database import own_database
from two_schools import OAK, fill, within_reach

from homeroom.access.door import ask, prepare
from homeroom.access.permissions import Action
from homeroom.access.resources.reach import AGREEMENT
from homeroom.access.resources.row_security import APP_OF_DISTRICT, APP_OF_SCHOOLS
from homeroom.access.resources.scope import Rule, scope_of
from homeroom.model import RESOURCES
from homeroom.record.identifiers import table
from homeroom.record.query import count_statement


@pytest.fixture(scope="module")
def filled(
    tmp_path_factory: pytest.TempPathFactory, postgres_url: str, template_database: str
) -> Iterator[tuple[psycopg.Connection, dict[str, dict[str, UUID]], int]]:
    """A connection to a record of two schools, the ids of its rows, and the number of an agreement for one of them."""
    with own_database(postgres_url, template_database) as url:
        prepare(url)
        with psycopg.connect(url) as record:
            rows = fill(record)
            record.commit()
            file = agreement_file(tmp_path_factory.mktemp("agreement"), schools=[OAK])
            number = asyncio.run(ask(url, Action.DECIDE_AGREEMENTS, lambda use: made_active(use, file)))
            yield record, rows, number


def expected(resource: str, rows: dict[str, dict[str, UUID]]) -> set[UUID]:
    """Of the two rows those that an app of Oak may read. The least that a row says names nobody beside its key."""
    rule = scope_of(resource).rule
    if rule is Rule.EVERYBODYS:
        return set(rows[resource].values())
    return {rows[resource][side] for side in rows[resource] if rule is Rule.BY_KEY and within_reach(resource, side)}


@contextmanager
def as_app(record: psycopg.Connection, role: str, number: int) -> Iterator[None]:
    with record.transaction(force_rollback=True):
        record.execute("select set_config(%s, %s, true), set_config('role', %s, true)", [AGREEMENT, str(number), role])
        yield


def told(
    record: psycopg.Connection, resource: str, rows: dict[str, dict[str, UUID]], role: str, number: int, where: str
):
    """Which of the two rows a statement gives that asks as `role` under the agreement."""
    with as_app(record, role, number):
        found = record.execute(f"select id from {table(resource).as_string()} as row where {where}").fetchall()
    return {row[0] for row in found} & set(rows[resource].values())


@pytest.mark.parametrize("resource", RESOURCES)
def test_the_statement_alone_keeps_to_the_schools_of_the_agreement(filled, resource):
    record, rows, number = filled
    condition = scope_of(resource).condition().as_string()
    owner = record.execute("select current_user").fetchone()[0]
    assert told(record, resource, rows, owner, number, condition) == expected(resource, rows)


@pytest.mark.parametrize("resource", RESOURCES)
def test_without_the_statement_the_database_keeps_to_the_schools_of_the_agreement(filled, resource):
    record, rows, number = filled
    assert told(record, resource, rows, APP_OF_SCHOOLS, number, "true") == expected(resource, rows)


@pytest.mark.parametrize("resource", RESOURCES)
def test_without_an_agreement_nothing_that_says_something_of_anybody_is_read(filled, resource):
    record, rows, _ = filled
    public = scope_of(resource).rule is Rule.EVERYBODYS
    assert told(record, resource, rows, APP_OF_SCHOOLS, 0, "true") == (
        set(rows[resource].values()) if public else set()
    )


@pytest.mark.parametrize("resource", RESOURCES)
def test_who_sees_the_whole_district_reads_every_row(filled, resource):
    record, rows, number = filled
    assert told(record, resource, rows, APP_OF_DISTRICT, number, "true") == set(rows[resource].values())


@pytest.mark.parametrize("role", [APP_OF_SCHOOLS, APP_OF_DISTRICT])
@pytest.mark.parametrize("kept", ["consolidation.identity", "access.disclosure", "edfi.replaced_row", "edfi.tombstone"])
def test_an_app_reads_nothing_that_lies_beside_the_resources(filled, role, kept):
    record, _, number = filled
    with as_app(record, role, number), pytest.raises(psycopg.errors.InsufficientPrivilege):
        record.execute(f"select from {kept}")


@pytest.mark.parametrize("role", [APP_OF_SCHOOLS, APP_OF_DISTRICT])
def test_an_app_writes_nothing(filled, role):
    record, _, number = filled
    with as_app(record, role, number), pytest.raises(psycopg.errors.InsufficientPrivilege):
        record.execute("delete from edfi.student")


def test_rows_out_of_reach_are_not_counted_either(filled):
    record, _, number = filled
    with record.transaction(force_rollback=True):
        record.execute("select set_config(%s, %s, true)", [AGREEMENT, str(number)])
        counted = record.execute(count_statement("Student", (), (), scope_of("Student").condition())).fetchone()
    assert counted == (1,)


def test_making_the_walls_again_changes_nothing(record):
    made = "select oid, polname, pg_get_expr(polqual, polrelid) from pg_policy order by 1"
    prepare(record)
    with psycopg.connect(record) as connection:
        before = connection.execute(made).fetchall()
    prepare(record)
    with psycopg.connect(record) as connection:
        assert connection.execute(made).fetchall() == before
    # Three kinds of apps and people read, and there are four ways of writing; one reads codes, three ways write them;
    # and people read who is who.
    assert len(before) == 8 * len(RESOURCES) + 5
