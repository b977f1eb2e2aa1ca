"""The courses that schools and districts offer, as a catalog lists them.

All of it is public. Who takes a course is in `teaching_and_learning`, and who completed it in
`student_academic_record`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    LONG,
    Element,
    PrivacyClass,
    Resource,
    boolean,
    collection,
    day,
    decimal,
    descriptor,
    integer,
    reference,
    text,
)
from homeroom.model.shared_elements import AcademicSubject, AssessmentItemLearningStandard, OfferedGradeLevel

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization

PUBLIC = PrivacyClass.PUBLIC


class CompetencyLevel(Element):
    """A level of mastery that the course uses."""

    competencyLevelDescriptor: str = descriptor("CompetencyLevelDescriptor", PUBLIC, required=True)


class CourseIdentificationCode(Element):
    """A number by which some catalog or organisation knows the course."""

    courseIdentificationSystemDescriptor: str = descriptor(
        "CourseIdentificationSystemDescriptor", PUBLIC, required=True
    )
    assigningOrganizationIdentificationCode: str | None = text(60, PUBLIC)
    courseCatalogURL: str | None = text(255, PUBLIC)
    identificationCode: str = text(60, PUBLIC, required=True)


class LevelCharacteristic(Element):
    """A trait of the course's level, such as honors or Advanced Placement."""

    courseLevelCharacteristicDescriptor: str = descriptor("CourseLevelCharacteristicDescriptor", PUBLIC, required=True)


class Course(Resource, domain="course_catalog"):
    """A subject of instruction in a district's catalog, such as Algebra I, with its credits and grade levels."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    careerPathwayDescriptor: str | None = descriptor("CareerPathwayDescriptor", PUBLIC)
    courseDefinedByDescriptor: str | None = descriptor("CourseDefinedByDescriptor", PUBLIC)
    courseGPAApplicabilityDescriptor: str | None = descriptor("CourseGPAApplicabilityDescriptor", PUBLIC)
    maximumAvailableCreditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", PUBLIC)
    minimumAvailableCreditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", PUBLIC)
    courseCode: str = text(60, PUBLIC, key=True)
    courseDescription: str | None = text(1024, PUBLIC)
    courseTitle: str = text(60, PUBLIC, required=True)
    dateCourseAdopted: date | None = day(PUBLIC)
    highSchoolCourseRequirement: bool | None = boolean(PUBLIC)
    maxCompletionsForCredit: int | None = integer(PUBLIC)
    maximumAvailableCreditConversion: Decimal | None = decimal(9, 2, PUBLIC)
    maximumAvailableCredits: Decimal | None = decimal(9, 3, PUBLIC)
    minimumAvailableCreditConversion: Decimal | None = decimal(9, 2, PUBLIC)
    minimumAvailableCredits: Decimal | None = decimal(9, 3, PUBLIC)
    numberOfParts: int = integer(PUBLIC, required=True)
    timeRequiredForCompletion: int | None = integer(PUBLIC)
    academicSubjects: list[AcademicSubject] = collection(
        AcademicSubject, PUBLIC, unique_by=("academicSubjectDescriptor",)
    )
    competencyLevels: list[CompetencyLevel] = collection(
        CompetencyLevel, PUBLIC, unique_by=("competencyLevelDescriptor",)
    )
    identificationCodes: list[CourseIdentificationCode] = collection(
        CourseIdentificationCode, PUBLIC, unique_by=("courseIdentificationSystemDescriptor",)
    )
    learningStandards: list[AssessmentItemLearningStandard] = collection(
        AssessmentItemLearningStandard, PUBLIC, unique_by=("learningStandardReference",)
    )
    levelCharacteristics: list[LevelCharacteristic] = collection(
        LevelCharacteristic, PUBLIC, unique_by=("courseLevelCharacteristicDescriptor",)
    )
    offeredGradeLevels: list[OfferedGradeLevel] = collection(
        OfferedGradeLevel, PUBLIC, unique_by=("gradeLevelDescriptor",)
    )
