"""A student whose family opted out of an optional app is in none of its rows, by either of two walls."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest
from made_up_agreement import agreement_file, made_active
from own_database import own_database
from two_schools import OAK, fill, within_reach

from homeroom.access.agreements.terms import Extent
from homeroom.access.door import ask, prepare
from homeroom.access.opt_outs import kept as opt_outs
from homeroom.access.permissions import Action
from homeroom.access.resources.reach import AGREEMENT
from homeroom.access.resources.row_security import APP_OF_SCHOOLS, APP_OF_WILLING
from homeroom.access.resources.scope import Rule, scope_of
from homeroom.access.resources.write_security import APP_WRITING
from homeroom.model import RESOURCES
from homeroom.model.columns import columns
from homeroom.record.identifiers import table

OUT, CONTACT_OF_OUT = "Student at oak", "Contact at oak"
EVERYTHING = "\n".join(f'{resource} = "all"' for resource in RESOURCES)
ROLES = {Extent.SCHOOLS: APP_OF_SCHOOLS, Extent.WILLING: APP_OF_WILLING}


class Filled:
    """A record of two schools; the student of one is opted out of an app of that school, and of one of the district."""

    def __init__(self, record: psycopg.Connection, url: str, folder) -> None:
        self.record, self.url = record, url
        self.rows: dict[str, dict[str, UUID]] = fill(record)
        record.commit()
        schools = {Extent.SCHOOLS: [OAK], Extent.WILLING: '"all"'}
        self.agreements = {extent: self.ask(lambda use, of=of: made_active(
            use, agreement_file(folder, schools=of, more="optional = true", writes=EVERYTHING,
                                namespaces='["uri://x.example"]')
        )) for extent, of in schools.items()}  # fmt: skip

    def ask(self, question):
        return asyncio.run(ask(self.url, Action.DECIDE_AGREEMENTS, question))

    def decide(self, out: bool) -> None:
        for number in self.agreements.values():
            self.ask(lambda use, number=number: opt_outs.decide(use, OUT, number, out, by="the mother, by telephone"))

    @contextmanager
    def under(self, extent: Extent, role: str) -> Iterator[psycopg.Connection]:
        with self.record.transaction(force_rollback=True):
            settings = [AGREEMENT, str(self.agreements[extent]), role]
            self.record.execute("select set_config(%s, %s, true), set_config('role', %s, true)", settings)
            yield self.record

    def told(self, extent: Extent, role: str, where) -> dict[str, set[UUID]]:
        """By resource, which of the two rows are told."""
        with self.under(extent, role) as record:
            return {
                resource: {row[0] for row in record.execute(
                    f"select id from {table(resource).as_string()} as row where {where(resource)}")}
                & set(self.rows[resource].values())
                for resource in RESOURCES
            }  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory, postgres_url, template_database) -> Iterator[Filled]:
    with own_database(postgres_url, template_database) as url:
        prepare(url)
        with psycopg.connect(url) as record:
            made = Filled(record, url, tmp_path_factory.mktemp("agreements"))
            made.decide(True)
            yield made


def expected(filled: Filled, extent: Extent, out: bool) -> dict[str, set[UUID]]:
    """By resource, which of the two rows an app may read. The least that a row says names nobody beside its key."""
    found = {}
    for resource, rows in filled.rows.items():
        rule = scope_of(resource).rule
        told = set(rows.values())
        if extent is Extent.SCHOOLS and rule is not Rule.EVERYBODYS:
            told = {rows[side] for side in rows if rule is Rule.BY_KEY and within_reach(resource, side)}
        kinds = {column.identifies for column in columns(resource) if column.key}
        found[resource] = told - ({rows["oak"]} if out and kinds & {"Student", "Contact"} else set())
    return found


@pytest.mark.parametrize("extent", ROLES)
def test_the_statement_alone_keeps_whoever_opted_out_from_the_app(filled, extent):
    owner = filled.record.execute("select current_user").fetchone()[0]
    told = filled.told(extent, owner, lambda resource: scope_of(resource).condition(extent=extent).as_string())
    assert told == expected(filled, extent, out=True)


@pytest.mark.parametrize("extent", ROLES)
def test_the_database_alone_keeps_whoever_opted_out_from_the_app(filled, extent):
    assert filled.told(extent, ROLES[extent], lambda resource: "true") == expected(filled, extent, out=True)


@pytest.mark.parametrize("extent", ROLES)
def test_nothing_is_written_of_whoever_opted_out(filled, extent):
    about = [r for r in RESOURCES if any(c.key and c.identifies == "Student" for c in columns(r))]
    with filled.under(extent, APP_WRITING) as record:
        changed = {
            resource: record.execute(
                f"update {table(resource).as_string()} set source_rows = null where id = %s returning id",
                [filled.rows[resource]["oak"]],
            ).fetchall()
            for resource in about
        }
    assert len(about) > 40
    assert {resource: rows for resource, rows in changed.items() if rows} == {}


@pytest.mark.parametrize("extent", ROLES)
def test_whoever_opts_in_again_is_told_again(filled, extent):
    filled.decide(False)
    try:
        assert filled.told(extent, ROLES[extent], lambda resource: "true") == expected(filled, extent, out=False)
    finally:
        filled.decide(True)


def test_a_contact_with_another_child_in_the_app_is_known_to_it_as_that_childs(filled):
    with filled.under(Extent.WILLING, APP_OF_WILLING) as record:
        record.execute("reset role")
        record.execute(
            "insert into edfi.student_contact_association (student_unique_id, contact_unique_id) values (%s, %s)",
            ["Student at elm", CONTACT_OF_OUT],
        )
        record.execute("select set_config('role', %s, true)", [APP_OF_WILLING])
        known = "select student_unique_id from edfi.student_contact_association where contact_unique_id = %s"
        assert record.execute(known, [CONTACT_OF_OUT]).fetchall() == [("Student at elm",)]
        contact = "select count(*) from edfi.contact where contact_unique_id = %s"
        assert record.execute(contact, [CONTACT_OF_OUT]).fetchone() == (1,)


def test_a_decision_follows_the_student_to_another_id(filled):
    with filled.record.transaction(force_rollback=True):
        filled.record.execute(
            """
            insert into consolidation.identity_history (source, kind, source_id, unique_id, valid_until)
            values ('sis', 'Student', '17', %s, now());
            """,
            [OUT],
        )
        filled.record.execute(
            "insert into consolidation.identity (source, kind, source_id, unique_id, decided_by)"
            " values ('sis', 'Student', '17', 'Student at elm', 'single')"
        )
        out = "select * from access.opted_out_of(%s) order by 1"
        number = filled.agreements[Extent.WILLING]
        assert filled.record.execute(out, [number]).fetchall() == [("Student at elm",), (OUT,)]


def test_what_was_decided_stays_written_down(filled):
    with pytest.raises(psycopg.errors.RaiseException, match="stays"), filled.record.transaction():
        filled.record.execute("delete from access.opt_out")
