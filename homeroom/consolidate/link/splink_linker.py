"""Splink as linking uses it: our settings, on our tables."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import duckdb

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


def no_warnings() -> None:
    """Let Splink keep to itself what is meant to be so."""
    # Splink warns of levels that no sampled pair reached; for those the expectation stands, which is meant.
    logging.getLogger("splink").setLevel(logging.ERROR)


def _blocking(rule: str, only_new: bool) -> dict[str, Any]:
    exploded = re.findall(r"l\.(\w+s) = r\.", rule)
    exploded = [column for column in exploded if column in ("phones", "emails", "student_ids", "shared_ids")]
    if only_new:
        rule = f"{rule} and (l.is_new or r.is_new)"
    result: dict[str, Any] = {"blocking_rule": rule, "sql_dialect": "duckdb"}
    return result | ({"arrays_to_explode": exploded} if exploded else {})
