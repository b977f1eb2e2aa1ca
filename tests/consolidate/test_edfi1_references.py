"""Elements of Ed-Fi 1.0 name each other by what they are or by an id in their file: both lead to the same row."""

import duckdb
import pytest
from edfi1_documents import ENROLLED, FALL, Mapped, organization, reference, student_reference

from homeroom.consolidate.edfi1 import references
from homeroom.consolidate.edfi1.references import lookup

PARENT = "<Parent id='P'><ParentUniqueStateId>P1</ParentUniqueStateId></Parent>\n"
STUDENT = "<Student id='S'><StudentUniqueStateId>S1</StudentUniqueStateId></Student>\n"
OF_PARENT = "<StudentParentAssociation><StudentReference ref='S'/><ParentReference ref='P'/></StudentParentAssociation>"


def test_an_id_leads_to_the_element_of_the_same_file(tmp_path):
    mapped = Mapped(tmp_path, STUDENT + PARENT + OF_PARENT)
    assert mapped.row("StudentContactAssociation") == {"student_unique_id": "S1", "contact_unique_id": "P1"}


def test_one_id_in_two_files_means_two_things(tmp_path):
    other = STUDENT.replace("S1", "S2") + PARENT.replace("P1", "P2")
    mapped = Mapped(tmp_path, STUDENT + PARENT + OF_PARENT, other + OF_PARENT)
    assert [row["contact_unique_id"] for row in mapped.rows("StudentContactAssociation")] == ["P1", "P2"]


def test_an_id_that_two_elements_have_means_neither(tmp_path):
    mapped = Mapped(tmp_path, STUDENT + STUDENT.replace("S1", "S2") + PARENT + OF_PARENT)
    assert mapped.problems == [("key-part-missing", "studentReference.studentUniqueId")]


def test_an_element_that_only_refers_is_followed_and_told(tmp_path):
    mapped = Mapped(
        tmp_path,
        f"""<StudentReference id="R"><StudentIdentity><StudentUniqueStateId>S1</StudentUniqueStateId></StudentIdentity>
        </StudentReference>
        <StudentSchoolAssociation><StudentReference ref="R"/>{reference("School", "Oak")}
        <EntryDate>2011-09-01</EntryDate></StudentSchoolAssociation>""",
    )
    assert mapped.row("StudentSchoolAssociation")["student_unique_id"] == "S1"
    assert mapped.problems == [("reference-element", "StudentReference")]


def test_what_is_found_by_id_may_itself_refer_by_id(tmp_path):
    record = f"""<StudentAcademicRecord id="A"><StudentReference ref="S"/><SessionReference><SessionIdentity>
        {reference("EducationalOrg", "Oak")}<SessionName>Fall</SessionName></SessionIdentity></SessionReference>
        </StudentAcademicRecord>
        <Course><CourseCode IdentificationSystem="LEA course code"><ID>ALG</ID></CourseCode>
        {reference("EducationOrganization", "Oak")}</Course>
        <CourseTranscript><CourseAttemptResult>Pass</CourseAttemptResult><CourseReference><CourseIdentity><CourseCode><ID>ALG</ID></CourseCode></CourseIdentity>
        </CourseReference><StudentAcademicRecordReference ref="A"/></CourseTranscript>"""
    mapped = Mapped(tmp_path, organization("Oak"), STUDENT + FALL + record)
    assert mapped.row("CourseTranscript") == {
        "student_unique_id": "S1",
        "school_year": "2012",
        "term_descriptor": "Fall Semester",
        "course_attempt_result_descriptor": "Pass",
        "student_academic_record_education_organization_id": "Oak",
        "course_code": "ALG",
        "education_organization_id": "Oak",
    }


def test_what_names_a_section_that_was_not_sent_is_told(tmp_path):
    assert Mapped(tmp_path, organization("Oak"), FALL + ENROLLED).problems == [
        ("section-not-found", "StudentSectionAssociation")
    ]


def test_a_row_that_lacks_a_part_of_its_key_is_told(tmp_path):
    event = f"<AttendanceEvent><EventDate>2011-10-10</EventDate>{reference('School', 'Oak')}</AttendanceEvent>"
    mapped = Mapped(tmp_path, organization("Oak"), FALL + event)
    assert mapped.problems == [
        ("key-part-missing", "studentReference.studentUniqueId, attendanceEventCategoryDescriptor")
    ]


def test_a_value_that_finds_no_place_is_told(tmp_path):
    mapped = Mapped(tmp_path, "<Student><StudentUniqueStateId>S1</StudentUniqueStateId><Shoe>42</Shoe></Student>")
    assert mapped.problems == [("field-unknown", "Shoe")]


def test_an_order_to_delete_is_told(tmp_path):
    mapped = Mapped(tmp_path, f'<Action ActionType="DELETE">{STUDENT}</Action>')
    assert mapped.problems == [("action-not-followed", "Action")]


def test_an_element_of_an_unknown_name_is_told(tmp_path):
    assert Mapped(tmp_path, f"<Shoe>{student_reference()}</Shoe>").problems == [("element-unknown", "Shoe")]


@pytest.fixture
def rooms() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(references.MACROS)
    connection.execute("create table room as select * from (values ('Oak', '4', 'A'), ('Oak', '4', 'B')) t(s, n, w)")
    connection.execute(lookup("room_by_reference", "room", ("s", "n", "w"), ("w",)))
    return connection


def meant(rooms: duckdb.DuckDBPyConnection, parts: str) -> list[tuple]:
    return rooms.execute(f"select w from room_by_reference where reference = named({parts})").fetchall()


def test_a_reference_may_leave_out_what_is_not_needed(rooms):
    assert meant(rooms, "['oak', null, 'B']") == [("B",)]


def test_a_reference_that_may_mean_two_things_means_nothing(rooms):
    assert meant(rooms, "['Oak', '4', null]") == []
