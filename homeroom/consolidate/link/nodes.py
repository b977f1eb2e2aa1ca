"""What is scored: the rows that equality already joined are looked at as one, with all that their sources say."""

from __future__ import annotations

import duckdb

# A first name that so few rows have, or so small a share of them, may be a slip of the pen.
FEWEST_OF_A_NAME = 4
LEAST_SHARE_OF_A_NAME = 0.0003


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
            "short_form",
            "middle_name",
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
        ), first_name_counts as (select first_name, count(*) as rows from record group by 1)
        select joined.*, coalesce(rows, 0) <= greatest({FEWEST_OF_A_NAME}, {LEAST_SHARE_OF_A_NAME} * (select count(*)
            from record)) as first_name_is_rare
        from joined left join first_name_counts using (first_name) order by unique_id
        """
    )
    (count,) = connection.execute("select count(*) from node").fetchone() or (0,)
    return int(count)
