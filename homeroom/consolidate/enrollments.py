"""One enrollment, of which two systems wrote down different first days, is one enrollment.

The entry date is part of its key in the standard, so nothing else would bring the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from homeroom.consolidate.database import literal
from homeroom.consolidate.merge import IdentifiedTable
from homeroom.consolidate.rules import rules

# A student who left a school and came back within so many days is hardly told apart from a late entry in one system.
MOST_DAYS_APART = 45


def agree_on_entry(connection: duckdb.DuckDBPyConnection, tables: Sequence[IdentifiedTable], problems: Path) -> None:
    """Rewrite the identified tables of StudentSchoolAssociation: the less believed source takes the other's entry date.

    Only where that source has no enrollment of the same student, school and day of its own, and only the nearest one
    within `MOST_DAYS_APART` days. What it said itself is told in `problems`, as a notice.
    """
    believed: list[IdentifiedTable] = []
    told = [_NOTHING]
    for number, table in enumerate(sorted(tables, key=lambda table: table.precedence)):
        if believed:
            connection.execute(_nearest(f"entry_{number}", table, believed))
            rewritten = table.path.with_suffix(".agreed")
            connection.execute(
                f"""
                copy (
                    select * exclude (believed_entry) replace (coalesce(believed_entry, entry_date) as entry_date)
                    from {literal(table.path)} left join entry_{number} using (source_row)
                ) to {literal(rewritten)} (format parquet)
                """
            )
            rewritten.replace(table.path)
            told.append(f"select source_row from entry_{number}")
        believed.append(table)
    connection.execute(
        f"""
        copy (
            select source_row, source_row >> 32 as file_number, 'entry-date-differs' as rule, 'entry_date' as field,
                {literal(rules()["entry-date-differs"].sentence)} as sentence, 'notice' as severity
            from ({" union all ".join(told)})
        ) to {literal(problems)} (format parquet)
        """
    )


_NOTHING = "select null::bigint as source_row where false"


def _nearest(name: str, table: IdentifiedTable, believed: Sequence[IdentifiedTable]) -> str:
    """SQL that makes the table `name` (source_row, believed_entry)."""
    same = "student_unique_id, school_id"
    others = " union all ".join(f"select {same}, entry_date from {literal(other.path)}" for other in believed)
    return f"""
        create or replace temp table {name} as
        with own as (select source_row, {same}, entry_date from {literal(table.path)}),
        other as (select distinct * from ({others})),
        apart as (select * from own anti join other using ({same}, entry_date))
        select source_row, arg_min(other.entry_date, (abs(other.entry_date - apart.entry_date), other.entry_date))
            as believed_entry
        from apart join other using ({same})
        where abs(other.entry_date - apart.entry_date) <= {MOST_DAYS_APART}
        group by source_row
    """
