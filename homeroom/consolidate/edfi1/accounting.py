"""No row is lost: what is in no staged table is told of, with the reason. The first reason that holds is the one."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow.compute as pc

from homeroom.consolidate.edfi1.references import view_of
from homeroom.sources.report import Report, Rule

RULES = (
    Rule(
        "reference-element",
        "The element only says what others refer to, and is no record of its own.",
        "Nothing to do: the references to it were followed.",
    ),
    Rule(
        "descriptor-noted",
        "The element defines a code of the source's own.",
        "Nothing to do: rows that use the code keep it.",
    ),
    Rule(
        "key-part-missing",
        "The row lacks a value without which nothing tells it from others.",
        "Fill it in the source system.",
    ),
    Rule("no-identifier", "The element doesn't say who or what it is about.", "Export it with its identifiers."),
    Rule(
        "unknown-organization-category",
        "The organization is no school, district, service center or state agency.",
        "Give it one of these categories.",
    ),
    Rule("session-not-found", "The session that the row names was not sent.", "Send the session with its school."),
    Rule(
        "session-of-day-not-found",
        "The school has no session on the day of the event, and Ed-Fi 5.2 keeps attendance by session.",
        "Send the session that the day lies in, or correct the day.",
    ),
    Rule("section-not-found", "The section that the row names was not sent.", "Send the section, or correct its code."),
    Rule("course-not-found", "The course that the row names was not sent.", "Send the course, or correct its code."),
    Rule(
        "grading-period-not-found",
        "The grading period that the row names was not sent, or is not one of the section's school.",
        "Send the grading period, or correct its name, school and first day.",
    ),
    Rule(
        "grading-period-of-another-year",
        "The grading period is of another school year than the section, and in Ed-Fi 5.2 a grade has one year.",
        "Correct the section or the grading period in the source system.",
    ),
    Rule(
        "enrollment-in-section-not-found",
        "The student is not enrolled in the section that the row is about.",
        "Send the student's enrollment in the section.",
    ),
    Rule(
        "gradebook-entry-not-found",
        "The gradebook entry that the row names was not sent.",
        "Send it, or correct the kind, day and section by which the row names it.",
    ),
    Rule(
        "competency-without-grading-period",
        "Nothing says in which grading period the competency was found, which Ed-Fi 5.2 wants to know.",
        "Send the report card that names it, with its grading period.",
    ),
    Rule("objective-not-found", "The learning objective that the row names was not sent.", "Send the objective."),
    Rule("program-not-found", "The program that the row names was not sent, or several are called so.", "Send it."),
    Rule("cohort-not-found", "The cohort that the row names was not sent.", "Send the cohort."),
    Rule("incident-not-found", "The incident that the row names was not sent.", "Send the incident."),
    Rule(
        "graduation-plan-not-used",
        "No student follows the plan, so that nothing tells its year of graduation.",
        "Nothing to do: it is kept as it was sent.",
    ),
    Rule(
        "assessment-not-found",
        "The assessment that the row names was not sent, or several are called so.",
        "Send the assessment with the title, subject, grade level and version by which the row names it.",
    ),
    Rule(
        "taken-assessment-not-found",
        "The student's assessment that this is a part of was not sent.",
        "Send it, with its student, assessment and day.",
    ),
    Rule(
        "family-not-used", "No assessment is of this family.", "Nothing to do: a family is kept with its assessments."
    ),
    Rule("period-not-used", "No assessment is of this period.", "Nothing to do: it is kept with its assessments."),
    Rule(
        "organization-not-found",
        "The school or agency that the row is about is not said, or was not sent.",
        "Send it, or name it in the row.",
    ),
    Rule(
        "action-not-followed",
        "The element asks to delete what was sent before; a delivery here says what is, not what to do.",
        "Send an export that no longer holds the row.",
    ),
    Rule(
        "element-unknown",
        "The record has no place for an element of this name.",
        "Nothing to do if no other system needs it: it is kept as it was sent.",
    ),
)

_SECTION = "not exists (select 1 from section_by_reference s where s.reference = t.section)"
_SESSION = "not exists (select 1 from session_by_reference s where s.reference = t.session)"
_ASSESSMENT = "not exists (select 1 from assessment_by_reference a where a.reference = t.assessment)"
_PROGRAM = ("program-not-found", "true")
_PERIOD = "not exists (select 1 from period_by_reference p where p.reference = t.period)"
REASONS: Mapping[str, Sequence[tuple[str, str]]] = {
    # inBloom's own addition to the standard.
    "Action": [("action-not-followed", "true")],
    **{
        name: [("no-identifier", "t.organization is null"), ("unknown-organization-category", "true")]
        for name in ("EducationOrganization",)
    },
    "StudentReference": [("reference-element", "true")],
    "AssessmentReference": [("reference-element", "true")],
    "Session": [("organization-not-found", "t.school_id is null")],
    "GradingPeriod": [("organization-not-found", "true")],
    "CalendarDate": [("organization-not-found", "true")],
    "ClassPeriod": [("organization-not-found", "true")],
    "Location": [("organization-not-found", "true")],
    "CourseOffering": [("session-not-found", _SESSION), ("course-not-found", "true")],
    "Section": [("session-not-found", "true")],
    "StudentSectionAssociation": [("section-not-found", "true")],
    "TeacherSectionAssociation": [("section-not-found", "true")],
    "AttendanceEvent": [
        ("section-not-found", "t.in_section"),
        ("session-of-day-not-found", "true"),
    ],
    "Program": [("organization-not-found", "true")],
    "StudentProgramAssociation": [_PROGRAM],
    "StudentSpecialEdProgramAssociation": [_PROGRAM],
    "StaffProgramAssociation": [_PROGRAM],
    "StudentCohortAssociation": [("cohort-not-found", "true")],
    "StaffCohortAssociation": [("cohort-not-found", "true")],
    "GraduationPlan": [("graduation-plan-not-used", "true")],
    "StudentDisciplineIncidentAssociation": [("incident-not-found", "true")],
    "DisciplineAction": [("no-identifier", "true")],
    "Assessment": [("no-identifier", "true")],
    "AssessmentFamily": [("family-not-used", "true")],
    "AssessmentPeriodDescriptor": [("period-not-used", "true")],
    "ObjectiveAssessment": [("assessment-not-found", "true")],
    "AssessmentItem": [("assessment-not-found", "true")],
    "StudentAssessment": [("assessment-not-found", "true")],
    "StudentObjectiveAssessment": [
        ("no-identifier", "t.code is null"),
        ("assessment-not-found", f"t.administration_date is not null and {_ASSESSMENT}"),
        ("taken-assessment-not-found", "true"),
    ],
    "StudentAssessmentItem": [
        ("no-identifier", "t.code is null"),
        ("assessment-not-found", f"t.administration_date is not null and {_ASSESSMENT}"),
        ("taken-assessment-not-found", "true"),
    ],
    "Grade": [
        ("section-not-found", _SECTION),
        ("grading-period-not-found", _PERIOD),
        (
            "grading-period-of-another-year",
            """exists (select 1 from section_by_reference s join period_by_reference p on p.reference = t.period
                where s.reference = t.section and s.school_year is distinct from p.school_year)""",
        ),
        ("enrollment-in-section-not-found", "true"),
    ],
    "GradebookEntry": [("section-not-found", "true")],
    "StudentGradebookEntry": [("gradebook-entry-not-found", "true")],
    "StudentAcademicRecord": [("session-not-found", "true")],
    "CourseTranscript": [("session-not-found", _SESSION), ("course-not-found", "true")],
    "ReportCard": [("grading-period-not-found", "true")],
    "StudentCompetency": [
        ("section-not-found", _SECTION),
        (
            "objective-not-found",
            """not exists (select 1 from objective_by_reference o where o.reference = t.objective)
            and not exists (select 1 from competency_objective k where k.id = t.own_objective)""",
        ),
        ("competency-without-grading-period", "true"),
    ],
}


def report_unstaged(
    connection: duckdb.DuckDBPyConnection,
    landed: Mapping[str, Path],
    mapped: Container[str],
    selects: Mapping[str, Sequence[str]],
    lacking: Sequence[str],
    report: Report,
) -> None:
    """Tell the report of every landed row of Ed-Fi 1.0 that gave no staged row.

    `mapped` holds the elements that have a table, `selects` the staged rows by resource, `lacking` queries of the rows
    that lack a part of their key.
    """
    report.knows(RULES)
    queries = [query for found in selects.values() for query in found]
    union = " union ".join(f"select source_row from ({query})" for query in queries) or "select 0 as source_row"
    connection.execute(f"create or replace temp table accepted_1 as {union}")
    lacked = " union all ".join(lacking) or "select 0 as source_row, '' as field"
    connection.execute(
        f"create or replace temp table lacking_1 as select source_row, min(field) as field from ({lacked}) group by 1"
    )
    for name in landed:
        table = f"edfi1.{name}" if name in mapped else view_of(name)
        reasons = [*_nobody(connection, table), *REASONS.get(name, [])]
        case = " ".join(f"when {condition} then '{rule}'" for rule, condition in reasons)
        last = _otherwise(name, name in mapped)
        rows = connection.execute(
            f"""select t.source_row, coalesce(l.field, '{name}') as field,
                case when l.field is not null then 'key-part-missing' {case} else '{last}' end as rule
            from {table} t anti join accepted_1 a on a.source_row = t.source_row
            left join lacking_1 l on l.source_row = t.source_row order by all"""
        ).to_arrow_table()
        for found in rows.select(["rule", "field"]).group_by(["rule", "field"]).aggregate([]).to_pylist():
            same = pc.and_(pc.equal(rows["rule"], found["rule"]), pc.equal(rows["field"], found["field"]))
            report.row_problems(rows.filter(same)["source_row"].combine_chunks(), found["rule"], found["field"])


def _nobody(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str]]:
    """A row about a person says about whom."""
    present = {row[0] for row in connection.execute(f"describe {table}").fetchall()}
    persons = ("student_unique_id", "staff_unique_id", "contact_unique_id")
    return [("no-identifier", f"t.{name} is null") for name in persons if name in present]


def _otherwise(element: str, is_mapped: bool) -> str:
    if element.endswith("Reference"):
        return "reference-element"
    if element.endswith("Descriptor"):
        return "descriptor-noted"
    return "no-identifier" if is_mapped else "element-unknown"
