"""Students' stays at schools: when they entered, in which grade, when and why they left.

An enrollment is part of the education record. FERPA would let a district call grade level and dates of attendance
directory information; here they are not, until a district says so. Sensitive are codes that can tell more than
schooling: why a student left (expelled, incarcerated, died), why they repeat a grade (illness), on what ground they
chose another school (as a victim of a violent felony), and education plans (an IEP or a 504 plan).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    INTEGER,
    LONG,
    Element,
    PrivacyClass,
    Resource,
    boolean,
    code,
    collection,
    day,
    decimal,
    descriptor,
    reference,
    string,
)

if TYPE_CHECKING:
    from homeroom.model.education_organization import School
    from homeroom.model.graduation import GraduationPlan
    from homeroom.model.school_calendar import Calendar, SchoolYearType
    from homeroom.model.student_identification import Student

EDUCATION = PrivacyClass.EDUCATION
PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE


class AlternativeGraduationPlan(Element):
    """A further graduation plan that a student may follow instead of the main one."""

    alternativeGraduationPlanReference: GraduationPlan = reference(
        "GraduationPlan",
        PUBLIC,
        required=True,
        educationOrganizationId=LONG,
        graduationPlanTypeDescriptor=code("GraduationPlanTypeDescriptor"),
        graduationSchoolYear=INTEGER,
    )


class EducationPlan(Element):
    """A kind of personal education plan that is in force for the student at this school."""

    educationPlanDescriptor: str = descriptor("EducationPlanDescriptor", PUBLIC, required=True)


class StudentSchoolAssociation(
    Resource,
    domain="enrollment",
    equal=(
        ("calendarReference.schoolId", "schoolReference.schoolId"),
        ("calendarReference.schoolYear", "schoolYearTypeReference.schoolYear"),
    ),
):
    """One stay of a student at a school, from entry to exit, with the grade they entered and why they left."""

    calendarReference: Calendar | None = reference(
        "Calendar", EDUCATION, calendarCode=string(60), schoolId=LONG, schoolYear=INTEGER
    )
    classOfSchoolYearTypeReference: SchoolYearType | None = reference("SchoolYearType", EDUCATION, schoolYear=INTEGER)
    graduationPlanReference: GraduationPlan | None = reference(
        "GraduationPlan",
        EDUCATION,
        educationOrganizationId=LONG,
        graduationPlanTypeDescriptor=code("GraduationPlanTypeDescriptor"),
        graduationSchoolYear=INTEGER,
    )
    nextYearSchoolReference: School | None = reference("School", EDUCATION, schoolId=LONG)
    schoolYearTypeReference: SchoolYearType | None = reference("SchoolYearType", EDUCATION, schoolYear=INTEGER)
    schoolReference: School = reference("School", EDUCATION, key=True, schoolId=LONG)
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    enrollmentTypeDescriptor: str | None = descriptor("EnrollmentTypeDescriptor", EDUCATION)
    entryGradeLevelDescriptor: str = descriptor("GradeLevelDescriptor", EDUCATION, required=True)
    entryGradeLevelReasonDescriptor: str | None = descriptor("EntryGradeLevelReasonDescriptor", SENSITIVE)
    entryTypeDescriptor: str | None = descriptor("EntryTypeDescriptor", EDUCATION)
    exitWithdrawTypeDescriptor: str | None = descriptor("ExitWithdrawTypeDescriptor", SENSITIVE)
    nextYearGradeLevelDescriptor: str | None = descriptor("GradeLevelDescriptor", EDUCATION)
    residencyStatusDescriptor: str | None = descriptor("ResidencyStatusDescriptor", EDUCATION)
    schoolChoiceBasisDescriptor: str | None = descriptor("SchoolChoiceBasisDescriptor", SENSITIVE)
    employedWhileEnrolled: bool | None = boolean(EDUCATION)
    entryDate: date = day(EDUCATION, key=True)
    exitWithdrawDate: date | None = day(EDUCATION)
    fullTimeEquivalency: Decimal | None = decimal(5, 4, EDUCATION)
    primarySchool: bool | None = boolean(EDUCATION)
    repeatGradeIndicator: bool | None = boolean(EDUCATION)
    schoolChoice: bool | None = boolean(EDUCATION)
    schoolChoiceTransfer: bool | None = boolean(EDUCATION)
    termCompletionIndicator: bool | None = boolean(EDUCATION)
    alternativeGraduationPlans: list[AlternativeGraduationPlan] = collection(
        AlternativeGraduationPlan, EDUCATION, unique_by=("alternativeGraduationPlanReference",)
    )
    educationPlans: list[EducationPlan] = collection(EducationPlan, SENSITIVE, unique_by=("educationPlanDescriptor",))
