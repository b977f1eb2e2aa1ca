"""The profile for assessment results of OneRoster 1.2: assessments as line items, and what students scored in them.

An assessment is everybody's, and of a class where it names one section. Of the scores of a result one number, one word
and one percentile are told, each by the method that comes first here.
"""

from __future__ import annotations

from homeroom.access.oneroster.declaration import ONLY_1P2, Field, Kind, OneRosterClass, Part, Value, of, only
from homeroom.access.oneroster.vocabulary import code

_ASSESSMENT, _TAKEN = "Assessment", "StudentAssessment"
_SECTION = ("localCourseCode", "schoolId", "schoolYear", "sessionName", "sectionIdentifier")
_SECTIONS = of(_ASSESSMENT, *(f"sections[*].sectionReference.{part}" for part in _SECTION))
# By which methods a score is a number, a word or a percentile: the first is the one that is written.
NUMBERS = ("Scale score", "Raw score", "Number score")
WORDS = ("Achievement/proficiency level", "Proficiency level", "Mastery level", "Letter grade/mark")
PERCENTILES = ("Percentile", "Percentile rank")

_OF_SECTION = " and ".join(
    f"section.{column} = (row.sections -> 0 -> 'sectionReference' ->> '{part}'){cast}"
    for column, part, cast in (
        ("local_course_code", "localCourseCode", ""),
        ("school_id", "schoolId", "::bigint"),
        ("school_year", "schoolYear", "::integer"),
        ("session_name", "sessionName", ""),
        ("section_identifier", "sectionIdentifier", ""),
    )
)

ASSESSMENT_LINE_ITEMS = OneRosterClass(
    "assessmentLineItems",
    "assessmentLineItem",
    "gradebook",
    (
        Field("title", required=True),
        Field("class", Kind.REFERENCE, to="classes"),
        Field("resultValueMax", Kind.NUMBER),
    ),
    (
        Part(
            _ASSESSMENT,
            f"{{{_ASSESSMENT}}} as row",
            {
                "title": only("row.assessment_title", *of(_ASSESSMENT, "assessmentTitle")),
                "class": only("section.id", *_SECTIONS),
                "resultValueMax": only("row.max_raw_score", *of(_ASSESSMENT, "maxRawScore")),
            },
            joins={
                "section": f"left join {{Section}} as section on jsonb_array_length(row.sections) = 1 and {_OF_SECTION}"
            },
        ),
    ),
    versions=ONLY_1P2,
)

_SCORES = of(
    _TAKEN,
    "scoreResults[*].assessmentReportingMethodDescriptor",
    "scoreResults[*].result",
)
_METHOD = code("item ->> 'assessmentReportingMethodDescriptor'")


def _score(methods: tuple[str, ...], where: str = "true") -> str:
    """The result by the first of some methods."""
    listed = ", ".join(f"'{method}'" for method in methods)
    return (
        "(select item ->> 'result' from jsonb_array_elements(row.score_results) as item"
        f" where {_METHOD} in ({listed}) and {where} order by array_position(array[{listed}], {_METHOD}) limit 1)"
    )


_IS_NUMBER = r"item ->> 'result' ~ '^\s*-?[0-9]{1,15}(\.[0-9]{1,15})?\s*$'"

ASSESSMENT_RESULTS = OneRosterClass(
    "assessmentResults",
    "assessmentResult",
    "gradebook",
    (
        Field("assessmentLineItem", Kind.REFERENCE, to="assessmentLineItems", required=True),
        Field("student", Kind.REFERENCE, to="users", required=True),
        Field("score", Kind.NUMBER),
        Field("textScore"),
        Field("scoreDate", Kind.DATE, required=True),
        Field("scorePercentile", Kind.NUMBER),
        Field("scoreStatus", required=True),
    ),
    (
        Part(
            _TAKEN,
            f"{{{_TAKEN}}} as row",
            {
                "assessmentLineItem": only(
                    "assessment.id",
                    *of(_TAKEN, "assessmentReference.assessmentIdentifier", "assessmentReference.namespace"),
                ),
                "student": only("student.id", *of(_TAKEN, "studentReference.studentUniqueId")),
                "score": only(f"{_score(NUMBERS, _IS_NUMBER)}::numeric", *_SCORES),
                "textScore": only(_score(WORDS), *_SCORES),
                "scoreDate": only("row.administration_date::date", *of(_TAKEN, "administrationDate")),
                "scorePercentile": only(f"{_score(PERCENTILES, _IS_NUMBER)}::numeric", *_SCORES),
                "scoreStatus": (
                    Value(
                        "case when row.reason_not_tested_descriptor is not null then 'exempt' else 'fully graded' end",
                        of(_TAKEN, "reasonNotTestedDescriptor"),
                    ),
                    Value("'fully graded'"),
                ),
            },
            "array[row.student_unique_id]",
            joins={
                "student": "left join {Student} as student on student.student_unique_id = row.student_unique_id",
                "assessment": f"left join {{{_ASSESSMENT}}} as assessment"
                " on assessment.assessment_identifier = row.assessment_identifier"
                " and assessment.namespace = row.namespace",
            },
        ),
    ),
    versions=ONLY_1P2,
)
