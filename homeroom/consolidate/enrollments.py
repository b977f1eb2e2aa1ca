"""One enrollment, of which two systems wrote down different first days, is one enrollment.

The entry date is part of its key in the standard, so nothing else would bring the two together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from homeroom.consolidate.database import literal
from homeroom.consolidate.layered_table import LayeredTable
from homeroom.consolidate.merge import IdentifiedTable
from homeroom.consolidate.rules import rules

ENROLLMENT = "StudentSchoolAssociation"
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


def touch_students(
    connection: duckdb.DuckDBPyConnection, now: Mapping[str, LayeredTable], identified: Mapping[str, LayeredTable]
) -> None:
    """Where one enrollment of a student is worked on again, have all of that student be: what one source says of the
    first day may concern another's row with another key.

    `now`: the cleaned table of each source; `identified`: what became of it before. The tables `fresh <source>` and
    `touched <source>`, as `homeroom.consolidate.merged_before` has them, gain those rows. Reads `identity`.
    """
    students = "select source, source_id, unique_id from identity where kind = 'Student'"
    touched = [
        select
        for source in now
        for select in (
            f'select student_unique_id from {identified[source].sql} semi join "touched {source}" using (source_row)',
            f"""select unique_id from {now[source].sql} as row semi join "fresh {source}" using (source_row)
            join ({students}) as student on student.source = {literal(source)}
                and student.source_id = row.student_unique_id""",
        )
    ]
    connection.execute(f"create or replace temp table touched_student as {' union '.join(touched)}")
    for source in now:
        connection.execute(
            f"""
            insert into "fresh {source}"
                select source_row from {now[source].sql} as row
                semi join (
                    from ({students}) semi join touched_student on unique_id = student_unique_id
                    where source = {literal(source)}
                ) as student on student.source_id = row.student_unique_id
                anti join "fresh {source}" as known using (source_row);
            create or replace temp table "touched {source}" as
                from "touched {source}" union from "fresh {source}"
                union select source_row from {identified[source].sql} semi join touched_student
                    using (student_unique_id)
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
