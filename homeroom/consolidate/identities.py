"""Put the record's identities in the place of the sources' own.

After linking, `identity` says which student, contact, member of staff or organisation of the record each source's id
means. A staged table names them by the source's ids, in columns and inside collections; this step rewrites both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from homeroom.model.columns import EDUCATION_ORGANIZATION, Column, columns, part_identity
from homeroom.model.declaration import Collection, Reference

Identities = Mapping[tuple[str, str], str]


def identify(
    connection: duckdb.DuckDBPyConnection, resource: str, source: str, staged: Path, into: Path, problems: Path
) -> None:
    """Write `staged`, a cleaned table of `source`, to `into` with the record's identities.

    Reads the relation `identity` (source, kind, source_id, unique_id). A row that names somebody whom the source never
    delivered is left out and written to `problems` (the form of quarantine) with the rule `unknown-<kind>`.
    """
    present = {row[0] for row in connection.execute(f"describe select * from '{staged}'").fetchall()}
    shape = [column for column in columns(resource) if column.name in present]
    own = [column for column in shape if column.identifies]
    nested = [(column, c) for column in shape if (c := column.collection) is not None and _holds_identity(c)]
    joins, values, unknown = [], {}, []
    for number, column in enumerate(own):
        alias = f"identity_{number}"
        joins.append(
            f"left join identity {alias} on {alias}.source = $source and {alias}.kind = '{column.identifies}' "
            f'and {alias}.source_id = cast(staged."{column.name}" as varchar)'
        )
        wanted = "bigint" if column.identifies == EDUCATION_ORGANIZATION else "varchar"
        values[column.name] = f"cast({alias}.unique_id as {wanted})"
        unknown.append((column, f'staged."{column.name}" is not null and {alias}.unique_id is null'))
    for number, (column, collection) in enumerate(nested):
        _rewrite_nested(connection, source, staged, column, collection, f"nested_{number}")
        joins.append(f'left join nested_{number} on nested_{number}.before = staged."{column.name}"')
        values[column.name] = f"nested_{number}.after"
    selected = ", ".join(f'{values.get(c.name, f"""staged."{c.name}" """)} as "{c.name}"' for c in shape)
    marks = ", ".join(f"({condition}) as unknown_{i}" for i, (_, condition) in enumerate(unknown))
    connection.execute(
        f"""
        create or replace temp table identified as
        select staged.source_row, {selected}{", " + marks if marks else ""}
        from '{staged}' as staged {" ".join(joins)}
        """,
        {"source": source} if own else None,
    )
    names = ", ".join(f'"{c.name}"' for c in shape)
    lost = " or ".join(f"unknown_{i}" for i in range(len(unknown))) or "false"
    connection.execute(f"copy (select source_row, {names} from identified where not ({lost})) to '{into}'")
    _write_problems(connection, [column for column, _ in unknown], problems)


def _write_problems(connection: duckdb.DuckDBPyConnection, unknown: list[Column], problems: Path) -> None:
    selects = [
        f"""
        select source_row, (source_row >> 32)::integer as file_number,
            'unknown-{_words(column.identifies, "-")}' as rule, '{column.paths[0]}' as field,
            'The row names a {_words(column.identifies, " ")} that this source does not hold.' as sentence,
            'row' as severity
        from identified where unknown_{number}
        """
        for number, column in enumerate(unknown)
    ]
    nothing = """select 0::bigint as source_row, 0 as file_number, '' as rule, '' as field, '' as sentence,
        '' as severity where false"""
    connection.execute(f"copy ({' union all '.join([nothing, *selects])}) to '{problems}' (format parquet)")


def _words(kind: str | None, between: str) -> str:
    return {
        "Student": "student",
        "Contact": "contact",
        "Staff": f"staff{between}member",
        EDUCATION_ORGANIZATION: f"school{between}or{between}organization",
    }[kind or ""]


def _rewrite_nested(
    connection: duckdb.DuckDBPyConnection, source: str, staged: Path, column: Column, shape: Collection, name: str
) -> None:
    """A table `name` (before, after) for every distinct value of a collection that holds identities."""
    identities: Identities = {
        (kind, source_id): unique_id
        for kind, source_id, unique_id in connection.execute(
            "select kind, source_id, unique_id from identity where source = ?", [source]
        ).fetchall()
    }
    before = connection.execute(
        f'select distinct "{column.name}" from \'{staged}\' where "{column.name}" is not null'
    ).fetchall()
    rewritten = [(text, json.dumps(_rewrite(json.loads(text), shape, identities))) for (text,) in before]
    connection.execute(f"create or replace temp table {name} (before varchar, after varchar)")
    if rewritten:
        connection.execute(
            f"insert into {name} select unnest(?), unnest(?)", [[b for b, _ in rewritten], [a for _, a in rewritten]]
        )


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
