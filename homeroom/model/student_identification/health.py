"""A student's vaccinations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    LONG,
    Element,
    PrivacyClass,
    Resource,
    collection,
    day,
    descriptor,
    reference,
    string,
    text,
)

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.student_identification.persons import Student

PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE


class StudentHealthDate(Element):
    """A day on which a dose of a vaccine was given."""

    immunizationDate: date = day(PUBLIC, required=True)


class AdditionalImmunization(Element):
    """A vaccine that a student has had beyond those the state requires, with the days of its doses."""

    immunizationName: str = text(100, PUBLIC, required=True)
    dates: list[StudentHealthDate] = collection(StudentHealthDate, PUBLIC, unique_by=("immunizationDate",))


class RequiredImmunization(Element):
    """A vaccine that the state requires, with the days of its doses or the exemption from it."""

    immunizationTypeDescriptor: str = descriptor("ImmunizationTypeDescriptor", PUBLIC, required=True)
    medicalExemption: str | None = text(1024, PUBLIC)
    medicalExemptionDate: date | None = day(PUBLIC)
    dates: list[StudentHealthDate] = collection(StudentHealthDate, PUBLIC, unique_by=("immunizationDate",))


class StudentHealth(Resource, domain="student_identification"):
    """The vaccinations of a student as one district or school has them on file, with exemptions."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", SENSITIVE, key=True, educationOrganizationId=LONG
    )
    studentReference: Student = reference("Student", SENSITIVE, key=True, studentUniqueId=string(32))
    nonMedicalImmunizationExemptionDescriptor: str | None = descriptor(
        "NonMedicalImmunizationExemptionDescriptor", SENSITIVE
    )
    asOfDate: date = day(SENSITIVE, required=True)
    nonMedicalImmunizationExemptionDate: date | None = day(SENSITIVE)
    additionalImmunizations: list[AdditionalImmunization] = collection(
        AdditionalImmunization, SENSITIVE, unique_by=("immunizationName",)
    )
    requiredImmunizations: list[RequiredImmunization] = collection(
        RequiredImmunization, SENSITIVE, unique_by=("immunizationTypeDescriptor",)
    )
