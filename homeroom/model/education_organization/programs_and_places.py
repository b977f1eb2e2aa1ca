"""What organisations have: programs, places, ratings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    INTEGER,
    LONG,
    Element,
    PrivacyClass,
    Resource,
    collection,
    day,
    descriptor,
    integer,
    reference,
    text,
)
from homeroom.model.shared_elements import AssessmentItemLearningStandard

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.education_organization.school_system import School
    from homeroom.model.school_calendar import SchoolYearType

PUBLIC = PrivacyClass.PUBLIC


class ProgramCharacteristic(Element):
    """A trait of a program, such as that it is compensatory."""

    programCharacteristicDescriptor: str = descriptor("ProgramCharacteristicDescriptor", PUBLIC, required=True)


class Sponsor(Element):
    """Who pays for or carries a program, such as the federal government."""

    programSponsorDescriptor: str = descriptor("ProgramSponsorDescriptor", PUBLIC, required=True)


class AccountabilityRating(Resource, domain="education_organization"):
    """The rating that an organisation got in an accountability system for one school year."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    schoolYearTypeReference: SchoolYearType = reference("SchoolYearType", PUBLIC, key=True, schoolYear=INTEGER)
    rating: str = text(35, PUBLIC, required=True)
    ratingDate: date | None = day(PUBLIC)
    ratingOrganization: str | None = text(35, PUBLIC)
    ratingProgram: str | None = text(30, PUBLIC)
    ratingTitle: str = text(60, PUBLIC, key=True)


class Location(Resource, domain="education_organization"):
    """A room at a school, with its number of seats."""

    schoolReference: School = reference("School", PUBLIC, key=True, schoolId=LONG)
    classroomIdentificationCode: str = text(60, PUBLIC, key=True)
    maximumNumberOfSeats: int | None = integer(PUBLIC)
    optimalNumberOfSeats: int | None = integer(PUBLIC)


class Program(Resource, domain="education_organization"):
    """A program that an organisation runs, such as special education, bilingual education or gifted classes."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    programTypeDescriptor: str = descriptor("ProgramTypeDescriptor", PUBLIC, key=True)
    programId: str | None = text(20, PUBLIC)
    programName: str = text(60, PUBLIC, key=True)
    characteristics: list[ProgramCharacteristic] = collection(
        ProgramCharacteristic, PUBLIC, unique_by=("programCharacteristicDescriptor",)
    )
    learningStandards: list[AssessmentItemLearningStandard] = collection(
        AssessmentItemLearningStandard, PUBLIC, unique_by=("learningStandardReference",)
    )
    sponsors: list[Sponsor] = collection(Sponsor, PUBLIC, unique_by=("programSponsorDescriptor",))
