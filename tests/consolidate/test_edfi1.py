"""What each kind of element of Ed-Fi 1.0 becomes in the record."""

import pytest
from edfi1_documents import (
    COURSE,
    ENROLLED,
    FALL,
    SECTION_REFERENCE,
    Mapped,
    organization,
    reference,
    section,
    session,
    student_reference,
)

KEY = {"local_course_code": "ALG-A", "school_id": "Oak", "school_year": "2012", "session_name": "Fall"}


def test_an_organization_is_what_its_category_says(tmp_path):
    mapped = Mapped(
        tmp_path,
        organization("IL", "State Education Agency")
        + organization("IL-4", "Local Education Agency", "IL")
        + organization("Oak", above="IL-4"),
    )
    assert mapped.row("LocalEducationAgency")["state_education_agency_id"] == "IL"
    assert mapped.row("School")["local_education_agency_id"] == "IL-4"


def test_an_organization_of_an_unknown_category_is_told(tmp_path):
    assert Mapped(tmp_path, organization("X", "Club")).problems == [
        ("unknown-organization-category", "EducationOrganization")
    ]


def test_what_a_student_is_like_is_said_at_the_district_of_the_schools(tmp_path):
    mapped = Mapped(
        tmp_path,
        organization("IL-4", "Local Education Agency") + organization("Oak", above="IL-4"),
        f"""<Student><StudentUniqueStateId>S1</StudentUniqueStateId><Name><FirstName>Maya</FirstName></Name>
        <Sex>Female</Sex><Race><RacialCategory>White</RacialCategory><RacialCategory>Asian</RacialCategory></Race>
        <EconomicDisadvantaged>true</EconomicDisadvantaged></Student>
        <StudentSchoolAssociation>{student_reference()}{reference("School", "Oak")}<EntryDate>2011-09-01</EntryDate>
        </StudentSchoolAssociation>""",
    )
    assert mapped.row("Student") == {"student_unique_id": "S1", "first_name": "Maya"}
    about = mapped.row("StudentEducationOrganizationAssociation")
    assert about["education_organization_id"] == "IL-4"
    assert about["races"] == [{"raceDescriptor": "White"}, {"raceDescriptor": "Asian"}]
    assert about["student_characteristics"] == [{"studentCharacteristicDescriptor": "Economic Disadvantaged"}]


def test_an_address_keeps_its_days_and_gets_a_type_where_none_is_said(tmp_path):
    mapped = Mapped(
        tmp_path,
        """<Parent><ParentUniqueStateId>P1</ParentUniqueStateId><Address><City>Oakton</City>
        <BeginDate>2010-01-02</BeginDate></Address></Parent>""",
    )
    assert mapped.row("Contact")["addresses"] == [
        {"addressTypeDescriptor": "Home", "city": "Oakton", "periods": [{"beginDate": "2010-01-02"}]}
    ]


def test_teachers_are_staff(tmp_path):
    mapped = Mapped(
        tmp_path,
        "<Staff><StaffUniqueStateId>a</StaffUniqueStateId></Staff>"
        "<Teacher><StaffUniqueStateId>b</StaffUniqueStateId></Teacher>",
    )
    assert [row["staff_unique_id"] for row in mapped.rows("Staff")] == ["a", "b"]


def test_a_section_is_of_the_session_of_its_offering(tmp_path):
    mapped = Mapped(tmp_path, organization("Oak"), FALL + COURSE + section() + ENROLLED)
    assert mapped.row("Section") == {**KEY, "section_identifier": "Room 4", "sequence_of_course": "1"}
    assert mapped.row("CourseOffering")["course_code"] == "Algebra-1"
    assert mapped.row("StudentSectionAssociation") == {
        **KEY,
        "section_identifier": "Room 4",
        "student_unique_id": "S1",
        "begin_date": "2011-09-07",
    }


def test_two_terms_of_one_name_are_two_sessions(tmp_path):
    spring = session("Fall", "2012-01-04", "2012-05-27", term="Spring Semester")
    mapped = Mapped(tmp_path, organization("Oak"), FALL + spring)
    assert [row["session_name"] for row in mapped.rows("Session")] == ["Fall Fall Semester", "Fall Spring Semester"]


