"""What an app writes is held by the database itself: a row out of reach is neither changed, deleted nor made."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest
from made_up_agreement import agreement_file, made_active
from own_database import own_database
from psycopg.types.json import Jsonb
from two_schools import OAK, fill, within_reach

from homeroom.access.door import ask, prepare
from homeroom.access.permissions import Action
from homeroom.access.resources.reach import AGREEMENT
from homeroom.access.resources.scope import Rule, scope_of
from homeroom.access.resources.write_security import APP_WRITING
from homeroom.model import RESOURCES
from homeroom.record.identifiers import table

EVERYTHING = "\n".join(f'{resource} = "all"' for resource in RESOURCES)
PERSONS = {"Student", "Contact", "Staff"}


class Filled:
    """A record of two schools, the ids of its rows, and agreements: for one of them, for the district, and to read."""

    def __init__(self, record: psycopg.Connection, url: str, folder) -> None:
        self.record = record
        self.rows: dict[str, dict[str, UUID]] = fill(record)
        record.commit()
        terms = {
            "oak": {"schools": [OAK], "writes": EVERYTHING},
            "district": {"writes": EVERYTHING},
            "reads": {"schools": [OAK]},
        }
        self.agreements = {name: self._made(url, folder, own) for name, own in terms.items()}

    @staticmethod
    def _made(url: str, folder, terms) -> int:
        file = agreement_file(folder, namespaces='["uri://oak.example"]', **terms)
        return asyncio.run(ask(url, Action.DECIDE_AGREEMENTS, lambda use: made_active(use, file)))

    @contextmanager
    def writing(self, agreement: str) -> Iterator[psycopg.Connection]:
        with self.record.transaction(force_rollback=True):
            settings = [AGREEMENT, str(self.agreements[agreement]), APP_WRITING]
            self.record.execute("select set_config(%s, %s, true), set_config('role', %s, true)", settings)
            yield self.record

    def changed(self, resource: str, agreement: str) -> set[UUID]:
        """Which of the two rows are changed by a statement that asks for both."""
        with self.writing(agreement) as record:
            ids = list(self.rows[resource].values())
            statement = (
                f"update {table(resource).as_string()} set last_modified = now() where id = any(%s) returning id"
            )
            return {id_ for (id_,) in record.execute(statement, [ids]).fetchall()}


@pytest.fixture(scope="module")
def filled(tmp_path_factory, postgres_url: str, template_database: str) -> Iterator[Filled]:
    with own_database(postgres_url, template_database) as url:
        prepare(url)
        with psycopg.connect(url) as record:
            yield Filled(record, url, tmp_path_factory.mktemp("agreement"))


def expected(filled: Filled, resource: str) -> set[UUID]:
    """Of the two rows those that an app of Oak may write. No row here is in a namespace of its agreement."""
    by_key = scope_of(resource).rule is Rule.BY_KEY
    return {id_ for side, id_ in filled.rows[resource].items() if by_key and within_reach(resource, side)}


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_row_out_of_reach_is_not_changed(filled, resource):
    assert filled.changed(resource, "oak") == expected(filled, resource)


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_row_like_one_out_of_reach_is_not_made(filled, resource):
    allowed = expected(filled, resource)
    for id_ in filled.rows[resource].values():
        (row,) = filled.record.execute(
            f"select to_jsonb(row) from {table(resource).as_string()} as row where id = %s", [id_]
        ).fetchone()
        # Anybody may turn up whom the agreement's schools don't know: then it is the key that is taken.
        right = psycopg.errors.UniqueViolation
        if id_ not in allowed and resource not in PERSONS:
            right = psycopg.errors.InsufficientPrivilege
        place = table(resource).as_string()
        with filled.writing("oak") as record, pytest.raises(right):
            record.execute(f"insert into {place} select * from jsonb_populate_record(null::{place}, %s)", [Jsonb(row)])


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_row_out_of_reach_is_not_deleted(filled, resource):
    out = [id_ for id_ in filled.rows[resource].values() if id_ not in expected(filled, resource)]
    with filled.writing("oak") as record:
        gone = record.execute(f"delete from {table(resource).as_string()} where id = any(%s) returning id", [out])
        assert gone.fetchall() == []


@pytest.mark.parametrize("resource", RESOURCES)
def test_an_agreement_to_read_lets_nothing_be_changed(filled, resource):
    assert filled.changed(resource, "reads") == set()


@pytest.mark.parametrize("resource", RESOURCES)
def test_under_an_agreement_for_the_district_every_row_is_changed_that_has_no_namespace_of_others(filled, resource):
    own = set(filled.rows[resource].values())
    columns = {name for name in ("namespace",) if scope_of(resource).rule is Rule.EVERYBODYS}
    held = filled.record.execute(
        "select count(*) from information_schema.columns where table_schema = 'edfi' and table_name = %s"
        " and column_name = any(%s)",
        [table(resource).as_string().split('"')[3], list(columns)],
    ).fetchone()
    assert filled.changed(resource, "district") == (set() if held != (0,) else own)


@pytest.mark.parametrize(
    "statement",
    ["select from access.disclosure", "select from edfi.replaced_row", "select from consolidation.identity",
     "delete from access.record_write", "update edfi.tombstone set resource = ''", "select id from edfi.tombstone"],
)  # fmt: skip
def test_who_writes_reads_and_changes_nothing_beside_the_resources(filled, statement):
    with filled.writing("district") as record, pytest.raises(psycopg.errors.InsufficientPrivilege):
        record.execute(statement)


def test_codes_of_others_are_not_changed(filled):
    with filled.writing("district") as record:
        changed = record.execute("update edfi.descriptor set description = 'x' returning uri").fetchall()
    assert changed == []


def test_what_apps_wrote_stays_written_down(filled):
    for statement in ("delete from access.record_write", "truncate access.record_write"):
        with pytest.raises(psycopg.errors.RaiseException, match="stays"), filled.record.transaction():
            filled.record.execute(statement)
