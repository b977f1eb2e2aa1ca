"""Bulk publish: what consolidation merged becomes the record, in one transaction, all of it or nothing.

The rows of each resource go by COPY into a temporary table. Rows that refer to something that neither the record nor
this batch holds are taken out and told, and so are the rows that refer to those. Then what changed is updated and what
is new is inserted; a row that says what the record says already is not touched and uses up no change version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import psycopg
from psycopg import sql

from homeroom.model import RESOURCES
from homeroom.model import columns as shape
from homeroom.model.columns import ForeignKey
from homeroom.record.order import dependency_order
from homeroom.record.tables import BASE_KEYS, SCHEMA, base_key, table_of

# What a batch's CSV holds for each row, in this order, before the model's columns.
PROVENANCE = ("source_rows", "said")

# From this many rows on it is faster to check a foreign key once for the whole table than once for each row.
_CHECK_AT_ONCE = 5_000


@dataclass(frozen=True)
class RefusedRow:
    """A row that could not be published, with the path of the reference that means nothing in the record."""

    resource: str
    source_rows: tuple[int, ...]
    field: str


@dataclass(frozen=True)
class Published:
    """How many rows of each resource were new or changed, and which were refused."""

    inserted: Mapping[str, int]
    updated: Mapping[str, int]
    refused: tuple[RefusedRow, ...]


def publish(
    connection: psycopg.Connection,
    batches: Mapping[str, Iterable[bytes]],
    advance: Callable[[str, int], None] = lambda resource, rows: None,
) -> Published:
    """Publish a batch. `batches` gives for each resource the pieces of a CSV without header.

    Its columns are `source_rows` (as an array literal of PostgreSQL), `said` (JSON), then those of the model in order.
    The caller's transaction decides: nothing is seen by anybody before it commits. `advance` is told each resource's
    rows when they are written.
    """
    resources = [resource for resource in dependency_order() if resource in batches]
    with connection.cursor() as cursor:
        for resource in resources:
            _receive(cursor, resource, batches[resource])
        refused = _refuse_dangling(cursor, resources)
        inserted, updated = {}, {}
        for base in BASE_KEYS:
            _write_base_keys(cursor, base, [r for r in resources if RESOURCES[r].subclass_of == base])
        for resource in resources:
            updated[resource] = _update_changed(cursor, resource)
            inserted[resource] = _insert_new(cursor, resource)
            advance(resource, updated[resource] + inserted[resource])
        for resource in resources:
            cursor.execute(sql.SQL("drop table {}").format(_incoming(resource)))
    return Published(inserted, updated, tuple(refused))


def _incoming(resource: str) -> sql.Identifier:
    return sql.Identifier("pg_temp", f"in_{shape.table_name(resource)}"[:63])


def _table(resource: str) -> sql.Identifier:
    return sql.Identifier(SCHEMA, shape.table_name(resource))


def _names(names: Iterable[str], prefix: str | None = None) -> sql.Composed:
    parts = [sql.Identifier(prefix, name) if prefix else sql.Identifier(name) for name in names]
    return sql.SQL(", ").join(parts)


def _model_columns(resource: str) -> list[str]:
    return [column.name for column in shape.columns(resource)]


def _receive(cursor: psycopg.Cursor, resource: str, pieces: Iterable[bytes]) -> None:
    cursor.execute(
        sql.SQL("create temporary table {} on commit drop as select {} from {} with no data").format(
            sql.Identifier(f"in_{shape.table_name(resource)}"[:63]),
            _names([*PROVENANCE, *_model_columns(resource)]),
            _table(resource),
        )
    )
    with cursor.copy(sql.SQL("copy {} from stdin (format csv)").format(_incoming(resource))) as copy:
        for piece in pieces:
            copy.write(piece)
    cursor.execute(sql.SQL("analyze {}").format(_incoming(resource)))


def _refuse_dangling(cursor: psycopg.Cursor, resources: list[str]) -> list[RefusedRow]:
    """Take out the rows whose references mean nothing, until none is left that refers to one taken out."""
    refused: list[RefusedRow] = []
    while True:
        found = [
            row for resource in resources for foreign in shape.foreign_keys(resource)
            for row in _take_out(cursor, resource, foreign, resources)
        ]  # fmt: skip
        refused += found
        if not found:
            return refused


def _take_out(cursor: psycopg.Cursor, resource: str, foreign: ForeignKey, resources: list[str]) -> list[RefusedRow]:
    own = tuple(dict.fromkeys(foreign.columns))
    target_of = dict(zip(foreign.columns, foreign.target_columns, strict=True))
    whole = sql.SQL(" and ").join(sql.SQL("{} is not null").format(sql.Identifier(column)) for column in own)
    # Few keys are named by many rows: what is not held is found among the distinct ones.
    held = [
        sql.SQL("except select {} from {}").format(
            _names([dict(zip(foreign.target_columns, target, strict=True))[target_of[column]] for column in own]), place
        )
        for place, target in _places(foreign, resources)
    ]
    cursor.execute(
        sql.SQL(
            """
            with named as (select distinct {own} from {incoming} where {whole}),
            dangling as (select * from named {held})
            delete from {incoming} as incoming using dangling where row({mine}) = row({theirs})
            returning incoming.source_rows
            """
        ).format(
            own=_names(own),
            incoming=_incoming(resource),
            whole=whole,
            held=sql.SQL(" ").join(held),
            mine=_names(own, "incoming"),
            theirs=_names(own, "dangling"),
        )
    )
    return [RefusedRow(resource, tuple(rows), foreign.path) for (rows,) in cursor.fetchall()]


def _places(foreign: ForeignKey, resources: list[str]) -> list[tuple[sql.Identifier, tuple[str, ...]]]:
    """Where the target of a reference may be held, with the columns of its key there: the record, and this batch."""
    if foreign.target in RESOURCES:
        places = [(_table(foreign.target), foreign.target_columns)]
        if foreign.target in resources:
            places.append((_incoming(foreign.target), foreign.target_columns))
        return places
    order = [BASE_KEYS[foreign.target].index(column) for column in foreign.target_columns]
    base = sql.Identifier(SCHEMA, shape.table_name(foreign.target))
    places = [(base, foreign.target_columns)]
    for resource in resources:
        if RESOURCES[resource].subclass_of == foreign.target:
            places.append((_incoming(resource), tuple(base_key(resource)[i] for i in order)))
    return places


def _write_base_keys(cursor: psycopg.Cursor, base: str, subclasses: list[str]) -> None:
    for resource in subclasses:
        cursor.execute(
            sql.SQL("insert into {} ({}, discriminator) select {}, {} from {} on conflict do nothing").format(
                sql.Identifier(SCHEMA, shape.table_name(base)),
                _names(BASE_KEYS[base]),
                _names(base_key(resource)),
                sql.Literal(f"edfi.{resource}"),
                _incoming(resource),
            )
        )


def _update_changed(cursor: psycopg.Cursor, resource: str) -> int:
    key = shape.key_columns(resource)
    values = [name for name in _model_columns(resource) if name not in key]
    same_key = sql.SQL(" and ").join(
        sql.SQL("{} = {}").format(sql.Identifier("present", name), sql.Identifier("incoming", name)) for name in key
    )
    provenance = sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Identifier("incoming", name)) for name in PROVENANCE
    )
    # Who said it may change while what is said does not: that is no change of the record.
    cursor.execute(
        sql.SQL("update {} as present set {} from {} as incoming where {} and ({}) is distinct from ({})").format(
            _table(resource),
            provenance,
            _incoming(resource),
            same_key,
            _names(PROVENANCE, "present"),
            _names(PROVENANCE, "incoming"),
        )
    )
    if not values:
        return 0
    cursor.execute(
        sql.SQL(
            "update {} as present set ({}) = row({}), change_version = nextval({}), last_modified = now()"
            " from {} as incoming where {} and row({}) is distinct from row({})"
        ).format(
            _table(resource),
            _names(values),
            _names(values, "incoming"),
            sql.Literal(f"{SCHEMA}.change_version"),
            _incoming(resource),
            same_key,
            _names(values, "present"),
            _names(values, "incoming"),
        )
    )
    return cursor.rowcount


def _insert_new(cursor: psycopg.Cursor, resource: str) -> int:
    key = shape.key_columns(resource)
    names = _names([*_model_columns(resource), *PROVENANCE])
    same_key = sql.SQL(" and ").join(
        sql.SQL("{} = {}").format(sql.Identifier("present", name), sql.Identifier("incoming", name)) for name in key
    )
    with _foreign_keys_checked_at_once(cursor, resource):
        cursor.execute(
            sql.SQL(
                "insert into {} ({}) select {} from {} as incoming"
                " where not exists (select from {} as present where {})"
            ).format(
                _table(resource),
                names,
                _names([*_model_columns(resource), *PROVENANCE], "incoming"),
                _incoming(resource),
                _table(resource),
                same_key,
            )
        )
        inserted = cursor.rowcount
    if inserted >= _CHECK_AT_ONCE:
        # Within the transaction nobody else does: without it the next statement's plan takes the table for empty.
        cursor.execute(sql.SQL("analyze {}").format(_table(resource)))
    return inserted


class _foreign_keys_checked_at_once:
    """While many rows are inserted the foreign keys are taken off, and checked for the whole table when put back.

    All of it is inside the caller's transaction: nobody ever sees the table without them.
    """

    def __init__(self, cursor: psycopg.Cursor, resource: str) -> None:
        self._cursor = cursor
        self._table = table_of(resource)
        self._names = _table(resource)
        cursor.execute(sql.SQL("select count(*) from {}").format(_incoming(resource)))
        row = cursor.fetchone()
        self._many = bool(row and row[0] >= _CHECK_AT_ONCE)
        self._definitions: list[tuple[str, str]] = []

    def __enter__(self) -> None:
        if not self._many:
            return
        self._cursor.execute(
            "select conname, pg_get_constraintdef(oid) from pg_constraint"
            " where contype = 'f' and conrelid = %s::regclass",
            [f"{SCHEMA}.{self._table.name}"],
        )
        self._definitions = self._cursor.fetchall()
        for name, _ in self._definitions:
            self._cursor.execute(sql.SQL("alter table {} drop constraint {}").format(self._names, sql.Identifier(name)))

    def __exit__(self, *error: object) -> None:
        if error[0] is not None:
            return
        for name, definition in self._definitions:
            self._cursor.execute(
                sql.SQL("alter table {} add constraint {} {}").format(
                    self._names, sql.Identifier(name), sql.SQL(definition)
                )
            )
