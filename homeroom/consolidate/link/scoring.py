"""The probability that two rows are one person: Splink, with expectations where rows are too few to learn from."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from homeroom.consolidate.database import PARQUET, connect, literal, private_folder
from homeroom.consolidate.engine import IN_THIS_PROCESS, Engine
from homeroom.consolidate.link.blocking import blocking_rules, mark_crowded
from homeroom.consolidate.link.kinds import PersonKind
from homeroom.consolidate.link.known_scores import KnownScores, add_known_scores, keep_scores
from homeroom.consolidate.link.predicting import predict
from homeroom.consolidate.link.splink_linker import forget_frequencies, linker_of, no_warnings
from homeroom.record import created_identities

if TYPE_CHECKING:
    from splink import Linker

# Below this, estimates would be noise: what is expected of school records stands alone.
FEWEST_TO_LEARN_FROM = 4_000
# Below this, a name that two rows have would seem to be everybody's.
FEWEST_FOR_FREQUENCIES = 500
# How many pairs are looked at to learn.
PAIRS_TO_LEARN_FROM = 100_000
LEARN_AT_A_TIME = 2
# Persons whom an app asked an id for are no source: a district may have but one beside them.
_SEVERAL_SOURCES = f"select count(distinct source) > 1 from record where source <> '{created_identities.SOURCE}'"


def score(
    connection: duckdb.DuckDBPyConnection,
    kind: PersonKind,
    nodes: int,
    seed: int,
    known: KnownScores | None = None,
    into: Path | None = None,
    engine: Engine = IN_THIS_PROCESS,
    among: str = "node",
) -> None:
    """The table `scored` (left_node, right_node, probability, contradiction, comparison JSON), with left < right.

    `known`: what was learned the last time, where it stands: then pairs of which neither has changed keep their score.
    `into`: the folder for what is worth keeping; where there is one, `engine` may score the pairs in parts.
    `among`: all nodes, where `node` holds but those with whom a new one may have to be compared.
    """
    no_warnings()
    if known:
        learned, comparisons = known, copy.deepcopy(known.comparisons)
    else:
        comparisons = [copy.deepcopy(c) for c in kind.comparisons]
        if nodes >= FEWEST_TO_LEARN_FROM:
            comparisons = _learn(connection, kind, nodes, seed)
        learned = KnownScores(nodes, copy.deepcopy(comparisons))
    if nodes < FEWEST_FOR_FREQUENCIES:
        forget_frequencies(comparisons)
    mark_crowded(connection, kind.blocking, partners=among != "node")
    predict(connection, kind, comparisons, learned.nodes, known is not None, into, engine, among)
    if known:
        add_known_scores(connection)
    if into:
        keep_scores(connection, kind, learned, into)


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
