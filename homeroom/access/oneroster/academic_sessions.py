"""Academic sessions: school years, terms and grading periods.

OneRoster's sessions belong to nobody; the record's belong to a school. Sessions of several schools that are the same in
year, name, kind and days are one, whose id is made of these, so that it is the same under every agreement. A term that
lasts the whole year has the type of a school year, as it came in. The school year itself begins and ends with its
sessions, since the record holds no days of its own for it.
"""

from __future__ import annotations

from homeroom.access.oneroster.declaration import Field, Kind, OneRosterClass, Part, Value, of, only
from homeroom.access.oneroster.vocabulary import session_type

_SESSION = ["school_year", "session_name", "term_descriptor", "begin_date", "end_date"]
_PERIOD = ["school_year", "grading_period_name", "grading_period_descriptor", "begin_date", "end_date"]
_YEAR_OF_SESSION = of("Session", "schoolYearTypeReference.schoolYear")
_YEAR_OF_PERIOD = of("GradingPeriod", "schoolYearTypeReference.schoolYear")
_DAYS = of("Session", "beginDate", "endDate")


def session_id(name: str) -> str:
    """The id of the academic session that is the Session which SQL knows as `name`."""
    return _id("Session", name, _SESSION)


def grading_period_id(name: str) -> str:
    """The id of the academic session that is the GradingPeriod which SQL knows as `name`."""
    return _id("GradingPeriod", name, _PERIOD)


def _id(resource: str, name: str, columns: list[str]) -> str:
    held = ", ".join(f"{name}.{column}" for column in columns)
    return f"(case when {name}.id is not null then md5(jsonb_build_array('{resource}', {held})::text)::uuid end)"


def _shared(resource: str, made: str, columns: list[str]) -> str:
    """The rows of a resource, those together that are one session."""
    return (
        f"(select {made} as id, {', '.join(f'held.{column}' for column in columns)},"
        f" max(held.last_modified) as last_modified, array_agg(held.school_id) as schools"
        f" from {{{resource}}} as held group by {', '.join(f'held.{column}' for column in columns)})"
    )


def _id_of_group(resource: str, columns: list[str]) -> str:
    held = ", ".join(f"held.{column}" for column in columns)
    return f"md5(jsonb_build_array('{resource}', {held})::text)::uuid"


_SESSIONS = _shared("Session", _id_of_group("Session", _SESSION), _SESSION)
_PERIODS = _shared("GradingPeriod", _id_of_group("GradingPeriod", _PERIOD), _PERIOD)
_WITHIN = "period.begin_date >= {0}.begin_date and period.end_date <= {0}.end_date and period.schools && {0}.schools"
# The term in which a grading period lies: the shortest of those that hold all of its days.
TERM_OF_PERIOD = (
    "(select held.id from (select row.begin_date, row.end_date, row.schools) as period,"
    f" {_SESSIONS} as held where held.school_year = row.school_year and {_WITHIN.format('held')}"
    " order by held.end_date - held.begin_date, held.id limit 1)"
)
_YEAR = "left join {SchoolYearType} as year on year.school_year = row.school_year"

_SCHOOL_YEAR = Part(
    "SchoolYearType",
    "{SchoolYearType} as row",
    {
        "title": only("row.school_year_description", *of("SchoolYearType", "schoolYearDescription")),
        "type": only("'schoolYear'"),
        "startDate": only("days.first", *_DAYS, *_YEAR_OF_SESSION),
        "endDate": only("days.last", *_DAYS, *_YEAR_OF_SESSION),
        "schoolYear": only("row.school_year::text", *of("SchoolYearType", "schoolYear")),
        "children": only(
            f"array(select child.id from {_SESSIONS} as child where child.school_year = row.school_year"
            " order by child.begin_date, child.id)",
            *_YEAR_OF_SESSION,
        ),
    },
    joins={
        "days": "left join lateral (select min(held.begin_date) as first, max(held.end_date) as last,"
        " max(held.last_modified) as last_modified from {Session} as held where held.school_year = row.school_year)"
        " as days on true"
    },
    modified={"Session": "days.last_modified"},
)
_TERM = Part(
    "Session",
    f"{_SESSIONS} as row",
    {
        "title": only("row.session_name", *of("Session", "sessionName")),
        "type": (Value(session_type("row.term_descriptor"), of("Session", "termDescriptor")), Value("'term'")),
        "startDate": only("row.begin_date", *of("Session", "beginDate")),
        "endDate": only("row.end_date", *of("Session", "endDate")),
        "schoolYear": only("row.school_year::text", *_YEAR_OF_SESSION),
        "parent": only("year.id", *_YEAR_OF_SESSION),
        "children": only(
            f"array(select period.id from {_PERIODS} as period where period.school_year = row.school_year"
            f" and {_WITHIN.format('row')} and row.id = (select held.id from {_SESSIONS} as held where"
            f" held.school_year = period.school_year and {_WITHIN.format('held')}"
            " order by held.end_date - held.begin_date, held.id limit 1) order by period.begin_date, period.id)",
            *_DAYS,
            *of("GradingPeriod", "beginDate", "endDate"),
        ),
    },
    joins={"year": _YEAR},
    is_row=False,
)
_GRADING_PERIOD = Part(
    "GradingPeriod",
    f"{_PERIODS} as row",
    {
        "title": only("row.grading_period_name", *of("GradingPeriod", "gradingPeriodName")),
        "type": only("'gradingPeriod'"),
        "startDate": only("row.begin_date", *of("GradingPeriod", "beginDate")),
        "endDate": only("row.end_date", *of("GradingPeriod", "endDate")),
        "schoolYear": only("row.school_year::text", *_YEAR_OF_PERIOD),
        "parent": (
            Value(
                f"coalesce({TERM_OF_PERIOD}, year.id)",
                (*_DAYS, *of("GradingPeriod", "beginDate", "endDate"), *_YEAR_OF_PERIOD),
            ),
            Value("year.id", _YEAR_OF_PERIOD),
        ),
    },
    joins={"year": _YEAR},
    is_row=False,
)

ACADEMIC_SESSIONS = OneRosterClass(
    "academicSessions",
    "academicSession",
    "rostering",
    (
        Field("title", required=True),
        Field("type", required=True),
        Field("startDate", Kind.DATE, required=True),
        Field("endDate", Kind.DATE, required=True),
        Field("parent", Kind.REFERENCE, to="academicSessions"),
        Field("children", Kind.REFERENCES, to="academicSessions"),
        Field("schoolYear", required=True),
    ),
    (_SCHOOL_YEAR, _TERM, _GRADING_PERIOD),
    "title type startDate endDate parentSourcedId=parent schoolYear",
)
