"""Interchange documents of Ed-Fi 1.0, the form that inBloom used, mapped to the model.

Each domain is a module with three tables: `ELEMENTS`, where in each element a value stands and what the column for it
is called; `PREPARED`, SQL that settles what references mean and what 5.2 wants to know besides; and `STAGED`, the rows
of each resource. An element's columns that the model has under the same name go straight through.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import duckdb

from homeroom.consolidate.edfi1 import (
    accounting,
    assessments,
    attendance,
    calendar,
    codes,
    courses,
    discipline,
    grades,
    organizations,
    people,
    programs,
    references,
    standards,
    unused,
)
from homeroom.consolidate.edfi1.paths import select
from homeroom.model.columns import columns, key_columns
from homeroom.sources.report import Report

# In an order in which no domain is prepared from what comes later.
_DOMAINS = (
    organizations,
    people,
    calendar,
    courses,
    programs,
    attendance,
    standards,
    assessments,
    grades,
    discipline,
)


def map_rows(
    connection: duckdb.DuckDBPyConnection, landed: Mapping[str, Path], source: str, report: Report
) -> dict[str, list[str]]:
    """For each resource, SELECTs of `source_row` and its columns, from landed tables by element name.

    Only rows of Ed-Fi 1.0 are looked at. Each of them is in a SELECT or told to the report. The codes of the
    source's own that they use are in the temporary table `own_descriptor`.
    """
    namespace = _namespace(source)
    connection.execute("set variable namespace = ?", [namespace])
    connection.execute(references.MACROS)
    references.prepare_references(connection, landed)
    _flatten(connection, landed)
    for domain in _DOMAINS:
        connection.execute(domain.PREPARED)
    selects: dict[str, list[str]] = {}
    lacking: list[str] = []
    for number, (resource, query) in enumerate(staged for domain in _DOMAINS for staged in domain.STAGED):
        name = f'"staged_1_{number}"'
        connection.execute(f"create or replace temp table {name} as {query}")
        if connection.execute(f"select 1 from {name} limit 1").fetchone():
            selects.setdefault(resource, []).append(_known(connection, resource, name))
            lacking.append(_lacking(resource, name))
    codes.note_codes(connection, selects, landed, namespace)
    report.knows([unused.RULE])
    elements = {element: shape for domain in _DOMAINS for element, shape in domain.ELEMENTS.items()}
    for element in elements.keys() & landed.keys():
        unused.report_unused(connection, element, elements[element], report)
    accounting.report_unstaged(connection, landed, elements, selects, lacking, report)
    return selects


def _flatten(connection: duckdb.DuckDBPyConnection, landed: Mapping[str, Path]) -> None:
    """A table `edfi1.<Element>` of the columns of each element, empty where none was sent."""
    connection.execute("create schema if not exists edfi1")
    for domain in _DOMAINS:
        for element, shape in domain.ELEMENTS.items():
            documents = references.view_of(element)
            if element not in landed:
                documents = "(select null::bigint as source_row, null::varchar as document where false)"
            connection.execute(f"create or replace table edfi1.{element} as {select(shape, documents)}")


def _known(connection: duckdb.DuckDBPyConnection, resource: str, relation: str) -> str:
    """The columns that the model has, of the rows that have a whole key."""
    present = {row[0] for row in connection.execute(f"describe {relation}").fetchall()}
    whole = " and ".join(f'"{name}" is not null' for name in key_columns(resource))
    names = [f'"{column.name}"' for column in columns(resource) if column.name in present]
    return f"select {', '.join(['source_row', *names])} from {relation} where {whole}"


def _lacking(resource: str, relation: str) -> str:
    """The rows that lack a part of their key, with the `field` that it is."""
    keys = [column for column in columns(resource) if column.key]
    missing = ", ".join(f"case when \"{column.name}\" is null then '{column.paths[0]}' end" for column in keys)
    return f"select * from (select source_row, concat_ws(', ', {missing}) as field from {relation}) where field <> ''"


def _namespace(source: str) -> str:
    return "uri://" + (re.sub(r"[^a-z0-9.-]+", "-", source.lower()).strip("-") or "source")
