"""A made-up system of two schools and a hundred students, whose export a test breaks."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import psycopg
from own_workspace import own_workspace

from homeroom.consolidate.run import consolidate
from homeroom.progress import TerminalProgress

BEGIN = (date.today() - timedelta(days=60)).isoformat()
STUDENTS = 100
GIVEN = [
    "Maya", "Theo", "Ines", "Noor", "Ravi", "Lucia", "Owen", "Amara", "Felix", "Yuki", "Dario", "Hanna", "Kofi", "Elsa",
    "Mateo", "Priya", "Jonas", "Leila", "Silas", "Wren",
]  # fmt: skip
FAMILY = [
    "Okafor", "Lindqvist", "Baptiste", "Haddad", "Verma", "Castellano", "Whitfield", "Nakamura", "Petrov", "Oyelaran",
    "Brandt", "Quispe", "Delacroix", "Sandoval", "Thackeray", "Ibrahim", "Kowalczyk", "Fairbanks", "Mendoza", "Ulrich",
]  # fmt: skip


class Sis:
    """A student information system; `tables` is its next export, by file and column."""

    def __init__(self, root: Path, record: str, students: int = STUDENTS, name: str = "sis") -> None:
        self.url, self.name = record, name
        self.drop = root / "drop"
        self.drop.mkdir(parents=True)
        self.workspace = own_workspace(root / "district", record)
        self.workspace.add_source(name, "oneroster-csv", self.drop, ("oneroster-csv",))
        self.tables = whole_export(students)

    def set(self, text: str) -> None:
        """Write something more into the settings, before the sources."""
        file = self.workspace.settings_file
        file.write_text(file.read_text().replace("[[source]]", f"{text}\n\n[[source]]", 1))

    def write(self) -> None:
        write_export(self.tables, self.drop)

    def deliver(self) -> None:
        """Deliver the tables as they are now, and run."""
        self.write()
        self.run()

    def run(self) -> None:
        with TerminalProgress(quiet=True) as progress:
            consolidate(self.workspace, progress)

    def asked(self, question: str) -> list[tuple]:
        with psycopg.connect(self.url) as record:
            return record.execute(question).fetchall()

    def outcomes(self) -> list[str]:
        """What became of what the source offered in each run so far."""
        rows = self.asked(
            "select string_agg(outcome, ' ' order by outcome) from consolidation.run_delivery group by run_id"
            " order by run_id"
        )
        return [row[0] for row in rows]

    def reasons(self) -> list[str]:
        """The sentences for which the newest delivery is held."""
        return [row[0] for row in self.asked(_REASONS.format("holds"))]

    def notes(self) -> list[str]:
        """What is told of the newest delivery without holding it."""
        return [row[0] for row in self.asked(_REASONS.format("not holds"))]

    def decide(self, decision: str) -> None:
        with psycopg.connect(self.url) as record:
            record.execute(
                "insert into consolidation.delivery_decision (delivery_id, decision, decided_by)"
                " select delivery_id, %s, 'a test' from consolidation.run_delivery"
                " where outcome <> 'published' order by run_id desc limit 1",
                [decision],
            )

    def open_enrollments(self) -> int:
        question = "select count(*) from edfi.student_school_association where exit_withdraw_date is null"
        return int(self.asked(question)[0][0])


_REASONS = """
    select sentence from consolidation.delivery_finding where {} and delivery_id = (
        select delivery_id from consolidation.delivery_finding join consolidation.run_delivery using (delivery_id)
        order by run_id desc limit 1) order by position
"""


def write_export(tables: dict[str, list[dict[str, str]]], folder: Path) -> None:
    """Write each table as a CSV file, in place of those that are there."""
    for path in folder.glob("*.csv"):
        path.unlink()
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def whole_export(students: int) -> dict[str, list[dict[str, str]]]:
    """Four in five of the students go to Birch, the others to Aspen."""
    people = [(f"s{n:03}", "aspen" if n % 5 == 0 else "birch") for n in range(students)]
    return {
        "orgs": [
            {"sourcedId": "d", "name": "Maple Grove", "type": "district", "parentSourcedId": ""},
            {"sourcedId": "birch", "name": "Birch Elementary", "type": "school", "parentSourcedId": "d"},
            {"sourcedId": "aspen", "name": "Aspen Elementary", "type": "school", "parentSourcedId": "d"},
        ],
        "academicSessions": [
            {
                "sourcedId": "y", "title": "This year", "type": "schoolYear",
                "startDate": (date.today() - timedelta(days=90)).isoformat(),
                "endDate": (date.today() + timedelta(days=150)).isoformat(), "schoolYear": "2027",
            }
        ],
        "courses": [{"sourcedId": "k", "title": "Math", "courseCode": "MATH", "orgSourcedId": "d"}],
        "classes": [
            {"sourcedId": f"c-{school}", "title": "Math", "courseSourcedId": "k", "schoolSourcedId": school,
             "termSourcedIds": "y"}
            for school in ("birch", "aspen")
        ],
        "users": [
            {"sourcedId": id_, "role": "student", "givenName": GIVEN[n % 20],
             "familyName": FAMILY[(n * 7 + n // 20) % 20], "identifier": id_, "grades": "04"}
            for n, (id_, _) in enumerate(people)
        ],
        "demographics": [
            {"sourcedId": id_, "birthDate": f"2015-{1 + n * 5 % 12:02}-{1 + n * 11 % 28:02}",
             "sex": "female" if n % 2 else "male"}
            for n, (id_, _) in enumerate(people)
        ],
        "enrollments": [
            {"sourcedId": f"e-{id_}", "userSourcedId": id_, "classSourcedId": f"c-{school}", "schoolSourcedId": school,
             "role": "student", "beginDate": BEGIN}
            for id_, school in people
        ],
    }  # fmt: skip
