"""What a system stops saying: who left keeps the record with an exit, and what was corrected is not told any more."""

import csv
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest
from own_workspace import own_workspace

from homeroom.consolidate.run import consolidate
from homeroom.progress import TerminalProgress

TODAY = date.today()
BEGIN = TODAY - timedelta(days=60)
ORGS = [
    {"sourcedId": "d", "name": "Maple Grove", "type": "district"},
    {"sourcedId": "birch", "name": "Birch Elementary", "type": "school", "parentSourcedId": "d"},
    {"sourcedId": "aspen", "name": "Aspen Elementary", "type": "school", "parentSourcedId": "d"},
]
SESSION = {
    "sourcedId": "y",
    "title": "This year",
    "type": "schoolYear",
    "startDate": (TODAY - timedelta(days=90)).isoformat(),
    "endDate": (TODAY + timedelta(days=150)).isoformat(),
    "schoolYear": "2027",
}
NAMES = [("s1", "Maya", "Okafor"), ("s2", "Theo", "Lindqvist"), ("s3", "Ines", "Baptiste"), ("s4", "Noor", "Haddad")]


class Sis:
    """A student information system that delivers a bundle; a test changes its tables between two deliveries."""

    def __init__(self, root: Path, record: str) -> None:
        self.url = record
        self.drop = root / "drop"
        self.drop.mkdir()
        self.tables = {
            "orgs": [dict(row) for row in ORGS],
            "academicSessions": [dict(SESSION)],
            "courses": [{"sourcedId": "k", "title": "Math", "courseCode": "MATH", "orgSourcedId": "d"}],
            "classes": [
                {
                    "sourcedId": f"c-{school}", "title": "Math", "courseSourcedId": "k", "schoolSourcedId": school,
                    "termSourcedIds": "y",
                }
                for school in ("birch", "aspen")
            ],
            "users": [
                {
                    "sourcedId": id_, "role": "student", "givenName": first, "familyName": last, "identifier": id_,
                    "grades": "04",
                }
                for id_, first, last in NAMES
            ],
            "demographics": [
                {"sourcedId": id_, "birthDate": f"2015-0{number}-11"} for number, (id_, *_) in enumerate(NAMES, 1)
            ],
            "enrollments": [enrolled(id_, "birch") for id_, *_ in NAMES],
        }  # fmt: skip
        self.workspace = own_workspace(root / "district", record)
        self.workspace.add_source("sis", "oneroster-csv", self.drop, ("oneroster-csv",))

    def deliver(self) -> None:
        for path in self.drop.glob("*.csv"):
            path.unlink()
        for name, rows in self.tables.items():
            with (self.drop / f"{name}.csv").open("w", newline="") as file:
                writer = csv.DictWriter(file, list(dict.fromkeys(field for row in rows for field in row)))
                writer.writeheader()
                writer.writerows(rows)
        with TerminalProgress(quiet=True) as progress:
            consolidate(self.workspace, progress)

    def without(self, table: str, field: str, value: str) -> None:
        self.tables[table] = [row for row in self.tables[table] if row[field] != value]

    def asked(self, question: str) -> list[tuple]:
        with psycopg.connect(self.url) as record:
            return record.execute(question).fetchall()

    def enrollments(self, first_name: str) -> list[tuple]:
        return self.asked(
            f"""
            select name_of_institution, entry_date, exit_withdraw_date
            from edfi.student_school_association join edfi.student using (student_unique_id)
            join edfi.school using (school_id) where first_name = '{first_name}' order by entry_date, 1
            """
        )


def enrolled(user: str, school: str, begin: date = BEGIN) -> dict[str, str]:
    return {
        "sourcedId": f"e-{user}-{school}",
        "userSourcedId": user,
        "classSourcedId": f"c-{school}",
        "schoolSourcedId": school,
        "role": "student",
        "beginDate": begin.isoformat(),
    }


@pytest.fixture
def sis(tmp_path, record):
    sis = Sis(tmp_path, record)
    sis.deliver()
    return sis


