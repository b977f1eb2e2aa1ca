"""What is scored: the rows that equality already joined are looked at as one, with all that their sources say."""

from __future__ import annotations

import duckdb


def create_nodes(connection: duckdb.DuckDBPyConnection) -> int:
    """The table `node`, one row for each group of `record`s in `grouped` (record, cluster); returns how many.

    The best source's names stand; other sources' last names and first names still count as names of the person.
    """
    lists = ", ".join(
        f"nullif(list_sort(list_distinct(flatten(list(coalesce({name}, []))))), []) as {name}"
        for name in ("first_names", "surnames", "emails", "phones", "shared_ids", "school_ids", "student_ids")
    )
    scalars = ", ".join(
        f"arg_min({name}, priority) as {name}"
        for name in (
            "first_name",
            "formal_name",
            "last_name",
            "middle_initial",
            "suffix",
            "sex",
            "birth_date",
            "birth_text",
            "birth_sorted",
            "address",
        )
    )
    connection.execute(
        f"""
        create or replace temp table node as
        with joined as (
            select cluster as unique_id, {scalars}, {lists},
                nullif(list_sort(list_distinct(list(address) filter (address is not null))), []) as addresses
            from record join grouped using (record) group by cluster
        ), first_name_counts as (select first_name, count(*) as first_name_count from record group by 1)
        select joined.*, coalesce(first_name_count, 0) as first_name_count
        from joined left join first_name_counts using (first_name) order by unique_id
        """
    )
    (count,) = connection.execute("select count(*) from node").fetchone() or (0,)
    return int(count)
