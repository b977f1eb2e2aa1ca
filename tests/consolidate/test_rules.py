"""The rules that a district's data must keep, asked of small tables."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from homeroom.consolidate import clean
from homeroom.consolidate.rules import Severity, advice, check, rules, set_aside
from homeroom.model import RESOURCES
from homeroom.model.columns import columns

FILE = 3 << 32
Found = list[tuple[int, str | None]]

ENROLLMENTS = (
    "student_unique_id, school_id, entry_date, exit_withdraw_date, primary_school, entry_grade_level_descriptor"
)
GRADE = "uri://ed-fi.org/GradeLevelDescriptor#"


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def table(connection: duckdb.DuckDBPyConnection, resource: str, names: str, *rows: str) -> None:
    """A table of `resource`, each row on the next line of one file."""
    numbered = ", ".join(f"({FILE + line}::bigint, {row})" for line, row in enumerate(rows, 2))
    connection.execute(f"create table {resource} as select * from (values {numbered}) t(source_row, {names})")


def broken(connection: duckdb.DuckDBPyConnection, rule: str) -> list[int]:
    """The lines that break a rule."""
    tables = {row[0]: row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()}
    found = check(connection, [rules()[rule]], tables).fetchall()
    assert {row[2] for row in found} <= {rule}
    return sorted(row[0] - FILE for row in found)


def enrollment(
    student: str, school: str, entry: str, exit_: str = "", grade: str = "Fourth grade", primary: str = "null"
) -> str:
    left = f"date '{exit_}'" if exit_ else "null::date"
    return f"'{student}', '{school}', date '{entry}', {left}, {primary}::boolean, '{GRADE}{grade}'"


def test_a_fourth_grader_is_not_forty(connection: duckdb.DuckDBPyConnection) -> None:
    born = ("'a', date '1985-05-01'", "'b', date '2015-05-01'", "'c', date '2022-05-01'", "'d', null")
    table(connection, "Student", "student_unique_id, birth_date", *born)
    enrolled = [enrollment(student, "1", "2025-08-20") for student in "abcd"]
    table(connection, "StudentSchoolAssociation", ENROLLMENTS, *enrolled)
    assert broken(connection, "age-against-grade") == [2, 4]


def test_a_birth_is_not_still_to_come(connection: duckdb.DuckDBPyConnection) -> None:
    table(connection, "Student", "birth_date", "date '2999-01-01'", "date '2015-01-01'", "null")
    assert broken(connection, "birth-in-the-future") == [2]


def test_nobody_leaves_a_school_before_entering_it(connection: duckdb.DuckDBPyConnection) -> None:
    table(
        connection,
        "StudentSchoolAssociation",
        ENROLLMENTS,
        enrollment("a", "1", "2025-08-20", "2025-08-19"),
        enrollment("b", "1", "2025-08-20", "2025-08-20"),
        enrollment("c", "1", "2025-08-20"),
    )
    assert broken(connection, "exit-before-entry") == [2]


def test_two_primary_enrollments_do_not_overlap_and_the_earlier_is_told_of(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    table(
        connection,
        "StudentSchoolAssociation",
        ENROLLMENTS,
        enrollment("overlapping", "1", "2025-08-20"),
        enrollment("overlapping", "2", "2025-11-01"),
        enrollment("moved", "1", "2025-08-20", "2025-11-01"),
        enrollment("moved", "2", "2025-11-01"),
        enrollment("shared", "1", "2025-08-20"),
        enrollment("shared", "2", "2025-11-01", primary="false"),
    )
    assert broken(connection, "overlapping-primary-enrollments") == [2]


def calendar(connection: duckdb.DuckDBPyConnection) -> None:
    event = '[{"calendarEventDescriptor":"uri://ed-fi.org/CalendarEventDescriptor#%s"}]'
    table(
        connection,
        "CalendarDate",
        "school_id, date, calendar_events",
        f"'1', date '2025-11-26', '{event % 'Instructional day'}'",
        f"'1', date '2025-11-27', '{event % 'Holiday'}'",
        f"'1', date '2025-12-01', '{event % 'Instructional day'}'",
    )


def test_no_attendance_is_taken_when_the_school_is_closed(connection: duckdb.DuckDBPyConnection) -> None:
    calendar(connection)
    days = ["'1', date '2025-11-26'", "'1', date '2025-11-27'", "'1', date '2025-11-29'", "'1', date '2026-01-01'"]
    table(connection, "StudentSchoolAttendanceEvent", "school_id, event_date", *days, "'2', date '2025-11-27'")
    assert broken(connection, "attendance-when-school-is-closed") == [3, 4], (
        "a holiday, and a Saturday between two days"
    )


def test_attendance_is_taken_of_enrolled_students_who_are_born(connection: duckdb.DuckDBPyConnection) -> None:
    table(connection, "Student", "student_unique_id, birth_date", "'a', date '2015-05-01'")
    table(
        connection,
        "StudentSchoolAssociation",
        ENROLLMENTS,
        enrollment("a", "1", "2025-08-20", "2025-12-01"),
    )
    events = [
        "'a', '1', date '2025-12-01'",
        "'a', '1', date '2025-12-02'",
        "'a', '2', date '2025-09-01'",
        "'a', '1', date '2005-09-01'",
    ]
    table(
        connection,
        "StudentSchoolAttendanceEvent",
        "student_unique_id, school_id, event_date",
        *events,
        "'z', '1', date '2025-09-01'",
    )
    assert broken(connection, "attendance-outside-enrollment") == [3, 4, 5]
    assert broken(connection, "attendance-before-birth") == [5]
    assert broken(connection, "attendance-in-the-future") == []


def test_grades_and_spans_stay_in_order(connection: duckdb.DuckDBPyConnection) -> None:
    table(connection, "Grade", "numeric_grade_earned", "95.5", "104", "955", "-1", "null")
    assert broken(connection, "grade-out-of-range") == [4, 5]
    spans = ["date '2025-08-20', date '2025-08-19'", "date '2025-08-20', null", "date '2025-08-20', date '2026-06-01'"]
    for resource, rule in {
        "Session": "session-end-before-begin",
        "GradingPeriod": "grading-period-end-before-begin",
        "StudentSectionAssociation": "section-end-before-begin",
        "StaffSectionAssociation": "staff-section-end-before-begin",
        "StudentProgramAssociation": "program-end-before-begin",
    }.items():
        table(connection, resource, "begin_date, end_date", *spans)
        assert broken(connection, rule) == [2], rule


def test_a_section_elsewhere_is_only_noticed(connection: duckdb.DuckDBPyConnection) -> None:
    table(connection, "StudentSchoolAssociation", ENROLLMENTS, enrollment("a", "1", "2025-08-20"))
    table(connection, "StudentSectionAssociation", "student_unique_id, school_id", "'a', '1'", "'a', '2'", "'z', '2'")
    assert broken(connection, "section-of-another-school") == [3]
    assert rules()["section-of-another-school"].severity is Severity.NOTICE


def test_nobody_is_hired_as_a_child(connection: duckdb.DuckDBPyConnection) -> None:
    table(connection, "Staff", "staff_unique_id, birth_date", "'a', date '1980-05-01'")
    hired = ["'a', date '1979-08-01'", "'a', date '2005-08-01'"]
    table(connection, "StaffEducationOrganizationEmploymentAssociation", "staff_unique_id, hire_date", *hired)
    assert broken(connection, "hire-before-birth") == [2]


def test_rows_and_values_that_break_a_rule_are_set_aside(connection: duckdb.DuckDBPyConnection) -> None:
    table(
        connection,
        "StudentSchoolAssociation",
        ENROLLMENTS,
        enrollment("a", "1", "2025-08-20", "2025-08-19"),
        enrollment("b", "1", "2025-08-20", "2026-06-01"),
    )
    tables = {"StudentSchoolAssociation": "StudentSchoolAssociation"}
    check(connection, rules().values(), tables).create("problems")
    kept = set_aside(connection, "StudentSchoolAssociation", "StudentSchoolAssociation", "problems")
    assert [row[0] is None for row in kept.project("exit_withdraw_date").fetchall()] == [True, False]


def test_a_rule_without_its_tables_is_not_asked(connection: duckdb.DuckDBPyConnection) -> None:
    table(connection, "Student", "student_unique_id", "'a'")
    assert check(connection, rules().values(), {"Student": "Student"}).fetchall() == []


def test_every_rule_has_a_sentence_an_advice_and_reads_what_the_model_has() -> None:
    for rule in rules().values():
        assert rule.name == rule.name.lower().replace("_", "-")
        assert rule.sentence.endswith(".")
        assert advice(rule.name).endswith(".")
        assert (rule.query is None) == (not rule.needs)
        for resource, names in rule.needs.items():
            assert set(names) <= {column.name for column in columns(resource)}, rule.name
            assert f"{{{resource}}}" in str(rule.query)
        if rule.field:
            assert rule.field in {column.name for column in columns(str(rule.resource))}
        assert rule.resource is None or rule.resource in RESOURCES
        if rule.about:
            assert rule.about in {column.name for column in columns(str(rule.resource))}
            assert rule.resource in rule.needs
            assert "current_date" not in str(rule.query)


def test_every_rule_that_cleaning_names_is_written_down() -> None:
    code = Path(clean.__file__).parent
    named = set()
    for module in code.glob("*.py"):
        for word in module.read_text(encoding="utf-8").replace('"', "'").split("'"):
            if "-" in word and word.replace("-", "").isalpha() and word.islower():
                named.add(word)
    told = {rule.name for rule in rules().values() if rule.query is None}
    assert named - told == set()
    told_by_other_steps = {
        "required-missing",
        "entry-date-differs",
        "row-not-used",
        "reference-not-found",
        "unknown-student",
        "unknown-contact",
        "unknown-staff-member",
        "unknown-school-or-organization",
        "unknown-in-collection",
    }
    assert told - named == told_by_other_steps
