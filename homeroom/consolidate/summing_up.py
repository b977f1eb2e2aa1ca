"""What a run did, written beside the record: deliveries, steps, counts by source, and the quarantine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import duckdb
import psycopg
import pyarrow as pa

from homeroom.consolidate.copied_rows import copy_rows
from homeroom.consolidate.database import literal
from homeroom.consolidate.layered_table import tables_in
from homeroom.consolidate.rules import rules
from homeroom.consolidate.staging import StagedDelivery
from homeroom.progress import Steps

if TYPE_CHECKING:
    from homeroom.record.publish import RefusedRow

_PROBLEM = "source_row, file_number, rule, field, sentence, severity"
_COUNTED = "run_id, source, rule, file, field, severity, rows, sentence"
# Exports bear the day in their names (users_2026-03-01.csv): what is counted over the days goes on under one name.
_QUARANTINE_COUNTS = r"""
    select {run} as run_id, problem.source, rule,
        coalesce(regexp_replace(path,
            '(19|20)[0-9]{{2}}[-_.]?(0[1-9]|1[0-2])[-_.]?[0-3][0-9]([-_.T]*[0-9]{{2,}})*', '*', 'g'), '') as file,
        coalesce(field, '') as field, severity,
        count(distinct source_row) + count(*) filter (source_row is null) as rows,
        min(sentence) as sentence
    from told_problem as problem left join file on file.number = file_number
    group by all order by all
"""


@dataclass(frozen=True)
class Step:
    """One step of a run: the rows that came out of it, and how long it took."""

    name: str
    rows: int
    seconds: float


@contextmanager
def timed(name: str, progress: Steps, steps: list[Step]) -> Iterator[list[int]]:
    """A step on the clock; its rows go into the first item of the list."""
    rows = [0]
    start = perf_counter()
    with progress.step(name) as shown:
        yield rows
        shown.advance(rows[0])
    steps.append(Step(name, rows[0], perf_counter() - start))


def take_account(account: duckdb.DuckDBPyConnection, staged: Sequence[StagedDelivery], merged: Sequence[Path]) -> None:
    """Let `account` know every row that came, and every problem that was found before publishing."""
    _gather_problems(account, staged, merged)
    _gather_rows(account, staged, merged)


def write_run(
    record: psycopg.Connection,
    started: datetime,
    staged: Sequence[StagedDelivery],
    failures: Mapping[str, str],
    account: duckdb.DuckDBPyConnection,
    refused: Iterable[RefusedRow],
    steps: Sequence[Step],
) -> int:
    """Write the run in the caller's transaction; gives its number. `account`: what `take_account` let know."""
    row = record.execute(
        "insert into consolidation.run (started_at, finished_at) values (%s, clock_timestamp()) returning id", [started]
    ).fetchone()
    run = int(row[0]) if row else 0
    with record.cursor() as cursor:
        write_deliveries(cursor, staged)
        _write_rules(cursor)
        cursor.executemany(
            "insert into consolidation.run_step (run_id, position, name, rows, seconds) values (%s, %s, %s, %s, %s)",
            [(run, position, step.name, step.rows, step.seconds) for position, step in enumerate(steps)],
        )
        _add_refused(account, refused)
        _account_for_every_row(account)
        _place_problems(account, staged)
        # What is in quarantine now is what the last run set aside; the counts of each run stay.
        cursor.execute("delete from consolidation.quarantine")
        columns = f"run_id, source, {_PROBLEM}"
        query = f"select {run} as run_id, source, {_PROBLEM} from told_problem order by all"
        copy_rows(account, query, cursor, f"consolidation.quarantine ({columns})")
        copy_rows(account, _QUARANTINE_COUNTS.format(run=run), cursor, f"consolidation.quarantine_count ({_COUNTED})")
        counted = _counts(account, staged)
        counts = [(run, name, *rows, failures.get(name, "")) for name, *rows in counted]
        absent = failures.keys() - {name for name, *_ in counted}
        counts += [(run, name, 0, 0, 0, failures[name]) for name in sorted(absent)]
        cursor.executemany("insert into consolidation.source_count values (%s, %s, %s, %s, %s, nullif(%s, ''))", counts)
    return run


def write_deliveries(cursor: psycopg.Cursor, staged: Iterable[StagedDelivery]) -> None:
    """Keep the deliveries with their files, where they are not known yet."""
    for delivery in (one for item in staged for one in (*item.earlier, item.delivery)):
        cursor.execute(
            "insert into consolidation.delivery (delivery_id, source, kind) values (%s, %s, %s) on conflict do nothing",
            [delivery.delivery_id, delivery.source, delivery.kind],
        )
        cursor.executemany(
            "insert into consolidation.delivered_file values (%s, %s, %s, %s, %s, %s) on conflict do nothing",
            [(f.number, delivery.delivery_id, f.path, f.sha256, f.bytes, f.position_unit) for f in delivery.files],
        )


def _write_rules(cursor: psycopg.Cursor) -> None:
    cursor.execute("delete from consolidation.rule")
    cursor.executemany(
        "insert into consolidation.rule values (%s, %s, %s, %s)",
        [(rule.name, rule.sentence, rule.advice, str(rule.severity)) for rule in rules().values()],
    )


