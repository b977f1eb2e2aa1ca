"""The probability that two rows are one person: Splink, with expectations where rows are too few to learn from."""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator

from homeroom.consolidate.database import PARQUET, connect, literal, parts_of, private_folder
from homeroom.consolidate.engine import IN_THIS_PROCESS, Engine
from homeroom.consolidate.link.blocking import blocking_rules, mark_crowded
from homeroom.consolidate.link.kinds import PersonKind
from homeroom.consolidate.link.known_scores import KnownScores, add_known_scores, keep_scores, known_scores

# Below this, estimates would be noise: what is expected of school records stands alone.
FEWEST_TO_LEARN_FROM = 4_000
# Below this, a name that two rows have would seem to be everybody's.
FEWEST_FOR_FREQUENCIES = 500
# How many pairs are looked at to learn.
PAIRS_TO_LEARN_FROM = 100_000
LEARN_AT_A_TIME = 2
LOWEST_PROBABILITY = 0.001
# The pairs of how many persons are scored at a time.
NODES_IN_A_PART = 250_000


def score(
    connection: duckdb.DuckDBPyConnection,
    kind: PersonKind,
    nodes: int,
    seed: int,
    before: Path | None = None,
    into: Path | None = None,
    engine: Engine = IN_THIS_PROCESS,
) -> None:
    """The table `scored` (left_node, right_node, probability, contradiction, comparison JSON), with left < right.

    `before`: the folder into which the last run wrote what is worth keeping. Where as many are linked now as then, more
    or less, what was learned then stands, and pairs of which neither has changed keep their score. `into`: where to
    write it now; where there is one, `engine` may score the pairs in parts.
    """
    _no_warnings()
    known = known_scores(connection, kind, nodes, before)
    if known:
        learned, comparisons = known, copy.deepcopy(known.comparisons)
    else:
        comparisons = [copy.deepcopy(c) for c in kind.comparisons]
        if nodes >= FEWEST_TO_LEARN_FROM:
            comparisons = _learn(connection, kind, nodes, seed)
        learned = KnownScores(nodes, copy.deepcopy(comparisons))
    if nodes < FEWEST_FOR_FREQUENCIES:
        _forget_frequencies(comparisons)
    mark_crowded(connection, kind.blocking)
    parts = parts_of(nodes, NODES_IN_A_PART)
    if into and engine.hands_out:
        _predict_elsewhere(connection, kind, comparisons, learned.nodes, known is not None, parts, into, engine)
    else:
        _predict_in_parts(connection, kind, comparisons, learned.nodes, known is not None, parts)
    if known:
        add_known_scores(connection)
    if into:
        keep_scores(connection, kind, learned, into)


def _no_warnings() -> None:
    # Splink warns of levels that no sampled pair reached; for those the expectation stands, which is meant.
    logging.getLogger("splink").setLevel(logging.ERROR)


def _predict_in_parts(
    connection: duckdb.DuckDBPyConnection,
    kind: PersonKind,
    comparisons: list[dict[str, Any]],
    nodes: int,
    only_new: bool,
    parts: int,
) -> None:
    """As `_predict`, with the pairs divided by the node on their left: what is compared of all of them is too much."""
    _predict(connection, kind, comparisons, nodes, only_new, (1, parts))
    if parts == 1:
        return
    connection.execute("create or replace temp table scored_before as from scored")
    for number in range(2, parts + 1):
        _predict(connection, kind, comparisons, nodes, only_new, (number, parts))
        connection.execute("insert into scored_before from scored")
    connection.execute("create or replace temp table scored as from scored_before; drop table scored_before")


def _predict_elsewhere(
    connection: duckdb.DuckDBPyConnection,
    kind: PersonKind,
    comparisons: list[dict[str, Any]],
    nodes: int,
    only_new: bool,
    parts: int,
    into: Path,
    engine: Engine,
) -> None:
    """As `_predict_in_parts`, each part by whom the engine hands it to; meanwhile files lie in `into`."""
    with TemporaryDirectory(dir=into, prefix="scoring-") as name:
        folder = Path(name)
        connection.execute(f"copy node to {literal(folder / 'node.parquet')} ({PARQUET})")
        work = partial(_predict_part, kind, comparisons, nodes, only_new, parts, folder)
        for _ in engine.table_by_table({str(number): nodes for number in range(1, parts + 1)}, work):
            pass
        connection.execute(f"create or replace temp table scored as from {literal(folder / 'scored-*.parquet')}")


def _predict_part(
    kind: PersonKind,
    comparisons: list[dict[str, Any]],
    nodes: int,
    only_new: bool,
    parts: int,
    folder: Path,
    connection: duckdb.DuckDBPyConnection,
    number: str,
) -> None:
    _no_warnings()
    # How rare a name is counts among all.
    connection.execute(
        f"create or replace temp table node as from {literal(folder / 'node.parquet')} order by unique_id"
    )
    _predict(connection, kind, comparisons, nodes, only_new, (int(number), parts))
    connection.execute(f"copy scored to {literal(folder / f'scored-{number}.parquet')} ({PARQUET})")