def test_teaching_that_names_no_day_begins_with_the_session(tmp_path):
    teaching = f"""<TeacherSectionAssociation><TeacherReference><StaffIdentity>
        <StaffUniqueStateId>t</StaffUniqueStateId></StaffIdentity></TeacherReference>{SECTION_REFERENCE}
        <ClassroomPosition>Teacher of Record</ClassroomPosition>
        </TeacherSectionAssociation>"""
    mapped = Mapped(tmp_path, organization("Oak"), FALL + COURSE + section() + teaching)
    assert mapped.row("StaffSectionAssociation")["begin_date"] == "2011-09-06"


def test_a_grading_period_may_be_known_by_an_identity_of_its_own(tmp_path):
    period = """<GradingPeriod id="G"><GradingPeriodIdentity><GradingPeriod>First Six Weeks</GradingPeriod>
        <SchoolYear>2011-2012</SchoolYear><StateOrganizationId>Oak</StateOrganizationId></GradingPeriodIdentity>
        <BeginDate>2011-09-06</BeginDate></GradingPeriod>\n"""
    held = FALL.replace("</Session>", '<GradingPeriodReference ref="G"/></Session>')
    mapped = Mapped(tmp_path, organization("Oak") + period + held)
    assert mapped.row("GradingPeriod")["school_id"] == "Oak"
    ((named,),) = (row["grading_periods"] for row in mapped.rows("Session"))
    assert named["gradingPeriodReference"]["gradingPeriodDescriptor"] == "First Six Weeks"


def attendance(day: str, where: str) -> str:
    return f"""<AttendanceEvent><EventDate>{day}</EventDate>
        <AttendanceEventCategory>Tardy</AttendanceEventCategory>{student_reference()}{where}</AttendanceEvent>"""


def test_attendance_at_a_school_is_of_the_session_that_has_the_day(tmp_path):
    spring = session("Spring", "2012-01-04", "2012-05-27", term="Spring Semester")
    mapped = Mapped(tmp_path, organization("Oak"), FALL + spring + attendance("2012-02-01", reference("School", "Oak")))
    assert mapped.row("StudentSchoolAttendanceEvent") == {
        "student_unique_id": "S1",
        "school_id": "Oak",
        "school_year": "2012",
        "session_name": "Spring",
        "event_date": "2012-02-01",
        "attendance_event_category_descriptor": "Tardy",
    }


def test_attendance_on_a_day_of_no_session_is_told(tmp_path):
    mapped = Mapped(tmp_path, organization("Oak"), FALL + attendance("2012-07-01", reference("School", "Oak")))
    assert mapped.problems == [("session-of-day-not-found", "AttendanceEvent")]


def test_attendance_that_names_a_section_is_of_the_section(tmp_path):
    mapped = Mapped(
        tmp_path, organization("Oak"), FALL + COURSE + section() + attendance("2011-09-09", SECTION_REFERENCE)
    )
    assert mapped.row("StudentSectionAttendanceEvent")["section_identifier"] == "Room 4"
    assert mapped.rows("StudentSchoolAttendanceEvent") == []


def test_a_day_of_an_agency_is_a_day_of_each_of_its_schools(tmp_path):
    mapped = Mapped(
        tmp_path,
        organization("IL", "State Education Agency")
        + organization("Oak", above="IL")
        + organization("Elm", above="IL"),
        f"""<CalendarDate><Date>2011-10-10</Date><CalendarEvent>Holiday</CalendarEvent>
        {reference("EducationOrg", "IL")}</CalendarDate>""",
    )
    assert {row["school_id"] for row in mapped.rows("CalendarDate")} == {"Oak", "Elm"}
    assert {row["school_year"] for row in mapped.rows("Calendar")} == {"2012"}


