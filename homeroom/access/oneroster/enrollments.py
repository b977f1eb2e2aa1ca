"""Enrollments: a student's or a teacher's time in a class.

The first and the last day are told as the record holds them, and as they came in; the standard calls the last one the
day after.
"""

from __future__ import annotations

from homeroom.access.oneroster.declaration import Field, Kind, OneRosterClass, Part, Value, of, only
from homeroom.access.oneroster.vocabulary import code

_SECTION = tuple(
    f"sectionReference.{part}"
    for part in ("localCourseCode", "schoolId", "schoolYear", "sessionName", "sectionIdentifier")
)
SECTION_OF_ROW = (
    "{0}.local_course_code = row.local_course_code and {0}.school_id = row.school_id"
    " and {0}.school_year = row.school_year and {0}.session_name = row.session_name"
    " and {0}.section_identifier = row.section_identifier"
)
_POSITION = of("StaffSectionAssociation", "classroomPositionDescriptor")
_IS = f"{code('row.classroom_position_descriptor')} = "


def _part(
    resource: str,
    person: str,
    role: tuple[Value, ...],
    primary: tuple[Value, ...],
    students: str,
) -> Part:
    key = f"{person.lower()}_unique_id"
    return Part(
        resource,
        f"{{{resource}}} as row",
        {
            "user": only("person.id", *of(resource, f"{person.lower()}Reference.{person.lower()}UniqueId")),
            "class": only("section.id", *of(resource, *_SECTION)),
            "school": only("school.id", *of(resource, "sectionReference.schoolId")),
            "role": role,
            "primary": primary,
            "beginDate": only("row.begin_date", *of(resource, "beginDate")),
            "endDate": only("row.end_date", *of(resource, "endDate")),
        },
        students,
        joins={
            "person": f"left join {{{person}}} as person on person.{key} = row.{key}",
            "section": f"left join {{Section}} as section on {SECTION_OF_ROW.format('section')}",
            "school": "left join {School} as school on school.school_id = row.school_id",
        },
    )


ENROLLMENTS = OneRosterClass(
    "enrollments",
    "enrollment",
    "rostering",
    (
        Field("user", Kind.REFERENCE, to="users", required=True),
        Field("class", Kind.REFERENCE, to="classes", required=True),
        Field("school", Kind.REFERENCE, to="orgs", required=True),
        Field("role", required=True),
        Field("primary", Kind.TRUTH),
        Field("beginDate", Kind.DATE),
        Field("endDate", Kind.DATE),
    ),
    (
        _part(
            "StudentSectionAssociation",
            "Student",
            only("'student'"),
            only("false"),
            "array[row.student_unique_id]",
        ),
        _part(
            "StaffSectionAssociation",
            "Staff",
            (
                Value(f"case when {_IS}'Support Teacher' then 'proctor' else 'teacher' end", _POSITION),
                Value("'teacher'"),
            ),
            only(f"{_IS}'Teacher of Record'", *_POSITION),
            "null::text[]",
        ),
    ),
    "classSourcedId=class schoolSourcedId=school userSourcedId=user role primary beginDate endDate",
)
