"""Put the record's identities in the place of the sources' own.

After linking, `identity` says which student, contact, member of staff or organisation of the record each source's id
means. A staged table names them by the source's ids, in columns and inside collections; this step rewrites both.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from homeroom.consolidate.database import PARQUET, columns_held, literal
from homeroom.consolidate.layered_table import LayeredTable
from homeroom.consolidate.rules import rules
from homeroom.model.columns import EDUCATION_ORGANIZATION, Column, columns, part_identity
from homeroom.model.declaration import Collection, Reference

Identities = Mapping[tuple[str, str], str]

_RULES = {
    "Student": "unknown-student",
    "Contact": "unknown-contact",
    "Staff": "unknown-staff-member",
    EDUCATION_ORGANIZATION: "unknown-school-or-organization",
}


def kinds_named(resource: str) -> frozenset[str]:
    """Whose identities a table of `resource` holds, in columns and inside collections: Student, Contact and so on."""
    named = {column.identifies for column in columns(resource)}
    for column in columns(resource):
        if column.collection is not None:
            named.update(part_identity(part) for part in _parts(column.collection))
    return frozenset(kind for kind in named if kind)


def identity_columns(resource: str, present: Container[str]) -> tuple[dict[str, str], list[str]]:
    """Which of the columns `present` are the id of a person or an organization, with whose; and which hold such ids."""
    shape = [column for column in columns(resource) if column.name in present]
    plain = {column.name: column.identifies for column in shape if column.identifies}
    inside = [c.name for c in shape if c.collection is not None and not c.identifies and _holds_identity(c.collection)]
    return plain, inside


@dataclass(frozen=True)
class _Lookup:
    """How one column gets the record's identities: a join, the new value, and when the old one meant nobody known."""

    column: Column
    join: str
    value: str
    unknown: str
    rule: str
    sentence: str
    costs_the_row: bool


def identify(
    connection: duckdb.DuckDBPyConnection, resource: str, source: str, staged: LayeredTable, into: Path, problems: Path
) -> None:
    """Write `staged`, a cleaned table of `source`, to `into` with the record's identities.

    Reads the relation `identity` (source, kind, source_id, unique_id). Who is named but was never delivered by the
    source is told in `problems` (the form of quarantine): the row is left out where it can't be without the
    reference, else it goes on without that value.
    """
    present = columns_held(connection, staged.base)
    shape = [column for column in columns(resource) if column.name in present]
    lookups: dict[str, _Lookup] = {}
    for number, column in enumerate(shape):
        if column.identifies:
            lookups[column.name] = _of_column(column, source, number)
        elif column.collection is not None and _holds_identity(column.collection):
            lookups[column.name] = _of_collection(connection, source, staged, column, column.collection, number)
    values = [f'{lookups[c.name].value if c.name in lookups else _staged(c)} as "{c.name}"' for c in shape]
    marks = [f'({lookup.unknown}) as "unknown {name}"' for name, lookup in lookups.items()]
    joins = " ".join(lookup.join for lookup in lookups.values())
    connection.execute(
        f"""
        create or replace temp table identified as
        select staged.source_row, {", ".join(values + marks)} from {staged.sql} as staged {joins}
        """
    )
    names = ", ".join(f'"{column.name}"' for column in shape)
    lost = " or ".join(f'"unknown {name}"' for name, lookup in lookups.items() if lookup.costs_the_row) or "false"
    connection.execute(
        f"copy (select source_row, {names} from identified where not ({lost})) to {literal(into)} ({PARQUET})"
    )
    _write_problems(connection, list(lookups.values()), problems)


def _staged(column: Column) -> str:
    return f'staged."{column.name}"'


def _of_column(column: Column, source: str, number: int) -> _Lookup:
    alias = f"identity_{number}"
    rule = _RULES[str(column.identifies)]
    type_ = "bigint" if column.identifies == EDUCATION_ORGANIZATION else "varchar"
    return _Lookup(
        column,
        join=f"""left join identity as {alias} on {alias}.source = '{source}' and {alias}.kind = '{column.identifies}'
            and {alias}.source_id = cast({_staged(column)} as varchar)""",
        value=f"cast({alias}.unique_id as {type_})",
        unknown=f"{_staged(column)} is not null and {alias}.unique_id is null",
        rule=rule,
        sentence=rules()[rule].sentence,
        costs_the_row=column.required,
    )


