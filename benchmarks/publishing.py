"""How fast a batch becomes the record: 50,000 students in 350,000 sections' seats, first load and the same again.

    python -m benchmarks.publishing [students]

Prints one line of JSON: seconds of the first load, of the same batch again, and of a batch in which one row in a
hundred differs, each with its commit, on a fresh server of the kind that a workspace starts.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import psycopg

from homeroom.model.columns import columns
from homeroom.record.opening import prepare
from homeroom.record.publish import publish
from homeroom.record.server import url_of

SEATS = 7
SECTIONS = 2_000
GRADE = "uri://ed-fi.org/GradeLevelDescriptor#Fourth grade"

# For each resource its rows and what its columns hold in row `i`, as DuckDB expressions.
SCHOOL = {"school_id": "1000 + i", "name_of_institution": "'School ' || i", "grade_levels": "'[]'",
          "education_organization_categories": "'[]'"}  # fmt: skip
YEAR = {"school_year": "2026", "current_school_year": "true", "school_year_description": "'2025-2026'"}
COURSE = {"course_code": "'C' || i", "education_organization_id": "1000", "course_title": "'Course ' || i",
          "number_of_parts": "1", "identification_codes": "'[]'"}  # fmt: skip
SESSION = {"school_id": "1000 + i", "school_year": "2026", "session_name": "'Year'", "begin_date": "'2025-08-20'",
           "end_date": "'2026-06-10'", "term_descriptor": "'uri://ed-fi.org/TermDescriptor#Year Round'",
           "total_instructional_days": "180"}  # fmt: skip
OFFERING = {"local_course_code": "'C' || i % 100", "school_id": "1000 + i // 100", "school_year": "2026",
            "session_name": "'Year'", "course_code": "'C' || i % 100", "education_organization_id": "1000"}  # fmt: skip
SECTION = {"local_course_code": "'C' || i % 100", "school_id": "1000 + i // 100 % 20", "school_year": "2026",
           "section_identifier": "'S' || i", "session_name": "'Year'"}  # fmt: skip
STUDENT = {"student_unique_id": "(700000 + i * 7)::varchar", "first_name": "'First' || i % 997",
           "last_surname": "'Last' || i % 9973", "birth_date": "date '2008-01-01' + (i % 3650)::int"}  # fmt: skip
ENROLLMENT = {"student_unique_id": STUDENT["student_unique_id"], "school_id": "1000 + i % 20",
              "entry_date": "'2025-08-20'", "entry_grade_level_descriptor": f"'{GRADE}'"}  # fmt: skip


def batch(resource: str, rows: int, values: dict[str, str], folder: Path, changed: str | None = None) -> list[bytes]:
    """The rows as the CSV that publishing reads; in one row of a hundred the column `changed` holds something else."""
    unknown = set(values) - {column.name for column in columns(resource)}
    if unknown:
        raise ValueError(f"{resource} has no column {unknown}.")
    if changed:
        values = values | {changed: f"case when i % 100 = 0 then 'changed' else {values.get(changed, 'null')} end"}
    picked = ", ".join(f'{values.get(column.name, "null")} as "{column.name}"' for column in columns(resource))
    file = folder / f"{resource}.csv"
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select '{{' || ((1::bigint << 32) + i) || '}}' as source_rows, null as said, {picked}"
            f" from range({rows}) r(i)) to '{file}' (format csv, header false)"
        )
    content = file.read_bytes()
    return [content[start : start + (1 << 20)] for start in range(0, len(content), 1 << 20)]


def batches(students: int, folder: Path, changed: bool = False) -> dict[str, list[bytes]]:
    """All the batches of the record measured, for `students` students."""
    section = f"(hash(i) % {SECTIONS})"
    seat = {column: value.replace("i", section) for column, value in SECTION.items() if column != "session_name"} | {
        "session_name": "'Year'",
        "student_unique_id": f"(700000 + (i % {students}) * 7)::varchar",
        "begin_date": f"date '2025-08-20' + (i // {students})::int",
        "end_date": "'2026-06-10'",
    }
    return {
        "SchoolYearType": batch("SchoolYearType", 1, YEAR, folder),
        "School": batch("School", 20, SCHOOL, folder),
        "Course": batch("Course", 100, COURSE, folder),
        "Session": batch("Session", 20, SESSION, folder),
        "CourseOffering": batch("CourseOffering", SECTIONS, OFFERING, folder),
        "Section": batch("Section", SECTIONS, SECTION, folder),
        "Student": batch("Student", students, STUDENT, folder, "middle_name" if changed else None),
        "StudentSchoolAssociation": batch("StudentSchoolAssociation", students, ENROLLMENT, folder),
        "StudentSectionAssociation": batch("StudentSectionAssociation", students * SEATS, seat, folder),
    }


def measure(students: int) -> dict[str, Any]:
    """Seconds of each of the three loads, and their rows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = url_of(folder / "postgres", None)
        prepare(url)
        first, other = batches(students, folder), batches(students, folder, changed=True)
        seconds = {}
        for what, batch_of in (("first", first), ("again", first), ("changed", other)):
            with psycopg.connect(url) as connection:
                start = perf_counter()
                published = publish(connection, batch_of)
                connection.commit()
                seconds[what] = round(perf_counter() - start, 2)
                if published.refused:
                    raise AssertionError(f"{len(published.refused)} rows were refused: {published.refused[0]}")
        rows = sum(batch.count(b"\n") for pieces in first.values() for batch in pieces)
        return {"rows": rows, "seconds": seconds}


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)))
