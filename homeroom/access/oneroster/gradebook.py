"""The gradebook: categories, line items and results, of work in a class and of grades.

OneRoster has one shape for both. Work is a GradebookEntry, and its results are what students handed in. Grades have no
row for what they are given for: a line item stands for all grades of one kind of a class in one grading period, and its
id is made of these. A category stands for a kind of work or of grade; one that an app made has its own id as its code,
and its title as the short description of that. The record has no score scales.
"""

from __future__ import annotations

from homeroom.access.oneroster.academic_sessions import grading_period_id, session_id
from homeroom.access.oneroster.declaration import ONLY_1P2, Field, Kind, OneRosterClass, Part, Value, of, only
from homeroom.access.oneroster.enrollments import SECTION_OF_ROW
from homeroom.access.oneroster.vocabulary import code

_ENTRY, _WORK, _GRADE = "GradebookEntry", "StudentGradebookEntry", "Grade"
_KIND = of(_ENTRY, "gradebookEntryTypeDescriptor")
_GRADE_KIND = of(_GRADE, "gradeTypeDescriptor")
_PERIOD = tuple(
    f"gradingPeriodReference.{part}"
    for part in ("gradingPeriodDescriptor", "gradingPeriodName", "schoolId", "schoolYear")
)
_SECTION = ("localCourseCode", "schoolId", "schoolYear", "sessionName", "sectionIdentifier")
_SECTION_OF_ENTRY = of(_ENTRY, *(f"sectionReference.{part}" for part in _SECTION))
_SECTION_OF_GRADE = of(_GRADE, *(f"studentSectionAssociationReference.{part}" for part in _SECTION))
GRADED = [
    "school_id",
    "school_year",
    "session_name",
    "local_course_code",
    "section_identifier",
    "grading_period_descriptor",
    "grading_period_name",
    "grade_type_descriptor",
]

_PLACES = {
    "section": f"left join {{Section}} as section on {SECTION_OF_ROW.format('section')}",
    "school": "left join {School} as school on school.school_id = row.school_id",
    "session": "left join {Session} as session on session.school_id = row.school_id"
    " and session.school_year = row.school_year and session.session_name = row.session_name",
    "period": "left join {GradingPeriod} as period on period.school_id = row.school_id"
    " and period.school_year = row.school_year"
    " and period.grading_period_descriptor = row.grading_period_descriptor"
    " and period.grading_period_name = row.grading_period_name",
}


def category(uri: str) -> str:
    """The id of the category that stands for a kind of work or of grade."""
    return (
        f"(case when {is_own_category(uri)} then ({code(uri)})::uuid when {uri} is not null then md5({uri})::uuid end)"
    )


def is_own_category(uri: str) -> str:
    """Whether an app made a kind of work as a category."""
    return f"({code(uri)} ~ '^[0-9a-f]{{32}}$')"


def line_item_of_grades(name: str) -> str:
    """The id of the line item for which the Grade is given that SQL knows as `name`."""
    held = ", ".join(f"{name}.{column}" for column in GRADED)
    return f"md5(jsonb_build_array({held})::text)::uuid"


def _grade_title(uri: str) -> str:
    """A kind of grade in words that tell it from a kind of work."""
    told = code(uri)
    return f"(case when {told} in ('Grading Period', 'Final', 'Semester') then {told} || ' Grade' else {told} end)"


def _kinds(resource: str, column: str, title: str, made_of: tuple[str, ...], besides: str = "") -> Part:
    return Part(
        resource,
        f"(select {category('kind.uri')} as id, kind.uri, max(kind.last_modified) as last_modified"
        f" from (select held.{column} as uri, held.last_modified from {{{resource}}} as held{besides}) as kind"
        " where kind.uri is not null group by kind.uri) as row",
        {"title": only(title, *made_of)},
        is_row=False,
    )


_OWN_CATEGORIES = (
    " union all select known.uri, known.last_modified from edfi.descriptor as known"
    f" where known.descriptor_type = 'GradebookEntryTypeDescriptor' and {is_own_category('known.uri')}"
)
_TITLE_OF_WORK = (
    f"(case when {is_own_category('row.uri')} then (select known.short_description from edfi.descriptor as known"
    f" where known.uri = row.uri) else {code('row.uri')} end)"
)


