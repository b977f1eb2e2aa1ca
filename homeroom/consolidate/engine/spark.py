"""Spark hands out the work: each table, or each part of a large one, is a task, which DuckDB does where Spark sends it.

No row of a person goes through Spark. A task is the name of what is to be done and of the files to do it with, which
lie in the workspace, on storage that all machines see under the same name; what comes back is a number or a few.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from functools import partial
from heapq import heappop, heappush
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
from py4j.protocol import Py4JError
from pyspark import SparkContext, cloudpickle
from pyspark.errors import PySparkException

from homeroom.consolidate import database
from homeroom.consolidate.engine import NotDone, Result, nothing_to_prepare
from homeroom.consolidate.engine.starting import Started, start
from homeroom.consolidate.engine.task import End, versions
from homeroom.spark_settings import SparkSettings

# What DuckDB has in all tasks of one process of Java together, unless spark.executor.memoryOverhead says what there is
# beside Java; a fifth of that is left for Python itself.
_BYTES, _OF_OVERHEAD = 6_000_000_000, 0.8
# How long it may take until any machine of a cluster has taken work, in seconds.
TO_BEGIN = 300
# Small tables share tasks, of which each processor gets a few; these many even where most have not come up yet.
_TASKS_OF_EACH, _FEWEST_TASKS = 4, 16
# What a table costs that has no rows, in rows.
_ANY_TABLE = 20_000
_BINARY = {"": 2**20, "b": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40}
_KEPT = "Nothing was half-published, and the next run goes on where this one was"


class SparkEngine:
    """Started at the first task, and stopped with `stop`; its own files lie in the folder `staging`."""

    sources_at_a_time = 16
    hands_out = True

    def __init__(self, settings: SparkSettings, staging: Path) -> None:
        self._settings = settings
        self._log = staging / "spark.log"
        self._sign = staging / "spark.run"
        self._started: Started | None = None
        self._somebody: Future[list[int]] | None = None
        self._stopped = False
        self._starting = Lock()
        # PySpark takes signals from whoever starts it in the main thread, and one that waits for Java there hears of
        # none: all that is asked of Spark is asked in these.
        self._asking = ThreadPoolExecutor(64, "spark")

    def do(self, work: Callable[..., Result], *arguments: Any) -> Result:
        (result,) = self._carried_out([partial(work, *arguments)], work)
        return result

    def table_by_table(
        self,
        rows: Mapping[str, int],
        work: Callable[[duckdb.DuckDBPyConnection, str], Result],
        prepare: Callable[[duckdb.DuckDBPyConnection], object] = nothing_to_prepare,
    ) -> Iterator[Result]:
        if not rows:
            return
        at_a_time = self._asking.submit(lambda: self._context().defaultParallelism).result()
        tasks = _shared_out(rows, max(_FEWEST_TASKS, _TASKS_OF_EACH * at_a_time))
        for results in self._carried_out([partial(_on_tables, work, prepare, names) for names in tasks], work):
            yield from results

    def stop(self) -> None:
        """End Spark, and whatever it works on."""
        self._asking.shutdown(wait=False, cancel_futures=True)
        with self._starting:
            self._stopped = True
            if self._started is not None:
                with ThreadPoolExecutor(1) as ending:
                    ending.submit(self._started.stop).result()
                self._started = None
        self._sign.unlink(missing_ok=True)

    def _carried_out(self, works: Sequence[Callable[[], Result]], named: Callable[..., Any]) -> list[Result]:
        return self._asking.submit(self._hand_out, works, _words(named)).result()

    def _hand_out(self, works: Sequence[Callable[[], Result]], name: str) -> list[Result]:
        context = self._context()
        if self._somebody is not None:
            try:
                self._somebody.result(TO_BEGIN)
            except TimeoutError:
                raise NotDone(
                    f"No machine of the Spark cluster took any work within {TO_BEGIN // 60} minutes. Look at the pages "
                    "of Spark's master whether workers run and are free, and have as much as spark.executor.memory and "
                    "spark.executor.cores ask for, and whether they can reach this machine; and run again."
                ) from None
        return self._by_tasks(context, works, name)

    def _by_tasks(self, context: SparkContext, works: Sequence[Callable[[], Result]], name: str) -> list[Result]:
        job = _Job(context, uuid.uuid4().hex)
        tasks = context.parallelize([cloudpickle.dumps(work) for work in works], len(works))
        context.setJobGroup(job.group, f"Homeroom: {name}", interruptOnCancel=True)
        try:
            with database.interruptible(job):
                ends = tasks.map(_in_a_task(self._terms(context))).collect()
        except (Py4JError, PySparkException, OSError, EOFError) as problem:
            # It may hold anything: only what it is a sign of is told.
            raise self._told(str(problem)) from None
        return [self._result(*end) for end in ends]

    def _context(self) -> SparkContext:
        with self._starting:
            if self._stopped:
                raise NotDone("The run was stopped.")
            if self._started is None:
                self._sign.write_text(uuid.uuid4().hex, "utf-8")
                self._started = start(self._settings, self._log)
                if not self._settings.on_this_machine:
                    # Spark would wait for ever for machines that have not what is asked for.
                    self._somebody = self._asking.submit(self._by_tasks, self._started.context, [int], "begin")
            return self._started.context

    def _terms(self, context: SparkContext) -> dict[str, Any]:
        """What `task.carry_out` has to know, in words that need nothing of ours to be read."""
        conf = context.getConf()
        threads = int(conf.get("spark.task.cpus", "1") or 1)
        processors = context.defaultParallelism if self._settings.on_this_machine else 0
        processors = processors or int(conf.get("spark.executor.cores", "0") or 0)
        return {
            "versions": versions(),
            "sign": str(self._sign),
            "reads": self._sign.read_text("utf-8"),
            "memory": _memory(conf.get("spark.executor.memoryOverhead", "") or ""),
            "side_by_side": processors // threads,
            "threads": threads,
        }

    def _result(self, end: str, found: Any) -> Any:
        if end == End.DONE.name:
            return found
        if end == End.RAISED.name:
            raise found
        raise NotDone(f"{self._in_words(end, found)} {_KEPT}.")

    def _in_words(self, end: str, found: Any) -> str:
        if end == _MISSING:
            lacking = "Homeroom of this version" if found.startswith("homeroom") else found
            return (
                f"A machine of the Spark cluster has no {lacking}. Install Homeroom there as it is here, with all that "
                "it needs, for the Python that Spark runs, and run again."
            )
        if end == End.OTHERWISE.name:
            differing = [
                f"{of} {found.get(of)} instead of {here}" for of, here in versions().items() if here != found.get(of)
            ]
            return (
                f"A machine of the Spark cluster has {', '.join(differing)}. Two versions need not make the same of "
                "the same rows: install the version that is here, and run again."
            )
        if end == End.UNSEEN.name:
            return (
                f"A machine of the Spark cluster does not see this workspace at {self._sign.parent}. Put the workspace "
                "on storage that all its machines see under the same name, as the same user, and run again."
            )
        return (
            "Spark lost a machine of the cluster, or a task for want of memory, in the middle of its work. Look into "
            "Spark's own pages why, and run again."
        )

    def _told(self, problem: str) -> NotDone:
        if "PYTHON_VERSION_MISMATCH" in problem:
            told = (
                "The machines of the Spark cluster run another version of Python than this one. Name one of the same "
                'version with "spark.pyspark.python" under [spark.configuration], and run again.'
            )
        elif "Cannot run program" in problem:
            told = (
                "A machine of the Spark cluster has no Python where this one has it. Name it with "
                '"spark.pyspark.python" under [spark.configuration], and run again.'
            )
        else:
            told = f"{self._in_words(End.ATTEMPTED.name, None)} What it said here is in {self._log}."
        return NotDone(f"{told} {_KEPT}.")


# An end that is told without anything of ours.
_MISSING = "MISSING"


class _Job:
    """What is under way at Spark, to be stopped like a question of DuckDB."""

    def __init__(self, context: SparkContext, group: str) -> None:
        self._context = context
        self.group = group

    def interrupt(self) -> None:
        with suppress(Py4JError, OSError):
            self._context.cancelJobGroup(self.group)


def _in_a_task(terms: dict[str, Any]) -> Callable[[bytes], tuple[str, Any]]:
    """What Spark sends: a function within one, which travels whole and finds out by itself whether we are there."""
    missing = _MISSING

    def in_a_task(work: bytes) -> tuple[str, Any]:
        try:
            from homeroom.consolidate.engine.task import carry_out
        except ImportError as problem:
            return missing, problem.name or "homeroom"
        return carry_out(work, terms)

    return in_a_task


def _words(work: Callable[..., Any]) -> str:
    """What a function does by its name, for whoever looks at Spark's pages."""
    while isinstance(work, partial):
        work = work.func
    name = str(getattr(work, "__qualname__", "work"))
    return name.rpartition(".")[2].strip("_<>").replace("_", " ")


