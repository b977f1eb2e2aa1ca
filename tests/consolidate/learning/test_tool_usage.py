"""A log of how long tools were used is understood however its columns are named."""

from datetime import date

import pyarrow.parquet as pq
import pytest

from homeroom.consolidate import map_tool_usage
from homeroom.sources import csv_files
from homeroom.sources.delivery import land
from homeroom.sources.report import Report


@pytest.fixture
def used(tmp_path):
    """What a log says, and the rules that its rows broke."""

    def read(text):
        (tmp_path / "usage.csv").write_text(text)
        report = Report()
        delivery = land("reader", "tool-usage", tmp_path / "usage.csv", tmp_path / "landing", 1)
        tables = csv_files.read(delivery, tmp_path / "tables", report)
        map_tool_usage.map_tables(tables, "reader", tmp_path / "mapped" / "tables", report)
        rows = pq.read_table(tmp_path / "mapped" / map_tool_usage.FILE).to_pylist()
        said = [(row["learner"], row["tool"], row["used_on"], row["seconds"], row["sessions"]) for row in rows]
        return said, [one["rule"] for one in report.table().to_pylist()]

    return read


def test_minutes_of_a_day_are_added_up(used):
    said, problems = used(
        "Email,App Name,Date,Minutes,Logins\na@x.org,Maths,9/14/2025,12.5,2\na@x.org,Maths,9/14/2025,7,1\n"
    )
    assert said == [("a@x.org", "Maths", date(2025, 9, 14), 1170, 3)]
    assert problems == []


@pytest.mark.parametrize(
    ("header", "row", "seconds"),
    [
        ("username,timestamp,duration", "ana,2025-09-14T08:00:00,90", 90),
        ("Student ID,Usage Date,Total Hours", "ana,14-Sep-2025,1.5", 5400),
        ("user_id,day", "ana,20250914", None),
    ],
)
def test_columns_are_known_by_the_names_that_vendors_give_them(used, header, row, seconds):
    assert used(f"{header}\n{row}\n")[0] == [("ana", "reader", date(2025, 9, 14), seconds, 1)]


def test_a_row_without_a_learner_or_a_day_is_told(used):
    said, problems = used("Email,Date,Minutes\n,9/14/2025,5\na@x.org,,5\na@x.org,9/14/2025,5\n")
    assert len(said) == 1
    assert problems == ["use-without-learner", "use-without-day"]


def test_a_use_whose_length_is_no_number_is_kept_and_told(used):
    said, problems = used("Email,Date,Minutes,Logins\na@x.org,9/14/2025,half an hour,2\nb@x.org,9/14/2025,,\n")
    assert [(learner, seconds) for learner, _, _, seconds, _ in said] == [("a@x.org", None), ("b@x.org", None)]
    assert problems == ["use-not-a-number"]


def test_a_table_without_learners_is_told_row_by_row(used):
    assert used("Date,Minutes\n9/14/2025,5\n")[1] == ["no-usage-columns"]
