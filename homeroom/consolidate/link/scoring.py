"""The probability that two rows are one person: Splink, with expectations where rows are too few to learn from."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
from splink import Linker

from homeroom.consolidate.database import PARQUET, connect, literal, parts_of, private_folder
from homeroom.consolidate.engine import IN_THIS_PROCESS, Engine
from homeroom.consolidate.link.blocking import blocking_rules, mark_crowded
from homeroom.consolidate.link.kinds import PersonKind
from homeroom.consolidate.link.known_scores import KnownScores, add_known_scores, keep_scores, known_scores
from homeroom.consolidate.link.splink_linker import forget_frequencies, linker_of, no_warnings
from homeroom.consolidate.link.told_scores import tell_scores
from homeroom.record import created_identities

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
# Persons whom an app asked an id for are no source: a district may have but one beside them.
_SEVERAL_SOURCES = f"select count(distinct source) > 1 from record where source <> '{created_identities.SOURCE}'"


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
    no_warnings()
    known = known_scores(connection, kind, nodes, before)
    if known:
        learned, comparisons = known, copy.deepcopy(known.comparisons)
    else:
        comparisons = [copy.deepcopy(c) for c in kind.comparisons]
        if nodes >= FEWEST_TO_LEARN_FROM:
            comparisons = _learn(connection, kind, nodes, seed)
        learned = KnownScores(nodes, copy.deepcopy(comparisons))
    if nodes < FEWEST_FOR_FREQUENCIES:
        forget_frequencies(comparisons)
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
    no_warnings()
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
    linker = linker_of(connection, comparisons, nodes, blocking_rules(connection, kind.blocking), only_new)
    predicted = linker.inference.predict_chunk(
        part, (1, 1), threshold_match_probability=LOWEST_PROBABILITY, warning_mode="never"
    )
    tell_scores(connection, kind, comparisons, predicted)


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
            linker = linker_of(own, [copy.deepcopy(c) for c in asked], nodes, blocking_rules(own, kind.blocking))
            # Splink stops where no true pair reached a level at all; then what is expected stands.
            with suppress(ValueError):
                train(linker)
                learned = linker.misc.save_model_to_json()["comparisons"]
                return {comparison["output_column_name"]: comparison["comparison_levels"] for comparison in learned}
            return {}

    # By chance each comparison is met or not whatever the others are: they are looked at in two halves.
    halves = [kind.comparisons[start::LEARN_AT_A_TIME] for start in range(LEARN_AT_A_TIME)]
    # One source holds hardly anybody twice: what agrees among its pairs is mostly chance, and teaches nothing.
    several = connection.execute(_SEVERAL_SOURCES).fetchone() == (True,)
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