def _shared_out(rows: Mapping[str, int], tasks: int) -> list[list[str]]:
    """The names of tables by task: large ones alone, and the others in so many tasks of about the same size."""
    # The largest first, so that no long one is left for the end.
    names = sorted(rows, key=lambda name: (-rows[name], name))
    large = [[name] for name in names if rows[name] >= database.FEW_ROWS]
    small = names[len(large) :]
    # By how much each has, then by its place.
    shares: list[tuple[int, int, list[str]]] = [(0, place, []) for place in range(min(tasks, len(small)))]
    for name in small:
        held, place, share = heappop(shares)
        heappush(shares, (held + rows[name] + _ANY_TABLE, place, [*share, name]))
    return large + [share for _, _, share in sorted(shares, reverse=True)]


def _on_tables(
    work: Callable[[duckdb.DuckDBPyConnection, str], Result],
    prepare: Callable[[duckdb.DuckDBPyConnection], object],
    names: Sequence[str],
) -> list[Result]:
    results = []
    with database.connect() as connection:
        prepare(connection)
        for name in names:
            # The temporary tables of one are not there for the next.
            with closing(connection.cursor()) as own:
                results.append(work(own, name))
    return results


def _memory(overhead: str) -> int:
    """The bytes that the tasks of one process of Java share; `overhead` as Spark writes it: 8g, 512m, or MiB."""
    found = re.fullmatch(r"(\d+)\s*([bkmgt]?)b?", overhead.strip().lower())
    return int(int(found[1]) * _BINARY[found[2]] * _OF_OVERHEAD) if found else _BYTES
