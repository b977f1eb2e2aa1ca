"""A student's record of a term as a whole: credits, averages, rank, honors and diplomas."""

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
    embedded,
    integer,
    reference,
    string,
    text,
)
from homeroom.model.personal_elements import Recognition
from homeroom.model.student_academic_record.elements import GradePointAverage

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.school_calendar import SchoolYearType
    from homeroom.model.student_academic_record.grading import ReportCard
    from homeroom.model.student_identification import Student

EDUCATION = PrivacyClass.EDUCATION
PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE


class AcademicHonor(Element):
    """An academic honor that a student received, such as the honor roll, with who gave it."""

    academicHonorCategoryDescriptor: str = descriptor("AcademicHonorCategoryDescriptor", PUBLIC, required=True)
    achievementCategoryDescriptor: str | None = descriptor("AchievementCategoryDescriptor", PUBLIC)
    achievementCategorySystem: str | None = text(60, PUBLIC)
    achievementTitle: str | None = text(60, PUBLIC)
    criteria: str | None = text(150, PUBLIC)
    criteriaURL: str | None = text(255, PUBLIC)
    evidenceStatement: str | None = text(150, PUBLIC)
    honorAwardDate: date | None = day(PUBLIC)
    honorAwardExpiresDate: date | None = day(PUBLIC)
    honorDescription: str = text(80, PUBLIC, required=True)
    imageURL: str | None = text(255, PUBLIC)
    issuerName: str | None = text(150, PUBLIC)
    issuerOriginURL: str | None = text(255, PUBLIC)


class Diploma(Element):
    """A diploma or certificate that a student received, with its kind, level and date."""

    achievementCategoryDescriptor: str | None = descriptor("AchievementCategoryDescriptor", PUBLIC)
    diplomaLevelDescriptor: str | None = descriptor("DiplomaLevelDescriptor", PUBLIC)
    diplomaTypeDescriptor: str = descriptor("DiplomaTypeDescriptor", SENSITIVE, required=True)
    achievementCategorySystem: str | None = text(60, PUBLIC)
    achievementTitle: str | None = text(60, PUBLIC)
    criteria: str | None = text(150, PUBLIC)
    criteriaURL: str | None = text(255, PUBLIC)
    cteCompleter: bool | None = boolean(PUBLIC)
    diplomaAwardDate: date = day(PUBLIC, required=True)
    diplomaAwardExpiresDate: date | None = day(PUBLIC)
    diplomaDescription: str | None = text(80, SENSITIVE)
    evidenceStatement: str | None = text(150, PUBLIC)
    imageURL: str | None = text(255, PUBLIC)
    issuerName: str | None = text(150, PUBLIC)
    issuerOriginURL: str | None = text(255, PUBLIC)


class StudentAcademicRecordReportCard(Element):
    """A report card that counts into the record."""

    reportCardReference: ReportCard = reference(
        "ReportCard",
        PUBLIC,
        required=True,
        educationOrganizationId=LONG,
        gradingPeriodDescriptor=code("GradingPeriodDescriptor"),
        gradingPeriodName=string(60),
        gradingPeriodSchoolId=LONG,
        gradingPeriodSchoolYear=INTEGER,
        studentUniqueId=string(32),
    )


class ClassRanking(Element):
    """A student's place among the students of their class on a given day."""

    classRank: int | None = integer(PUBLIC)
    classRankingDate: date | None = day(PUBLIC)
    percentageRanking: int | None = integer(PUBLIC)
    totalNumberInClass: int | None = integer(PUBLIC)


class StudentAcademicRecord(Resource, domain="student_academic_record"):
    """A student's standing at the end of a term: credits tried and earned, averages, honors, diplomas."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", EDUCATION, key=True, educationOrganizationId=LONG
    )
    schoolYearTypeReference: SchoolYearType = reference("SchoolYearType", EDUCATION, key=True, schoolYear=INTEGER)
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    cumulativeAttemptedCreditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", EDUCATION)
    cumulativeEarnedCreditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", EDUCATION)
    sessionAttemptedCreditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", EDUCATION)
    sessionEarnedCreditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", EDUCATION)
    termDescriptor: str = descriptor("TermDescriptor", EDUCATION, key=True)
    cumulativeAttemptedCreditConversion: Decimal | None = decimal(9, 2, EDUCATION)
    cumulativeAttemptedCredits: Decimal | None = decimal(9, 3, EDUCATION)
    cumulativeEarnedCreditConversion: Decimal | None = decimal(9, 2, EDUCATION)
    cumulativeEarnedCredits: Decimal | None = decimal(9, 3, EDUCATION)
    projectedGraduationDate: date | None = day(EDUCATION)
    sessionAttemptedCreditConversion: Decimal | None = decimal(9, 2, EDUCATION)
    sessionAttemptedCredits: Decimal | None = decimal(9, 3, EDUCATION)
    sessionEarnedCreditConversion: Decimal | None = decimal(9, 2, EDUCATION)
    sessionEarnedCredits: Decimal | None = decimal(9, 3, EDUCATION)
    academicHonors: list[AcademicHonor] = collection(
        AcademicHonor, EDUCATION, unique_by=("academicHonorCategoryDescriptor", "honorDescription")
    )
    diplomas: list[Diploma] = collection(Diploma, EDUCATION, unique_by=("diplomaAwardDate", "diplomaTypeDescriptor"))
    gradePointAverages: list[GradePointAverage] = collection(
        GradePointAverage, EDUCATION, unique_by=("gradePointAverageTypeDescriptor",)
    )
    recognitions: list[Recognition] = collection(Recognition, EDUCATION, unique_by=("recognitionTypeDescriptor",))
    reportCards: list[StudentAcademicRecordReportCard] = collection(
        StudentAcademicRecordReportCard, EDUCATION, unique_by=("reportCardReference",)
    )
    classRanking: ClassRanking | None = embedded(ClassRanking, EDUCATION)
