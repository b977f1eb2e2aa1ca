"""Grades, gradebooks, report cards, transcripts and competencies."""

from __future__ import annotations

from homeroom.consolidate.edfi1.paths import Columns, Items, prefixed
from homeroom.consolidate.edfi1.recurring import (
    ANY_ORGANIZATION,
    STUDENT,
    course_at,
    credit,
    grading_period_at,
    objective_at,
    section_at,
    session_at,
)
from homeroom.consolidate.edfi1.references import ORGANIZATION, lookup

_ENROLLED_AT = "StudentSectionAssociationReference/StudentSectionAssociationIdentity"
_ENROLLED: Columns = {
    # A student in a section since a day: how 1.0 says whose grade, gradebook entry or competency it is.
    "student_unique_id": f"{_ENROLLED_AT}/{STUDENT} | {_ENROLLED_AT}/StudentIdentity/StudentUniqueStateId",
    "section": section_at(f"{_ENROLLED_AT}/SectionReference/SectionIdentity | {_ENROLLED_AT}/SectionIdentity"),
    "since": f"{_ENROLLED_AT}/BeginDate",
}
_PERIOD = grading_period_at("GradingPeriodReference/GradingPeriodIdentity")
_OBJECTIVE_NAME = "StudentCompetencyObjectiveReference/StudentCompetencyObjectiveIdentity/StudentCompetencyObjectiveId"
_OBJECTIVE = objective_at("LearningObjectiveReference/LearningObjectiveIdentity")
_ENTRY = "GradebookEntryReference/GradebookEntryIdentity"

# 1.0 says the year again where the session or the grading period has it, and theirs is taken.
_SAID_AGAIN: Columns = {"said_year": "SchoolYear"}

