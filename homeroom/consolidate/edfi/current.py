"""Interchange documents in the current form (3.x to 5.x), mapped to the model's columns.

Nothing here names a resource's fields: what the documents have is matched with what the model declares.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow.compute as pc

from homeroom.consolidate.database import literal
from homeroom.consolidate.edfi import documents, selecting
from homeroom.consolidate.edfi.matching import Path as ElementPath
from homeroom.consolidate.edfi.matching import match
from homeroom.consolidate.edfi.renamed import RESOURCES_BEFORE
from homeroom.model import RESOURCES
from homeroom.record.order import dependency_order
from homeroom.sources.report import Report, Rule

RULES = (
    Rule(
        "element-unknown",
        "The record has no place for an element of this name.",
        "Nothing to do if no other system needs it: it is kept as it was sent.",
    ),
    Rule(
        "field-unknown",
        "The record has no place for a value that the element holds.",
        "Nothing to do if no other system needs it: it is kept as it was sent.",
        "value",
    ),
    Rule(
        "value-repeated",
        "The element says twice what the record has once; the first was taken.",
        "Send it once.",
        "value",
    ),
    Rule(
        "reference-id-not-found",
        "A reference points to an id that no element of the delivery has.",
        "Send the file in which it is, or name what it refers to by its key.",
        "value",
    ),
    Rule(
        "reference-element",
        "The element only says what others refer to, and is no record of its own.",
        "Nothing to do: the references to it were followed.",
    ),
    Rule(
        "descriptor-noted",
        "The element defines a code of the source's own.",
        "Nothing to do: rows that use the code keep it.",
    ),
)


def map_rows(
    connection: duckdb.DuckDBPyConnection, landed: Mapping[str, Path], source: str, report: Report
) -> dict[str, list[str]]:
    """For each resource, SELECTs of `source_row` and its columns, from landed tables by element name.

    Only rows of the current form are looked at. Each of them is in a SELECT or told to the report.
    """
    report.knows(RULES)
    connection.execute(selecting.MACROS)
    connection.execute(documents.TABLES)
    tables: dict[str, list[str]] = {}
    for name, path in landed.items():
        view = f'"document_{name}"'
        connection.execute(
            f"create or replace temp view {view} as"
            f" select source_row, document from read_parquet({literal(path)}) where standard = 'current'"
        )
        if _count(connection, view):
            documents.note_references(connection, view)
            tables.setdefault(RESOURCES_BEFORE.get(name, name), []).append(view)
    _tell_what_is_no_row(connection, tables, report)
    selects: dict[str, list[str]] = {}
    for resource in dependency_order():
        for number, view in enumerate(tables.get(resource, [])):
            staged = f'"current_{resource}_{number}"'
            _stage(connection, resource, view, staged, report)
            selects.setdefault(resource, []).append(f"select * exclude (repeated) from {staged}")
    return selects


def _stage(connection: duckdb.DuckDBPyConnection, resource: str, view: str, staged: str, report: Report) -> None:
    """Make the temporary table `staged` of the documents of one resource."""
    completed = documents.with_references(connection, view, "completed_documents")
    source = "completed_documents" if completed else view
    if completed:
        rows = documents.rows_pointing_nowhere(connection, source)
        report.row_problems(rows["source_row"].combine_chunks(), "reference-id-not-found")
    tree = documents.tree_of(connection, source)
    places = match(RESOURCES[resource], tree)
    for path in places.all_unknown():
        _tell_unknown(connection, source, path, report)
    connection.execute(f"create or replace temp table {staged} as {selecting.select(resource, places, tree, source)}")
    _tell_repeated(connection, staged, report)
    documents.note_identities(connection, resource, source, staged)


def _tell_what_is_no_row(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, list[str]], report: Report
) -> None:
    for name, views in tables.items():
        if name in RESOURCES:
            continue
        rule = "element-unknown"
        if name.endswith("Descriptor"):
            rule = "descriptor-noted"
        elif name.endswith("Reference") and name.removesuffix("Reference") in RESOURCES:
            rule = "reference-element"
            for view in views:
                documents.note_named_references(connection, view)
        for view in views:
            rows = connection.execute(f"select source_row from {view} order by 1").to_arrow_table()
            report.row_problems(rows["source_row"].combine_chunks(), rule, name)


def _tell_unknown(connection: duckdb.DuckDBPyConnection, view: str, path: ElementPath, report: Report) -> None:
    at = "$" + "".join(f'."{name}"[*]' for name in path)
    rows = connection.execute(
        f"select source_row from {view} where len(json_extract(document, {literal(at)})) > 0 order by 1"
    ).to_arrow_table()
    report.row_problems(rows["source_row"].combine_chunks(), "field-unknown", "/".join(path))


def _tell_repeated(connection: duckdb.DuckDBPyConnection, staged: str, report: Report) -> None:
    rows = connection.execute(
        f"select unnest(repeated) as name, source_row from {staged} where len(repeated) > 0 order by 1, 2"
    ).to_arrow_table()
    for name in rows["name"].unique().to_pylist():
        chosen = rows.filter(pc.equal(rows["name"], name))
        report.row_problems(chosen["source_row"].combine_chunks(), "value-repeated", name)


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    row = connection.execute(f"select count(*) from {relation}").fetchone()
    return int(row[0]) if row else 0
