"""Publish large batches into the record named by the first argument, one piece at a time, and say each on a line.

The process that started this one answers each line; a test kills it instead of answering.
"""

import sys

import psycopg
from batches import batch

from homeroom.record.publish import publish

ROWS = 20_000


def batches(wait=lambda where: None):
    """Maya under another name and many more students, with an enrollment for each, in pieces of a batch."""
    students = [
        {
            "student_unique_id": str(900 + number),
            "first_name": "Maia" if number == 0 else "Noor",
            "last_surname": "Okafor",
            "birth_date": "2016-03-01",
        }
        for number in range(ROWS)
    ]
    enrollments = [
        {
            "student_unique_id": student["student_unique_id"],
            "school_id": 1001,
            "entry_date": "2025-08-20",
            "entry_grade_level_descriptor": "uri://ed-fi.org/GradeLevelDescriptor#Fourth grade",
        }
        for student in students
    ]

    def pieces(resource, rows):
        content = batch(resource, *rows)[0]
        for start in range(0, len(content), 1 << 20):
            wait(f"{resource} {start >> 20}")
            yield content[start : start + (1 << 20)]

    return {
        "Student": pieces("Student", students),
        "StudentSchoolAssociation": pieces("StudentSchoolAssociation", enrollments),
    }


def tell(where: str) -> None:
    print(where, flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    with psycopg.connect(sys.argv[1]) as connection:
        publish(connection, batches(tell), advance=lambda resource, rows: tell(f"{resource} written"))
        tell("all written")
        connection.commit()
