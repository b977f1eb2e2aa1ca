"""Courses, what is offered of them in a session, sections, and who learns and teaches in them."""

from __future__ import annotations

from homeroom.consolidate.edfi1.paths import Columns, Items, given
from homeroom.consolidate.edfi1.recurring import (
    ANY_ORGANIZATION,
    SCHOOL,
    STAFF,
    STUDENT,
    course_at,
    credit,
    program_at,
    section_at,
    session_at,
)
from homeroom.consolidate.edfi1.references import ORGANIZATION, lookup

_OFFERING = "CourseOfferingReference/CourseOfferingIdentity"
_OFFERED_BY = (
    f"{_OFFERING}/EducationalOrgReference/{ORGANIZATION} | {_OFFERING}/SchoolReference/{ORGANIZATION} | {SCHOOL}"
)
LEARNING_STANDARDS = Items(
    "LearningStandardReference/LearningStandardIdentity",
    {"code": "IdentificationCode | LearningStandardId/IdentificationCode"},
    as_json=False,
    keep=("code",),
)

ELEMENTS: dict[str, Columns] = {
    "Course": {
        "education_organization_id": ANY_ORGANIZATION,
        "course_code": "UniqueCourseId | CourseCode/ID",
        "unique_id": "UniqueCourseId",
        "code": "CourseCode/ID",
        "course_title": "CourseTitle",
        "course_description": "CourseDescription",
        "number_of_parts": "NumberOfParts",
        "date_course_adopted": "DateCourseAdopted",
        "high_school_course_requirement": "HighSchoolCourseRequirement",
        "course_gpa_applicability_descriptor": "CourseGPAApplicability",
        "course_defined_by_descriptor": "CourseDefinedBy",
        "career_pathway_descriptor": "CareerPathway",
        **credit("MinimumAvailableCredit", "minimum_available_credit"),
        **credit("MaximumAvailableCredit", "maximum_available_credit"),
        "academic_subjects": Items("SubjectArea", {"academicSubjectDescriptor": "."}),
        "identification_codes": Items(
            "CourseCode",
            {
                "courseIdentificationSystemDescriptor": "@IdentificationSystem",
                "assigningOrganizationIdentificationCode": "@AssigningOrganizationCode",
                "identificationCode": "ID",
            },
        ),
        "level_characteristics": Items(
            "CourseLevelCharacteristics/CourseLevelCharacteristic", {"courseLevelCharacteristicDescriptor": "."}
        ),
        "offered_grade_levels": Items("GradesOffered/GradeLevel", {"gradeLevelDescriptor": "."}),
        "competency_levels": Items("CompetencyLevels/CodeValue", {"competencyLevelDescriptor": "."}),
        "standards": LEARNING_STANDARDS,
    },
    "CourseOffering": {
        "school_id": SCHOOL,
        "local_course_code": "LocalCourseCode",
        "local_course_title": "LocalCourseTitle",
        "session": session_at("SessionReference/SessionIdentity", SCHOOL),
        "course": course_at("CourseReference/CourseIdentity"),
    },
    "Section": {
        "school_id": SCHOOL,
        "code": "UniqueSectionCode",
        "sequence_of_course": "SequenceOfCourse",
        "educational_environment_descriptor": "EducationalEnvironment",
        "medium_of_instruction_descriptor": "MediumOfInstruction",
        "population_served_descriptor": "PopulationServed",
        "available_credits": "AvailableCredit/Credit",
        "available_credit_type_descriptor": "AvailableCredit/@CreditType",
        "local_course_code": f"{_OFFERING}/LocalCourseCode",
        "offered_by": _OFFERED_BY,
        "offering_session": session_at(f"{_OFFERING}/SessionReference/SessionIdentity", _OFFERED_BY),
        "flat_session": given(
            "named([{0}, null, school_year_of({1}), {2}])", _OFFERED_BY, f"{_OFFERING}/SchoolYear", f"{_OFFERING}/Term"
        ),
        "session": session_at("SessionReference/SessionIdentity", SCHOOL),
        "class_period": "ClassPeriodReference/ClassPeriodIdentity/ClassPeriodName",
        "room": "LocationReference/LocationIdentity/ClassroomIdentificationCode",
        "programs": Items(
            "ProgramReference", {"reference": program_at("ProgramIdentity")}, as_json=False, keep=("reference",)
        ),
    },
    "StudentSectionAssociation": {
        "student_unique_id": STUDENT,
        "section": section_at("SectionReference/SectionIdentity"),
        "begin_date": "BeginDate",
        "end_date": "EndDate",
        "homeroom_indicator": "HomeroomIndicator",
        "repeat_identifier_descriptor": "RepeatIdentifier",
    },
    "TeacherSectionAssociation": {
        "staff_unique_id": STAFF,
        "section": section_at("SectionReference/SectionIdentity"),
        "begin_date": "BeginDate",
        "end_date": "EndDate",
        "classroom_position_descriptor": "ClassroomPosition",
        "highly_qualified_teacher": "HighlyQualifiedTeacher",
        "teacher_student_data_link_exclusion": "TeacherStudentDataLinkExclusion",
    },
}

