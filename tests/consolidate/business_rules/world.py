"""A small school where all is well, and for each rule the smallest change that breaks it."""

from __future__ import annotations

import csv
import io
import json
from copy import deepcopy
from dataclasses import dataclass
from zlib import crc32

from homeroom.model.columns import columns

Rows = dict[str, dict[str, dict]]


def code(kind: str, value: str) -> str:
    return f"uri://ed-fi.org/{kind}Descriptor#{value}"


def event(value: str) -> dict:
    return {"calendarEventDescriptor": code("CalendarEvent", value)}


SOME = json.dumps([{}])
LEVELS = json.dumps([{"gradeLevelDescriptor": code("GradeLevel", level)} for level in ("Ninth grade", "Twelfth grade")])
TERM = {"school_id": 1, "school_year": 2026, "session_name": "Fall"}
OFFERING = TERM | {"local_course_code": "ALG"}
SECTION = OFFERING | {"section_identifier": "ALG-1"}
PERIOD = {"grading_period_descriptor": code("GradingPeriod", "First Nine Weeks"), "grading_period_name": "Q1"}
ABSENT = code("AttendanceEventCategory", "Unexcused Absence")
PRESENT = code("AttendanceEventCategory", "In Attendance")
ENROLLMENT = {
    "student_unique_id": "maya",
    "school_id": 1,
    "entry_date": "2025-08-20",
    "entry_grade_level_descriptor": code("GradeLevel", "Ninth grade"),
    "entry_type_descriptor": "uri://maple-grove.example/EntryTypeDescriptor#New",
    "calendar_code": "C",
    "school_year": 2026,
}
DEMOGRAPHICS = {
    "student_unique_id": "maya",
    "education_organization_id": 1,
    "sex_descriptor": code("Sex", "Female"),
    "hispanic_latino_ethnicity": "false",
    "addresses": SOME,
}
SCHOOL = {
    "local_education_agency_id": 10,
    "grade_levels": LEVELS,
    "education_organization_categories": "[]",
    "name_of_institution": "Oak High",
}
CALENDAR = {"school_id": 1, "school_year": 2026, "calendar_code": "C"}
DAY = CALENDAR | {"date": "2025-09-02", "calendar_events": json.dumps([event("Instructional day")])}
PROGRAM = {"program_name": "Chess", "program_type_descriptor": code("ProgramType", "Athletics")}
TRANSCRIPT = {
    "education_organization_id": 10,
    "student_unique_id": "maya",
    "school_year": 2026,
    "term_descriptor": code("Term", "Fall Semester"),
}
TEST = {"assessment_identifier": "T", "namespace": "uri://maple-grove.example"}
PERSON = {"first_name": "Ana", "last_surname": "Okafor"}

