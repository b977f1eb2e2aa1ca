"""The values of elements that no table of the mapping takes: they are told of, so that nobody thinks they arrived."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

from homeroom.consolidate.database import literal
from homeroom.consolidate.edfi1.paths import Columns, wanted
from homeroom.consolidate.edfi1.references import view_of
from homeroom.sources.report import Report, Rule

RULE = Rule(
    "field-unknown",
    "The record has no place for a value that the element holds.",
    "Nothing to do if no other system needs it: it is kept as it was sent.",
    "value",
)
# What ties elements of one file together, and how to convert a number of credits into the same number.
_NO_VALUE = frozenset({"@id", "@ref", "@CreditConversion", "@xsi:type", "@type"})


def report_unused(connection: duckdb.DuckDBPyConnection, element: str, columns: Columns, report: Report) -> None:
    """Tell the report of each row of an element that holds a value which none of the columns takes."""
    row = connection.execute(f"select json_group_structure(document::json) from {view_of(element)}").fetchone()
    if not row or not row[0]:
        return
    taken = set(wanted(columns))
    for path in sorted(set(_leaves(json.loads(row[0]), ())) - taken):
        steps = [f'."{step}"' + ("" if step.startswith("@") else "[*]") for step in path]
        rows = connection.execute(
            f"""select source_row from {view_of(element)}
            where len(list_filter(json_extract_string(document, {literal("$" + "".join(steps))}),
                lambda one: trim(one) not in ('', '{{}}'))) > 0 order by 1"""
        ).to_arrow_table()
        report.row_problems(rows["source_row"].combine_chunks(), RULE.name, "/".join(path))


def _leaves(structure: Any, at: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(structure, list):
        yield from _leaves(structure[0], at)
    elif isinstance(structure, Mapping):
        for name, inner in structure.items():
            # A reference is taken for what it means; what else it says of that is said there.
            if name not in _NO_VALUE and not name.endswith("Reference"):
                yield from _leaves(inner, (*at, name))
    elif at and structure != "NULL":
        yield at
