"""Finds who is meant by what an app says of a student, among all students of the record: asks the linker."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import duckdb
import psycopg

from homeroom.access.identities import Description, Match
from homeroom.consolidate.copied_rows import rows_of, take_in
from homeroom.consolidate.database import connect
from homeroom.consolidate.persons import gather_persons
from homeroom.errors import CannotRun
from homeroom.record.created_identities import SOURCE
from homeroom.record.last_batch import read_last_batch
from homeroom.settings import Workspace

if TYPE_CHECKING:
    from homeroom.consolidate.link.asked_persons import KnownPersons
    from homeroom.consolidate.link.known_scores import KnownScores

# Linking, with Splink, takes a second to import: it is imported once somebody asks.
_KIND = "Student"


@dataclass(frozen=True)
class _Known:
    """The students as they were at one state of the record, and those created since who are known beside them."""

    version: tuple[object, ...]
    persons: KnownPersons
    connection: duckdb.DuckDBPyConnection
    created: set[str]


class WorkspaceIdentityDesk:
    """The desk of one workspace, whose record is at `url`; what it makes ready it keeps until the record changes."""

    def __init__(self, workspace: Workspace, url: str) -> None:
        self._workspace = workspace
        self._url = url
        self._lock = Lock()
        self._open = ExitStack()
        self._known: _Known | None = None

    def matches(self, asked: Sequence[Description]) -> list[list[Match]]:
        """For each description, the students who may be meant, the surest first.

        Those are told of whom a person would be asked, or nobody need be: who is less like is another child.
        """
        lowest = self._workspace.settings().linking.review
        with self._lock:
            known = self._ready()
            found = known.persons.candidates([vars(one) for one in asked], lowest)
        return [[Match(one.unique_id, round(100 * one.probability, 2)) for one in candidates] for candidates in found]

    def get_ready(self) -> None:
        """Make ready what is asked later."""
        with self._lock:
            self._ready()

    def close(self) -> None:
        """Let go of what was made ready."""
        with self._lock:
            self._known = None
            self._open.close()

    def _ready(self) -> _Known:
        try:
            with psycopg.connect(self._url) as record:
                version = record.execute(_VERSION).fetchone() or ()
                if self._known is None or self._known.version != version:
                    self._known = None
                    self._open.close()
                    self._known = self._prepared(record, version)
                self._add_created(record, self._known)
                return self._known
        except psycopg.OperationalError as problem:
            raise CannotRun(
                "The record's PostgreSQL does not answer. Look whether it runs, and try again."
            ) from problem

    def _prepared(self, record: psycopg.Connection, version: tuple[object, ...]) -> _Known:
        from homeroom.consolidate.link.asked_persons import KnownPersons
        from homeroom.consolidate.link.students import STUDENTS

        connection = self._open.enter_context(connect())
        connection.execute(_TAKEN_IN)
        _gather(connection, rows_of(record, _STUDENTS))
        return _Known(version, KnownPersons(connection, STUDENTS, self._learned(record)), connection, set())

    def _add_created(self, record: psycopg.Connection, known: _Known) -> None:
        """Know those whom an app asked an id for as well, while no system has delivered them."""
        waiting = {row[0] for row in record.execute(_CREATED_IDS, {"source": SOURCE}).fetchall()}
        if new := waiting - known.created:
            named = ", ".join(f"'{unique_id}'" for unique_id in sorted(new))
            _gather(known.connection, rows_of(record, _CREATED.format(named=named)))
            known.persons.add()
            known.created.update(new)

    def _learned(self, record: psycopg.Connection) -> KnownScores | None:
        """How often true and other pairs agree, as the last run learned it; None where nothing of it is left."""
        merged = read_last_batch(record).merged.get("students")
        from homeroom.consolidate.link.known_scores import KnownScores

        inputs = self._workspace.staging / merged / "inputs.json" if merged else None
        if inputs is None or not inputs.exists():
            return None
        identity = self._workspace.staging / json.loads(inputs.read_text("utf-8"))["identity"]
        learned = identity.parent / f"learned-{_KIND}.json"
        return KnownScores(**json.loads(learned.read_text("utf-8"))) if learned.exists() else None


def _gather(connection: duckdb.DuckDBPyConnection, rows: bytes) -> None:
    """The relation `person` of some rows."""
    connection.execute("delete from said_of_student")
    take_in(connection, "said_of_student", rows)
    gather_persons(connection, (), (_KIND,))
    connection.execute(
        """
        insert into person by name
        select * replace (string_split(other_last_names, chr(31)) as other_last_names), 'record' as source,
            'Student' as kind, 0 as rank
        from said_of_student
        """
    )


_TAKEN_IN = """
    create or replace temp table said_of_student (source_id varchar, first_name varchar, middle_name varchar,
        last_name varchar, suffix varchar, preferred_first_name varchar, birth_date date, sex varchar,
        other_last_names varchar)
"""
# A run that is published, or anybody else who writes a student, changes one of them.
_VERSION = """
    select (select max(id) from consolidation.run), (select max(change_version) from edfi.student),
        (select max(change_version) from edfi.student_education_organization_association),
        (select max(change_version) from edfi.tombstone where resource = 'Student')
"""
_STUDENTS = """
    select student_unique_id, first_name, middle_name, last_surname, generation_code_suffix, preferred_first_name,
        birth_date, about.sex, nullif(concat_ws(chr(31), maiden_name, preferred_last_surname, (
            select string_agg(name ->> 'lastSurname', chr(31)) from jsonb_array_elements(other_names) as name)), '')
    from edfi.student
    left join (
        select student_unique_id, min(sex_descriptor) as sex from edfi.student_education_organization_association
        group by 1
    ) as about using (student_unique_id)
    order by 1
"""
_CREATED_IDS = """
    select unique_id from consolidation.created_identity as created where kind = 'Student' and not exists (
        select from edfi.student where student_unique_id = created.unique_id or student_unique_id in (
            select i.unique_id from consolidation.identity as i where i.source = %(source)s
                and i.kind = created.kind and i.source_id = created.unique_id))
"""
_CREATED = """
    select unique_id, first_name, middle_name, last_name, suffix, null, birth_date, sex, null
    from consolidation.created_identity where unique_id in ({named}) order by 1
"""