WORLD: Rows = {
    "SchoolYearType": {"one": {"school_year": 2026, "current_school_year": "true", "school_year_description": "2026"}},
    "LocalEducationAgency": {
        "one": {
            "local_education_agency_id": 10,
            "name_of_institution": "Maple Grove",
            "local_education_agency_category_descriptor": code("LocalEducationAgencyCategory", "Independent"),
            "categories": "[]",
        }
    },
    "School": {"oak": SCHOOL | {"school_id": 1}, "elm": SCHOOL | {"school_id": 2, "name_of_institution": "Elm High"}},
    "Student": {
        "maya": {"student_unique_id": "maya", "birth_date": "2011-03-01", "first_name": "Maya", "last_surname": "Reed"},
        "leo": {"student_unique_id": "leo", "birth_date": "2011-03-01", "first_name": "Leo", "last_surname": "Reed"},
    },
    "StudentSchoolAssociation": {
        "maya": ENROLLMENT,
        "leo": ENROLLMENT | {"student_unique_id": "leo", "school_id": 2},
    },
    "StudentEducationOrganizationAssociation": {
        "maya": DEMOGRAPHICS,
        "leo": DEMOGRAPHICS | {"student_unique_id": "leo", "education_organization_id": 2},
    },
    "Contact": {"ana": PERSON | {"contact_unique_id": "ana", "telephones": SOME}},
    "StudentContactAssociation": {
        student: {
            "contact_unique_id": "ana",
            "student_unique_id": student,
            "relation_descriptor": code("Relation", "Aunt"),
            "primary_contact_status": "true",
        }
        for student in ("maya", "leo")
    },
    "Calendar": {
        "oak": CALENDAR | {"calendar_type_descriptor": code("CalendarType", "School")},
        "elm": CALENDAR | {"calendar_type_descriptor": code("CalendarType", "School"), "school_id": 2},
    },
    "CalendarDate": {"oak": DAY, "elm": DAY | {"school_id": 2}},
    "Session": {
        "fall": TERM
        | {
            "term_descriptor": code("Term", "Fall Semester"),
            "begin_date": "2025-08-20",
            "end_date": "2025-12-19",
            "total_instructional_days": 80,
            "grading_periods": SOME,
        }
    },
    "GradingPeriod": {
        "first": PERIOD
        | {
            "school_id": 1,
            "school_year": 2026,
            "begin_date": "2025-08-20",
            "end_date": "2025-10-20",
            "total_instructional_days": 40,
        }
    },
    "Course": {
        "algebra": {
            "course_code": "ALG",
            "education_organization_id": 10,
            "course_title": "Algebra",
            "number_of_parts": 1,
            "minimum_available_credits": 0.5,
            "maximum_available_credits": 1,
            "academic_subjects": SOME,
        }
    },
    "CourseOffering": {"algebra": OFFERING | {"course_code": "ALG", "education_organization_id": 10}},
    "Section": {"one": SECTION | {"available_credits": 1, "class_periods": SOME}},
    "Staff": {"tess": PERSON | {"staff_unique_id": "tess", "electronic_mails": SOME}},
    "StaffEducationOrganizationAssignmentAssociation": {
        "tess": {
            "staff_unique_id": "tess",
            "education_organization_id": 1,
            "staff_classification_descriptor": code("StaffClassification", "Counselor"),
            "begin_date": "2025-08-01",
        }
    },
    "StaffSectionAssociation": {
        "tess": SECTION
        | {
            "staff_unique_id": "tess",
            "begin_date": "2025-08-20",
            "classroom_position_descriptor": code("ClassroomPosition", "Teacher of Record"),
        }
    },
    "StudentSectionAssociation": {"maya": SECTION | {"student_unique_id": "maya", "begin_date": "2025-08-20"}},
    "StudentSchoolAttendanceEvent": {
        "maya": TERM
        | {
            "student_unique_id": "maya",
            "event_date": "2025-09-02",
            "attendance_event_category_descriptor": PRESENT,
            "event_duration": 1,
        }
    },
    "StudentSectionAttendanceEvent": {
        "maya": SECTION
        | {
            "student_unique_id": "maya",
            "event_date": "2025-09-02",
            "attendance_event_category_descriptor": PRESENT,
        }
    },
    "Grade": {
        "maya": SECTION
        | PERIOD
        | {
            "student_unique_id": "maya",
            "begin_date": "2025-08-20",
            "grade_type_descriptor": code("GradeType", "Grading Period"),
            "numeric_grade_earned": 110,
        }
    },
    "DescriptorMapping": {
        "new": {
            "namespace": "uri://maple-grove.example/EntryTypeDescriptor",
            "value": "New",
            "mapped_namespace": "uri://ed-fi.org/EntryTypeDescriptor",
            "mapped_value": "New to education system",
        }
    },
    "StudentAcademicRecord": {"maya": TRANSCRIPT},
    "CourseTranscript": {
        "maya": TRANSCRIPT
        | {
            "course_code": "ALG",
            "student_academic_record_education_organization_id": 10,
            "course_attempt_result_descriptor": code("CourseAttemptResult", "Pass"),
            "attempted_credits": 1,
            "earned_credits": 1,
        }
    },
    "Program": {"chess": PROGRAM | {"education_organization_id": 10}},
    "StudentProgramAssociation": {
        "maya": PROGRAM
        | {
            "education_organization_id": 10,
            "program_education_organization_id": 10,
            "student_unique_id": "maya",
            "begin_date": "2025-09-01",
        }
    },
    "Assessment": {"test": TEST | {"assessment_title": "Test", "academic_subjects": "[]"}},
    "StudentAssessment": {
        "maya": TEST
        | {
            "student_unique_id": "maya",
            "student_assessment_identifier": "1",
            "administration_date": "2025-10-01",
            "score_results": SOME,
        }
    },
}


def source_row(resource: str, name: str) -> int:
    return crc32(f"{resource} {name}".encode())


def planted(rows: Rows) -> dict[str, list[bytes]]:
    """The batches that publishing reads, each row from a source row of its own."""
    return {resource: [_line(resource, name, row) for name, row in named.items()] for resource, named in rows.items()}


def _line(resource: str, name: str, row: dict) -> bytes:
    text = io.StringIO()
    cells = [f"{{{source_row(resource, name)}}}", None, *(row.get(column.name) for column in columns(resource))]
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()


