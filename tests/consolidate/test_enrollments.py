"""One enrollment that two systems date differently is one; what are two stay two."""

from pathlib import Path

import pytest

from homeroom.consolidate.database import connect
from homeroom.consolidate.enrollments import agree_on_entry
from homeroom.consolidate.merge import IdentifiedTable


@pytest.fixture
def agreed(tmp_path: Path):
    def run(*sources: list[tuple[int, str, int, str]]) -> tuple[list[list[tuple]], list[int]]:
        with connect() as connection:
            tables = []
            for rank, rows in enumerate(sources):
                path = tmp_path / f"{rank}.parquet"
                values = ", ".join(
                    f"({row}, '{student}', {school}, date '{entry}')" for row, student, school, entry in rows
                )
                connection.execute(
                    f"copy (from (values {values}) as t(source_row, student_unique_id, school_id, entry_date))"
                    f" to '{path}'"
                )
                tables.append(IdentifiedTable(path, rank))
            agree_on_entry(connection, tables, tmp_path / "problems.parquet")
            entries = [
                connection.execute(f"select source_row, entry_date::varchar from '{t.path}' order by 1").fetchall()
                for t in tables
            ]
            told = connection.execute(f"select source_row from '{tmp_path / 'problems.parquet'}' order by 1").fetchall()
            return entries, [row for (row,) in told]

    return run


def test_the_entry_that_is_believed_more_is_taken_and_the_other_is_told(agreed):
    (_, vendor), told = agreed([(1, "A", 10, "2025-08-25")], [(2, "A", 10, "2025-09-01")])
    assert vendor == [(2, "2025-08-25")]
    assert told == [2]


def test_a_day_that_both_know_stays(agreed):
    (_, other), told = agreed([(1, "A", 10, "2025-08-25"), (2, "A", 10, "2025-09-01")], [(3, "A", 10, "2025-09-01")])
    assert other == [(3, "2025-09-01")]
    assert told == []


def test_another_school_and_another_year_are_other_enrollments(agreed):
    (_, other), told = agreed([(1, "A", 10, "2025-08-25")], [(2, "A", 11, "2025-08-26"), (3, "A", 10, "2024-08-26")])
    assert other == [(2, "2025-08-26"), (3, "2024-08-26")]
    assert told == []


def test_the_nearest_of_several_is_taken(agreed):
    (_, other), _ = agreed([(1, "A", 10, "2025-08-25"), (2, "A", 10, "2025-09-20")], [(3, "A", 10, "2025-09-15")])
    assert other == [(3, "2025-09-20")]