CATEGORIES = OneRosterClass(
    "categories",
    "category",
    "gradebook",
    (Field("title", required=True),),
    (
        _kinds(_ENTRY, "gradebook_entry_type_descriptor", _TITLE_OF_WORK, _KIND, _OWN_CATEGORIES),
        _kinds(_GRADE, "grade_type_descriptor", _grade_title("row.uri"), _GRADE_KIND),
    ),
    "title weight=",
)

_ENTRIES = Part(
    _ENTRY,
    f"{{{_ENTRY}}} as row",
    {
        "title": only("row.title", *of(_ENTRY, "title")),
        "description": only("row.description", *of(_ENTRY, "description")),
        "assignDate": only("row.date_assigned", *of(_ENTRY, "dateAssigned")),
        "dueDate": only("coalesce(row.due_date, row.date_assigned)", *of(_ENTRY, "dueDate", "dateAssigned")),
        "class": only("section.id", *_SECTION_OF_ENTRY),
        "school": only("school.id", *of(_ENTRY, "sectionReference.schoolId")),
        "category": only(category("row.gradebook_entry_type_descriptor"), *_KIND),
        "gradingPeriod": only(grading_period_id("period"), *of(_ENTRY, *_PERIOD)),
        "academicSession": only(session_id("session"), *_SECTION_OF_ENTRY),
        "resultValueMax": only("row.max_points", *of(_ENTRY, "maxPoints")),
    },
    joins=_PLACES,
)
_GRADES = Part(
    _GRADE,
    f"(select {line_item_of_grades('held')} as id, {', '.join(f'held.{column}' for column in GRADED)},"
    f" max(held.last_modified) as last_modified from {{{_GRADE}}} as held"
    f" group by {', '.join(f'held.{column}' for column in GRADED)}) as row",
    {
        "title": only(
            f"row.grading_period_name || ' ' || {_grade_title('row.grade_type_descriptor')}",
            *of(_GRADE, "gradingPeriodReference.gradingPeriodName"),
            *_GRADE_KIND,
        ),
        "assignDate": only("period.begin_date", *of("GradingPeriod", "beginDate"), *of(_GRADE, *_PERIOD)),
        "dueDate": only("period.end_date", *of("GradingPeriod", "endDate"), *of(_GRADE, *_PERIOD)),
        "class": only("section.id", *_SECTION_OF_GRADE),
        "school": only("school.id", *of(_GRADE, "studentSectionAssociationReference.schoolId")),
        "category": only(category("row.grade_type_descriptor"), *_GRADE_KIND),
        "gradingPeriod": only(grading_period_id("period"), *of(_GRADE, *_PERIOD)),
        "academicSession": only(session_id("session"), *_SECTION_OF_GRADE),
    },
    joins=_PLACES,
    is_row=False,
)

LINE_ITEMS = OneRosterClass(
    "lineItems",
    "lineItem",
    "gradebook",
    (
        Field("title", required=True),
        Field("description"),
        Field("assignDate", Kind.DATE, required=True),
        Field("dueDate", Kind.DATE, required=True),
        Field("class", Kind.REFERENCE, to="classes", required=True),
        Field("school", Kind.REFERENCE, to="orgs", versions=ONLY_1P2),
        Field("category", Kind.REFERENCE, to="categories", required=True),
        Field("gradingPeriod", Kind.REFERENCE, to="academicSessions"),
        Field("academicSession", Kind.REFERENCE, to="academicSessions", versions=ONLY_1P2),
        Field("resultValueMax", Kind.NUMBER),
    ),
    (_ENTRIES, _GRADES),
    "title description assignDate dueDate classSourcedId=class categorySourcedId=category"
    " gradingPeriodSourcedId=gradingPeriod resultValueMin= resultValueMax academicSessionSourcedId=academicSession"
    " schoolSourcedId=school",
)

