"""Which rows of a source say something else than they did, and which it says no longer: found by what they hold."""

from __future__ import annotations

import duckdb

from homeroom.consolidate.clean.cleaned_table import quoted
from homeroom.consolidate.database import columns_held
from homeroom.consolidate.layered_table import LayeredTable, only_in


def find_changed(connection: duckdb.DuckDBPyConnection, now: LayeredTable, then: LayeredTable) -> None:
    """Fill the temporary table `changed_row` (source_row, gone): what says something else in `now` than in `then`.

    Both have the same columns, one of them `source_row`. A row of a source may have become several: all that became of
    it is compared at once.
    """
    whole = f"hash({', '.join(quoted(name) for name in sorted(columns_held(connection, now.base)))})"
    of_rows = f"select source_row, sum({whole}::hugeint) as content, count(*) as rows"
    connection.execute(
        f"""
        create or replace temp table was as {of_rows} from {only_in(then, now)} group by 1;
        create or replace temp table now as {of_rows} from {only_in(now, then)} group by 1;
        create or replace temp table changed_row as
            select source_row, false as gone from now anti join was using (source_row, content, rows)
            union all select source_row, true from was anti join now using (source_row);
        drop table was;
        drop table now
        """
    )
