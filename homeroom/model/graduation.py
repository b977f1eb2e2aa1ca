"""Plans for graduating, and what students do on the way to college and work.

A plan is public: the courses and credits that it asks for. A student's step towards college is part of the education
record; which plan a student follows is in `enrollment`.
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
    collection,
    day,
    decimal,
    descriptor,
    embedded,
    reference,
    string,
    text,
)
from homeroom.model.shared_elements import Score

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.assessment import Assessment
    from homeroom.model.course_catalog import Course
    from homeroom.model.education_organization import PostSecondaryInstitution
    from homeroom.model.school_calendar import SchoolYearType
    from homeroom.model.student_identification import Student

EDUCATION = PrivacyClass.EDUCATION
PUBLIC = PrivacyClass.PUBLIC


class GraduationPlanCourse(Element):
    """A course that counts toward the requirement."""

    courseReference: Course = reference(
        "Course", PUBLIC, required=True, courseCode=string(60), educationOrganizationId=LONG
    )


class CreditsByCourse(Element):
    """How many credits must come from a given set of courses."""

    creditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", PUBLIC)
    whenTakenGradeLevelDescriptor: str | None = descriptor("GradeLevelDescriptor", PUBLIC)
    courseSetName: str = text(120, PUBLIC, required=True)
    creditConversion: Decimal | None = decimal(9, 2, PUBLIC)
    credits: Decimal = decimal(9, 3, PUBLIC, required=True)
    courses: list[GraduationPlanCourse] = collection(GraduationPlanCourse, PUBLIC, unique_by=("courseReference",))


class CreditsByCreditCategory(Element):
    """How many credits must come from a given category."""

    creditCategoryDescriptor: str = descriptor("CreditCategoryDescriptor", PUBLIC, required=True)
    creditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", PUBLIC)
    creditConversion: Decimal | None = decimal(9, 2, PUBLIC)
    credits: Decimal = decimal(9, 3, PUBLIC, required=True)


class CreditsBySubject(Element):
    """How many credits must come from a given subject."""

    academicSubjectDescriptor: str = descriptor("AcademicSubjectDescriptor", PUBLIC, required=True)
    creditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", PUBLIC)
    creditConversion: Decimal | None = decimal(9, 2, PUBLIC)
    credits: Decimal = decimal(9, 3, PUBLIC, required=True)


class GraduationPlanPerformanceLevel(Element):
    """The performance level that must be reached in a test."""

    assessmentReportingMethodDescriptor: str | None = descriptor("AssessmentReportingMethodDescriptor", PUBLIC)
    performanceLevelDescriptor: str | None = descriptor("PerformanceLevelDescriptor", PUBLIC)
    resultDatatypeTypeDescriptor: str | None = descriptor("ResultDatatypeTypeDescriptor", PUBLIC)
    maximumScore: str | None = text(35, PUBLIC)
    minimumScore: str | None = text(35, PUBLIC)
    performanceLevelIndicatorName: str | None = text(60, PUBLIC)


class RequiredAssessment(Element):
    """A test that must be passed to graduate, and with which result."""

    assessmentReference: Assessment = reference(
        "Assessment", PUBLIC, required=True, assessmentIdentifier=string(60), namespace=string(255)
    )
    scores: list[Score] = collection(Score, PUBLIC, unique_by=("assessmentReportingMethodDescriptor",))
    performanceLevel: GraduationPlanPerformanceLevel | None = embedded(GraduationPlanPerformanceLevel, PUBLIC)


class GraduationPlan(Resource, domain="graduation"):
    """What a student must complete to graduate under one plan: credits by subject, courses and tests."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    graduationSchoolYearTypeReference: SchoolYearType = reference(
        "SchoolYearType", PUBLIC, key=True, schoolYear=INTEGER
    )
    graduationPlanTypeDescriptor: str = descriptor("GraduationPlanTypeDescriptor", PUBLIC, key=True)
    totalRequiredCreditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", PUBLIC)
    individualPlan: bool | None = boolean(PUBLIC)
    totalRequiredCreditConversion: Decimal | None = decimal(9, 2, PUBLIC)
    totalRequiredCredits: Decimal = decimal(9, 3, PUBLIC, required=True)
    creditsByCourses: list[CreditsByCourse] = collection(CreditsByCourse, PUBLIC, unique_by=("courseSetName",))
    creditsByCreditCategories: list[CreditsByCreditCategory] = collection(
        CreditsByCreditCategory, PUBLIC, unique_by=("creditCategoryDescriptor",)
    )
    creditsBySubjects: list[CreditsBySubject] = collection(
        CreditsBySubject, PUBLIC, unique_by=("academicSubjectDescriptor",)
    )
    requiredAssessments: list[RequiredAssessment] = collection(
        RequiredAssessment, PUBLIC, unique_by=("assessmentReference",)
    )


class PostSecondaryEvent(Resource, domain="graduation"):
    """A step of a student toward life after high school, such as an application to a college."""

    postSecondaryInstitutionReference: PostSecondaryInstitution | None = reference(
        "PostSecondaryInstitution", EDUCATION, postSecondaryInstitutionId=LONG
    )
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    postSecondaryEventCategoryDescriptor: str = descriptor("PostSecondaryEventCategoryDescriptor", EDUCATION, key=True)
    eventDate: date = day(EDUCATION, key=True)
