"""The school years that the documents speak of: XML names them everywhere and declares them nowhere."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import pyarrow as pa

from homeroom.consolidate.clean.numbers import clean_school_year
from homeroom.model.columns import foreign_keys

RESOURCE = "SchoolYearType"
# What happens in these happens now; a graduation plan or a class speaks of years to come.
_OF_NOW = ("StudentSchoolAssociation", "Session", "Calendar", "GradingPeriod", "StaffSchoolAssociation")


def stage_school_years(connection: duckdb.DuckDBPyConnection, staged: Iterable[tuple[str, str]]) -> str | None:
    """A SELECT of the school years that staged tables, given as (resource, relation), refer to; None without any.

    Each comes from the first row that names it. The current one is the latest that anything happens in.
    """
    named = []
    for resource, relation in staged:
        present = {row[0] for row in connection.execute(f"describe {relation}").fetchall()}
        for foreign in foreign_keys(resource):
            column = foreign.columns[0]
            if foreign.target == RESOURCE and column in present:
                now = resource in _OF_NOW and column == "school_year"
                named.append(f'select source_row, "{column}" as said, {now} as of_now from {relation}')
    if not named:
        return None
    rows = connection.execute(
        f"""select said, min(source_row), bool_or(of_now) from ({" union all ".join(named)})
        where said is not null group by said order by 2"""
    ).fetchall()
    years: dict[int, tuple[int, bool]] = {}
    for said, source_row, of_now in rows:
        if cleaned := clean_school_year(said).value:
            first, now = years.get(int(cleaned), (source_row, False))
            years[int(cleaned)] = (min(first, source_row), now or of_now)
    if not years:
        return None
    current = max([year for year, (_, now) in years.items() if now] or years)
    connection.register(
        "school_years_named",
        pa.table(
            {
                "source_row": pa.array([row for row, _ in years.values()], pa.int64()),
                "school_year": [str(year) for year in years],
                "current_school_year": [str(year == current).lower() for year in years],
                "school_year_description": [f"{year - 1}-{year}" for year in years],
            }
        ),
    )
    connection.execute("create or replace temp table school_years as from school_years_named")
    connection.unregister("school_years_named")
    return "select * from school_years"
