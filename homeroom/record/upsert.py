"""Single upsert: one document of a resource becomes its row in the record, new or changed, found by the natural key."""

from __future__ import annotations

from collections.abc import Mapping
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
from homeroom.record.document import Document, InvalidDocument, take_apart
from homeroom.record.identifiers import SCHEMA, model_columns, names, reference_constraint, table
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


def upsert(connection: psycopg.Connection, resource: str, document: Mapping[str, Any], source: str) -> Upserted:
    """Write a document, in the JSON shape of the Ed-Fi API, that `source` (an app or a person, by name) brings.

    A row with the same natural key becomes what the document says; a member that it leaves out becomes empty. Raises
    InvalidDocument with a sentence for each thing that is wrong, and KeyTaken where a school has the number of a
    district. The caller's transaction decides: an error leaves it usable, with nothing of the document in it.
    """
    taken = take_apart(resource, document)
    with writing(connection):
        must_be_known(connection, taken)
        _claim_base_key(connection, taken)
        try:
            return _write(connection, taken, source)
        except psycopg.errors.ForeignKeyViolation as problem:
            # Somebody else took it away after it was looked for.
            raise InvalidDocument([_sentence(*_reference_of(resource, problem))]) from None


def must_be_known(connection: psycopg.Connection, taken: Document) -> None:
    """Raise InvalidDocument where a code or a reference of a document means nothing in the record."""
    codes = unknown(connection, taken.codes.values())
    problems = [
        f"{path} is none of the record's values of {type_}."
        for path, (type_, uri) in taken.codes.items()
        if (type_, uri) in codes
    ]
    references = {foreign.path: foreign for foreign in foreign_keys(taken.resource)}
    checked = [
        (path, foreign)
        for path, foreign in references.items()
        if all(taken.values[column] is not None for column in foreign.columns)
    ]
    if checked:
        queries = [
            sql.SQL("select {} where not exists (select from {} where ({}) = ({}))").format(
                sql.Literal(path),
                table(foreign.target),
                names(foreign.target_columns),
                sql.SQL(", ").join(sql.Placeholder() * len(foreign.columns)),
            )
            for path, foreign in checked
        ]
        values = [taken.values[column] for _, foreign in checked for column in foreign.columns]
        missing = connection.execute(sql.SQL(" union all ").join(queries), values).fetchall()
        problems += [_sentence(path, references[path].target) for (path,) in missing]
    problems += [_sentence(path, target) for path, target in missing_nested(connection, taken)]
    if problems:
        raise InvalidDocument(problems)


def _sentence(path: str, target: str) -> str:
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in target).strip()
    article = "an" if words[0] in "aeiou" else "a"
    return f"{path} names {article} {words} that the record does not hold."


def _reference_of(resource: str, problem: psycopg.errors.ForeignKeyViolation) -> tuple[str, str]:
    for name, member in RESOURCES[resource].members.items():
        if isinstance(member, Reference) and reference_constraint(resource, name) == problem.diag.constraint_name:
            return name, member.target
    raise problem


def _claim_base_key(connection: psycopg.Connection, taken: Document) -> None:
    base = RESOURCES[taken.resource].subclass_of
    if not base:
        return
    key = [taken.values[column] for column in base_key(taken.resource)]
    marks = sql.SQL(", ").join(sql.Placeholder() * len(key))
    kind = f"{SCHEMA}.{taken.resource}"
    connection.execute(
        sql.SQL("insert into {} ({}, discriminator) values ({}, %s) on conflict do nothing").format(
            table(base), names(BASE_KEYS[base]), marks
        ),
        [*key, kind],
    )
    row = connection.execute(
        sql.SQL("select discriminator from {} where ({}) = ({})").format(table(base), names(BASE_KEYS[base]), marks),
        key,
    ).fetchone()
    if row and row[0] != kind:
        raise KeyTaken(f"The record holds a {row[0].partition('.')[2]} with the key of this {taken.resource}.")


def _write(connection: psycopg.Connection, taken: Document, source: str) -> Upserted:
    json = {column.name for column in columns(taken.resource) if column.type is None}
    values = {
        name: Jsonb(value) if name in json and value is not None else value for name, value in taken.values.items()
    }
    row = connection.execute(_statement(taken.resource), values | {"written_by": source}).fetchone()
    if row:
        return Upserted(row[0], row[2], row[1])
    row = connection.execute(_by_key(taken.resource), values).fetchone()
    if not row:
        raise RuntimeError(f"A {taken.resource} is neither written nor there.")
    return Upserted(row[0], False, row[1])


@cache
def _statement(resource: str) -> sql.Composed:
    """One row for a row that is new or changed; none where the record says the same already."""
    key = key_columns(resource)
    values = [name for name in model_columns(resource) if name not in key]
    change: sql.Composable = sql.SQL("do nothing")
    if values:
        change = sql.SQL(
            "do update set ({values}) = row({new}), change_version = nextval({sequence}), last_modified = now(),"
            " source_rows = '{{}}', said = null, written_by = excluded.written_by"
            " where row({present}) is distinct from row({new})"
        ).format(
            values=names(values),
            new=names(values, "excluded"),
            present=names(values, "present"),
            sequence=sql.Literal(f"{SCHEMA}.change_version"),
        )
    return sql.SQL(
        "insert into {table} as present ({columns}, written_by) values ({marks}, {written_by})"
        " on conflict ({key}) {change} returning id, change_version, xmax = 0"
    ).format(
        table=table(resource),
        columns=names(model_columns(resource)),
        marks=sql.SQL(", ").join(sql.Placeholder(name) for name in model_columns(resource)),
        written_by=sql.Placeholder("written_by"),
        key=names(key),
        change=change,
    )


@cache
def _by_key(resource: str) -> sql.Composed:
    key = key_columns(resource)
    return sql.SQL("select id, change_version from {} where ({}) = ({})").format(
        table(resource), names(key), sql.SQL(", ").join(sql.Placeholder(name) for name in key)
    )
