"""A delimited file is landed whole, with the line of each row, or not at all."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from homeroom.sources import landed_text
from homeroom.sources.delimited import RULES, DelimitedText, NotDelimited
from homeroom.sources.delivery import DeliveredFile
from homeroom.sources.landed_text import land_text
from homeroom.sources.report import Report

FILE = DeliveredFile(3, "users.csv", "", 0)


def landed(folder: Path, *pieces: bytes, left_out: tuple[str, ...] = (), above: int = 0):
    """The rows of the landed table, None where there is none; and the problems as (rule, line)."""
    report = Report(RULES)
    target = folder / "users.parquet"
    rows = land_text(FILE, pieces, lambda names: names, left_out, target, report, above)
    problems = [(one["rule"], (one["source_row"] or 0) & 0xFFFFFFFF) for one in report.table().to_pylist()]
    found = pq.read_table(target).to_pylist() if target.exists() else None
    assert rows == (None if found is None else len(found))
    return found, problems


def test_each_row_has_the_number_of_its_file_and_its_line(tmp_path: Path) -> None:
    rows, problems = landed(tmp_path, b"id,name\n1,Ann\n", b"2,Bo\n")
    assert [(row["id"], row["source_row"] >> 32, row["source_row"] & 0xFFFFFFFF) for row in rows] == [
        ("1", 3, 2),
        ("2", 3, 3),
    ]
    assert problems == []


def test_lines_above_the_names_are_counted(tmp_path: Path) -> None:
    rows, _ = landed(tmp_path, b"id\n1\n", above=2)
    assert rows[0]["source_row"] & 0xFFFFFFFF == 4


def test_a_damaged_row_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    rows, problems = landed(tmp_path, b"id,name\n1,Ann,x\n2,Bo\n")
    assert [row["id"] for row in rows] == ["2"]
    assert problems == [("too-many-columns", 2)]


def test_a_column_that_nobody_has_a_use_for_is_not_kept(tmp_path: Path) -> None:
    rows, _ = landed(tmp_path, b"id,Password\n1,secret\n", left_out=("password",))
    assert list(rows[0]) == ["id", "source_row"]


def test_of_a_file_that_cannot_be_read_nothing_is_written(tmp_path: Path) -> None:
    rows, problems = landed(tmp_path, b"\n")
    assert rows is None
    assert problems == [("empty-file", 0)]
    assert list(tmp_path.iterdir()) == []


def test_of_a_file_whose_end_cannot_be_read_the_beginning_is_not_kept(tmp_path: Path, monkeypatch) -> None:
    def breaks_off(*_: object):
        yield DelimitedText(pa.table({"id": ["1"]}), np.array([2]), {})
        raise NotDelimited("unreadable-file", "users.csv can't be split into rows. Export it again.")

    monkeypatch.setattr(landed_text, "read_delimited", breaks_off)
    rows, problems = landed(tmp_path, b"id\n1\n")
    assert (rows, problems) == (None, [("unreadable-file", 0)])
    assert list(tmp_path.iterdir()) == []