ELEMENTS: dict[str, Columns] = {
    "Grade": {
        **_SAID_AGAIN,
        **_ENROLLED,
        "period": _PERIOD,
        "grade_type_descriptor": "GradeType",
        "letter_grade_earned": "LetterGradeEarned",
        "numeric_grade_earned": "NumericGradeEarned",
        "performance_base_conversion_descriptor": "PerformanceBaseConversion",
        "diagnostic_statement": "DiagnosticStatement",
    },
    "GradebookEntry": {
        "kind": "GradebookEntryType",
        "date_assigned": "DateAssigned",
        "description": "Description",
        "section": section_at("SectionReference/SectionIdentity"),
        "period": _PERIOD,
        "objectives": Items(
            "LearningObjectiveReference",
            {"reference": objective_at("LearningObjectiveIdentity")},
            as_json=False,
            keep=("reference",),
        ),
    },
    "StudentGradebookEntry": {
        **_ENROLLED,
        "kind": f"{_ENTRY}/GradebookEntryType",
        "date_assigned": f"{_ENTRY}/DateAssigned",
        **prefixed(_ENTRY, {"entry_section": section_at("SectionReference/SectionIdentity")}),
        "date_fulfilled": "DateFulfilled",
        "letter_grade_earned": "LetterGradeEarned",
        "numeric_grade_earned": "NumericGradeEarned",
        "competency_level_descriptor": "CompetencyLevel/CodeValue | CompetencyLevel/Description",
        "diagnostic_statement": "DiagnosticStatement",
    },
    "StudentAcademicRecord": {
        **_SAID_AGAIN,
        "student_unique_id": STUDENT,
        "session": session_at("SessionReference/SessionIdentity"),
        **credit("CumulativeCreditsAttempted", "cumulative_attempted_credit"),
        **credit("CumulativeCreditsEarned", "cumulative_earned_credit"),
        **credit("SessionCreditsAttempted", "session_attempted_credit"),
        **credit("SessionCreditsEarned", "session_earned_credit"),
        "cumulative_average": "CumulativeGradePointAverage",
        "session_average": "SessionGradePointAverage | GivenGradePointAverage",
        "projected_graduation_date": "ProjectedGraduationDate",
    },
    "CourseTranscript": {
        "course": course_at("CourseReference/CourseIdentity"),
        "school": ANY_ORGANIZATION,
        "student_unique_id": f"StudentAcademicRecordReference/StudentAcademicRecordIdentity/{STUDENT}",
        **prefixed(
            "StudentAcademicRecordReference/StudentAcademicRecordIdentity",
            {"session": session_at("SessionReference/SessionIdentity")},
        ),
        "course_attempt_result_descriptor": "CourseAttemptResult",
        **credit("CreditsAttempted", "attempted_credit"),
        **credit("CreditsEarned", "earned_credit"),
        "when_taken_grade_level_descriptor": "GradeLevelWhenTaken",
        "method_credit_earned_descriptor": "MethodCreditEarned",
        "final_letter_grade_earned": "FinalLetterGradeEarned",
        "final_numeric_grade_earned": "FinalNumericGradeEarned",
        "course_repeat_code_descriptor": "CourseRepeatCode",
    },
    "ReportCard": {
        **_SAID_AGAIN,
        "student_unique_id": STUDENT,
        "period": _PERIOD,
        "number_of_days_absent": "NumberOfDaysAbsent",
        "number_of_days_in_attendance": "NumberOfDaysInAttendance",
        "number_of_days_tardy": "NumberOfDaysTardy",
        "given_average": "GPAGivenGradingPeriod",
        "cumulative_average": "GPACumulative",
        "grades": Items(
            "GradeReference/GradeIdentity",
            {
                "student": STUDENT,
                "section": section_at("SectionReference/SectionIdentity"),
                "period": _PERIOD,
            },
            as_json=False,
        ),
        "competencies": Items(
            "StudentCompetencyReference/StudentCompetencyIdentity",
            {
                "objective": _OBJECTIVE,
                "own_objective": _OBJECTIVE_NAME,
                **prefixed(_ENROLLED_AT, {"section": section_at("SectionReference/SectionIdentity")}),
            },
            as_json=False,
        ),
    },
    "StudentCompetency": {
        **_ENROLLED,
        "objective": _OBJECTIVE,
        "own_objective": _OBJECTIVE_NAME,
        "competency_level_descriptor": "CompetencyLevel/CodeValue | CompetencyLevel/Description",
        "diagnostic_statement": "DiagnosticStatement",
    },
    "StudentCompetencyObjective": {
        "id": "StudentCompetencyObjectiveId",
        "objective": "Objective",
        "objective_grade_level_descriptor": "ObjectiveGradeLevel",
        "description": "Description",
        "education_organization_id": f"EducationOrganizationReference/{ORGANIZATION}",
    },
}
# The section's session in which the student learns is taken as it is; the first day as the enrollment says it, where
# the reference's is not one of its days. A gradebook entry of 1.0 is known by its section, kind and day.
PREPARED = f"""
create or replace temp macro entry_name(section, kind, day) as shortened(concat_ws('-', section, kind, day), 60);
create or replace temp table gradebook_entry as
select e.*, s.school_id, s.school_year, s.session_name, s.local_course_code, s.section_identifier,
    entry_name(s.school_id || '-' || s.section_identifier, e.kind, e.date_assigned) as gradebook_entry_identifier
from edfi1.GradebookEntry e join section_by_reference s on s.reference = e.section;
{
    lookup(
        "entry_by_reference",
        "gradebook_entry",
        ("section", "kind", "date_assigned"),
        ("gradebook_entry_identifier",),
        always=3,
    )
};
create or replace temp table graded as
select g.*, s.school_id, s.school_year, s.session_name, s.local_course_code, s.section_identifier,
    p.grading_period_descriptor, p.grading_period_name, p.school_year as period_year,
    case when list_contains(l.begin_dates, g.since) then g.since else l.first_day end as begin_date
from edfi1.Grade g
join section_by_reference s on s.reference = g.section
join period_by_reference p
    on p.reference = g.period and p.school_id = s.school_id and p.school_year = s.school_year
join learning_since l on l.student_unique_id = g.student_unique_id and l.school_id = s.school_id
    and l.school_year = s.school_year and l.session_name = s.session_name
    and l.local_course_code = s.local_course_code and l.section_identifier = s.section_identifier;
create or replace temp table competency_objective as
select source_row, id, objective, objective_grade_level_descriptor, description, education_organization_id
from edfi1.StudentCompetencyObjective;
create or replace temp table competency as
with reported as (
    select student_unique_id, period, unnest(competencies, recursive := true) from edfi1.ReportCard
), placed as (
    select distinct c.*, s.school_id, s.school_year, s.session_name, s.local_course_code, s.section_identifier,
        coalesce(o.objective, k.objective) as objective_objective,
        coalesce(o.grade, k.objective_grade_level_descriptor) as objective_objective_grade_level_descriptor,
        coalesce(k.education_organization_id, s.school_id) as objective_education_organization_id, r.period
    from edfi1.StudentCompetency c
    left join section_by_reference s on s.reference = c.section
    left join objective_by_reference o on o.reference = c.objective
    left join competency_objective k on k.id = c.own_objective
    left join reported r on r.student_unique_id = c.student_unique_id and r.section = c.section
        and r.objective = c.objective and r.own_objective is not distinct from c.own_objective)
select p.* exclude (school_year, period), p.school_year as section_year, g.grading_period_descriptor,
    g.grading_period_name, g.school_year, l.first_day
from placed p left join period_by_reference g on g.reference = p.period
left join learning_since l on l.student_unique_id = p.student_unique_id and l.school_id = p.school_id
    and l.school_year = p.school_year and l.session_name = p.session_name
    and l.local_course_code = p.local_course_code and l.section_identifier = p.section_identifier
"""

