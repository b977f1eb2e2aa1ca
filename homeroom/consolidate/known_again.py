"""Rows that a source sends again: which they are, by what they hold, and where they stand in each delivery."""

from __future__ import annotations

from pathlib import Path

import duckdb

from homeroom.consolidate.database import literal

# Beside a delivery's tables: `source_row` of each row that was sent again, and `place`, where it stands this time.
PLACES = "places.parquet"


def know_again(connection: duckdb.DuckDBPyConnection) -> None:
    """Of the rows in `now` and `was` (source_row, content), the tables `again` (place, source_row), of those that are
    known again, and `gone`, of those no longer there. Of equal rows as many are known again as there were."""
    connection.execute(
        """
        create or replace temp table several as
            select content from (select content from now group by 1 having count(*) > 1
                union select content from was group by 1 having count(*) > 1);
        create or replace temp table again as
            select now.source_row as place, was.source_row from now join was using (content)
            anti join several using (content)
            union all
            select one.source_row, other.source_row
            from (select *, row_number() over (partition by content order by source_row) as turn
                from now semi join several using (content)) as one
            join (select *, row_number() over (partition by content order by source_row) as turn
                from was semi join several using (content)) as other using (content, turn);
        create or replace temp table gone as select source_row from was anti join again using (source_row)
        """
    )


def places_of(landed: Path) -> Path | None:
    """Where the rows of a landed delivery stand in its own files, if any of them were sent again."""
    return found if (found := landed / PLACES).exists() else None


def numbered_before(landed: Path) -> str:
    """A relation of the same: (source_row, place) of the rows that have the number of an earlier delivery's."""
    places = places_of(landed)
    return literal(places) if places else "(select 0::bigint as source_row, 0::bigint as place where false)"
