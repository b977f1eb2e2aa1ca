"""Relationships decide: whom a person reaches follows from what the record says of them today."""

import psycopg
import pytest
from asking import change, rows
from people_of_the_record import somebody

from homeroom.access.accounts.reach import STUDENTS
from homeroom.access.permissions import OF_THE_RECORD, Role

RELATION = "uri://ed-fi.org/RelationDescriptor#"


def reached(url: str, role: Role, person: str) -> set[str]:
    with psycopg.connect(url) as record:
        return {row[0] for row in record.execute(STUDENTS[role].format(person="%(person)s::text"), {"person": person})}


@pytest.mark.parametrize("role", OF_THE_RECORD)
def test_somebody_whom_the_record_does_not_know_reaches_nobody(district, role):
    assert reached(district, role, "nobody") == set()


def test_a_teacher_reaches_the_students_of_their_sections_of_this_year(district):
    teacher, students = somebody(district, Role.TEACHER)
    of_sections = rows(
        district,
        f"""
        select distinct student_unique_id from edfi.student_section_association as taken
        where taken.end_date is null and school_year = 2026
            and (taken.section_identifier, taken.local_course_code, taken.school_id, taken.session_name) in (
                select section_identifier, local_course_code, school_id, session_name
                from edfi.staff_section_association where staff_unique_id = '{teacher}' and school_year = 2026)
        """,
    )
    assert students == {row[0] for row in of_sections}
    assert len(students) > 1


@pytest.mark.parametrize(
    "over",
    [
        "update edfi.student_section_association set end_date = current_date - 1 where student_unique_id = {student}",
        "update edfi.student_section_association set begin_date = current_date + 1 where student_unique_id = {student}",
        "update edfi.staff_section_association set end_date = current_date - 1 where staff_unique_id = {teacher}",
        "update edfi.school_year_type set current_school_year = (school_year = 2025)",
    ],
    ids=["the student left the section", "comes later", "the teacher left it", "it was last year"],
)
def test_what_is_over_or_not_yet_gives_a_teacher_no_reach(copied_record, over):
    teacher, students = somebody(copied_record, Role.TEACHER)
    student = min(students)
    change(copied_record, over.format(student=f"'{student}'", teacher=f"'{teacher}'"))
    assert student not in reached(copied_record, Role.TEACHER, teacher)


def test_on_the_last_day_a_student_is_still_in_the_section(copied_record):
    teacher, students = somebody(copied_record, Role.TEACHER)
    change(copied_record, "update edfi.student_section_association set end_date = current_date where end_date is null")
    assert reached(copied_record, Role.TEACHER, teacher) == students


def test_a_principal_reaches_those_enrolled_at_the_school_now(copied_record):
    principal, students = somebody(copied_record, Role.PRINCIPAL)
    left = min(students)
    change(
        copied_record,
        f"update edfi.student_school_association set exit_withdraw_date = current_date - 1"
        f" where student_unique_id = '{left}'",
    )
    assert reached(copied_record, Role.PRINCIPAL, principal) == students - {left}


def test_a_principal_who_was_one_reaches_nobody(copied_record):
    principal, _ = somebody(copied_record, Role.PRINCIPAL)
    change(
        copied_record,
        "update edfi.staff_education_organization_assignment_association set end_date = current_date - 1"
        f" where staff_unique_id = '{principal}'",
    )
    assert reached(copied_record, Role.PRINCIPAL, principal) == set()


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.COUNSELOR])
def test_a_teacher_is_neither_principal_nor_counselor_of_the_school(district, role):
    assert reached(district, role, somebody(district, Role.TEACHER)[0]) == set()


def test_a_counselor_reaches_the_school_where_the_record_knows_of_no_cohort(district):
    counselor, students = somebody(district, Role.COUNSELOR)
    ((school,),) = rows(
        district,
        "select education_organization_id from edfi.staff_education_organization_assignment_association"
        f" where staff_unique_id = '{counselor}'",
    )
    enrolled = rows(
        district,
        f"select distinct student_unique_id from edfi.student_school_association where school_id = {school}"
        " and coalesce(exit_withdraw_date >= current_date, true)",
    )
    assert students == {row[0] for row in enrolled}


