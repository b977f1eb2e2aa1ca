"""Ed-Fi resources as JSON mapped to the record's tables: the shape of a document is that of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from homeroom.consolidate.database import connect, literal
from homeroom.consolidate.edfi.current import RULES as FORM_RULES
from homeroom.consolidate.edfi.descriptors import FILE as DESCRIPTORS_FILE
from homeroom.consolidate.edfi.documents import structure_of
from homeroom.consolidate.edfi.school_years import RESOURCE as SCHOOL_YEAR
from homeroom.consolidate.edfi.school_years import stage_school_years
from homeroom.consolidate.staged_table import StagedTable, write_staged
from homeroom.model import RESOURCES
from homeroom.model.columns import Column, columns
from homeroom.model.member import Collection, Member, Reference
from homeroom.sources.column_names import REASON
from homeroom.sources.delivery import LandedTable
from homeroom.sources.report import Report, Rule

RULES = (
    Rule("document-unreadable", "The line is no JSON document.", "Look at it in the source: it may be cut short."),
    *(rule for rule in FORM_RULES if rule.name in ("field-unknown", "descriptor-noted")),
)

# What an API, or an earlier quarantine, says about a document, and no value of it.
_ABOUT = ("id", "_etag", "_lastModifiedDate", "link", REASON)
# What versions before 5.0 call otherwise.
_BEFORE = {"parentReference": "contactReference", "parentUniqueId": "contactUniqueId"}


def map_tables(
    landed: Sequence[LandedTable],
    source: str,
    into: Path,
    report: Report,
    options: Mapping[str, str] | None = None,
) -> list[StagedTable]:
    """Stage landed documents as `<into>/<Resource>.parquet`, one file for each resource.

    The codes that they define are written beside that folder, as `descriptors.parquet`. Every landed row is in a staged
    one or is told to the report.
    """
    report.knows(RULES)
    into.mkdir(parents=True, exist_ok=True)
    staged: list[StagedTable | None] = []
    with connect() as connection:
        codes: list[str] = []
        relations: list[tuple[str, str]] = []
        for table in landed:
            relation = f'"document_{table.name}"'
            _take_in(connection, table, relation, report)
            if table.name in RESOURCES:
                _tell_unknown(connection, table.name, relation, report)
                connection.execute(f'create temp table "staged_{table.name}" as {_select(table.name, relation)}')
                relations.append((table.name, f'"staged_{table.name}"'))
            else:
                codes.append(_codes(table.name, relation))
                rows = connection.execute(f"select source_row from {relation} order by 1").to_arrow_table()
                report.row_problems(rows["source_row"].combine_chunks(), "descriptor-noted", table.name)
        staged += [write_staged(connection, resource, f"from {relation}", into) for resource, relation in relations]
        years = None if SCHOOL_YEAR in dict(relations) else stage_school_years(connection, relations)
        if years:
            staged.append(write_staged(connection, SCHOOL_YEAR, years, into))
        if codes:
            union = " union all ".join(codes)
            connection.execute(f"copy ({union}) to {literal(into.parent / DESCRIPTORS_FILE)} (format parquet)")
    return [table for table in staged if table is not None]


def _take_in(connection: duckdb.DuckDBPyConnection, table: LandedTable, relation: str, report: Report) -> None:
    """The documents of a table that are JSON objects, in the names of today; the others are told."""
    text = "document"
    for before, now in _BEFORE.items():
        text = f"""replace({text}, '"{before}"', '"{now}"')"""
    connection.execute(
        f"""
        create temp table {relation} as
        select source_row, case when json_valid(document) then {text}::json end as document
        from {literal(table.path)}
        """
    )
    bad = "document is null or json_type(document) <> 'OBJECT'"
    rows = connection.execute(f"select source_row from {relation} where {bad} order by 1").to_arrow_table()
    report.row_problems(rows["source_row"].combine_chunks(), "document-unreadable")
    connection.execute(f"delete from {relation} where {bad}")


def _select(resource: str, relation: str) -> str:
    """A SELECT of the resource's columns: all paths of a document are read in one pass."""
    paths = [path for column in columns(resource) for path in column.paths]
    listed = ", ".join(literal("$." + path) for path in paths)
    picked = ", ".join(f'{_value(column, paths)} as "{column.name}"' for column in columns(resource))
    return f"""select source_row, {picked} from (
        select source_row, json_extract(document, [{listed}]) as said from {relation})"""


def _value(column: Column, paths: list[str]) -> str:
    at = [f"said[{paths.index(path) + 1}]" for path in column.paths]
    if column.collection is not None:
        kind = "'{'" if column.collection.single else "'['"
        return f"case when starts_with({at[0]}::varchar, {kind}) then {at[0]}::varchar end"
    # Equal values share a column: whichever path the document fills has it.
    texts = [f"case when left({one}::varchar, 1) not in ('{{', '[') then {one}->>'$' end" for one in at]
    return texts[0] if len(texts) == 1 else f"coalesce({', '.join(texts)})"


def _codes(descriptor: str, relation: str) -> str:
    return f"""
        select source_row, namespace || '#' || code_value as uri, '{descriptor}' as descriptor_type, namespace,
            code_value, short_description, description
        from (select source_row, trim(document->>'$.namespace') as namespace,
            trim(document->>'$.codeValue') as code_value, document->>'$.shortDescription' as short_description,
            document->>'$.description' as description from {relation})
        where namespace is not null and code_value is not null"""


def _tell_unknown(connection: duckdb.DuckDBPyConnection, resource: str, relation: str, report: Report) -> None:
    """Tell of what documents hold and the model has no place for."""
    structure = structure_of(connection, relation)
    for path in _unknown(RESOURCES[resource].members, structure, ""):
        at = literal("$." + path)
        rows = connection.execute(
            f"select source_row from {relation} where len(json_extract(document, {at})) > 0 order by 1"
            if "[*]" in path
            else f"select source_row from {relation} where json_type(document, {at}) <> 'NULL' order by 1"
        ).to_arrow_table()
        report.row_problems(rows["source_row"].combine_chunks(), "field-unknown", path.replace("[*]", ""))


def _unknown(members: Mapping[str, Member], structure: Any, above: str) -> Iterator[str]:
    if not isinstance(structure, dict):
        return
    for name, inner in structure.items():
        path = f'{above}"{name}"'
        member = members.get(name)
        if name in _ABOUT or inner == "NULL":
            continue
        if member is None:
            yield path
        elif isinstance(member, Reference):
            parts = {part for part, _ in member.parts} | set(_ABOUT)
            yield from (f'{path}."{part}"' for part in (inner if isinstance(inner, dict) else {}) if part not in parts)
        elif isinstance(member, Collection):
            items = inner[0] if isinstance(inner, list) else inner
            marked = path if member.single else f"{path}[*]"
            yield from _unknown(member.element.members, items, f"{marked}.")