def _of_collection(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    staged: LayeredTable,
    column: Column,
    shape: Collection,
    number: int,
) -> _Lookup:
    alias = f"collection_{number}"
    _rewrite_collection(connection, source, staged, column, shape, alias)
    return _Lookup(
        column,
        join=f"left join {alias} on {alias}.before = {_staged(column)}",
        value=f"{alias}.after",
        unknown=f"coalesce({alias}.dropped, false)",
        rule="unknown-in-collection",
        sentence=rules()["unknown-in-collection"].sentence,
        costs_the_row=False,
    )


def _write_problems(connection: duckdb.DuckDBPyConnection, lookups: list[_Lookup], problems: Path) -> None:
    selects = [
        f"""
        select source_row, (source_row >> 32)::integer as file_number, '{lookup.rule}' as rule,
            '{lookup.column.paths[0]}' as field, '{lookup.sentence}' as sentence,
            '{"row" if lookup.costs_the_row else "value"}' as severity
        from identified where "unknown {lookup.column.name}"
        """
        for lookup in lookups
    ]
    nothing = """select 0::bigint as source_row, 0 as file_number, '' as rule, '' as field, '' as sentence,
        '' as severity where false"""
    connection.execute(f"copy ({' union all '.join([nothing, *selects])}) to {literal(problems)} (format parquet)")


def _rewrite_collection(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    staged: LayeredTable,
    column: Column,
    shape: Collection,
    name: str,
) -> None:
    """A table `name` (before, after, dropped) of every distinct value of a collection that holds identities."""
    before = connection.execute(
        f'select distinct "{column.name}" from {staged.sql} where "{column.name}" is not null'
    ).fetchall()
    identities = _of_kinds(connection, source, shape) if before else {}
    texts, afters, dropped = [], [], []
    for (text,) in before:
        items = json.loads(text)
        after = _rewrite(items, shape, identities)
        texts.append(text)
        afters.append(json.dumps(after, ensure_ascii=False))
        dropped.append(_count(after) < _count(items))
    rewritten = pa.table(
        {"before": pa.array(texts, pa.string()), "after": pa.array(afters, pa.string()),
         "dropped": pa.array(dropped, pa.bool_())}
    )  # fmt: skip
    connection.register("rewritten", rewritten)
    connection.execute(f"create or replace temp table {name} as from rewritten")
    connection.unregister("rewritten")


def _of_kinds(connection: duckdb.DuckDBPyConnection, source: str, shape: Collection) -> Identities:
    """The source's identities of the kinds that a collection names: of all kinds they would be millions."""
    kinds = {kind for part in _parts(shape) if (kind := part_identity(part))}
    found = connection.execute(
        "select kind, source_id, unique_id from identity where source = ? and list_contains(?, kind)",
        [source, sorted(kinds)],
    ).fetchall()
    return {(kind, source_id): unique_id for kind, source_id, unique_id in found}


def _count(value: Any) -> int:
    """The number of objects in a value, at every depth."""
    if isinstance(value, list):
        return sum(_count(item) for item in value)
    if isinstance(value, dict):
        return 1 + sum(_count(item) for item in value.values())
    return 0


def _rewrite(value: Any, shape: Collection, identities: Identities) -> Any:
    """The items with the record's identities; an item that names somebody unknown is dropped."""
    items = value if isinstance(value, list) else [value]
    kept = [item for item in (_rewrite_item(item, shape, identities) for item in items) if item is not None]
    return kept if isinstance(value, list) else (kept[0] if kept else None)


def _rewrite_item(item: dict[str, Any], shape: Collection, identities: Identities) -> dict[str, Any] | None:
    result = dict(item)
    for name, member in shape.element.members.items():
        if name not in item:
            continue
        if isinstance(member, Collection):
            result[name] = _rewrite(item[name], member, identities)
        elif isinstance(member, Reference):
            parts = dict(item[name])
            for part, _ in member.parts:
                kind = part_identity(part)
                if kind is None or part not in parts:
                    continue
                unique_id = identities.get((kind, str(parts[part])))
                if unique_id is None:
                    return None
                parts[part] = int(unique_id) if kind == EDUCATION_ORGANIZATION else unique_id
            result[name] = parts
    return result


def _holds_identity(collection: Collection) -> bool:
    return any(part_identity(part) for part in _parts(collection))


def _parts(collection: Collection) -> Iterator[str]:
    for member in collection.element.members.values():
        if isinstance(member, Collection):
            yield from _parts(member)
        elif isinstance(member, Reference):
            yield from (part for part, _ in member.parts)