def _predict(
    connection: duckdb.DuckDBPyConnection,
    kind: PersonKind,
    comparisons: list[dict[str, Any]],
    nodes: int,
    only_new: bool,
    part: tuple[int, int] = (1, 1),
) -> None:
    """Score the pairs of `node`; `only_new`: those of which one `is_new`; `part`: the first is 1, of so many."""
    linker = _linker(connection, kind, comparisons, nodes, only_new)
    predicted = linker.inference.predict_chunk(
        part, (1, 1), threshold_match_probability=LOWEST_PROBABILITY, warning_mode="never"
    )
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


def _forget_frequencies(comparisons: list[dict[str, Any]]) -> None:
    for comparison in comparisons:
        for level in comparison["comparison_levels"]:
            for name in [name for name in level if name.startswith("tf_")]:
                del level[name]


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


def _learn(connection: duckdb.DuckDBPyConnection, kind: PersonKind, nodes: int, seed: int) -> list[dict[str, Any]]:
    """The comparisons with probabilities half expected and half estimated: neither small data nor odd data runs away.

    Rounded, so that the order in which threads add up never shows.
    """

    def by_chance(linker: Linker) -> None:
        # All pairs in one question: in ten, which stop once each level was seen, the asking takes most of the time.
        linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS_TO_LEARN_FROM, seed=seed, num_chunks=1)

    def among_true_pairs(rule: str, linker: Linker) -> None:
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule,
            estimate_without_term_frequencies=True,
            max_pairs=PAIRS_TO_LEARN_FROM,
            record_sample_proportion=min(1.0, max(0.01, 20_000 / nodes)),
        )

    def learn(train: Callable[[Linker], None], asked: Sequence[dict[str, Any]]) -> dict[str, Any]:
        # Each in a database of its own: they know nothing of each other, and go on side by side.
        with connect(threads=1) as own:
            own.execute(f"create view node as from {literal(nodes_file)}")
            linker = _linker(own, kind, [copy.deepcopy(c) for c in asked], nodes)
            # Splink stops where no true pair reached a level at all; then what is expected stands.
            with suppress(ValueError):
                train(linker)
                learned = linker.misc.save_model_to_json()["comparisons"]
                return {comparison["output_column_name"]: comparison["comparison_levels"] for comparison in learned}
            return {}

    # By chance each comparison is met or not whatever the others are: they are looked at in two halves.
    halves = [kind.comparisons[start::LEARN_AT_A_TIME] for start in range(LEARN_AT_A_TIME)]
    # One source holds hardly anybody twice: what agrees among its pairs is mostly chance, and teaches nothing.
    several = connection.execute("select count(distinct source) > 1 from record").fetchone() == (True,)
    trainings = [(partial(among_true_pairs, rule), kind.comparisons) for rule in kind.training] if several else []
    with private_folder() as folder, ThreadPoolExecutor(LEARN_AT_A_TIME) as workers:
        nodes_file = folder / "node.parquet"
        connection.execute(f"copy (from node order by unique_id) to {literal(nodes_file)} ({PARQUET})")
        learned = list(workers.map(learn, *zip(*[(by_chance, half) for half in halves], *trainings, strict=True)))
    models = {
        "u_probability": learned[: len(halves)],
        "m_probability": learned[len(halves) :],
    }
    result = [copy.deepcopy(c) for c in kind.comparisons]
    for comparison in result:
        for place, level in enumerate(comparison["comparison_levels"]):
            for name, estimates in models.items():
                if name not in level:
                    continue
                values = [level[name]]
                for model in estimates:
                    if comparison["output_column_name"] in model:
                        estimate = model[comparison["output_column_name"]][place].get(name)
                        values.append(estimate if isinstance(estimate, float) else level[name])
                level[name] = max(1e-6, float(f"{sum(values) / len(values):.3g}"))
    return result


def _linker(
    connection: duckdb.DuckDBPyConnection,
    kind: PersonKind,
    comparisons: list[dict[str, Any]],
    nodes: int,
    only_new: bool = False,
) -> Linker:
    api = DuckDBAPI(connection=connection)
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[*comparisons],
        blocking_rules_to_generate_predictions=[
            _blocking(rule, only_new) for rule in blocking_rules(connection, kind.blocking)
        ],
        # Most persons are known to a second source; with very few rows, chance says no more than one in a hundred.
        probability_two_random_records_match=min(0.01, 1.0 / max(nodes, 2)),
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
    )
    # The settings are ours, and the tests run with them: looking through them anew costs a second for each kind.
    return Linker(api.register("node"), settings, log_level=None, validate_settings=False)


def _blocking(rule: str, only_new: bool) -> dict[str, Any]:
    exploded = re.findall(r"l\.(\w+s) = r\.", rule)
    exploded = [column for column in exploded if column in ("phones", "emails", "student_ids", "shared_ids")]
    if only_new:
        rule = f"{rule} and (l.is_new or r.is_new)"
    result: dict[str, Any] = {"blocking_rule": rule, "sql_dialect": "duckdb"}
    return result | ({"arrays_to_explode": exploded} if exploded else {})
