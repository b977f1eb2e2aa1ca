"""Groups of students that are put together for a purpose, and the staff who work with them.

A group is part of the education record even where it names no student, for the school knows who is in it. What kind of
group it is (a principal's watch list, in-school suspension), its description and its programs are sensitive. That a
member of staff works with a group is of the class of staff.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    LONG,
    PrivacyClass,
    Resource,
    boolean,
    collection,
    day,
    descriptor,
    reference,
    string,
    text,
)
from homeroom.model.shared_elements import AssessmentProgram, AssessmentSection

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.staff import Staff
    from homeroom.model.student_identification import Student

EDUCATION = PrivacyClass.EDUCATION
PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE
STAFF = PrivacyClass.STAFF


class Cohort(Resource, domain="student_cohort"):
    """A group of students put together for some purpose, such as tutoring or a counselor's caseload."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", EDUCATION, key=True, educationOrganizationId=LONG
    )
    academicSubjectDescriptor: str | None = descriptor("AcademicSubjectDescriptor", EDUCATION)
    cohortScopeDescriptor: str | None = descriptor("CohortScopeDescriptor", EDUCATION)
    cohortTypeDescriptor: str = descriptor("CohortTypeDescriptor", SENSITIVE, required=True)
    cohortDescription: str | None = text(1024, SENSITIVE)
    cohortIdentifier: str = text(36, EDUCATION, key=True)
    programs: list[AssessmentProgram] = collection(AssessmentProgram, SENSITIVE, unique_by=("programReference",))


class StudentCohortAssociation(Resource, domain="student_cohort"):
    """A student's time in a group that was put together for some purpose."""

    cohortReference: Cohort = reference(
        "Cohort", EDUCATION, key=True, cohortIdentifier=string(36), educationOrganizationId=LONG
    )
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    beginDate: date = day(EDUCATION, key=True)
    endDate: date | None = day(EDUCATION)
    sections: list[AssessmentSection] = collection(AssessmentSection, EDUCATION, unique_by=("sectionReference",))


class StaffCohortAssociation(Resource, domain="student_cohort"):
    """A staff member's time of work with a group of students, and whether they may see their records."""

    cohortReference: Cohort = reference(
        "Cohort", STAFF, key=True, cohortIdentifier=string(36), educationOrganizationId=LONG
    )
    staffReference: Staff = reference("Staff", STAFF, key=True, staffUniqueId=string(32))
    beginDate: date = day(STAFF, key=True)
    endDate: date | None = day(STAFF)
    studentRecordAccess: bool | None = boolean(STAFF)