@pytest.fixture
def cohort(copied_record):
    """A cohort of one student at the school of a counselor: the record, the counselor, the student, the school."""
    counselor, students = somebody(copied_record, Role.COUNSELOR)
    student = min(students)
    ((school,),) = rows(
        copied_record,
        "select education_organization_id from edfi.staff_education_organization_assignment_association"
        f" where staff_unique_id = '{counselor}'",
    )
    change(
        copied_record,
        f"""
        insert into edfi.descriptor (uri, descriptor_type, namespace, code_value) values
            ('uri://ed-fi.org/CohortTypeDescriptor#Counselor List', 'CohortTypeDescriptor',
             'uri://ed-fi.org/CohortTypeDescriptor', 'Counselor List') on conflict do nothing;
        insert into edfi.cohort (education_organization_id, cohort_identifier, cohort_type_descriptor)
        values ({school}, 'A to K', 'uri://ed-fi.org/CohortTypeDescriptor#Counselor List');
        insert into edfi.student_cohort_association
            (education_organization_id, cohort_identifier, student_unique_id, begin_date)
        values ({school}, 'A to K', '{student}', '2025-08-18')
        """,
    )
    return copied_record, counselor, student, school


def look_after(url: str, staff: str, school: int, access: str = "null") -> None:
    change(
        url,
        "insert into edfi.staff_cohort_association (education_organization_id, cohort_identifier, staff_unique_id,"
        f" begin_date, student_record_access) values ({school}, 'A to K', '{staff}', '2025-08-18', {access})",
    )


def test_a_counselor_who_looks_after_a_cohort_reaches_it_and_not_the_school(cohort):
    url, counselor, student, school = cohort
    look_after(url, counselor, school)
    assert reached(url, Role.COUNSELOR, counselor) == {student}


def test_where_another_looks_after_the_cohorts_a_counselor_reaches_nobody_by_the_school(cohort):
    url, counselor, _, school = cohort
    look_after(url, somebody(url, Role.TEACHER)[0], school, "true")
    assert reached(url, Role.COUNSELOR, counselor) == set()


@pytest.mark.parametrize(("access", "reaches"), [("true", True), ("false", False), ("null", False)])
def test_somebody_else_reaches_a_cohort_only_where_the_record_gives_them_its_records(cohort, access, reaches):
    url, _, student, school = cohort
    teacher = somebody(url, Role.TEACHER)[0]
    look_after(url, teacher, school, access)
    assert (student in reached(url, Role.COUNSELOR, teacher)) == reaches


def test_a_counselor_does_not_reach_a_cohort_whose_records_are_denied_to_them(cohort):
    url, counselor, _, school = cohort
    look_after(url, counselor, school, "false")
    assert reached(url, Role.COUNSELOR, counselor) == set()


def test_a_parent_reaches_their_own_children(district):
    parent, children = somebody(district, Role.CONTACT)
    own = rows(
        district,
        f"select student_unique_id from edfi.student_contact_association where contact_unique_id = '{parent}'",
    )
    assert children == {row[0] for row in own}


@pytest.mark.parametrize("words", ["No contact, court order of 3 March", "may not pick up", " x "])
def test_a_restriction_in_the_record_takes_a_parent_s_reach(copied_record, words):
    parent, children = somebody(copied_record, Role.CONTACT)
    restricted = min(children)
    change(
        copied_record,
        f"update edfi.student_contact_association set contact_restrictions = '{words}'"
        f" where student_unique_id = '{restricted}'",
    )
    assert reached(copied_record, Role.CONTACT, parent) == children - {restricted}


@pytest.mark.parametrize("words", ["", "  ", "None", "N/A"])
def test_words_that_say_that_there_is_no_restriction_restrict_nobody(copied_record, words):
    parent, children = somebody(copied_record, Role.CONTACT)
    change(copied_record, f"update edfi.student_contact_association set contact_restrictions = '{words}'")
    assert reached(copied_record, Role.CONTACT, parent) == children


@pytest.mark.parametrize(
    ("relation", "guardian", "reaches"),
    [
        ("Mother", "null", True),
        ("Father", "false", False),
        ("Foster parent", "null", True),
        ("Grandmother", "null", False),
        ("Grandmother", "true", True),
        ("Neighbor", "null", False),
        ("Emergency", "null", False),
        ("Unknown", "null", False),
    ],
)
def test_whom_ferpa_calls_a_parent_reaches_the_child_and_nobody_else(copied_record, relation, guardian, reaches):
    parent, children = somebody(copied_record, Role.CONTACT)
    change(
        copied_record,
        f"update edfi.student_contact_association set relation_descriptor = '{RELATION}{relation}',"
        f" legal_guardian = {guardian}",
    )
    assert reached(copied_record, Role.CONTACT, parent) == (children if reaches else set())


def test_a_student_reaches_themselves(district):
    student = somebody(district, Role.STUDENT)
    assert student[1] == {student[0]}
