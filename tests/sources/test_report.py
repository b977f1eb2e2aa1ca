"""Problems are kept with their rule, their place and a sentence; nothing else."""

from pathlib import Path

import pyarrow.parquet as pq

from homeroom.sources.report import PROBLEM_COLUMNS, Report, Rule

LATE = Rule("too-late", "The row came too late.", "Send it earlier.")
ODD = Rule("odd-value", "The value is odd.", "Look at it.", "value")
ROW = (3 << 32) | 17


def test_a_rule_gives_its_sentence_and_advice() -> None:
    report = Report([LATE])
    report.row_problem(ROW, "too-late")
    (problem,) = report.table().to_pylist()
    assert problem == {
        "source_row": ROW,
        "file_number": 3,
        "rule": "too-late",
        "field": None,
        "sentence": "The row came too late. Send it earlier.",
        "severity": "row",
    }


def test_a_rule_about_values_sets_aside_the_value_only() -> None:
    report = Report([ODD])
    report.row_problem(ROW, "odd-value", "birthDate")
    assert [(p["severity"], p["field"]) for p in report.table().to_pylist()] == [("value", "birthDate")]


def test_many_rows_are_reported_at_once() -> None:
    report = Report([LATE])
    report.row_problems([ROW, ROW + 1], "too-late")
    assert [(p["source_row"], p["file_number"]) for p in report.table().to_pylist()] == [(ROW, 3), (ROW + 1, 3)]
    assert report.counts() == {"too-late": 2}


def test_a_file_problem_has_no_row() -> None:
    report = Report()
    report.file_problem(5, "empty-file", "users.csv is empty.")
    assert [(p["source_row"], p["file_number"]) for p in report.table().to_pylist()] == [(None, 5)]


def test_problems_are_written_in_their_columns_even_when_there_are_none(tmp_path: Path) -> None:
    assert Report().write(tmp_path / "problems.parquet") == 0
    assert pq.read_schema(tmp_path / "problems.parquet").equals(PROBLEM_COLUMNS)