_GRADE = """
select source_row, student_unique_id, school_id, period_year as school_year, session_name, local_course_code,
    section_identifier, grading_period_descriptor, grading_period_name, begin_date, grade_type_descriptor,
    letter_grade_earned, numeric_grade_earned, performance_base_conversion_descriptor, diagnostic_statement
from graded"""

_ENTRY_ROW = """
select e.source_row, e.gradebook_entry_identifier, getvariable('namespace') as namespace, e.date_assigned,
    e.description, e.kind as gradebook_entry_type_descriptor, e.section_identifier as source_section_identifier,
    left(concat_ws(' ', e.kind, e.date_assigned), 100) as title, e.school_id, e.school_year, e.session_name,
    e.local_course_code, e.section_identifier, p.grading_period_descriptor, p.grading_period_name,
    (select items_json(list({'learningStandardReference': {'learningStandardId': o.learning_standard_id}}))
        from (select unnest(e.objectives).reference as reference) join objective_by_reference o using (reference))
        as learning_standards
from gradebook_entry e left join period_by_reference p on p.reference = e.period and p.school_id = e.school_id
    and p.school_year = e.school_year"""

_ENTRY_OF_STUDENT = """
select s.source_row, s.student_unique_id, e.gradebook_entry_identifier, getvariable('namespace') as namespace,
    s.date_fulfilled, s.letter_grade_earned, s.numeric_grade_earned, s.competency_level_descriptor,
    s.diagnostic_statement
from edfi1.StudentGradebookEntry s
join entry_by_reference e on e.reference = named([s.entry_section, s.kind, s.date_assigned])"""

_AVERAGES = """nullif(to_json(list_filter([
        {{'gradePointAverageTypeDescriptor': '{kind}', 'gradePointAverageValue': {value}, 'isCumulative': 'false'}},
        {{'gradePointAverageTypeDescriptor': 'Unweighted', 'gradePointAverageValue': cumulative_average,
            'isCumulative': 'true'}}], lambda one: one.gradePointAverageValue is not null))::varchar, '[]')
        as grade_point_averages"""

