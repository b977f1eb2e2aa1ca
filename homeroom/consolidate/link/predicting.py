"""The pairs that are compared, found once among all, and scored so many at a time, here or where an engine sends them.

What is compared of all pairs at once is more than memory holds; and to find the pairs of a part by itself, everybody
would be looked through again for each part, which costs the square of a district's size.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb

from homeroom.consolidate.database import PARQUET, literal, parts_of
from homeroom.consolidate.engine import IN_THIS_PROCESS, Engine
from homeroom.consolidate.link.blocking import blocking_rules
from homeroom.consolidate.link.kinds import PersonKind
from homeroom.consolidate.link.splink_linker import count_frequencies, frequent_columns, linker_of, no_warnings
from homeroom.consolidate.link.told_scores import tell_no_scores, tell_scores

if TYPE_CHECKING:
    from splink import Linker

LOWEST_PROBABILITY = 0.001
# How many pairs are scored at a time.
PAIRS_IN_A_PART = 500_000


def predict(
    connection: duckdb.DuckDBPyConnection,
    kind: PersonKind,
    comparisons: list[dict[str, Any]],
    nodes: int,
    only_new: bool,
    into: Path | None = None,
    engine: Engine = IN_THIS_PROCESS,
    among: str = "node",
) -> None:
    """The table `scored`, as `homeroom.consolidate.link.scoring` has it, of the pairs in `node`.

    `comparisons`: as they were learned of so many `nodes`; `only_new`: pairs of which one `is_new`, no others; `into`:
    a folder where files may lie meanwhile, through which `engine` may hand the work out. `among`: of whom it counts how
    rare a name is.
    """
    # Setting Splink up takes longer than all else that linking does on a night that brings nobody new.
    if not _anybody_to_compare(connection, only_new):
        tell_no_scores(connection)
        return
    linker = _linker(connection, kind, comparisons, nodes, only_new)
    if among != "node":
        count_frequencies(linker, connection, frequent_columns(comparisons), among)
    pairs = linker.inference.compute_blocked_pairs_for_predict()
    row = connection.execute(f"select count(*) from {pairs.physical_name}").fetchone()
    count = int(row[0]) if row else 0
    parts = parts_of(count, PAIRS_IN_A_PART)

    def of_part(part: int) -> str:
        # All pairs of a person on the left are in one part.
        return f"from {pairs.physical_name} where hash(join_key_l) % {parts} = {part}"

    if count == 0:
        tell_no_scores(connection)
    elif into and engine.hands_out and among == "node":
        with TemporaryDirectory(dir=into, prefix="scoring-") as name:
            folder = Path(name)
            connection.execute(f"copy node to {literal(folder / 'node.parquet')} ({PARQUET})")
            for part in range(parts):
                connection.execute(f"copy ({of_part(part)}) to {literal(folder / f'pairs-{part}.parquet')} ({PARQUET})")
            work = partial(_predict_part, kind, comparisons, nodes, only_new, folder)
            for _ in engine.table_by_table({str(part): PAIRS_IN_A_PART for part in range(parts)}, work):
                pass
            connection.execute(f"create or replace temp table scored as from {literal(folder / 'scored-*.parquet')}")
    else:
        for part in range(parts):
            _predict(connection, linker, kind, comparisons, of_part(part))
            every = "create or replace temp table scored_of_all as" if part == 0 else "insert into scored_of_all"
            connection.execute(f"{every} from scored")
        connection.execute("create or replace temp table scored as from scored_of_all; drop table scored_of_all")
    connection.execute(f"drop table {pairs.physical_name}")


def _anybody_to_compare(connection: duckdb.DuckDBPyConnection, only_new: bool) -> bool:
    somebody_new = "bool_or(is_new)" if only_new else "true"
    return connection.execute(f"select count(*) > 1 and {somebody_new} from node").fetchone() == (True,)


def _linker(
    connection: duckdb.DuckDBPyConnection,
    kind: PersonKind,
    comparisons: list[dict[str, Any]],
    nodes: int,
    only_new: bool,
) -> Linker:
    return linker_of(connection, comparisons, nodes, blocking_rules(connection, kind.blocking), only_new)


def _predict(
    connection: duckdb.DuckDBPyConnection,
    linker: Linker,
    kind: PersonKind,
    comparisons: list[dict[str, Any]],
    pairs: str,
) -> None:
    connection.execute(f"create or replace temp table pair_of_part as {pairs}")
    linker.table_management.register_blocked_pairs_for_predict(linker._db_api.register("pair_of_part"))
    predicted = linker.inference.predict(threshold_match_probability=LOWEST_PROBABILITY, warning_mode="never")
    tell_scores(connection, kind, comparisons, predicted)
    connection.execute("drop table pair_of_part")


def _predict_part(
    kind: PersonKind,
    comparisons: list[dict[str, Any]],
    nodes: int,
    only_new: bool,
    folder: Path,
    connection: duckdb.DuckDBPyConnection,
    part: str,
) -> None:
    no_warnings()
    # How rare a name is counts among all.
    connection.execute(
        f"create or replace temp table node as from {literal(folder / 'node.parquet')} order by unique_id"
    )
    linker = _linker(connection, kind, comparisons, nodes, only_new)
    _predict(connection, linker, kind, comparisons, f"from {literal(folder / f'pairs-{part}.parquet')}")
    connection.execute(f"copy scored to {literal(folder / f'scored-{part}.parquet')} ({PARQUET})")
