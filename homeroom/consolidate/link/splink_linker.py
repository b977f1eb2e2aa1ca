"""Splink as linking uses it: our settings, on our tables."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import duckdb

from homeroom.consolidate.link.blocking import exploded

if TYPE_CHECKING:
    from splink import Linker


def linker_of(
    connection: duckdb.DuckDBPyConnection,
    comparisons: list[dict[str, Any]],
    nodes: int,
    rules: Sequence[str],
    only_new: bool = False,
    table: str = "node",
) -> Linker:
    """Splink over `table`, with `comparisons` as they were learned of so many `nodes`, and the `rules` for blocking."""
    # Importing it takes most of a second, which a command that links nobody need not wait.
    from splink import DuckDBAPI, Linker, SettingsCreator

    api = DuckDBAPI(connection=connection)
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[*comparisons],
        blocking_rules_to_generate_predictions=[_blocking(rule, only_new) for rule in rules],
        # Most persons are known to a second source; with very few rows, chance says no more than one in a hundred.
        probability_two_random_records_match=min(0.01, 1.0 / max(nodes, 2)),
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
    )
    # The settings are ours, and the tests run with them: looking through them anew costs a second for each kind.
    return Linker(api.register(table), settings, log_level=None, validate_settings=False)


def forget_frequencies(comparisons: list[dict[str, Any]]) -> None:
    """Let how rare a name is count for nothing."""
    for comparison in comparisons:
        for level in comparison["comparison_levels"]:
            for name in [name for name in level if name.startswith("tf_")]:
                del level[name]


def frequent_columns(comparisons: Sequence[dict[str, Any]]) -> set[str]:
    """The columns of which it counts how rare a value is."""
    levels = [level for comparison in comparisons for level in comparison["comparison_levels"]]
    return {level["tf_adjustment_column"] for level in levels if "tf_adjustment_column" in level}


def count_frequencies(linker: Linker, connection: duckdb.DuckDBPyConnection, columns: set[str], among: str) -> None:
    """Let how rare a value is count among the rows of `among`, of which the linker's own are few."""
    for column in sorted(columns):
        # Splink's own question, of another table.
        connection.execute(
            f"""
            create or replace temp table frequency_of_{column} as
            select {column}, cast(count(*) as float8) / (select count({column}) from {among}) as tf_{column}
            from {among} where {column} is not null group by {column}
            """
        )
        counted = linker._db_api.register(f"frequency_of_{column}")
        linker.table_management.register_term_frequency_lookup(counted, column)


def no_warnings() -> None:
    """Let Splink keep to itself what is meant to be so."""
    # Splink warns of levels that no sampled pair reached; for those the expectation stands, which is meant.
    logging.getLogger("splink").setLevel(logging.ERROR)


def _blocking(rule: str, only_new: bool) -> dict[str, Any]:
    lists = exploded(rule)
    if only_new:
        rule = f"{rule} and (l.is_new or r.is_new)"
    result: dict[str, Any] = {"blocking_rule": rule, "sql_dialect": "duckdb"}
    return result | ({"arrays_to_explode": lists} if lists else {})
