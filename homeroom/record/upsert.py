"""Single upsert: one document of a resource becomes its row in the record, new or changed, found by the natural key.

Where sources said the row before, `source_rows` still names them, and `said` tells of each value that was written since
who wrote it, and what the sources said instead: so the next run knows what they say anew
(`homeroom.record.written_values`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from homeroom.errors import HomeroomError
from homeroom.model import RESOURCES
from homeroom.model.columns import columns, foreign_keys, key_columns
from homeroom.model.declaration import Reference
from homeroom.record.changes import writing
from homeroom.record.descriptors import unknown
from homeroom.record.document import Document, Fault, InvalidDocument, take_apart
from homeroom.record.identifiers import SCHEMA, as_json, model_columns, names, reference_constraint, table
from homeroom.record.keys import BASE_KEYS, base_key
from homeroom.record.nested_references import missing_nested


@dataclass(frozen=True)
class Upserted:
    """The row that a document became. Where it said what the record says already, nothing of the row changed."""

    id: UUID
    created: bool
    change_version: int


class KeyTaken(HomeroomError):
    """Another kind of the same abstract resource has the key already."""


def upsert(
    connection: psycopg.Connection,
    resource: str,
    document: Mapping[str, Any],
    source: str,
    written: tuple[str, ...] | None = None,
) -> Upserted:
    """Write a document, in the JSON shape of the Ed-Fi API, that `source` (an app or a person, by name) brings.

    A row with the same natural key becomes what the document says; a member that it leaves out becomes empty. Of the
    table's columns only those `written` are, where they are named: all others stay as they are. Raises
    InvalidDocument with a sentence for each thing that is wrong, and KeyTaken where a school has the number of a
    district. The caller's transaction decides: an error leaves it usable, with nothing of the document in it.
    """
    taken = take_apart(resource, document)
    with writing(connection):
        must_be_known(connection, taken)
        _claim_base_key(connection, taken)
        try:
            return _write(connection, taken, source, written or tuple(model_columns(resource)))
        except psycopg.errors.ForeignKeyViolation as problem:
            # Somebody else took it away after it was looked for.
            path, target = _reference_of(resource, problem)
            raise InvalidDocument([missing_reference(path, target)]) from None


def must_be_known(connection: psycopg.Connection, taken: Document) -> None:
    """Raise InvalidDocument where a code or a reference of a document means nothing in the record."""
    faults = unknown_codes(taken.codes, unknown(connection, taken.codes.values()))
    if asked := missing_statement(taken):
        targets = {foreign.path: foreign.target for foreign in foreign_keys(taken.resource)}
        faults += [missing_reference(path, targets[path]) for (path,) in connection.execute(*asked).fetchall()]
    faults += [missing_reference(path, target) for path, target in missing_nested(connection, taken)]
    if faults:
        raise InvalidDocument(faults)


def unknown_codes(codes: Mapping[str, tuple[str, str]], not_held: Iterable[tuple[str, str]]) -> list[Fault]:
    """What is wrong with `codes`, by path, of which the record does not hold some."""
    lacking = set(not_held)
    return [
        Fault(path, f"{path} is none of the record's values of {type_}.")
        for path, (type_, uri) in codes.items()
        if (type_, uri) in lacking
    ]


def missing_statement(taken: Document) -> tuple[sql.Composed, list[Any]] | None:
    """A question for the paths of the references of a document that name nothing, with its parameters; None where it
    has no references. Those inside of collections are not among them."""
    checked = [
        foreign
        for foreign in foreign_keys(taken.resource)
        if all(taken.values[column] is not None for column in foreign.columns)
    ]
    if not checked:
        return None
    queries = [
        sql.SQL("select {} as path where not exists (select from {} where ({}) = ({}))").format(
            sql.Literal(foreign.path),
            table(foreign.target),
            names(foreign.target_columns),
            sql.SQL(", ").join(sql.Placeholder() * len(foreign.columns)),
        )
        for foreign in checked
    ]
    values = [taken.values[column] for foreign in checked for column in foreign.columns]
    return sql.SQL(" union all ").join(queries), values


def missing_reference(path: str, target: str) -> Fault:
    """What is wrong with a reference to something that is not there."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in target).strip()
    article = "an" if words[0] in "aeiou" else "a"
    return Fault(path, f"{path} names {article} {words} that the record does not hold.")


def _reference_of(resource: str, problem: psycopg.errors.ForeignKeyViolation) -> tuple[str, str]:
    for name, member in RESOURCES[resource].members.items():
        if isinstance(member, Reference) and reference_constraint(resource, name) == problem.diag.constraint_name:
            return name, member.target
    raise problem


