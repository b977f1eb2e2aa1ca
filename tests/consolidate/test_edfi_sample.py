"""Real Ed-Fi files of others come into the record whole: every row is there, or in quarantine with a reason."""

from pathlib import Path

import psycopg
import pytest
from own_workspace import own_workspace

from homeroom.consolidate.run import consolidate
from homeroom.progress import TerminalProgress
from homeroom.record.server import url_of
from homeroom.settings import Workspace


@pytest.fixture
def workspace(tmp_path: Path, record: str) -> Workspace:
    """A workspace whose record is the tests' own."""
    return own_workspace(tmp_path / "district", record, "Grand Bend")


def run(workspace: Workspace, folder: Path) -> None:
    workspace.add_source("sis", "edfi-xml", folder, ("edfi-xml",))
    with TerminalProgress(quiet=True) as progress:
        consolidate(workspace, progress)


def asked(workspace: Workspace, question: str) -> list[tuple]:
    with psycopg.connect(url_of(workspace.postgres, workspace.settings().record_url)) as connection:
        return connection.execute(question).fetchall()


SET_ASIDE = "select rule, severity, count(*) from consolidation.quarantine where severity <> 'file' group by 1, 2"
COUNTS = "select landed, accepted, quarantined from consolidation.source_count"


def test_every_row_of_the_standards_sample_is_in_the_record_or_in_quarantine(workspace, shared_data):
    run(workspace, shared_data / "edfi-5-sample")
    assert asked(workspace, COUNTS) == [(17_450, 17_265, 185)]
    assert sorted(asked(workspace, SET_ASIDE)) == [
        # Codes of the district's own, and an element that others point to.
        ("descriptor-noted", "row", 24),
        # Addresses that no server could take.
        ("electronic-mail-not-understood", "value", 3),
        ("reference-element", "row", 1),
        # What the registrations refer to is in a file that is not among these.
        ("reference-not-found", "row", 160),
    ]
    assert asked(workspace, "select count(*) from edfi.student") == [(960,)]
    assert asked(workspace, "select count(*) from edfi.section") == [(532,)]
    assert asked(workspace, "select count(*) from edfi.student_school_attendance_event") == [(1_917,)]
    assert asked(workspace, "select count(*) from edfi.learning_standard") == [(5_597,)]
    assert asked(workspace, "select school_year from edfi.school_year_type where current_school_year") == [(2022,)]


def test_every_row_of_a_version_4_district_is_in_the_record_or_in_quarantine(workspace, shared_data):
    run(workspace, shared_data / "edfi-4-lakeside")
    assert asked(workspace, COUNTS) == [(3_543, 3_520, 23)]
    assert sorted(asked(workspace, SET_ASIDE)) == [
        # A student of the eighth grade, born six years before, without whom four rows mean nothing.
        ("age-against-grade", "value", 1),
        ("descriptor-noted", "row", 18),
        # Values of a kind of which version 5 has none.
        ("descriptor-unknown", "value", 4),
        ("exit-before-entry", "value", 2),
        # What version 5 has no place for: the resident and the reporting school of an enrollment, a service.
        ("field-unknown", "value", 1_777),
        ("reference-not-found", "row", 4),
        ("required-missing", "row", 1),
        # The staff who provide a service are in no file.
        ("unknown-in-collection", "value", 2),
    ]
    assert asked(workspace, "select count(*) from edfi.student_school_association") == [(887,)]
    assert asked(
        workspace, "select count(*) from edfi.student_school_association where graduation_school_year is not null"
    ) == [(887,)]


def test_a_place_in_a_file_whose_elements_share_lines_is_told_as_their_ordinal(workspace, tmp_path):
    sent = tmp_path / "sent"
    sent.mkdir()
    students = "".join(
        f"<Student><StudentUniqueId>{n}</StudentUniqueId><Name><FirstName>{name}</FirstName><LastSurname>{name}son"
        f"</LastSurname></Name><BirthData><BirthDate>20{n}-01-01</BirthDate></BirthData></Student>"
        for n, name in ((10, "Maya"), (12, "Otto"))
    )
    (sent / "a.xml").write_text(f'<InterchangeStudent xmlns="http://ed-fi.org/5.2.0">{students}</InterchangeStudent>')
    run(workspace, sent)
    assert asked(workspace, "select position_unit from consolidation.delivered_file") == [("record",)]
    assert asked(workspace, "select source_rows from edfi.student order by student_unique_id") == [
        ([(1 << 32) + 1],),
        ([(1 << 32) + 2],),
    ]


PEOPLE = (
    "Ada Okafor,Ben Lindqvist,Chau Tran,Dora Whitehorse,Emil Castellano,Fay Zhou,Gus Petrov,Hana Yilmaz,Ines Brandt"
)


def student(number: int, first_name: str = "") -> str:
    first, last = PEOPLE.split(",")[number - 1].split()
    return (
        f"<Student>\n<StudentUniqueId>{number}</StudentUniqueId><Name><FirstName>{first_name or first}</FirstName>"
        f"<LastSurname>{last}</LastSurname></Name><BirthData><BirthDate>200{number}-0{number}-1{number}</BirthDate>"
        "</BirthData></Student>\n"
    )


def interchange(*elements: str, head: str = "") -> str:
    return f'{head}<InterchangeStudent xmlns="http://ed-fi.org/5.2.0">\n{"".join(elements)}</InterchangeStudent>'


def test_bad_files_cost_only_what_is_bad(workspace, tmp_path):
    files = {
        "cut": interchange(student(2), student(3))[:-80],
        "empty": "",
        "entity": interchange(student(4, "&a;"), head='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n'),
        "good": interchange(student(1)),
        "large": interchange(student(5), student(6, "x" * 10_000_000)),
        "laughs": interchange(student(7, "&b;"), head='<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n'),
        "nul": interchange(student(8), student(9, "Ma\0ya")),
        "numbers": interchange("<Student><SSN>219-09-9999</SSN></Student>\n"),
    }
    sent = tmp_path / "sent"
    sent.mkdir()
    for name, content in files.items():
        (sent / f"{name}.xml").write_text(content)
    run(workspace, sent)
    came = asked(workspace, "select last_surname from edfi.student order by 1")
    assert came == [("Castellano",), ("Lindqvist",), ("Okafor",), ("Yilmaz",)]
    assert asked(workspace, "select rule, severity from consolidation.quarantine order by file_number") == [
        ("truncated-xml", "file"),
        ("empty-file", "file"),
        ("document-type", "file"),
        ("field-too-large", "row"),
        ("document-type", "file"),
        ("nul-byte", "row"),
        ("social-security-numbers", "file"),
    ]
    kept = b"".join(path.read_bytes() for path in workspace.root.rglob("*") if path.is_file())
    assert b"219-09-9999" not in kept
