"""How well persons are linked, on Maple Grove whose truth is known, beside two plain ways on the same rows.

    python -m benchmarks.linking [--students 5000]

Three sources, of which only the files that tell of persons are delivered: no marks, attendance or test scores. They go
the whole way that `homeroom consolidate` takes up to who is who; the plain ways look at the same cleaned students.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import duckdb
import splink.comparison_library as stock
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from homeroom.consolidate.database import connect, literal
from homeroom.consolidate.link.evaluation import Quality, quality
from homeroom.consolidate.linked_batch import link_batch
from homeroom.consolidate.persons import CleanedDelivery, gather_persons
from homeroom.consolidate.staging import StagedDelivery, stage
from homeroom.demo.maple_grove import make_maple_grove
from homeroom.settings import Workspace
from homeroom.sources.delivery import free_file_number, land

SOURCE_KINDS = ("oneroster-csv", "edfi-xml")
# Files without a person in them: they would only cost time here.
NO_PERSONS = (
    {"results.csv", "lineItems.csv", "categories.csv"}
    | {f"{name}.xml" for name in ("StudentAttendance", "StudentDiscipline", "StudentGrade", "StudentProgram")}
    | {"StudentTranscript.xml"}
)
KINDS = ("Student", "Contact", "Staff")
# Where Splink with nothing tuned joins two rows: as Homeroom does by default.
STOCK_THRESHOLD = 0.95


def main(students: int) -> None:
    with tempfile.TemporaryDirectory(prefix="homeroom-linking-") as name:
        folder = Path(name)
        systems, workspace = folder / "systems", Workspace.create(folder / "workspace", "Maple Grove")
        print(f"Maple Grove, {students:,} students, three sources", flush=True)
        with _timed("made, landed, read, mapped and cleaned"):
            staged = _staged(systems, students, workspace)
        into = folder / "linked"
        into.mkdir()
        with _timed("schools, students, contacts and staff linked"):
            link_batch(workspace.settings().linking, staged, {}, into)
        with connect() as connection:
            connection.execute(
                f"create table truth as from read_csv('{systems / 'truth' / 'persons.csv'}', all_varchar=true)"
            )
            for table in ("identity", "match"):
                connection.execute(f"create table {table} as from {literal(into / f'{table}.parquet')}")
            print("\nHomeroom")
            for kind in KINDS:
                _tell(
                    connection,
                    kind,
                    f"select source, source_id, unique_id as person from identity where kind = '{kind}'",
                )
            _tell_review_and_twins(connection, systems / "truth" / "students.csv", students)
            _plain_ways(connection, staged)


def _staged(systems: Path, students: int, workspace: Workspace) -> list[StagedDelivery]:
    for source in make_maple_grove(systems, students).sources:
        for file in source.path.rglob("*"):
            if file.name in NO_PERSONS:
                file.unlink()
        workspace.add_source(source.name, source.kind, source.path, SOURCE_KINDS, source.options)
    staged = []
    for settings in workspace.settings().sources:
        numbers = free_file_number(workspace.landing)
        delivery = land(settings.name, settings.kind, settings.path, workspace.landing, numbers)
        staged.append(stage(settings, delivery, workspace.staging, lambda _: None))
    return staged


def _tell_review_and_twins(connection: duckdb.DuckDBPyConnection, truth: Path, students: int) -> None:
    (review,) = connection.execute("select count(*) from match where state = 'review' and kind = 'Student'").fetchone()
    (pairs, merged) = connection.execute(
        f"""
        with twin as (
            select truth.*, household, unique_id from read_csv({literal(truth)}, all_varchar = true)
            join truth using (person_id) join identity using (source, kind, source_id)
            where twin is not null and kind = 'Student'
        )
        select count(distinct least(a.person_id, b.person_id)),
            count(distinct least(a.person_id, b.person_id)) filter (a.unique_id = b.unique_id)
        from twin as a join twin as b using (household) where a.person_id <> b.person_id
        """
    ).fetchone()
    print(f"  pairs of students that await a person: {review:,}, {review / students:.2%} of the students")
    print(f"  twins at one address: {pairs:,} pairs, {merged:,} of them merged", flush=True)


def _plain_ways(connection: duckdb.DuckDBPyConnection, staged: list[StagedDelivery]) -> None:
    deliveries = [CleanedDelivery(s.source.name, s.source.rank, s.tables) for s in staged]
    gather_persons(connection, deliveries, ("Student",))
    print("\nSame first name, last name and birth date")
    _tell(
        connection,
        "Student",
        "select source, source_id, coalesce(lower(first_name || '|' || last_name || '|' || birth_date::varchar),"
        " source || source_id) as person from person",
    )
    print("\nSplink with its stock comparisons and nothing tuned")
    with _timed("linked"):
        found = _splink_as_it_comes(connection)
    _tell(connection, "Student", found)


def _splink_as_it_comes(connection: duckdb.DuckDBPyConnection) -> str:
    connection.execute(
        """
        create or replace table plain as
        select source || '-' || source_id as unique_id, source, source_id, first_name, last_name,
            birth_date::varchar as birth_date, sex, postal_code
        from person
        """
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            stock.NameComparison("first_name"),
            stock.NameComparison("last_name"),
            stock.DateOfBirthComparison("birth_date", input_is_string=True),
            stock.ExactMatch("sex"),
            stock.ExactMatch("postal_code"),
        ],
        blocking_rules_to_generate_predictions=[block_on("birth_date"), block_on("first_name", "last_name")],
    )
    linker = Linker(DuckDBAPI(connection=connection).register("plain"), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("first_name", "last_name", "birth_date")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("birth_date"), block_on("first_name", "last_name")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=STOCK_THRESHOLD)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        pairs, threshold_match_probability=STOCK_THRESHOLD
    )
    return f"""select plain.source, plain.source_id, cluster_id as person
        from plain join {clusters.physical_name} as clusters using (unique_id)"""


def _tell(connection: duckdb.DuckDBPyConnection, kind: str, found: str) -> None:
    result: Quality = quality(
        connection,
        found,
        f"select source, source_id, person_id as person from truth where kind = '{kind}'",
    )
    name = {"Student": "students", "Contact": "contacts", "Staff": "staff"}[kind]
    print(f"  {name:<9} precision {result.precision:.4f}  recall {result.recall:.4f}  F1 {result.f1:.4f}", flush=True)


@contextmanager
def _timed(what: str) -> Iterator[None]:
    start, processor = perf_counter(), os.times()
    yield
    now = os.times()
    used = sum(now[:4]) - sum(processor[:4])
    print(f"  {what}: {perf_counter() - start:.1f} s ({used:.1f} s of the processor)", flush=True)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="How well persons are linked, beside two plain ways.")
    asked.add_argument("--students", type=int, default=5_000)
    main(asked.parse_args().students)
