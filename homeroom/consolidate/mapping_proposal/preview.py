"""What a mapping would make of landed tables: the first documents as cleaning leaves them, and what is set aside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from homeroom.consolidate.clean import Context, clean, widths
from homeroom.consolidate.database import connect, literal
from homeroom.consolidate.layered_table import LayeredTable
from homeroom.consolidate.map_by_file import stage_tables
from homeroom.consolidate.mapping_file.declaration import TableMapping
from homeroom.model.columns import columns, own_path
from homeroom.settings_file import SourceSettings
from homeroom.sources.delivery import LandedTable
from homeroom.sources.report import Report

_FIRST = 3


@dataclass(frozen=True)
class Preview:
    """The documents of one resource: how many rows say something of it, and the first of them, from field to value."""

    resource: str
    rows: int
    first: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class SetAside:
    """What a mapping or cleaning could not take: a sentence, the field, and how often. No value is in it."""

    sentence: str
    field: str
    severity: str
    times: int


def preview(
    tables: Sequence[LandedTable], mapping: Sequence[TableMapping], source: SourceSettings, folder: Path
) -> tuple[list[Preview], list[SetAside]]:
    """Map and clean all of the tables in a folder of their own inside `folder`, and say what came of it."""
    report = Report()
    previews: list[Preview] = []
    with TemporaryDirectory(prefix=".preview-", dir=folder) as place:
        into = Path(place)
        staged = stage_tables(tables, mapping, into / "staged", report)
        with connect() as connection:
            context = Context(
                identifier_widths=widths(connection, {table.resource: LayeredTable(table.path) for table in staged}),
                local_namespace=source.options.get("namespace"),
                area_code=source.options.get("area_code"),
            )
            problems = [report.table()]
            for table in staged:
                cleaned, told = into / f"{table.resource}.parquet", into / f"{table.resource}.problems"
                clean(connection, table.resource, table.path, cleaned, told, context=context)
                previews.append(Preview(table.resource, table.rows, _first(connection, table.resource, cleaned)))
                problems.append(pq.read_table(told))
            return previews, _set_aside(connection, problems)


def _first(connection: duckdb.DuckDBPyConnection, resource: str, cleaned: Path) -> tuple[dict[str, str], ...]:
    paths = {column.name: own_path(resource, column).partition("Reference.")[0] for column in columns(resource)}
    found = connection.execute(
        f"select * exclude (source_row) from {literal(cleaned)} group by all order by min(source_row) limit {_FIRST}"
    )
    names = [one[0] for one in found.description or ()]
    return tuple(
        {
            paths[name]: _as_text(value)
            for name, value in zip(names, row, strict=True)
            if value is not None and name in paths
        }
        for row in found.fetchall()
    )


def _as_text(value: Any) -> str:
    if isinstance(value, str) and value[:1] in ("[", "{"):
        return ", ".join(_leaves(json.loads(value)))
    # A code is told by its value: its namespace is the standard's, or the source's own.
    return str(value).rpartition("#")[2] if str(value).startswith("uri://") else str(value)


def _leaves(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in _leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in _leaves(inner)]
    return [] if value is None else [_as_text(value)]


def _set_aside(connection: duckdb.DuckDBPyConnection, problems: Sequence[pa.Table]) -> list[SetAside]:
    connection.register("told", pa.concat_tables(problems, promote_options="permissive"))
    rows = connection.execute(
        """
        select sentence, coalesce(field, '') as field, severity, count(*) as times from told group by all
        order by severity, times desc, sentence
        """
    ).fetchall()
    connection.unregister("told")
    return [SetAside(*row) for row in rows]