@dataclass(frozen=True)
class Case:
    """`changes`: rows that are other than in `WORLD`, or new, or None where one is missing. `found`: what breaks it."""

    found: tuple[tuple[str, str], ...]
    changes: tuple[tuple[str, str, dict | None], ...]

    def rows(self) -> Rows:
        rows = deepcopy(WORLD)
        for resource, name, change in self.changes:
            if change is None:
                del rows[resource][name]
            else:
                like = rows[resource].get(name) or next(iter(rows[resource].values()))
                rows[resource][name] = like | change
        return rows


def one(resource: str, name: str, **change: object) -> Case:
    """A case where one row is changed, or added as a copy of the first, and is the one that is found."""
    return Case(((resource, name),), ((resource, name, change),))


def without(found: tuple[str, str], *missing: tuple[str, str]) -> Case:
    return Case((found,), tuple((resource, name, None) for resource, name in missing))


ENROLLED, SEEN, MAYA = "StudentSchoolAssociation", "StudentSchoolAttendanceEvent", ("Student", "maya")
EARLY = "2025-08-19"
BEN = ("Contact", "ben", {"contact_unique_id": "ben"})
GRADUATED = code("ExitWithdrawType", "Graduated")
CASES = {
    "enrollments-overlap": one(ENROLLED, "new", school_id=2, entry_date="2025-09-01"),
    "enrolled-twice-in-one-school": one(ENROLLED, "new", entry_date="2025-09-01"),
    "exit-before-entry": one(ENROLLED, "maya", exit_withdraw_date=EARLY),
    "exit-without-reason": one(ENROLLED, "maya", exit_withdraw_date="2025-12-01"),
    "exit-reason-without-date": one(ENROLLED, "maya", exit_withdraw_type_descriptor=GRADUATED),
    "enrollment-without-entry-type": one(ENROLLED, "again", entry_date="2025-09-01", entry_type_descriptor=None),
    "enrollment-without-calendar": one(ENROLLED, "again", entry_date="2025-09-01", calendar_code=None),
    "grade-level-not-offered": one(ENROLLED, "maya", entry_grade_level_descriptor=code("GradeLevel", "First grade")),
    "graduated-below-twelfth-grade": one(ENROLLED, "maya", exit_withdraw_type_descriptor=GRADUATED),
    "entry-before-birth": one(ENROLLED, "maya", entry_date="2011-02-28"),
    "full-time-equivalency-above-one": one(ENROLLED, "maya", full_time_equivalency=1.5),
    "student-without-enrollment": one("Student", "new", student_unique_id="new"),
    "student-without-contact": without(MAYA, ("StudentContactAssociation", "maya")),
    "student-without-demographics": without(MAYA, ("StudentEducationOrganizationAssociation", "maya")),
    "birth-date-in-future": one("Student", "maya", birth_date="2149-01-01"),
    "too-young-for-school": one(ENROLLED, "maya", entry_date="2014-02-28"),
    "too-old-for-school": one(ENROLLED, "maya", entry_date="2033-03-01"),
    "same-name-and-birth-date": one("Student", "new", student_unique_id="new"),
    "race-and-ethnicity-missing": one(
        "StudentEducationOrganizationAssociation", "maya", hispanic_latino_ethnicity=None
    ),
    "sex-missing": one("StudentEducationOrganizationAssociation", "maya", sex_descriptor=None),
    "address-missing": one("StudentEducationOrganizationAssociation", "maya", addresses="[]"),
    "demographics-without-enrollment": one(
        "StudentEducationOrganizationAssociation", "new", education_organization_id=2
    ),
    "contact-without-relation": one("StudentContactAssociation", "maya", relation_descriptor=None),
    "two-primary-contacts": Case(
        (("StudentContactAssociation", "new"),),
        (BEN, ("StudentContactAssociation", "new", {"contact_unique_id": "ben"})),
    ),
    "contact-not-reachable": Case(
        (("StudentContactAssociation", "new"),),
        (
            ("Contact", "ben", {"contact_unique_id": "ben", "telephones": None}),
            ("StudentContactAssociation", "new", {"contact_unique_id": "ben"}),
        ),
    ),
    "contact-without-student": Case((("Contact", "ben"),), (BEN,)),
    "session-ends-before-it-begins": one("Session", "fall", end_date=EARLY),
    "session-without-grading-period": one("Session", "fall", grading_periods="[]"),
    "session-without-course": one("Session", "spring", session_name="Spring"),
    "session-without-days": one("Session", "fall", total_instructional_days=0),
    "session-with-too-many-days": one("Session", "fall", total_instructional_days=123),
    "grading-period-ends-before-it-begins": one("GradingPeriod", "first", end_date=EARLY),
    "calendar-without-days": without(("Calendar", "oak"), ("CalendarDate", "oak")),
    "calendar-date-without-event": one("CalendarDate", "oak", calendar_events="[]"),
    "instruction-on-weekend": one("CalendarDate", "oak", date="2025-09-06"),
    "holiday-with-instruction": one(
        "CalendarDate", "oak", calendar_events=json.dumps([event("Holiday"), event("Instructional day")])
    ),
    "school-without-student": one("School", "ash", school_id=3),
    "school-without-district": one("School", "oak", local_education_agency_id=None),
    "attendance-outside-enrollment": one(SEEN, "maya", event_date=EARLY),
    "attendance-on-day-off": Case(
        ((SEEN, "maya"),), (("CalendarDate", "oak", {"calendar_events": json.dumps([event("Holiday")])}),)
    ),
    "attendance-in-future": one(SEEN, "maya", event_date="2149-01-01"),
    "attendance-outside-session": one(SEEN, "maya", event_date="2025-12-20"),
    "attendance-contradicts": Case(
        ((SEEN, "maya"),), ((SEEN, "absent", {"attendance_event_category_descriptor": ABSENT}),)
    ),
    "attendance-longer-than-a-day": one(SEEN, "maya", event_duration=1.5),
    "class-attendance-not-in-class": one("StudentSectionAttendanceEvent", "maya", event_date=EARLY),
    "section-without-staff": without(("Section", "one"), ("StaffSectionAssociation", "tess")),
    "section-without-student": one("Section", "two", section_identifier="ALG-2"),
    "section-without-class-period": one("Section", "two", section_identifier="ALG-2", class_periods="[]"),
    "credits-above-course-maximum": one("Section", "one", available_credits=1.5),
    "class-outside-enrollment": Case(
        (("StudentSectionAssociation", "leo"),), (("StudentSectionAssociation", "leo", {"student_unique_id": "leo"}),)
    ),
    "class-after-exit": Case(
        (("StudentSectionAssociation", "maya"),), ((ENROLLED, "maya", {"exit_withdraw_date": "2025-12-01"}),)
    ),
    "class-ends-before-it-begins": one("StudentSectionAssociation", "maya", end_date=EARLY),
    "class-outside-session": one("StudentSectionAssociation", "new", begin_date="2025-12-20"),
    "teacher-ends-before-beginning": one("StaffSectionAssociation", "tess", end_date=EARLY),
    "course-not-offered": one("Course", "biology", course_code="BIO"),
    "course-without-subject": one("Course", "algebra", academic_subjects=None),
    "course-credits-in-wrong-order": one("Course", "algebra", minimum_available_credits=1.5),
    "course-offering-without-section": one("CourseOffering", "two", local_course_code="ALG2"),
    "grade-without-value": one("Grade", "maya", numeric_grade_earned=None),
    "numeric-grade-out-of-range": one("Grade", "maya", numeric_grade_earned=110.5),
    "grade-for-period-before-class": Case(
        (("Grade", "late"),),
        (
            ("StudentSectionAssociation", "late", {"begin_date": "2025-10-21"}),
            ("Grade", "late", {"begin_date": "2025-10-21"}),
        ),
    ),
    "credits-earned-above-attempted": one("CourseTranscript", "maya", earned_credits=1.5),
    "credits-for-failed-course": one(
        "CourseTranscript", "maya", course_attempt_result_descriptor=code("CourseAttemptResult", "Fail")
    ),
    "grade-for-course-not-taken": Case(
        (("CourseTranscript", "maya"),),
        (("Course", "geometry", {"course_code": "GEO"}), ("CourseTranscript", "maya", {"course_code": "GEO"})),
    ),
    "credits-beyond-hours-of-year": one("CourseTranscript", "maya", attempted_credits=12.5),
    "passed-without-credits-earned": one("CourseTranscript", "maya", earned_credits=0),
    "staff-without-assignment": one("Staff", "sam", staff_unique_id="sam"),
    "assignment-ends-before-it-begins": one(
        "StaffEducationOrganizationAssignmentAssociation", "tess", end_date="2025-07-31"
    ),
    "staff-without-electronic-mail": one("Staff", "tess", electronic_mails=None),
    "program-ends-before-it-begins": one("StudentProgramAssociation", "maya", end_date="2025-08-31"),
    "program-exit-without-reason": one("StudentProgramAssociation", "maya", end_date="2025-10-31"),
    "program-without-enrollment": Case(
        (("StudentProgramAssociation", "maya"),), ((ENROLLED, "maya", {"exit_withdraw_date": "2025-12-01"}),)
    ),
    "assessment-in-future": one("StudentAssessment", "maya", administration_date="2149-01-01"),
    "assessment-without-result": one("StudentAssessment", "maya", score_results="[]"),
    "assessment-before-birth": one("StudentAssessment", "maya", administration_date="2011-02-28"),
}