def claim_base_key(taken: Document) -> tuple[sql.Composed, sql.Composed, list[Any]] | None:
    """For a kind of an abstract resource the statement that takes the key for it, the one that tells which kind has it
    then (as `edfi.School`), and the parameters of both; None for any other."""
    base = RESOURCES[taken.resource].subclass_of
    if not base:
        return None
    key = [taken.values[column] for column in base_key(taken.resource)]
    held, marks = names(BASE_KEYS[base]), sql.SQL(", ").join(sql.Placeholder() * len(key))
    take = sql.SQL("insert into {} ({}, discriminator) values ({}, {}) on conflict do nothing").format(
        table(base), held, marks, sql.Literal(kind_of(taken.resource))
    )
    return take, sql.SQL("select discriminator from {} where ({}) = ({})").format(table(base), held, marks), key


def kind_of(resource: str) -> str:
    """How the base table of an abstract resource names one of its kinds."""
    return f"{SCHEMA}.{resource}"


def key_of_another(resource: str, kind: str) -> KeyTaken:
    """What is wrong where a row of the base table is of another kind."""
    return KeyTaken(f"The record holds a {kind.partition('.')[2]} with the key of this {resource}.")


def _claim_base_key(connection: psycopg.Connection, taken: Document) -> None:
    if claim := claim_base_key(taken):
        take, ask, key = claim
        connection.execute(take, key)
        row = connection.execute(ask, key).fetchone()
        if row and row[0] != kind_of(taken.resource):
            raise key_of_another(taken.resource, row[0])


def _write(connection: psycopg.Connection, taken: Document, source: str, written: tuple[str, ...]) -> Upserted:
    values = parameters(taken, source)
    row = connection.execute(_statement(taken.resource, written), values).fetchone()
    if row:
        return Upserted(row[0], row[2], row[1])
    row = connection.execute(by_key(taken.resource), values).fetchone()
    if not row:
        raise RuntimeError(f"A {taken.resource} is neither written nor there.")
    return Upserted(row[0], False, row[1])


def parameters(taken: Document, source: str) -> dict[str, Any]:
    """The parameters of `insert_or_change` and of `by_key`."""
    json = {column.name for column in columns(taken.resource) if column.type is None}
    values = {
        name: Jsonb(value) if name in json and value is not None else value for name, value in taken.values.items()
    }
    return values | {"_written_by": source}


@cache
def _statement(resource: str, written: tuple[str, ...]) -> sql.Composed:
    return insert_or_change(resource, written, sql.SQL("true"))


def insert_or_change(
    resource: str, written: tuple[str, ...], where: sql.Composable, given_id: bool = False
) -> sql.Composed:
    """One row (id, change_version, created) for a row that is new or changed; none where the record says the same
    already, or where `where` does not hold. Only the columns `written` are, among which the key must be. `given_id`:
    a new row has the id of the parameter `id`, rather than one that the record gives."""
    key = key_columns(resource)
    filled = (*written, "id") if given_id else written
    values = [name for name in written if name not in key]
    change: sql.Composable = sql.SQL("do nothing")
    if values:
        change = sql.SQL(
            "do update set ({values}) = row({new}), change_version = nextval({sequence}), last_modified = now(),"
            " written_by = excluded.written_by, said = case when present.source_rows = '{{}}' then present.said"
            " else edfi.said_by_writer(present.said, present.source_rows[1], {before}, {after}, excluded.written_by)"
            " end where row({present}) is distinct from row({new})"
        ).format(
            values=names(values),
            new=names(values, "excluded"),
            present=names(values, "present"),
            before=as_json(values, "present"),
            after=as_json(values, "excluded"),
            sequence=sql.Literal(f"{SCHEMA}.change_version"),
        )
    return sql.SQL(
        "insert into {table} as present ({columns}, written_by) select {marks}, {written_by} where {where}"
        " on conflict ({key}) {change} returning id, change_version, xmax = 0 as created"
    ).format(
        table=table(resource),
        columns=names(filled),
        marks=sql.SQL(", ").join(sql.Placeholder(name) for name in filled),
        written_by=sql.Placeholder("_written_by"),
        where=where,
        key=names(key),
        change=change,
    )


@cache
def by_key(resource: str) -> sql.Composed:
    """The id and the change version of the row with the key of a document; its parameters are the key's columns."""
    key = key_columns(resource)
    return sql.SQL("select id, change_version from {} where ({}) = ({})").format(
        table(resource), names(key), sql.SQL(", ").join(sql.Placeholder(name) for name in key)
    )