_SUBMITTED = code("row.submission_status_descriptor")
_SCORED = of(_WORK, "pointsEarned")
_RESULTS_OF_WORK = Part(
    _WORK,
    f"{{{_WORK}}} as row",
    {
        "lineItem": only(
            "entry.id",
            *of(_WORK, "gradebookEntryReference.gradebookEntryIdentifier", "gradebookEntryReference.namespace"),
        ),
        "student": only("student.id", *of(_WORK, "studentReference.studentUniqueId")),
        "class": only("section.id", *of(_WORK, "gradebookEntryReference.gradebookEntryIdentifier"), *_SECTION_OF_ENTRY),
        "scoreStatus": (
            Value(
                f"case {_SUBMITTED} when 'Exempt' then 'exempt' when 'Not Submitted' then 'not submitted'"
                " when 'Submitted' then 'submitted' else 'fully graded' end",
                of(_WORK, "submissionStatusDescriptor"),
            ),
            Value("'fully graded'"),
        ),
        "score": (
            Value(
                "coalesce(row.points_earned, row.numeric_grade_earned)", (*_SCORED, *of(_WORK, "numericGradeEarned"))
            ),
            Value("row.points_earned", _SCORED),
        ),
        "textScore": only("row.letter_grade_earned", *of(_WORK, "letterGradeEarned")),
        "scoreDate": only("row.date_fulfilled", *of(_WORK, "dateFulfilled")),
        "comment": only("row.diagnostic_statement", *of(_WORK, "diagnosticStatement")),
        "late": only(
            f"{code('row.assignment_late_status_descriptor')} = 'Late'", *of(_WORK, "assignmentLateStatusDescriptor")
        ),
        "missing": only(f"{_SUBMITTED} = 'Not Submitted'", *of(_WORK, "submissionStatusDescriptor")),
    },
    "array[row.student_unique_id]",
    joins={
        "student": "left join {Student} as student on student.student_unique_id = row.student_unique_id",
        "entry": f"left join {{{_ENTRY}}} as entry on entry.gradebook_entry_identifier = row.gradebook_entry_identifier"
        " and entry.namespace = row.namespace",
        "section": "left join {Section} as section on section.local_course_code = entry.local_course_code"
        " and section.school_id = entry.school_id and section.school_year = entry.school_year"
        " and section.session_name = entry.session_name and section.section_identifier = entry.section_identifier",
    },
)
_RESULTS_OF_GRADES = Part(
    _GRADE,
    f"{{{_GRADE}}} as row",
    {
        "lineItem": only(line_item_of_grades("row"), *_SECTION_OF_GRADE, *of(_GRADE, *_PERIOD), *_GRADE_KIND),
        "student": only("student.id", *of(_GRADE, "studentSectionAssociationReference.studentUniqueId")),
        "class": only("section.id", *_SECTION_OF_GRADE),
        "scoreStatus": only("'fully graded'"),
        "score": only("row.numeric_grade_earned", *of(_GRADE, "numericGradeEarned")),
        "textScore": only("row.letter_grade_earned", *of(_GRADE, "letterGradeEarned")),
        "scoreDate": (
            Value("row.current_grade_as_of_date", of(_GRADE, "currentGradeAsOfDate")),
            Value("period.end_date", (*of("GradingPeriod", "endDate"), *of(_GRADE, *_PERIOD))),
        ),
        "comment": only("row.diagnostic_statement", *of(_GRADE, "diagnosticStatement")),
    },
    "array[row.student_unique_id]",
    joins={
        "student": "left join {Student} as student on student.student_unique_id = row.student_unique_id",
        "section": _PLACES["section"],
        "period": _PLACES["period"],
    },
)

RESULTS = OneRosterClass(
    "results",
    "result",
    "gradebook",
    (
        Field("lineItem", Kind.REFERENCE, to="lineItems", required=True),
        Field("student", Kind.REFERENCE, to="users", required=True),
        Field("class", Kind.REFERENCE, to="classes", versions=ONLY_1P2),
        Field("scoreStatus", required=True),
        Field("score", Kind.NUMBER),
        Field("textScore", versions=ONLY_1P2),
        Field("scoreDate", Kind.DATE, required=True),
        Field("comment"),
        Field("late", Kind.TRUTH, versions=ONLY_1P2),
        Field("missing", Kind.TRUTH, versions=ONLY_1P2),
    ),
    (_RESULTS_OF_WORK, _RESULTS_OF_GRADES),
    "lineItemSourcedId=lineItem studentSourcedId=student scoreStatus score scoreDate comment classSourcedId=class"
    " scoreScaleSourcedId= textScore inProgress= incomplete= late missing",
)

SCORE_SCALES = OneRosterClass(
    "scoreScales",
    "scoreScale",
    "gradebook",
    (Field("title", required=True), Field("type", required=True)),
    (),
    versions=ONLY_1P2,
)
