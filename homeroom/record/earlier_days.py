"""The record as it was at any earlier moment: for each of its tables a view of the same name and columns.

PostgreSQL keeps what a row said whenever it is changed or deleted (`edfi.replaced_row`). A row of an earlier day is one
that has not changed since, or one that was replaced later. The moment is the transaction's own setting: whoever asks
sets it first, and asks `edfi_earlier.student` as `edfi.student`.

What is kept is what rows said and where they had it from when they were replaced; which source spoke of a value that
did not change may have become another since.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

from homeroom.model import RESOURCES
from homeroom.model.columns import table_name
from homeroom.record.identifiers import EARLIER_DAYS, SCHEMA

# Takes the moment as its one parameter; it counts until the transaction ends.
SET_MOMENT = "select set_config('homeroom.moment', %(moment)s::timestamptz::text, true)"

# Any number that no other program uses for its lock.
_LOCK = 4_611_686_018_427_000_004
# Tables without a history of their own: codes, and the keys of the abstract resources' subclasses.
_WITHOUT = ("descriptor", "education_organization", "general_student_program_association")


def prepare_earlier_days(record: psycopg.Connection) -> None:
    """Make the views where they are not there; the caller's transaction decides."""
    row = record.execute("select to_regnamespace(%s) is not null", [EARLIER_DAYS]).fetchone()
    if row and row[0]:
        return
    record.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
    record.execute(sql.SQL("create schema if not exists {}").format(sql.Identifier(EARLIER_DAYS)))
    own: dict[str, list[str]] = {}
    for table, column in record.execute(
        "select table_name, column_name from information_schema.columns where table_schema = %s"
        " order by table_name, ordinal_position",
        [SCHEMA],
    ).fetchall():
        own.setdefault(table, []).append(column)
    views = [_view(table, own[table]) for table in sorted(table_name(resource) for resource in RESOURCES)]
    views += [
        sql.SQL("create or replace view {} as select * from {}").format(
            sql.Identifier(EARLIER_DAYS, table), sql.Identifier(SCHEMA, table)
        )
        for table in _WITHOUT
    ]
    record.execute(sql.SQL(";").join(views))


def _view(table: str, columns: list[str]) -> sql.Composed:
    # The student's id stands beside the document, so that a question for one student finds it by the index.
    earlier = sql.SQL(", ").join(
        sql.Identifier("replaced" if column == "student_unique_id" else "document", column) for column in columns
    )
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL(
        """
        create or replace view {view} as
        select {names} from {table} where last_modified <= current_setting('homeroom.moment')::timestamptz
        union all
        select {earlier} from {kept} as replaced,
            lateral jsonb_populate_record(null::{table}, replaced.document) as document
        where table_name = {name} and valid_from <= current_setting('homeroom.moment')::timestamptz
            and current_setting('homeroom.moment')::timestamptz < valid_until
        """
    ).format(
        view=sql.Identifier(EARLIER_DAYS, table),
        names=names,
        table=sql.Identifier(SCHEMA, table),
        earlier=earlier,
        kept=sql.Identifier(SCHEMA, "replaced_row"),
        name=sql.Literal(table),
    )
