"""What is scored: the rows that equality already joined are looked at as one, with all that their sources say."""

from __future__ import annotations

import duckdb

from homeroom.consolidate.database import in_parts

# A first name that so few rows have, or so small a share of them, may be a slip of the pen.
FEWEST_OF_A_NAME = 4
LEAST_SHARE_OF_A_NAME = 0.0003

_LISTS = ("first_names", "surnames", "emails", "phones", "shared_ids", "school_ids", "student_ids")
_SCALARS = (
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


# What `node` says of each, beside its number.
COMPARED = (*_SCALARS, *_LISTS, "addresses", "first_name_is_rare")


def find_frequent_names(connection: duckdb.DuckDBPyConnection, persons: str = "record") -> None:
    """The table `frequent_name` (first_name): those that are no slip of the pen among all `persons`."""
    connection.execute(
        f"""
        create or replace temp table frequent_name as
        select first_name from {persons} where first_name is not null group by 1
        having count(*) > greatest({FEWEST_OF_A_NAME}, {LEAST_SHARE_OF_A_NAME} * (select count(*) from {persons}))
        """
    )


def create_nodes(connection: duckdb.DuckDBPyConnection) -> int:
    """The table `node`, one row for each group of `record`s in `grouped` (record, cluster); returns how many.

    The best source's names stand; other sources' last names and first names still count as names of the person. Reads
    `frequent_name`.
    """
    # Most groups are one row, for which nothing need be gathered, and whose lists are in order but for the schools'.
    lists = {name: f"nullif({name}, [])" for name in _LISTS} | {"school_ids": _in_order("school_ids")}
    alone = ", ".join([*_SCALARS, *(f"{value} as {name}" for name, value in lists.items())])
    gathered = ", ".join(
        [
            *(f"arg_min({name}, priority) as {name}" for name in _SCALARS),
            *(f"{_in_order(f'flatten(list(coalesce({name}, [])))')} as {name}" for name in _LISTS),
        ]
    )
    connection.execute(
        f"""
        create or replace temp table of_several as
        select cluster from grouped group by cluster having count(*) > 1;
        create or replace temp table node as
        select cluster as unique_id, {alone}, case when address is not null then [address] end as addresses,
            {_IS_RARE} as first_name_is_rare
        from record join grouped using (record) anti join of_several using (cluster)
        """
    )
    (rows,) = connection.execute("select count(*) from grouped semi join of_several using (cluster)").fetchone() or (0,)
    for part in in_parts(rows, "cluster"):
        connection.execute(
            f"""
            insert into node by name
            select *, {_IS_RARE} as first_name_is_rare from (
                select cluster as unique_id, {gathered},
                    {_in_order("list(address) filter (address is not null)")} as addresses
                from record join grouped using (record) semi join of_several using (cluster)
                where {part} group by cluster
            )
            """
        )
    (count,) = connection.execute("select count(*) from node").fetchone() or (0,)
    return int(count)


_IS_RARE = "coalesce(first_name not in (from frequent_name), true)"


def _in_order(values: str) -> str:
    """A list with each value once; null where it holds none."""
    return f"nullif(list_sort(list_distinct({values})), [])"
