"""Take a table's keys and indexes off while many rows come in, and build them once for all rows afterwards.

All of it is inside the caller's transaction: nobody ever sees the table without them, and a row that breaks one of them
undoes the whole batch. It keeps readers waiting meanwhile; where a reader keeps us waiting, it is left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import psycopg
from psycopg import sql

from homeroom.record.identifiers import table

# How long to wait for those who read a table before its keys are left where they are.
_PATIENCE = "3s"

_CONSTRAINTS = """
    select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
    where contype = any(%s) and {} = %s::regclass
    order by conrelid = confrelid, conname
"""
_INDEXES = """
    select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index
    where indrelid = %s::regclass
        and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
"""


@dataclass(frozen=True)
class Constraint:
    """A constraint as it is put back: the table it stands on, its name and its definition."""

    table: str
    name: str
    definition: str


@dataclass(frozen=True)
class TakenOff:
    """What a table is without for now.

    Foreign keys are its own, those by which it refers to itself after the others, and then those of other tables.
    """

    resource: str
    keys: tuple[Constraint, ...]
    indexes: tuple[str, ...]
    foreign_keys: tuple[Constraint, ...]


def take_off_foreign_keys(cursor: psycopg.Cursor, resource: str) -> TakenOff | None:
    """Take off the foreign keys with which a table refers to others; None where somebody reads it all the time."""

    def work() -> TakenOff:
        foreign = _constraints(cursor, resource, "conrelid", "f")
        _drop(cursor, foreign)
        return TakenOff(resource, (), (), foreign)

    return _patiently(cursor, work)


def take_off_all(cursor: psycopg.Cursor, resource: str) -> TakenOff | None:
    """Take off all keys and indexes of an empty table, and the foreign keys of other tables that refer to it.

    The table is truncated: one that is made anew in the transaction needs no write-ahead log where the server keeps
    none for copies. None where somebody reads it all the time.
    """
    return _patiently(cursor, lambda: _take_off_all(cursor, resource))


def _patiently(cursor: psycopg.Cursor, work: Callable[[], TakenOff]) -> TakenOff | None:
    try:
        with cursor.connection.transaction():
            cursor.execute("select current_setting('lock_timeout'), set_config('lock_timeout', %s, true)", [_PATIENCE])
            before = cursor.fetchone()
            taken = work()
            cursor.execute("select set_config('lock_timeout', %s, true)", [before[0] if before else "0"])
            return taken
    except psycopg.errors.LockNotAvailable:
        return None


def _take_off_all(cursor: psycopg.Cursor, resource: str) -> TakenOff:
    own = _constraints(cursor, resource, "conrelid", "f")
    foreign = tuple(dict.fromkeys(own + _constraints(cursor, resource, "confrelid", "f")))
    keys = _constraints(cursor, resource, "conrelid", "pu")
    indexes = cursor.execute(_INDEXES, [table(resource).as_string(cursor)]).fetchall()
    _drop(cursor, foreign)
    _drop(cursor, keys)
    for name, _ in indexes:
        cursor.execute(sql.SQL("drop index {}").format(sql.SQL(name)))
    cursor.execute(sql.SQL("truncate {}").format(table(resource)))
    return TakenOff(resource, keys, tuple(definition for _, definition in indexes), foreign)


def put_back_keys(cursor: psycopg.Cursor, taken: TakenOff) -> None:
    """Build the keys and indexes. Raises psycopg.errors.UniqueViolation where two rows have one key."""
    _add(cursor, taken.keys)
    for definition in taken.indexes:
        cursor.execute(sql.SQL(definition))


def put_back_foreign_keys(cursor: psycopg.Cursor, foreign_keys: tuple[Constraint, ...]) -> None:
    """Check all references of a table at once. Raises psycopg.errors.ForeignKeyViolation where one means nothing."""
    _add(cursor, foreign_keys)


def _constraints(cursor: psycopg.Cursor, resource: str, side: str, kinds: str) -> tuple[Constraint, ...]:
    query = sql.SQL(_CONSTRAINTS).format(sql.Identifier(side))
    rows = cursor.execute(query, [list(kinds), table(resource).as_string(cursor)]).fetchall()
    return tuple(Constraint(*row) for row in rows)


def _by_table(constraints: tuple[Constraint, ...]) -> dict[str, list[Constraint]]:
    found: dict[str, list[Constraint]] = {}
    for constraint in constraints:
        found.setdefault(constraint.table, []).append(constraint)
    return found


def _drop(cursor: psycopg.Cursor, constraints: tuple[Constraint, ...]) -> None:
    for owner, group in _by_table(constraints).items():
        drops = sql.SQL(", ").join(sql.SQL("drop constraint {}").format(sql.Identifier(c.name)) for c in group)
        cursor.execute(sql.SQL("alter table {} {}").format(sql.SQL(owner), drops))


def _add(cursor: psycopg.Cursor, constraints: tuple[Constraint, ...]) -> None:
    for owner, group in _by_table(constraints).items():
        additions = sql.SQL(", ").join(
            sql.SQL("add constraint {} {}").format(sql.Identifier(c.name), sql.SQL(c.definition)) for c in group
        )
        cursor.execute(sql.SQL("alter table {} {}").format(sql.SQL(owner), additions))
