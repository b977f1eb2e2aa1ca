"""What Splink predicts of pairs, as linking reads it: the probability, what speaks against it, and each comparison."""

from __future__ import annotations

from typing import Any

import duckdb

from homeroom.consolidate.link.kinds import PersonKind


def tell_scores(
    connection: duckdb.DuckDBPyConnection, kind: PersonKind, comparisons: list[dict[str, Any]], predicted: Any
) -> None:
    """The table `scored`, as `link.scoring` has it, of what Splink `predicted`; that is dropped."""
    levels = {c["output_column_name"]: _labels(c) for c in comparisons}
    columns = {column.name.strip('"') for column in predicted.columns}
    parts = ", ".join(
        f"""'{name}': {{'level': {_label('"gamma_' + name + '"', labels)},
            'weight': round({_weight(name, columns)}, 2)}}"""
        for name, labels in levels.items()
    )
    more = [f"coalesce(gamma_{name}, -1) = {len(levels[name]) - 1}" for name in kind.more_than_names]
    connection.execute(
        f"""
        create or replace temp table scored as
        with told as (
            select least(unique_id_l, unique_id_r) as left_node, greatest(unique_id_l, unique_id_r) as right_node,
                case when {" or ".join(more) or "true"} then round(match_probability, 6) else 0.0 end as probability,
                coalesce(gamma_shared_id, -1) as gamma_shared_id,
                not (gamma_first_name = {_level(levels, "first_name", "same")} or (
                    gamma_first_name >= {_level(levels, "first_name", "misspelt")}
                    and gamma_middle_name = {_level(levels, "middle_name", "same")}))
                    or gamma_birth_date between 0 and {_level(levels, "birth_date", "same month and year")}
                    as unsure_first_name,
                gamma_first_name = 0 as contradiction,
                to_json({{{parts}}}) as comparison
            from {predicted.physical_name}
        )
        select left_node, right_node, unsure_first_name,
            -- Twins: whatever else agrees, a different first name is another child. With the same identifier, a
            -- person is asked.
            case when not contradiction then probability when gamma_shared_id = 1 then least(probability, 0.9)
                else 0.0 end as probability,
            contradiction and gamma_shared_id < 1 as contradiction, comparison
        from told
        """
    )
    connection.execute(f"drop table if exists {predicted.physical_name}")


def tell_no_scores(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `scored` where no two of `node` were compared."""
    connection.execute(
        """
        create or replace temp table scored as
        select unique_id as left_node, unique_id as right_node, false as unsure_first_name,
            cast(0 as double) as probability, false as contradiction, cast('{}' as json) as comparison
        from node limit 0
        """
    )


def _weight(name: str, columns: set[str]) -> str:
    return f'"mw_{name}"' if f"mw_{name}" in columns else "cast(null as double)"


def _labels(comparison: dict[str, Any]) -> list[str]:
    """The labels by level number: 0 is the last level."""
    return [level["label_for_charts"] for level in reversed(comparison["comparison_levels"][1:])]


def _level(levels: dict[str, list[str]], comparison: str, label: str) -> int:
    return levels[comparison].index(label)


def _label(column: str, labels: list[str]) -> str:
    whens = " ".join(f"when {number} then '{label}'" for number, label in enumerate(labels))
    return f"case {column} {whens} else 'missing' end"