def _gather_problems(
    connection: duckdb.DuckDBPyConnection, staged: Sequence[StagedDelivery], merged: Sequence[Path]
) -> None:
    """Every problem that was found before publishing as `problem`: a source's own, and those of joining sources."""
    connection.execute("create temp table file (number bigint, source varchar, path varchar)")
    for item in staged:
        delivered = (*item.earlier, item.delivery)
        files = [(f.number, item.source.name, f.path) for one in delivered for f in one.files]
        files += [(f.number, item.source.name, f.path) for one in delivered for f in one.refused]
        if files:
            connection.executemany("insert into file values (?, ?, ?)", files)
    paths = [str(path) for item in staged for path in item.problems]
    paths += [str(path) for folder in merged for path in sorted((folder / "problems").glob("*.parquet"))]
    connection.execute(
        f"""
        create temp table problem as
        select distinct file.source, p.* from (select {_PROBLEM} from read_parquet(?, union_by_name = true)) as p
        join file on file.number = p.file_number
        """,
        [paths],
    )


def _add_refused(connection: duckdb.DuckDBPyConnection, refused: Iterable[RefusedRow]) -> None:
    """What the record refused is a problem too."""
    rows = [(source_row, row.field) for row in refused for source_row in row.source_rows]
    table = pa.table(
        {
            "source_row": pa.array([row for row, _ in rows], pa.int64()),
            "field": pa.array([field for _, field in rows], pa.string()),
        }
    )
    connection.register("refused", table)
    connection.execute(
        f"""
        insert into problem
        select distinct file.source, source_row, source_row >> 32, 'reference-not-found', field,
            {literal(rules()["reference-not-found"].sentence)}, 'row'
        from refused join file on file.number = source_row >> 32
        """
    )
    connection.unregister("refused")


def _gather_rows(
    connection: duckdb.DuckDBPyConnection, staged: Sequence[StagedDelivery], merged: Sequence[Path]
) -> None:
    """`landed` (source, source_row), each row that came, and `unused`, those of them that no merged row holds."""
    landed = " union all ".join(
        f"select {literal(item.source.name)} as source, source_row from {table.sql}"
        for item in staged
        for table in item.landed
    )
    nothing = "select null::varchar as source, null::bigint as source_row where false"
    connection.execute(f"create temp view landed as {landed or nothing}")
    tables = [table for folder in merged for table in tables_in(folder / "tables").values()]
    used = " union all ".join(f"select unnest(source_rows) as source_row from {table.sql}" for table in tables)
    used = used or "select null::bigint as source_row"
    connection.execute(f"create temp table unused as from landed anti join ({used}) as used using (source_row)")


def _account_for_every_row(connection: duckdb.DuckDBPyConnection) -> None:
    """A problem for each row that came and is neither in the record nor has one.

    No row may vanish without a word, whatever a step forgot to say of it.
    """
    connection.execute(
        f"""
        insert into problem
        select distinct source, source_row, source_row >> 32, 'row-not-used', null,
            {literal(rules()["row-not-used"].sentence)}, 'row'
        from unused anti join (select source_row from problem where severity = 'row') as told using (source_row)
        """
    )


def _place_problems(connection: duckdb.DuckDBPyConnection, staged: Sequence[StagedDelivery]) -> None:
    """`told_problem`: each problem with the place that its row has in the delivery of now.

    Whoever mends a row looks into the file that was sent last, not into the one that said it first.
    """
    places = " union all ".join(f"from {literal(item.places)}" for item in staged if item.places)
    connection.execute(
        f"""
        create temp table told_problem as
        select problem.* replace (
            coalesce(place, source_row) as source_row, coalesce(place >> 32, file_number) as file_number)
        from problem left join ({places or "select null::bigint as source_row, null::bigint as place where false"})
            using (source_row)
        """
    )


def _counts(connection: duckdb.DuckDBPyConnection, staged: Sequence[StagedDelivery]) -> list[tuple[str, int, int, int]]:
    """For each source the rows landed (damaged ones too), those accepted, and those in quarantine.

    Accepted are those of which all is in the record but for single values.
    """
    found = connection.execute(
        """
        with quarantined as (
            select distinct source, source_row from problem where severity = 'row' and source_row is not null
        ), damaged as (select source, count(*) as rows from quarantined anti join landed using (source_row) group by 1),
        aside as (select source, count(*) as rows from quarantined group by 1),
        whole as (select source, count(*) as rows from landed group by 1)
        select source, coalesce(whole.rows, 0) + coalesce(damaged.rows, 0), coalesce(aside.rows, 0)
        from whole full join damaged using (source) full join aside using (source)
        """
    ).fetchall()
    counts = {str(source): (int(rows), int(rows - aside), int(aside)) for source, rows, aside in found}
    # A log may come with an earlier one of its source.
    names = dict.fromkeys(item.source.name for item in staged)
    return [(name, *counts.get(name, (0, 0, 0))) for name in names]