def test_a_plan_is_a_plan_of_each_year_that_its_students_graduate_in(tmp_path):
    plan = f"""<GraduationPlan><GraduationPlanType>Standard</GraduationPlanType>
        <TotalCreditsRequired CreditType="Semester hour credit" CreditConversion="0"><Credit>32</Credit>
        </TotalCreditsRequired>{reference("EducationOrganization", "Oak")}</GraduationPlan>"""
    enrollments = "".join(
        f"""<StudentSchoolAssociation>{student_reference(student)}{reference("School", "Oak")}
        <EntryDate>2011-09-01</EntryDate><EntryGradeLevel>{grade}</EntryGradeLevel>
        <GraduationPlanReference><GraduationPlanIdentity><GraduationPlanType>Standard</GraduationPlanType>
        {reference("EducationalOrg", "Oak")}</GraduationPlanIdentity></GraduationPlanReference>
        </StudentSchoolAssociation>"""
        for student, grade in (("S1", "Ninth grade"), ("S2", "Twelfth grade"))
    )
    mapped = Mapped(tmp_path, organization("Oak"), plan + enrollments)
    assert {row["graduation_school_year"] for row in mapped.rows("GraduationPlan")} == {"2012", "2015"}
    assert [row["graduation_school_year"] for row in mapped.rows("StudentSchoolAssociation")] == ["2015", "2012"]


def test_a_plan_that_nobody_follows_is_told(tmp_path):
    mapped = Mapped(tmp_path, "<GraduationPlan><GraduationPlanType>Standard</GraduationPlanType></GraduationPlan>")
    assert mapped.problems == [("graduation-plan-not-used", "GraduationPlan")]


def test_a_learning_objective_is_a_standard_above_its_standards(tmp_path):
    mapped = Mapped(
        tmp_path,
        """<LearningStandard><LearningStandardId><IdentificationCode>LS-1</IdentificationCode></LearningStandardId>
        <Description>Reads aloud</Description></LearningStandard>
        <LearningObjective><LearningObjectiveId><IdentificationCode>LO-1</IdentificationCode></LearningObjectiveId>
        <Objective>Fluency</Objective><AcademicSubject>Reading</AcademicSubject>
        <ObjectiveGradeLevel>Third grade</ObjectiveGradeLevel>
        <LearningStandardReference><LearningStandardIdentity><IdentificationCode>LS-1</IdentificationCode>
        </LearningStandardIdentity></LearningStandardReference></LearningObjective>""",
    )
    standards = {row["learning_standard_id"]: row for row in mapped.rows("LearningStandard")}
    assert standards["LS-1"]["parent_learning_standard_id"] == "LO-1"
    assert standards["LO-1"]["description"] == "Fluency"


PERPETRATOR = f"""<StudentDisciplineIncidentAssociation>{student_reference()}<DisciplineIncidentReference>
    <DisciplineIncidentIdentity><IncidentIdentifier>7</IncidentIdentifier>{reference("EducationalOrg", "Oak")}
    </DisciplineIncidentIdentity></DisciplineIncidentReference>
    <StudentParticipationCode>{{}}</StudentParticipationCode></StudentDisciplineIncidentAssociation>"""
INCIDENT = f"""<DisciplineIncident><IncidentIdentifier>7</IncidentIdentifier><IncidentDate>2011-10-03</IncidentDate>
    <Behaviors><CodeValue>B1</CodeValue></Behaviors>{reference("School", "Oak")}</DisciplineIncident>"""


def test_who_did_it_is_tied_to_the_behavior(tmp_path):
    mapped = Mapped(tmp_path, organization("Oak"), INCIDENT + PERPETRATOR.format("Perpetrator"))
    assert mapped.row("StudentDisciplineIncidentBehaviorAssociation")["behavior_descriptor"] == "B1"


@pytest.mark.parametrize("part", ["Victim", "Witness"])
def test_who_did_not_do_it_is_no_offender(tmp_path, part):
    mapped = Mapped(tmp_path, organization("Oak"), INCIDENT + PERPETRATOR.format(part))
    assert mapped.row("StudentDisciplineIncidentNonOffenderAssociation")["incident_identifier"] == "7"
    assert mapped.rows("StudentDisciplineIncidentBehaviorAssociation") == []