def test_a_student_who_left_keeps_the_record_and_the_enrollment_ends(sis):
    assert sis.enrollments("Maya") == [("Birch Elementary", BEGIN, None)]
    for table, field in (("users", "sourcedId"), ("demographics", "sourcedId"), ("enrollments", "userSourcedId")):
        sis.without(table, field, "s1")
    sis.deliver()
    assert sis.enrollments("Maya") == [("Birch Elementary", BEGIN, TODAY)]
    assert sis.asked("select end_date from edfi.student_section_association where end_date is not null") == [(TODAY,)]
    assert sis.enrollments("Theo") == [("Birch Elementary", BEGIN, None)]


def test_a_student_who_comes_back_is_enrolled_again(sis):
    everything = {name: list(rows) for name, rows in sis.tables.items()}
    for table, field in (("users", "sourcedId"), ("demographics", "sourcedId"), ("enrollments", "userSourcedId")):
        sis.without(table, field, "s1")
    sis.deliver()
    sis.tables = everything
    sis.deliver()
    assert sis.enrollments("Maya") == [("Birch Elementary", BEGIN, None)]


def test_a_student_who_changes_schools_leaves_the_first(sis):
    sis.without("enrollments", "userSourcedId", "s2")
    sis.tables["enrollments"].append(enrolled("s2", "aspen", TODAY - timedelta(days=3)))
    sis.deliver()
    assert sis.enrollments("Theo") == [
        ("Birch Elementary", BEGIN, TODAY),
        ("Aspen Elementary", TODAY - timedelta(days=3), None),
    ]


def test_a_corrected_entry_date_leaves_one_enrollment(sis):
    sis.without("enrollments", "userSourcedId", "s2")
    sis.tables["enrollments"].append(enrolled("s2", "birch", BEGIN + timedelta(days=7)))
    sis.deliver()
    assert sis.enrollments("Theo") == [("Birch Elementary", BEGIN + timedelta(days=7), None)]
    assert sis.asked(
        "select resource, key_values ->> 'entryDate', deleted_by from edfi.tombstone"
        " where resource = 'StudentSchoolAssociation'"
    ) == [("StudentSchoolAssociation", BEGIN.isoformat(), "consolidation")]


def test_a_file_that_did_not_come_withdraws_nothing(sis):
    del sis.tables["enrollments"]
    sis.deliver()
    assert sis.enrollments("Maya") == [("Birch Elementary", BEGIN, None)]


def test_a_row_that_was_set_aside_is_not_withdrawn(sis):
    (row,) = (row for row in sis.tables["enrollments"] if row["userSourcedId"] == "s3")
    row["classSourcedId"] = "c-nowhere"
    sis.deliver()
    assert sis.enrollments("Ines") == [("Birch Elementary", BEGIN, None)]


def test_a_row_that_the_source_marks_as_to_be_deleted_is_withdrawn(sis):
    (row,) = (row for row in sis.tables["enrollments"] if row["userSourcedId"] == "s3")
    row["status"] = "tobedeleted"
    sis.deliver()
    assert sis.enrollments("Ines") == [("Birch Elementary", BEGIN, TODAY)]


def test_two_students_who_turn_out_to_be_one_are_one_from_then_on(sis):
    together(sis)
    sis.deliver()
    assert sis.asked("select count(*) from edfi.student") == [(3,)]
    assert sis.asked("select count(distinct student_unique_id) from edfi.student_section_association") == [(3,)]


def test_a_decision_that_was_undone_leaves_the_record_and_its_ids_as_they_were(sis):
    told = """
        select student_unique_id, first_name, birth_date, entry_date, exit_withdraw_date
        from edfi.student left join edfi.student_school_association using (student_unique_id) order by 1
    """
    before = sis.asked(told)
    together(sis)
    sis.deliver()
    assert sis.asked(told) != before
    with psycopg.connect(sis.url) as record:
        record.execute("update consolidation.match_decision set undone_at = now(), undone_by = 'the registrar'")
    sis.deliver()
    assert sis.asked(told) == before


def together(sis):
    with psycopg.connect(sis.url) as record:
        record.execute(
            "insert into consolidation.match_decision"
            " (kind, left_source, left_id, right_source, right_id, decision, decided_by)"
            " values ('Student', 'sis', 's3', 'sis', 's4', 'together', 'the registrar')"
        )


def test_a_run_that_says_the_same_withdraws_nothing(sis):
    before = sis.asked("select last_value from edfi.change_version")
    sis.deliver()
    assert sis.asked("select last_value from edfi.change_version") == before
    assert sis.asked("select count(*) from edfi.tombstone") == [(0,)]
