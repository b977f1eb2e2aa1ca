"""Courses, and classes: a class is a section, in the one session in which it meets."""

from __future__ import annotations

from homeroom.access.oneroster.academic_sessions import session_id
from homeroom.access.oneroster.declaration import Field, Kind, OneRosterClass, Part, Value, of, only
from homeroom.access.oneroster.organizations import any_organization, found_organization
from homeroom.access.oneroster.vocabulary import code, grades, listed, subjects

_OFFERING = tuple(
    f"courseOfferingReference.{part}" for part in ("localCourseCode", "schoolId", "schoolYear", "sessionName")
)
_GRADES = "offeredGradeLevels[*].gradeLevelDescriptor"
_SUBJECTS = of("Course", "academicSubjects[*].academicSubjectDescriptor")
_CODES = of(
    "Course",
    "identificationCodes[*].courseIdentificationSystemDescriptor",
    "identificationCodes[*].identificationCode",
)
_OTHER = code("item ->> 'courseIdentificationSystemDescriptor'") + " = 'Other'"


def _subject_codes(items: str) -> str:
    return listed(items, "item ->> 'identificationCode'", _OTHER)


COURSES = OneRosterClass(
    "courses",
    "course",
    "rostering",
    (
        Field("title", required=True),
        Field("courseCode", required=True),
        Field("grades", Kind.TEXTS),
        Field("subjects", Kind.TEXTS),
        Field("org", Kind.REFERENCE, to="orgs"),
        Field("subjectCodes", Kind.TEXTS),
    ),
    (
        Part(
            "Course",
            "{Course} as row",
            {
                "title": only("row.course_title", *of("Course", "courseTitle")),
                "courseCode": only("row.course_code", *of("Course", "courseCode")),
                "grades": only(grades("row.offered_grade_levels"), *of("Course", _GRADES)),
                "subjects": only(subjects("row.academic_subjects"), *_SUBJECTS),
                "org": only(
                    found_organization("org"),
                    *of("Course", "educationOrganizationReference.educationOrganizationId"),
                ),
                "subjectCodes": only(_subject_codes("row.identification_codes"), *_CODES),
            },
            joins={"org": any_organization("row.education_organization_id", "org")},
        ),
    ),
    "schoolYearSourcedId= title courseCode grades orgSourcedId=org subjects subjectCodes",
)

_SECTION = Part(
    "Section",
    "{Section} as row",
    {
        "title": (
            Value("row.section_name", of("Section", "sectionName")),
            Value("offering.local_course_title", of("CourseOffering", "localCourseTitle")),
            Value("course.course_title", of("Course", "courseTitle")),
            Value("row.section_identifier", of("Section", "sectionIdentifier")),
        ),
        "classCode": only("row.section_identifier", *of("Section", "sectionIdentifier")),
        "classType": (
            Value(
                "case when row.official_attendance_period then 'homeroom' else 'scheduled' end",
                of("Section", "officialAttendancePeriod"),
            ),
            Value("'scheduled'"),
        ),
        "location": only(
            "row.classroom_identification_code", *of("Section", "locationReference.classroomIdentificationCode")
        ),
        "grades": (
            Value(grades("row.offered_grade_levels"), of("Section", _GRADES)),
            Value(grades("offering.offered_grade_levels"), of("CourseOffering", _GRADES)),
            Value(grades("course.offered_grade_levels"), of("Course", _GRADES)),
        ),
        "subjects": only(subjects("course.academic_subjects"), *_SUBJECTS),
        "course": only(
            "course.id",
            *of("Section", *_OFFERING),
            *of("CourseOffering", "courseReference.courseCode", "courseReference.educationOrganizationId"),
        ),
        "school": only("school.id", *of("Section", "courseOfferingReference.schoolId")),
        "terms": only(f"array_remove(array[{session_id('session')}], null)", *of("Section", *_OFFERING[1:])),
        "subjectCodes": only(_subject_codes("course.identification_codes"), *_CODES),
        "periods": only(
            listed("row.class_periods", "item -> 'classPeriodReference' ->> 'classPeriodName'"),
            *of("Section", "classPeriods[*].classPeriodReference.classPeriodName"),
        ),
    },
    joins={
        "offering": "left join {CourseOffering} as offering on offering.local_course_code = row.local_course_code"
        " and offering.school_id = row.school_id and offering.school_year = row.school_year"
        " and offering.session_name = row.session_name",
        "course": "left join {Course} as course on course.course_code = offering.course_code"
        " and course.education_organization_id = offering.education_organization_id",
        "school": "left join {School} as school on school.school_id = row.school_id",
        "session": "left join {Session} as session on session.school_id = row.school_id"
        " and session.school_year = row.school_year and session.session_name = row.session_name",
    },
    modified={"CourseOffering": "offering.last_modified", "Course": "course.last_modified"},
)

CLASSES = OneRosterClass(
    "classes",
    "class",
    "rostering",
    (
        Field("title", required=True),
        Field("classCode"),
        Field("classType", required=True),
        Field("location"),
        Field("grades", Kind.TEXTS),
        Field("subjects", Kind.TEXTS),
        Field("course", Kind.REFERENCE, to="courses", required=True),
        Field("school", Kind.REFERENCE, to="orgs", required=True),
        Field("terms", Kind.REFERENCES, to="academicSessions", required=True),
        Field("subjectCodes", Kind.TEXTS),
        Field("periods", Kind.TEXTS),
    ),
    (_SECTION,),
    "title grades courseSourcedId=course classCode classType location schoolSourcedId=school termSourcedIds=terms"
    " subjects subjectCodes periods",
)
