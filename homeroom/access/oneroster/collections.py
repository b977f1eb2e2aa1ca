"""The collections that the services have: all objects of a class, or those that a path names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from homeroom.access.oneroster.academic_sessions import ACADEMIC_SESSIONS, TERM_OF_PERIOD, session_id
from homeroom.access.oneroster.assessments import ASSESSMENT_LINE_ITEMS, ASSESSMENT_RESULTS
from homeroom.access.oneroster.courses import CLASSES, COURSES
from homeroom.access.oneroster.declaration import BOTH, IN_BRACES, ONLY_1P2, OneRosterClass, Version
from homeroom.access.oneroster.demographics import DEMOGRAPHICS
from homeroom.access.oneroster.enrollments import ENROLLMENTS
from homeroom.access.oneroster.gradebook import CATEGORIES, LINE_ITEMS, RESULTS, SCORE_SCALES, line_item_of_grades
from homeroom.access.oneroster.learning_resources import RESOURCES
from homeroom.access.oneroster.organizations import ORGS
from homeroom.access.oneroster.staff import TEACHES, teaches_at
from homeroom.access.oneroster.users import USERS
from homeroom.access.oneroster.vocabulary import session_type
from homeroom.model.columns import columns, own_path

ALL_CLASSES: Mapping[str, OneRosterClass] = {
    one.name: one
    for one in (
        ORGS, ACADEMIC_SESSIONS, COURSES, CLASSES, USERS, ENROLLMENTS, DEMOGRAPHICS,
        CATEGORIES, LINE_ITEMS, RESULTS, SCORE_SCALES, ASSESSMENT_LINE_ITEMS, ASSESSMENT_RESULTS, RESOURCES,
    )
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Collection:
    """Objects of a class. `conditions`: by the parts of the class that it has, what their rows have to fulfil.

    `within`: the names in its path that stand for an object, with the collection that has to have it. In the conditions
    the object's id is a parameter of that name.
    """

    path: str
    of: OneRosterClass
    conditions: Mapping[str, str]
    within: tuple[tuple[str, str], ...] = ()
    versions: frozenset[Version] = BOTH

    @property
    def is_whole(self) -> bool:
        """Whether it is no part of an object, so that each of its own can be asked for."""
        return not self.within

    def told_by_path(self, resource: str) -> frozenset[str]:
        """What an answer tells of students beside its own objects: to which object of the path each of them is tied.

        These are elements of the model: the references of the associations by which the rows of `resource` are found.
        """
        if not self.within:
            return frozenset()
        named = {resource, *IN_BRACES.findall(self.conditions[resource])}
        return frozenset(element for one in named for element in _ties_of_students(one))

    @property
    def single(self) -> str:
        """The name under which one of its objects is answered."""
        return self.of.single

    @property
    def scopes(self) -> frozenset[str]:
        """The scopes that open it, one of which is enough (OneRoster 1.2, REST binding)."""
        if self.of is DEMOGRAPHICS:
            return frozenset({"roster-demographics.readonly"})
        stem = {"rostering": "roster", "gradebook": "gradebook", "resources": "resource"}[self.of.service]
        core = {f"{stem}-core.readonly"} if self.is_whole else set()
        return frozenset({f"{stem}.readonly", *core})


def place_of(service: str, version: Version) -> str:
    """Where a service is, below the address of OneRoster."""
    return "v1p1" if version is Version.V1P1 else f"{service}/v1p2"


@cache
def _ties_of_students(resource: str) -> frozenset[str]:
    keys = [column for column in columns(resource) if column.key]
    if not resource.endswith("Association") or all(column.identifies != "Student" for column in keys):
        return frozenset()
    return frozenset(
        f"{resource}.{path}" for path in (own_path(resource, column) for column in keys) if "Reference." in path
    )


def collections(service: str, version: Version) -> list[Collection]:
    """Those of a service; version 1.1 has but one, with all of them."""
    return [
        one
        for one in _COLLECTIONS
        if version in one.versions
        and version in one.of.versions
        and (version is Version.V1P1 or one.of.service == service)
    ]


_SECTION = ["local_course_code", "school_id", "school_year", "session_name", "section_identifier"]


def _columns(name: str, of: Iterable[str]) -> str:
    return ", ".join(f"{name}.{column}" for column in of)


def _in_section(name: str = "row") -> str:
    """Whether something is of the class that is asked for."""
    return (
        f"({_columns(name, _SECTION)}) in (select {_columns('section', _SECTION)} from {{Section}} as section"
        " where section.id = %(class)s)"
    )


def _in_school(column: str = "row.school_id") -> str:
    return f"{column} in (select school.school_id from {{School}} as school where school.id = %(school)s)"


def _seated(person: str, where: str) -> str:
    """Whether somebody has a place in sections that fulfil `where`."""
    key = f"{person.lower()}_unique_id"
    return f"row.{key} in (select seat.{key} from {{{person}SectionAssociation}} as seat where {where})"


def _sections_of(person: str, parameter: str) -> str:
    """Whether a section is one of those in which somebody has a place."""
    key = f"{person.lower()}_unique_id"
    return (
        f"({_columns('row', _SECTION)}) in (select {_columns('seat', _SECTION)}"
        f" from {{{person}SectionAssociation}} as seat join {{{person}}} as person on person.{key} = seat.{key}"
        f" where person.id = %({parameter})s)"
    )


def _of_student(parameter: str = "student") -> str:
    return (
        "row.student_unique_id in (select student.student_unique_id from {Student} as student"
        f" where student.id = %({parameter})s)"
    )


_IN_TERM = (
    "exists (select from {Session} as held where held.school_id = row.school_id and held.school_year = row.school_year"
    f" and held.session_name = row.session_name and {session_id('held')} = %(term)s)"
)
_OFFERED = (
    "(row.course_code, row.education_organization_id) in (select offering.course_code,"
    f" offering.education_organization_id from {{CourseOffering}} as offering where {_in_school('offering.school_id')})"
)
_OF_COURSE = (
    "(row.local_course_code, row.school_id, row.school_year, row.session_name) in (select offering.local_course_code,"
    " offering.school_id, offering.school_year, offering.session_name from {CourseOffering} as offering"
    " join {Course} as course on course.course_code = offering.course_code"
    " and course.education_organization_id = offering.education_organization_id where course.id = %(course)s)"
)
_ENROLLED = (
    "row.student_unique_id in (select stay.student_unique_id from {StudentSchoolAssociation} as stay"
    f" where {_in_school('stay.school_id')} and (stay.exit_withdraw_date is null or not exists (select"
    " from {StudentSchoolAssociation} as later where later.student_unique_id = stay.student_unique_id"
    " and later.entry_date > stay.entry_date)))"
)
_ENTRY_IN_SECTION = (
    "(row.gradebook_entry_identifier, row.namespace) in (select entry.gradebook_entry_identifier, entry.namespace"
    f" from {{GradebookEntry}} as entry where {_in_section('entry')})"
)
_ENTRY_IS = (
    "(row.gradebook_entry_identifier, row.namespace) in (select entry.gradebook_entry_identifier, entry.namespace"
    " from {GradebookEntry} as entry where entry.id = %(lineItem)s)"
)
_IS_TERM = f"{session_type('row.term_descriptor')} in ('term', 'semester')"


def _every(of: OneRosterClass, condition: str = "true") -> dict[str, str]:
    return {part.resource: condition for part in of.parts}


def _both(first: str, second: str) -> str:
    return f"{first} and {second}"


def _whole(of: OneRosterClass, name: str = "", conditions: Mapping[str, str] | None = None) -> Collection:
    return Collection(name or of.name, of, conditions or _every(of))


def _nested(
    path: str, of: OneRosterClass, conditions: Mapping[str, str], versions: frozenset[Version] = BOTH
) -> Collection:
    """`path` with the names in braces: `schools/{school}/classes`."""
    steps = path.split("/")
    within = tuple(
        (steps[place + 1][1:-1], "academicSessions" if steps[place] == "terms" else steps[place])
        for place in range(0, len(steps) - 1, 2)
    )
    return Collection(path, of, conditions, within, versions)


_STUDENTS_IN_CLASS = {"Student": _seated("Student", _in_section("seat"))}
_TEACHERS_IN_CLASS = {"Staff": _seated("Staff", _in_section("seat"))}
_IN_CLASS_OF_SCHOOL = "schools/{school}/classes/{class}/"

_COLLECTIONS: tuple[Collection, ...] = (
    _whole(ORGS),
    _whole(ORGS, "schools", {"School": "true"}),
    _whole(ACADEMIC_SESSIONS),
    _whole(ACADEMIC_SESSIONS, "terms", {"Session": _IS_TERM}),
    _whole(ACADEMIC_SESSIONS, "gradingPeriods", {"GradingPeriod": "true"}),
    _whole(COURSES),
    _whole(CLASSES),
    _whole(USERS),
    _whole(USERS, "students", {"Student": "true"}),
    _whole(USERS, "teachers", {"Staff": TEACHES}),
    _whole(ENROLLMENTS),
    _whole(DEMOGRAPHICS),
    _nested("schools/{school}/classes", CLASSES, _every(CLASSES, _in_school())),
    _nested("schools/{school}/courses", COURSES, _every(COURSES, _OFFERED)),
    _nested("schools/{school}/enrollments", ENROLLMENTS, _every(ENROLLMENTS, _in_school())),
    _nested("schools/{school}/students", USERS, {"Student": _ENROLLED}),
    _nested("schools/{school}/teachers", USERS, {"Staff": teaches_at(_in_school)}),
    _nested(
        "schools/{school}/terms",
        ACADEMIC_SESSIONS,
        {"Session": _both(_IS_TERM, "row.schools && array(select school.school_id from {School} as school"
                          " where school.id = %(school)s)")},
    ),
    _nested(
        f"{_IN_CLASS_OF_SCHOOL}enrollments", ENROLLMENTS, _every(ENROLLMENTS, _both(_in_section(), _in_school()))
    ),
    _nested(
        f"{_IN_CLASS_OF_SCHOOL}students",
        USERS,
        {"Student": _seated("Student", _both(_in_section("seat"), _in_school("seat.school_id")))},
    ),
    _nested(
        f"{_IN_CLASS_OF_SCHOOL}teachers",
        USERS,
        {"Staff": _seated("Staff", _both(_in_section("seat"), _in_school("seat.school_id")))},
    ),
    _nested("classes/{class}/students", USERS, _STUDENTS_IN_CLASS),
    _nested("classes/{class}/teachers", USERS, _TEACHERS_IN_CLASS),
    _nested("courses/{course}/classes", CLASSES, {"Section": _OF_COURSE}),
    _nested("terms/{term}/classes", CLASSES, {"Section": _IN_TERM}),
    _nested("terms/{term}/gradingPeriods", ACADEMIC_SESSIONS, {"GradingPeriod": f"{TERM_OF_PERIOD} = %(term)s"}),
    _nested("students/{student}/classes", CLASSES, {"Section": _sections_of("Student", "student")}),
    _nested("teachers/{teacher}/classes", CLASSES, {"Section": _sections_of("Staff", "teacher")}),
    _nested(
        "users/{user}/classes",
        CLASSES,
        {"Section": f"({_sections_of('Student', 'user')} or {_sections_of('Staff', 'user')})"},
    ),
    _whole(CATEGORIES),
    _whole(LINE_ITEMS),
    _whole(RESULTS),
    _whole(SCORE_SCALES),
    _whole(ASSESSMENT_LINE_ITEMS),
    _whole(ASSESSMENT_RESULTS),
    _nested(
        "classes/{class}/categories",
        CATEGORIES,
        {
            "GradebookEntry": "row.uri in (select entry.gradebook_entry_type_descriptor from {GradebookEntry} as entry"
            f" where {_in_section('entry')})",
            "Grade": "row.uri in (select graded.grade_type_descriptor from {Grade} as graded"
            f" where {_in_section('graded')})",
        },
        ONLY_1P2,
    ),
    _nested("classes/{class}/lineItems", LINE_ITEMS, _every(LINE_ITEMS, _in_section())),
    _nested(
        "classes/{class}/results", RESULTS, {"StudentGradebookEntry": _ENTRY_IN_SECTION, "Grade": _in_section()}
    ),
    _nested(
        "classes/{class}/lineItems/{lineItem}/results",
        RESULTS,
        {
            "StudentGradebookEntry": _both(_ENTRY_IN_SECTION, _ENTRY_IS),
            "Grade": _both(_in_section(), f"{line_item_of_grades('row')} = %(lineItem)s"),
        },
    ),
    _nested(
        "classes/{class}/students/{student}/results",
        RESULTS,
        {
            "StudentGradebookEntry": _both(_ENTRY_IN_SECTION, _of_student()),
            "Grade": _both(_in_section(), _of_student()),
        },
    ),
    _nested("classes/{class}/scoreScales", SCORE_SCALES, {}, ONLY_1P2),
    _nested("schools/{school}/scoreScales", SCORE_SCALES, {}, ONLY_1P2),
    _whole(RESOURCES),
    _nested("classes/{class}/resources", RESOURCES, {}),
    _nested("courses/{course}/resources", RESOURCES, {}),
    _nested("users/{user}/resources", RESOURCES, {}, ONLY_1P2),
)  # fmt: skip
# The whole ones by name: where the objects are that a path names.
WHOLE: Mapping[str, Collection] = {one.path: one for one in _COLLECTIONS if one.is_whole}
SERVICES = ("rostering", "gradebook", "resources")