# A section is of the session of its offering; where that names none that there is, of its own.
# A section's id in 5.2 may serve once for each course and session of a school.
PREPARED = f"""
{
    lookup(
        "course_by_reference",
        "edfi1.Course",
        ("education_organization_id", "unique_id", "code"),
        ("education_organization_id", "course_code"),
        always=0,
    )
};
create or replace temp table section as
select s.*, coalesce(o.school_id, f.school_id, t.school_id) as session_school,
    coalesce(o.school_year, f.school_year, t.school_year) as school_year,
    coalesce(o.session_name, f.session_name, t.session_name) as session_name,
    coalesce(o.term_descriptor, f.term_descriptor, t.term_descriptor) as term_descriptor,
    coalesce(o.begin_date, f.begin_date, t.begin_date) as session_begins,
    coalesce(o.end_date, f.end_date, t.end_date) as session_ends,
    coalesce(s.code, concat_ws('-', s.local_course_code, s.class_period, s.room)) as section_identifier
from edfi1.Section s
left join session_by_reference o on o.reference = s.offering_session
left join session_by_reference f on f.reference = s.flat_session
left join session_by_reference t on t.reference = s.session;
create or replace temp table placed_section as
select * replace (coalesce(school_id, session_school) as school_id) from section where session_name is not null;
{
    lookup(
        "section_by_reference",
        "placed_section",
        ("school_id", "code", "local_course_code", "school_year", "term_descriptor", "class_period", "room"),
        (
            "school_id",
            "school_year",
            "session_name",
            "local_course_code",
            "section_identifier",
            "session_begins",
            "session_ends",
        ),
    )
};
create or replace temp table learning as
select a.source_row, a.student_unique_id, a.section, a.begin_date, a.end_date, a.homeroom_indicator,
    a.repeat_identifier_descriptor, s.school_id, s.school_year, s.session_name, s.local_course_code,
    s.section_identifier, s.session_begins
from edfi1.StudentSectionAssociation a join section_by_reference s on s.reference = a.section;
create or replace temp table learning_since as
select school_id, school_year, session_name, local_course_code, section_identifier, student_unique_id,
    min(coalesce(begin_date, session_begins)) as first_day, list(begin_date) as begin_dates
from learning group by all
"""

_COURSE = """
select * exclude (unique_id, code, standards), (select items_json(list({'learningStandardReference':
    {'learningStandardId': s.code}})) from (select unnest(standards) as s)) as learning_standards
from edfi1.Course"""

_OFFERED = """
select o.source_row, coalesce(s.school_id, o.school_id) as school_id, s.school_year, s.session_name,
    o.local_course_code, o.local_course_title, c.course_code, c.education_organization_id
from edfi1.CourseOffering o join session_by_reference s on s.reference = o.session
left join course_by_reference c on c.reference = o.course"""

_SECTION = """
select s.source_row, s.local_course_code, s.school_id, s.school_year, s.session_name, s.section_identifier,
    s.sequence_of_course, s.educational_environment_descriptor, s.medium_of_instruction_descriptor,
    s.population_served_descriptor, s.available_credits, s.available_credit_type_descriptor,
    s.room as classroom_identification_code, case when s.room is not null then s.school_id end as location_school_id,
    case when s.class_period is not null then to_json([{'classPeriodReference': {'classPeriodName': s.class_period,
        'schoolId': s.school_id}}])::varchar end as class_periods,
    (select items_json(list({'programReference': {'educationOrganizationId': p.education_organization_id,
        'programName': p.program_name, 'programTypeDescriptor': p.program_type_descriptor}}))
        from (select unnest(s.programs).reference as reference) r join program_by_reference p using (reference))
        as programs
from placed_section s"""

# 5.2 wants to know since when: where 1.0 doesn't say, since the session began.
_LEARNING = """
select source_row, student_unique_id, local_course_code, school_id, school_year, session_name, section_identifier,
    coalesce(begin_date, session_begins) as begin_date, end_date, homeroom_indicator, repeat_identifier_descriptor
from learning"""

_TEACHING = """
select t.source_row, t.staff_unique_id, s.local_course_code, s.school_id, s.school_year, s.session_name,
    s.section_identifier, coalesce(t.begin_date, s.session_begins) as begin_date, t.end_date,
    t.classroom_position_descriptor, t.highly_qualified_teacher, t.teacher_student_data_link_exclusion
from edfi1.TeacherSectionAssociation t join section_by_reference s on s.reference = t.section"""

STAGED: list[tuple[str, str]] = [
    ("Course", _COURSE),
    ("CourseOffering", _OFFERED),
    ("Section", _SECTION),
    ("StudentSectionAssociation", _LEARNING),
    ("StaffSectionAssociation", _TEACHING),
]
