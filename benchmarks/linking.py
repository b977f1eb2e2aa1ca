"""How well linking does, on made-up rows whose truth is known, beside two plain ways on the same rows.

python benchmarks/linking.py [STUDENTS]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import splink.comparison_library as stock
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests" / "consolidate")]
import link_district

from homeroom.consolidate.database import connect
from homeroom.consolidate.link import link
from homeroom.consolidate.link.evaluation import quality

TRUTH = "select source, source_id, person from truth"


def main() -> None:
    students = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with connect() as connection:
        link_district.fill(connection, students)
        started = time.perf_counter()
        summary = link(connection)
        seconds = time.perf_counter() - started
        _tell(connection, "Homeroom", "select source, source_id, unique_id as person from identity")
        print(f"  {seconds:.1f} s; review {summary.review / students:.2%} of the students")
        _tell(
            connection,
            "Same name and birth date",
            "select source, source_id, coalesce(lower(first_name || '|' || last_name || '|' || birth_date::varchar),"
            " source || source_id) as person from person",
        )
        _tell(connection, "Splink as it comes", _splink_as_it_comes(connection))


def _splink_as_it_comes(connection) -> str:
    connection.execute(
        "create or replace temp table plain as select source || '-' || source_id as unique_id, source, source_id,"
        " first_name, last_name, birth_date::varchar as birth_date, sex from person"
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            stock.NameComparison("first_name"),
            stock.NameComparison("last_name"),
            stock.DateOfBirthComparison("birth_date", input_is_string=True),
            stock.ExactMatch("sex"),
        ],
        blocking_rules_to_generate_predictions=[block_on("birth_date"), block_on("first_name", "last_name")],
    )
    linker = Linker(DuckDBAPI(connection=connection).register("plain"), settings, log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6 + 1, seed=1)
    for rule in (block_on("birth_date"), block_on("first_name", "last_name")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=0.95)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=0.95)
    return (
        f"select source, source_id, cluster_id as person from plain join {clusters.physical_name} as c using (unique_id)"
    ).replace("select source, source_id", "select plain.source, plain.source_id")


def _tell(connection, name: str, found: str) -> None:
    result = quality(connection, found, TRUTH)
    print(f"{name}: precision {result.precision:.4f}, recall {result.recall:.4f}, F1 {result.f1:.4f}", flush=True)


if __name__ == "__main__":
    main()
