"""After linking, every row speaks of the record's students, staff and schools, not of the sources' own ids."""

import json
from pathlib import Path

import duckdb
import pytest

from homeroom.consolidate.identities import identify
from homeroom.consolidate.layered_table import LayeredTable


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """
        create table identity as from (values
            ('sis', 'Student', 'S1', '900'),
            ('sis', 'EducationOrganization', 'oak', '1001'),
            ('warehouse', 'Student', 'S1', '777'),
            ('sis', 'Staff', 'T1', '5001')
        ) t(source, kind, source_id, unique_id)
        """
    )
    return connection


def identified(connection: duckdb.DuckDBPyConnection, folder: Path, resource: str, select: str):
    connection.execute(f"copy ({select}) to '{folder / 'staged.parquet'}' (format parquet)")
    staged = LayeredTable(folder / "staged.parquet")
    identify(connection, resource, "sis", staged, folder / "out.parquet", folder / "p.parquet")
    return connection.sql(f"from '{folder / 'out.parquet'}'"), connection.sql(f"from '{folder / 'p.parquet'}'")


def test_a_sources_id_means_what_that_source_means_by_it(connection, tmp_path):
    rows, problems = identified(
        connection,
        tmp_path,
        "StudentSchoolAssociation",
        """select 5::bigint as source_row, 'S1' as student_unique_id, 'oak' as school_id,
            date '2025-08-20' as entry_date""",
    )
    assert rows.project("student_unique_id, school_id").fetchall() == [("900", 1001)]
    assert problems.fetchall() == []


def test_a_row_about_a_student_whom_the_source_does_not_hold_goes_to_quarantine(connection, tmp_path):
    rows, problems = identified(
        connection,
        tmp_path,
        "StudentSchoolAssociation",
        f"""select {(3 << 32) + 9}::bigint as source_row, 'S2' as student_unique_id, 'oak' as school_id,
            date '2025-08-20' as entry_date""",
    )
    assert rows.fetchall() == []
    assert problems.project("source_row, file_number, rule, field, severity").fetchall() == [
        ((3 << 32) + 9, 3, "unknown-student", "studentReference.studentUniqueId", "row")
    ]


def test_an_optional_reference_that_is_not_there_is_no_problem(connection, tmp_path):
    rows, problems = identified(
        connection,
        tmp_path,
        "StudentSchoolAssociation",
        """select 5::bigint as source_row, 'S1' as student_unique_id, 'oak' as school_id,
            date '2025-08-20' as entry_date, cast(null as varchar) as next_year_school_id""",
    )
    assert rows.project("next_year_school_id").fetchall() == [(None,)]
    assert problems.fetchall() == []


def test_schools_inside_a_collection_become_the_records_too(connection, tmp_path):
    periods = json.dumps([{"classPeriodReference": {"classPeriodName": "1", "schoolId": "oak"}}])
    rows, _ = identified(
        connection,
        tmp_path,
        "Section",
        f"""select 5::bigint as source_row, 'oak' as school_id, 'ALG' as local_course_code, 2026 as school_year,
            'Fall' as session_name, '1' as section_identifier, '{periods}' as class_periods""",
    )
    ((text,),) = rows.project("class_periods").fetchall()
    assert json.loads(text) == [{"classPeriodReference": {"classPeriodName": "1", "schoolId": 1001}}]


def test_an_item_that_names_a_school_nobody_knows_is_set_aside_and_told(connection, tmp_path):
    periods = json.dumps([{"classPeriodReference": {"classPeriodName": "1", "schoolId": "elm"}}])
    rows, problems = identified(
        connection,
        tmp_path,
        "Section",
        f"""select 5::bigint as source_row, 'oak' as school_id, 'ALG' as local_course_code, 2026 as school_year,
            'Fall' as session_name, '1' as section_identifier, '{periods}' as class_periods""",
    )
    assert rows.project("class_periods").fetchall() == [("[]",)]
    assert problems.project("rule, field, severity").fetchall() == [("unknown-in-collection", "classPeriods", "value")]