_RECORD = f"""
select r.* exclude (session, cumulative_average, session_average), s.school_id as education_organization_id,
    s.school_year, s.term_descriptor, {_AVERAGES.format(kind="Weighted", value="session_average")}
from edfi1.StudentAcademicRecord r join session_by_reference s on s.reference = r.session"""

_TRANSCRIPT = """
select t.* exclude (course, school, session), c.course_code, c.education_organization_id,
    s.school_id as student_academic_record_education_organization_id, s.school_year, s.term_descriptor
from edfi1.CourseTranscript t
join session_by_reference s on s.reference = t.session
join course_by_reference c on c.reference = t.course"""

_REPORT = f"""
with graded_on as (
    select c.source_row, items_json(list({{'gradeReference': {{
        'gradeTypeDescriptor': g.grade_type_descriptor, 'gradingPeriodDescriptor': g.grading_period_descriptor,
        'gradingPeriodName': g.grading_period_name, 'schoolId': g.school_id, 'gradingPeriodSchoolYear': g.period_year,
        'beginDate': g.begin_date, 'localCourseCode': g.local_course_code, 'schoolYear': g.period_year,
        'sectionIdentifier': g.section_identifier, 'sessionName': g.session_name,
        'studentUniqueId': g.student_unique_id}}}})) as grades
    from (select source_row, unnest(grades, recursive := true) from edfi1.ReportCard) c
    join graded g on g.student_unique_id = c.student and g.section = c.section and g.period = c.period group by 1)
select r.source_row, r.student_unique_id, p.school_id, p.school_id as education_organization_id, p.school_year,
    p.grading_period_descriptor, p.grading_period_name, r.number_of_days_absent, r.number_of_days_in_attendance,
    r.number_of_days_tardy, d.grades, {_AVERAGES.format(kind="Weighted", value="given_average")}
from edfi1.ReportCard r join period_by_reference p on p.reference = r.period
left join graded_on d using (source_row)"""

# The learning objectives that competencies are about are competency objectives of 5.2, at the school that has them.
_COMPETENCY_OBJECTIVE = """
select source_row, education_organization_id, objective, objective_grade_level_descriptor, description,
    id as competency_objective_id
from competency_objective
union all by name
select o.source_row, c.objective_education_organization_id as education_organization_id, o.objective,
    o.grade as objective_grade_level_descriptor, o.description
from objective o join (select distinct objective_education_organization_id, objective_objective,
    objective_objective_grade_level_descriptor from competency where own_objective is null) c
    on c.objective_objective = o.objective and c.objective_objective_grade_level_descriptor = o.grade"""

_COMPETENCY = """
select source_row, student_unique_id, grading_period_descriptor, grading_period_name, school_id, school_year,
    objective_education_organization_id, objective_objective, objective_objective_grade_level_descriptor,
    competency_level_descriptor, diagnostic_statement,
    case when first_day is not null then to_json([{'studentSectionAssociationReference': {
        'beginDate': first_day, 'localCourseCode': local_course_code, 'schoolId': school_id,
        'schoolYear': section_year, 'sectionIdentifier': section_identifier, 'sessionName': session_name,
        'studentUniqueId': student_unique_id}}])::varchar end as student_section_associations
from competency where grading_period_name is not null and objective_objective is not null"""

STAGED: list[tuple[str, str]] = [
    ("Grade", _GRADE),
    ("GradebookEntry", _ENTRY_ROW),
    ("StudentGradebookEntry", _ENTRY_OF_STUDENT),
    ("StudentAcademicRecord", _RECORD),
    ("CourseTranscript", _TRANSCRIPT),
    ("ReportCard", _REPORT),
    ("CompetencyObjective", _COMPETENCY_OBJECTIVE),
    ("StudentCompetencyObjective", _COMPETENCY),
]
