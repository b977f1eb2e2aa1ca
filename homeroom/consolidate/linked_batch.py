"""Who is who in all that the sources deliver now: schools first, then students, staff, and students' contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path

import duckdb

from homeroom.consolidate.copied_rows import take_in
from homeroom.consolidate.created_persons import gather_created, know_created
from homeroom.consolidate.database import connect, literal
from homeroom.consolidate.engine import IN_THIS_PROCESS, Engine
from homeroom.consolidate.gathered_before import LinkedBefore, find_touched, keep_ranks
from homeroom.consolidate.link.linking import LinkSettings, link
from homeroom.consolidate.link.schools import link_schools
from homeroom.consolidate.link.tables import create_tables
from homeroom.consolidate.persons import CleanedDelivery, gather_persons, gather_schools
from homeroom.consolidate.staging import StagedDelivery
from homeroom.model.columns import EDUCATION_ORGANIZATION
from homeroom.settings import LinkingSettings

# Rows of earlier runs and of people, by table: as `copied_rows.rows_of` gives them, or a Parquet file.
Earlier = Mapping[str, bytes | Path]


def link_batch(
    settings: LinkingSettings,
    staged: Sequence[StagedDelivery],
    earlier: Earlier,
    into: Path,
    kind: str,
    before: Path | None,
    beside: Mapping[str, Future[Path]],
    threads: int | None = None,
    last: LinkedBefore | None = None,
    engine: Engine = IN_THIS_PROCESS,
) -> None:
    """Write `identity.parquet` and `match.parquet`, in the columns of `homeroom.consolidate.link.tables`, to `into`.

    `earlier`: the rows of `identity` after the last run, those of `match_decision`, and of `created_identity`.
    `kind`: who is linked now: schools first, contacts after students. `before`: what this wrote of those who were
    linked already; its rows are in the new files too, and so are those of whoever is linked `beside`, by kind, which
    are waited for at the end. `threads`: as `database.connect` has it. `last`: what this wrote for the same kind in the
    last run, to go on from.
    """
    deliveries = [CleanedDelivery(d.source.name, d.source.rank, d.tables) for d in staged if d.tables]
    with connect(threads) as connection:
        create_tables(connection)
        for table, rows in earlier.items():
            # Those who were linked before in this run are known with all others.
            if table == "identity" and before:
                continue
            if isinstance(rows, Path):
                connection.execute(f"insert into {table} by name from {literal(rows)}")
            else:
                take_in(connection, table, rows)
        if before:
            connection.execute(f"insert into identity from {literal(before / 'identity.parquet')}")
        else:
            know_created(connection)
        chosen = LinkSettings(merge_threshold=settings.merge, review_threshold=settings.review)
        if kind == EDUCATION_ORGANIZATION:
            gather_schools(connection, deliveries)
            link_schools(connection)
        else:
            touched = find_touched(connection, deliveries, kind, last) if last else ()
            gather_persons(connection, deliveries, (kind,), touched)
            gather_created(connection, kind)
            link(connection, chosen, (kind,), last.folder if last else None, into, engine)
        keep_ranks(deliveries, into)
        _write(connection, kind, before, {other: linked.result() for other, linked in beside.items()}, into)


def _write(
    connection: duckdb.DuckDBPyConnection, kind: str, before: Path | None, beside: Mapping[str, Path], into: Path
) -> None:
    """Write who is who: those of `kind` as they are linked now, others as they were linked `beside`, and `before`."""
    for table in ("identity", "match"):
        rows = [f"from {table} where kind = {literal(kind)}"]
        rows += [f"from {literal(folder / f'{table}.parquet')} where kind = {literal(other)}"
                 for other, folder in beside.items()]  # fmt: skip
        known = ", ".join(map(literal, (kind, *beside)))
        others = literal(before / f"{table}.parquet") if before else table
        rows.append(f"from {others} where kind not in ({known})")
        connection.execute(
            f"copy ({' union all '.join(rows)}) to {literal(into / f'{table}.parquet')} (format parquet)"
        )
