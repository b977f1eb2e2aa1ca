"""Ed-Fi 1.0's own sample district, whose elements name each other by id: all of it is staged, nothing is lost."""

import re
import zipfile
from collections import Counter
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from homeroom.consolidate import map_edfi_xml
from homeroom.consolidate.staged_table import StagedTable
from homeroom.sources.delivery import LandedTable, land
from homeroom.sources.edfi_xml import KIND, read
from homeroom.sources.report import Report

NUMBERS = re.compile(
    rb'<StudentIdentificationCode IdentificationSystem="SSN">.*?</StudentIdentificationCode>', re.DOTALL
)


@pytest.fixture(scope="module")
def sample(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[LandedTable], Path]:
    """The sample as landed. Its (made-up) Social Security numbers are taken out: a file that has them is refused."""
    folder = tmp_path_factory.mktemp("sample")
    sent = folder / "sent"
    sent.mkdir()
    with zipfile.ZipFile(shared_data / "edfi-1-sample" / "EdFiSampleData.zip") as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                (sent / Path(name).name).write_bytes(NUMBERS.sub(b"", archive.read(name)))
    return read(land("grand-bend", KIND, sent, folder / "landing", 1), folder / "landed", Report()), folder


@pytest.fixture(scope="module")
def mapped(sample: tuple[list[LandedTable], Path]) -> tuple[dict[str, StagedTable], pa.Table]:
    landed, folder = sample
    report = Report()
    tables = map_edfi_xml.map_tables(landed, "grand-bend", folder / "mapped" / "tables", report)
    return {table.resource: table for table in tables}, report.table()


def test_every_element_is_staged_or_told(sample, mapped):
    landed, _ = sample
    tables, told = mapped
    files = ", ".join(f"'{table.path}'" for table in tables.values())
    places = ", ".join(f"'{table.path}'" for table in landed)
    lost = duckdb.sql(
        f"""select count(*) from read_parquet([{places}], union_by_name = true)
        where source_row not in (select source_row from read_parquet([{files}], union_by_name = true)
            union all select source_row from told where severity = 'row')"""
    ).fetchall()
    assert told.num_rows
    assert lost == [(0,)]


def test_only_references_and_codes_are_no_rows_of_their_own(mapped):
    _, told = mapped
    rows = [problem["rule"] for problem in told.to_pylist() if problem["severity"] == "row"]
    assert Counter(rows) == {"reference-element": 224, "descriptor-noted": 59}


@pytest.mark.parametrize(
    ("resource", "rows"),
    [
        ("StudentSchoolAssociation", 960),
        ("StudentContactAssociation", 1872),
        ("StudentSectionAssociation", 13_440),
        ("StudentSectionAttendanceEvent", 12_950),
        ("Grade", 40_320),
        ("CourseTranscript", 13_440),
        ("StudentAssessment", 6_934 + 14_683),
        ("Section", 532),
        ("CalendarDate", 3 * 278),
        ("GradingPeriod", 3 * 6),
        ("Location", 56),
    ],
)
def test_references_by_id_and_by_name_are_followed(mapped, resource, rows):
    tables, _ = mapped
    assert tables[resource].rows == rows


def test_the_same_delivery_is_mapped_to_the_same_rows(sample, mapped):
    landed, folder = sample
    tables, _ = mapped
    again = map_edfi_xml.map_tables(landed, "grand-bend", folder / "again" / "tables", Report())
    for table in again:
        before, after = f"'{tables[table.resource].path}'", f"'{table.path}'"
        differing = f"(from {before} except all from {after}) union all (from {after} except all from {before})"
        assert duckdb.sql(differing).fetchall() == [], table.resource
