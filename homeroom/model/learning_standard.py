"""What students are to learn, as standards say it, and materials for teaching it.

All of it is public.
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
    embedded,
    integer,
    reference,
    string,
    text,
)
from homeroom.model.shared_elements import (
    AcademicSubject,
    AppropriateGradeLevel,
    AppropriateSexe,
    AssessmentLanguage,
    Author,
    GradeLevel,
)

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization

PUBLIC = PrivacyClass.PUBLIC


class DerivativeSourceEducationContent(Element):
    """Another material from which this one was made."""

    derivativeSourceEducationContentReference: EducationContent = reference(
        "EducationContent", PUBLIC, required=True, contentIdentifier=string(225)
    )


class DerivativeSourceLearningResourceMetadataURI(Element):
    """The web address of the description of a material from which this one was made."""

    derivativeSourceLearningResourceMetadataURI: str = text(255, PUBLIC, required=True)


class DerivativeSourceURI(Element):
    """The web address of a material from which this one was made."""

    derivativeSourceURI: str = text(255, PUBLIC, required=True)


class LearningStandardContentStandard(Element):
    """The published set of standards that a standard is taken from: title, version, issuer, dates."""

    mandatingEducationOrganizationReference: EducationOrganization | None = reference(
        "EducationOrganization", PUBLIC, educationOrganizationId=LONG
    )
    publicationStatusDescriptor: str | None = descriptor("PublicationStatusDescriptor", PUBLIC)
    beginDate: date | None = day(PUBLIC)
    endDate: date | None = day(PUBLIC)
    publicationDate: date | None = day(PUBLIC)
    publicationYear: int | None = integer(PUBLIC)
    title: str = text(75, PUBLIC, required=True)
    uri: str | None = text(255, PUBLIC)
    version: str | None = text(50, PUBLIC)
    authors: list[Author] = collection(Author, PUBLIC, unique_by=("author",))


class LearningStandardIdentificationCode(Element):
    """A number by which a published set of standards knows this one."""

    contentStandardName: str = text(65, PUBLIC, required=True)
    identificationCode: str = text(60, PUBLIC, required=True)


class LearningStandard(Resource, domain="learning_standard"):
    """One statement of what students should know or be able to do, at its place in a set of standards."""

    parentLearningStandardReference: LearningStandard | None = reference(
        "LearningStandard", PUBLIC, learningStandardId=string(60)
    )
    learningStandardCategoryDescriptor: str | None = descriptor("LearningStandardCategoryDescriptor", PUBLIC)
    learningStandardScopeDescriptor: str | None = descriptor("LearningStandardScopeDescriptor", PUBLIC)
    courseTitle: str | None = text(60, PUBLIC)
    description: str = text(1024, PUBLIC, required=True)
    learningStandardId: str = text(60, PUBLIC, key=True)
    learningStandardItemCode: str | None = text(60, PUBLIC)
    namespace: str = text(255, PUBLIC, required=True)
    successCriteria: str | None = text(150, PUBLIC)
    uri: str | None = text(255, PUBLIC)
    academicSubjects: list[AcademicSubject] = collection(
        AcademicSubject, PUBLIC, unique_by=("academicSubjectDescriptor",), required=True
    )
    contentStandard: LearningStandardContentStandard | None = embedded(LearningStandardContentStandard, PUBLIC)
    gradeLevels: list[GradeLevel] = collection(GradeLevel, PUBLIC, unique_by=("gradeLevelDescriptor",), required=True)
    identificationCodes: list[LearningStandardIdentificationCode] = collection(
        LearningStandardIdentificationCode, PUBLIC, unique_by=("contentStandardName", "identificationCode")
    )


class LearningStandardEquivalenceAssociation(Resource, domain="learning_standard"):
    """A statement that two learning standards of different sets ask for the same, and how nearly."""

    sourceLearningStandardReference: LearningStandard = reference(
        "LearningStandard", PUBLIC, key=True, learningStandardId=string(60)
    )
    targetLearningStandardReference: LearningStandard = reference(
        "LearningStandard", PUBLIC, key=True, learningStandardId=string(60)
    )
    learningStandardEquivalenceStrengthDescriptor: str | None = descriptor(
        "LearningStandardEquivalenceStrengthDescriptor", PUBLIC
    )
    effectiveDate: date | None = day(PUBLIC)
    learningStandardEquivalenceStrengthDescription: str | None = text(255, PUBLIC)
    namespace: str = text(255, PUBLIC, key=True)


class EducationContent(Resource, domain="learning_standard"):
    """A material for teaching or learning, such as a book, a video or an online unit."""

    learningStandardReference: LearningStandard | None = reference(
        "LearningStandard", PUBLIC, learningStandardId=string(60)
    )
    contentClassDescriptor: str | None = descriptor("ContentClassDescriptor", PUBLIC)
    costRateDescriptor: str | None = descriptor("CostRateDescriptor", PUBLIC)
    interactivityStyleDescriptor: str | None = descriptor("InteractivityStyleDescriptor", PUBLIC)
    additionalAuthorsIndicator: bool | None = boolean(PUBLIC)
    contentIdentifier: str = text(225, PUBLIC, key=True)
    cost: Decimal | None = decimal(19, 4, PUBLIC)
    description: str | None = text(1024, PUBLIC)
    learningResourceMetadataURI: str | None = text(255, PUBLIC)
    namespace: str = text(255, PUBLIC, required=True)
    publicationDate: date | None = day(PUBLIC)
    publicationYear: int | None = integer(PUBLIC)
    publisher: str | None = text(50, PUBLIC)
    shortDescription: str | None = text(75, PUBLIC)
    timeRequired: str | None = text(30, PUBLIC)
    useRightsURL: str | None = text(255, PUBLIC)
    version: str | None = text(10, PUBLIC)
    appropriateGradeLevels: list[AppropriateGradeLevel] = collection(
        AppropriateGradeLevel, PUBLIC, unique_by=("gradeLevelDescriptor",)
    )
    appropriateSexes: list[AppropriateSexe] = collection(AppropriateSexe, PUBLIC, unique_by=("sexDescriptor",))
    authors: list[Author] = collection(Author, PUBLIC, unique_by=("author",))
    derivativeSourceEducationContents: list[DerivativeSourceEducationContent] = collection(
        DerivativeSourceEducationContent, PUBLIC, unique_by=("derivativeSourceEducationContentReference",)
    )
    derivativeSourceLearningResourceMetadataURIs: list[DerivativeSourceLearningResourceMetadataURI] = collection(
        DerivativeSourceLearningResourceMetadataURI, PUBLIC, unique_by=("derivativeSourceLearningResourceMetadataURI",)
    )
    derivativeSourceURIs: list[DerivativeSourceURI] = collection(
        DerivativeSourceURI, PUBLIC, unique_by=("derivativeSourceURI",)
    )
    languages: list[AssessmentLanguage] = collection(AssessmentLanguage, PUBLIC, unique_by=("languageDescriptor",))
