"""What a student earned in each course."""

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
    code,
    collection,
    day,
    decimal,
    descriptor,
    reference,
    string,
    text,
)
from homeroom.model.shared_elements import AcademicSubject, AssessmentSection

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.course_catalog import Course
    from homeroom.model.education_organization import Program
    from homeroom.model.staff import Staff
    from homeroom.model.student_academic_record.academic_record import StudentAcademicRecord

EDUCATION = PrivacyClass.EDUCATION
PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE


class AlternativeCourseIdentificationCode(Element):
    """A number by which another catalog or organisation knows the course."""

    courseIdentificationSystemDescriptor: str = descriptor(
        "CourseIdentificationSystemDescriptor", PUBLIC, required=True
    )
    assigningOrganizationIdentificationCode: str | None = text(60, PUBLIC)
    courseCatalogURL: str | None = text(255, PUBLIC)
    identificationCode: str = text(60, PUBLIC, required=True)


class CourseProgram(Element):
    """A program in which the course was taken."""

    courseProgramReference: Program = reference(
        "Program",
        PUBLIC,
        required=True,
        educationOrganizationId=LONG,
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )


class CreditCategory(Element):
    """A category in which the credits count."""

    creditCategoryDescriptor: str = descriptor("CreditCategoryDescriptor", PUBLIC, required=True)


class EarnedAdditionalCredit(Element):
    """Further credit of another kind that the course brought, such as college credit."""

    additionalCreditTypeDescriptor: str = descriptor("AdditionalCreditTypeDescriptor", PUBLIC, required=True)
    credits: Decimal = decimal(9, 3, PUBLIC, required=True)


class PartialCourseTranscriptAward(Element):
    """Credit or a grade that was given for a part of the course."""

    methodCreditEarnedDescriptor: str | None = descriptor("MethodCreditEarnedDescriptor", PUBLIC)
    awardDate: date = day(PUBLIC, required=True)
    earnedCredits: Decimal = decimal(9, 3, PUBLIC, required=True)
    letterGradeEarned: str | None = text(20, PUBLIC)
    numericGradeEarned: str | None = text(20, PUBLIC)


class CourseTranscript(Resource, domain="student_academic_record"):
    """The final result of a student in a course, as it stands on the transcript: grade and credits."""

    courseReference: Course = reference(
        "Course", EDUCATION, key=True, courseCode=string(60), educationOrganizationId=LONG
    )
    externalEducationOrganizationReference: EducationOrganization | None = reference(
        "EducationOrganization", EDUCATION, educationOrganizationId=LONG
    )
    responsibleTeacherStaffReference: Staff | None = reference("Staff", EDUCATION, staffUniqueId=string(32))
    studentAcademicRecordReference: StudentAcademicRecord = reference(
        "StudentAcademicRecord",
        EDUCATION,
        key=True,
        educationOrganizationId=LONG,
        schoolYear=INTEGER,
        studentUniqueId=string(32),
        termDescriptor=code("TermDescriptor"),
    )
    attemptedCreditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", EDUCATION)
    courseAttemptResultDescriptor: str = descriptor("CourseAttemptResultDescriptor", EDUCATION, key=True)
    courseRepeatCodeDescriptor: str | None = descriptor("CourseRepeatCodeDescriptor", EDUCATION)
    earnedCreditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", EDUCATION)
    methodCreditEarnedDescriptor: str | None = descriptor("MethodCreditEarnedDescriptor", EDUCATION)
    whenTakenGradeLevelDescriptor: str | None = descriptor("GradeLevelDescriptor", EDUCATION)
    alternativeCourseTitle: str | None = text(60, EDUCATION)
    assigningOrganizationIdentificationCode: str | None = text(60, EDUCATION)
    attemptedCreditConversion: Decimal | None = decimal(9, 2, EDUCATION)
    attemptedCredits: Decimal | None = decimal(9, 3, EDUCATION)
    courseCatalogURL: str | None = text(255, EDUCATION)
    courseTitle: str | None = text(60, EDUCATION)
    earnedCreditConversion: Decimal | None = decimal(9, 2, EDUCATION)
    earnedCredits: Decimal | None = decimal(9, 3, EDUCATION)
    externalEducationOrganizationNameOfInstitution: str | None = text(75, EDUCATION)
    finalLetterGradeEarned: str | None = text(20, EDUCATION)
    finalNumericGradeEarned: Decimal | None = decimal(9, 2, EDUCATION)
    academicSubjects: list[AcademicSubject] = collection(
        AcademicSubject, EDUCATION, unique_by=("academicSubjectDescriptor",)
    )
    alternativeCourseIdentificationCodes: list[AlternativeCourseIdentificationCode] = collection(
        AlternativeCourseIdentificationCode, EDUCATION, unique_by=("courseIdentificationSystemDescriptor",)
    )
    coursePrograms: list[CourseProgram] = collection(CourseProgram, SENSITIVE, unique_by=("courseProgramReference",))
    creditCategories: list[CreditCategory] = collection(
        CreditCategory, EDUCATION, unique_by=("creditCategoryDescriptor",)
    )
    earnedAdditionalCredits: list[EarnedAdditionalCredit] = collection(
        EarnedAdditionalCredit, EDUCATION, unique_by=("additionalCreditTypeDescriptor",)
    )
    partialCourseTranscriptAwards: list[PartialCourseTranscriptAward] = collection(
        PartialCourseTranscriptAward, EDUCATION, unique_by=("awardDate",)
    )
    sections: list[AssessmentSection] = collection(AssessmentSection, EDUCATION, unique_by=("sectionReference",))
