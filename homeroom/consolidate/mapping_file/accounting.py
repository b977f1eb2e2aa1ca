"""No row and no column is lost without a word: what a mapping makes nothing of is told, with the reason."""

from __future__ import annotations

from collections.abc import Collection as Some
from collections.abc import Sequence

import duckdb

from homeroom.consolidate.mapping_file.declaration import TableMapping
from homeroom.consolidate.mapping_file.selects import DocumentSelect, column_named
from homeroom.sources.csv_files import file_of
from homeroom.sources.report import Report, Rule

RULES = (
    Rule("table-unmapped", "The mapping says nothing of this table.", "Add a [[table]] for it, or stop sending it."),
    Rule("row-unmapped", "The mapping leaves the row out.", "Nothing to do, if where and unless say what they should."),
    Rule("key-unfilled", "The row lacks what tells it from others.", "Fill the column that the mapping reads for it."),
    Rule(
        "document-unfilled",
        "The row says something of this, but not whose or which it is.",
        "Fill the column that the mapping reads for it.",
        "value",
    ),
)
_NAMED = 8


def report_columns(mapping: TableMapping, table: str, present: Some[str], file_number: int, report: Report) -> None:
    """Tell of the columns that the mapping reads and the table has not, and of those that it does not speak of."""
    place = _place(table)
    missing = [name for name in dict.fromkeys(mapping.read()) if column_named(name, present) is None]
    if missing:
        report.file_problem(
            file_number,
            "column-missing",
            f"{place} has no column {_listed(missing)}, which the mapping reads. Mend its name in the mapping, or "
            "send the column again.",
        )
    spoken = {name.strip().lower() for name in (*mapping.read(), *mapping.ignored)}
    unknown = [name for name in present if name != "source_row" and name.strip().lower() not in spoken]
    if unknown:
        report.file_problem(
            file_number,
            "column-unmapped",
            f"The mapping says nothing of the column {_listed(unknown)} of {place}. Add what is wanted of it, or name "
            "it under ignored.",
        )


def report_rows(
    connection: duckdb.DuckDBPyConnection, relation: str, documents: Sequence[DocumentSelect], report: Report
) -> None:
    """Tell of each row of a table that became no document, and of each document that lacked a part of its key."""
    made = " union ".join(f"select source_row from ({document.rows})" for document in documents)
    lacking = " union ".join(f"({document.lacking})" for document in documents)
    rows = connection.execute(
        f"""
        with made as ({made}), lacking as ({lacking}),
        told as (
            select l.source_row, l.field, case when m.source_row is null then 'key-unfilled'
                else 'document-unfilled' end as rule
            from lacking l left join made m using (source_row)
            union all
            select source_row, null, 'row-unmapped' from {relation}
            anti join made using (source_row) anti join lacking using (source_row))
        select rule, field, list(distinct source_row order by source_row) as source_rows from told group by all
        order by all
        """
    ).fetchall()
    for rule, field, source_rows in rows:
        report.row_problems(source_rows, rule, field)


def report_table(connection: duckdb.DuckDBPyConnection, relation: str, report: Report) -> None:
    """Tell of each row of a table that the mapping says nothing of."""
    rows = connection.execute(f"select source_row from {relation} order by 1").to_arrow_table()
    report.row_problems(rows["source_row"].combine_chunks(), "table-unmapped")


def _place(table: str) -> str:
    path, sheet = file_of(table)
    return path if sheet is None else f"the sheet {sheet} of {path}"


def _listed(names: Sequence[str]) -> str:
    # A header may be missing, so that the first person's values stand for names: digits are not told.
    shown = ["".join("#" if sign.isdigit() else sign for sign in name[:60]) for name in names[:_NAMED]]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(shown) + more
