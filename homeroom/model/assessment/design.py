"""A test as it was made: its items, its objectives, what its scores mean."""

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
    AssessmentItemLearningStandard,
    AssessmentLanguage,
    AssessmentProgram,
    AssessmentSection,
    Author,
    Score,
)

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization

PUBLIC = PrivacyClass.PUBLIC


class PossibleResponse(Element):
    """An answer that a test question allows, and whether it is the right one."""

    correctResponse: bool | None = boolean(PUBLIC)
    responseDescription: str | None = text(1024, PUBLIC)
    responseValue: str = text(60, PUBLIC, required=True)


class AssessedGradeLevel(Element):
    """A grade level for which the test is meant."""

    gradeLevelDescriptor: str = descriptor("GradeLevelDescriptor", PUBLIC, required=True)


class AssessmentContentStandard(Element):
    """The published set of standards that the test measures: title, version, issuer, dates."""

    mandatingEducationOrganizationReference: EducationOrganization | None = reference(
        "EducationOrganization", PUBLIC, educationOrganizationId=LONG
    )
    publicationStatusDescriptor: str | None = descriptor("PublicationStatusDescriptor", PUBLIC)
    beginDate: date | None = day(PUBLIC)
    endDate: date | None = day(PUBLIC)
    publicationDate: date | None = day(PUBLIC)
    publicationYear: int | None = integer(PUBLIC)
    title: str | None = text(75, PUBLIC)
    uri: str | None = text(255, PUBLIC)
    version: str | None = text(50, PUBLIC)
    authors: list[Author] = collection(Author, PUBLIC, unique_by=("author",))


class AssessmentIdentificationCode(Element):
    """A number by which some system or organisation knows the test."""

    assessmentIdentificationSystemDescriptor: str = descriptor(
        "AssessmentIdentificationSystemDescriptor", PUBLIC, required=True
    )
    assigningOrganizationIdentificationCode: str | None = text(60, PUBLIC)
    identificationCode: str = text(60, PUBLIC, required=True)


class PerformanceLevel(Element):
    """A level of performance that the test reports, such as proficient, with the scores that it spans."""

    assessmentReportingMethodDescriptor: str = descriptor("AssessmentReportingMethodDescriptor", PUBLIC, required=True)
    performanceLevelDescriptor: str = descriptor("PerformanceLevelDescriptor", PUBLIC, required=True)
    resultDatatypeTypeDescriptor: str | None = descriptor("ResultDatatypeTypeDescriptor", PUBLIC)
    maximumScore: str | None = text(35, PUBLIC)
    minimumScore: str | None = text(35, PUBLIC)
    performanceLevelIndicatorName: str | None = text(60, PUBLIC)


class AssessmentPeriod(Element):
    """A time of the year in which the test is given."""

    assessmentPeriodDescriptor: str = descriptor("AssessmentPeriodDescriptor", PUBLIC, required=True)
    beginDate: date | None = day(PUBLIC)
    endDate: date | None = day(PUBLIC)


class PlatformType(Element):
    """A way in which the test can be taken, such as on paper or on a computer."""

    platformTypeDescriptor: str = descriptor("PlatformTypeDescriptor", PUBLIC, required=True)


class ObjectiveAssessmentAssessmentItem(Element):
    """A question that counts into this part of the test."""

    assessmentItemReference: AssessmentItem = reference(
        "AssessmentItem",
        PUBLIC,
        required=True,
        assessmentIdentifier=string(60),
        namespace=string(255),
        identificationCode=string(60),
    )


class Assessment(Resource, domain="assessment"):
    """A test as it is given: its title, subjects, grade levels, scores and performance levels."""

    educationOrganizationReference: EducationOrganization | None = reference(
        "EducationOrganization", PUBLIC, educationOrganizationId=LONG
    )
    assessmentCategoryDescriptor: str | None = descriptor("AssessmentCategoryDescriptor", PUBLIC)
    adaptiveAssessment: bool | None = boolean(PUBLIC)
    assessmentFamily: str | None = text(60, PUBLIC)
    assessmentForm: str | None = text(60, PUBLIC)
    assessmentIdentifier: str = text(60, PUBLIC, key=True)
    assessmentTitle: str = text(255, PUBLIC, required=True)
    assessmentVersion: int | None = integer(PUBLIC)
    maxRawScore: Decimal | None = decimal(15, 5, PUBLIC)
    namespace: str = text(255, PUBLIC, key=True)
    nomenclature: str | None = text(100, PUBLIC)
    revisionDate: date | None = day(PUBLIC)
    academicSubjects: list[AcademicSubject] = collection(
        AcademicSubject, PUBLIC, unique_by=("academicSubjectDescriptor",), required=True
    )
    assessedGradeLevels: list[AssessedGradeLevel] = collection(
        AssessedGradeLevel, PUBLIC, unique_by=("gradeLevelDescriptor",)
    )
    contentStandard: AssessmentContentStandard | None = embedded(AssessmentContentStandard, PUBLIC)
    identificationCodes: list[AssessmentIdentificationCode] = collection(
        AssessmentIdentificationCode, PUBLIC, unique_by=("assessmentIdentificationSystemDescriptor",)
    )
    languages: list[AssessmentLanguage] = collection(AssessmentLanguage, PUBLIC, unique_by=("languageDescriptor",))
    performanceLevels: list[PerformanceLevel] = collection(
        PerformanceLevel, PUBLIC, unique_by=("assessmentReportingMethodDescriptor", "performanceLevelDescriptor")
    )
    periods: list[AssessmentPeriod] = collection(AssessmentPeriod, PUBLIC, unique_by=("assessmentPeriodDescriptor",))
    platformTypes: list[PlatformType] = collection(PlatformType, PUBLIC, unique_by=("platformTypeDescriptor",))
    programs: list[AssessmentProgram] = collection(AssessmentProgram, PUBLIC, unique_by=("programReference",))
    scores: list[Score] = collection(Score, PUBLIC, unique_by=("assessmentReportingMethodDescriptor",))
    sections: list[AssessmentSection] = collection(AssessmentSection, PUBLIC, unique_by=("sectionReference",))


class AssessmentItem(Resource, domain="assessment"):
    """One question or task of a test, with its answers and points."""

    assessmentReference: Assessment = reference(
        "Assessment", PUBLIC, key=True, assessmentIdentifier=string(60), namespace=string(255)
    )
    assessmentItemCategoryDescriptor: str | None = descriptor("AssessmentItemCategoryDescriptor", PUBLIC)
    assessmentItemURI: str | None = text(255, PUBLIC)
    expectedTimeAssessed: str | None = text(30, PUBLIC)
    identificationCode: str = text(60, PUBLIC, key=True)
    itemText: str | None = text(1024, PUBLIC)
    maxRawScore: Decimal | None = decimal(15, 5, PUBLIC)
    nomenclature: str | None = text(100, PUBLIC)
    learningStandards: list[AssessmentItemLearningStandard] = collection(
        AssessmentItemLearningStandard, PUBLIC, unique_by=("learningStandardReference",)
    )
    possibleResponses: list[PossibleResponse] = collection(PossibleResponse, PUBLIC, unique_by=("responseValue",))


class ObjectiveAssessment(
    Resource,
    domain="assessment",
    equal=(
        ("assessmentReference.assessmentIdentifier", "parentObjectiveAssessmentReference.assessmentIdentifier"),
        ("assessmentReference.namespace", "parentObjectiveAssessmentReference.namespace"),
    ),
):
    """A part of a test that is reported on its own, such as fractions."""

    assessmentReference: Assessment = reference(
        "Assessment", PUBLIC, key=True, assessmentIdentifier=string(60), namespace=string(255)
    )
    parentObjectiveAssessmentReference: ObjectiveAssessment | None = reference(
        "ObjectiveAssessment",
        PUBLIC,
        assessmentIdentifier=string(60),
        namespace=string(255),
        identificationCode=string(60),
    )
    academicSubjectDescriptor: str | None = descriptor("AcademicSubjectDescriptor", PUBLIC)
    description: str | None = text(1024, PUBLIC)
    identificationCode: str = text(60, PUBLIC, key=True)
    maxRawScore: Decimal | None = decimal(15, 5, PUBLIC)
    nomenclature: str | None = text(100, PUBLIC)
    percentOfAssessment: Decimal | None = decimal(5, 4, PUBLIC)
    assessmentItems: list[ObjectiveAssessmentAssessmentItem] = collection(
        ObjectiveAssessmentAssessmentItem, PUBLIC, unique_by=("assessmentItemReference",)
    )
    learningStandards: list[AssessmentItemLearningStandard] = collection(
        AssessmentItemLearningStandard, PUBLIC, unique_by=("learningStandardReference",)
    )
    performanceLevels: list[PerformanceLevel] = collection(
        PerformanceLevel, PUBLIC, unique_by=("assessmentReportingMethodDescriptor", "performanceLevelDescriptor")
    )
    scores: list[Score] = collection(Score, PUBLIC, unique_by=("assessmentReportingMethodDescriptor",))


class AssessmentScoreRangeLearningStandard(
    Resource,
    domain="assessment",
    equal=(
        ("assessmentReference.assessmentIdentifier", "objectiveAssessmentReference.assessmentIdentifier"),
        ("assessmentReference.namespace", "objectiveAssessmentReference.namespace"),
    ),
):
    """A span of scores in a test and the learning standards that it shows to be mastered."""

    assessmentReference: Assessment = reference(
        "Assessment", PUBLIC, key=True, assessmentIdentifier=string(60), namespace=string(255)
    )
    objectiveAssessmentReference: ObjectiveAssessment | None = reference(
        "ObjectiveAssessment",
        PUBLIC,
        assessmentIdentifier=string(60),
        namespace=string(255),
        identificationCode=string(60),
    )
    assessmentReportingMethodDescriptor: str | None = descriptor("AssessmentReportingMethodDescriptor", PUBLIC)
    maximumScore: str = text(35, PUBLIC, required=True)
    minimumScore: str = text(35, PUBLIC, required=True)
    scoreRangeId: str = text(60, PUBLIC, key=True)
    learningStandards: list[AssessmentItemLearningStandard] = collection(
        AssessmentItemLearningStandard, PUBLIC, unique_by=("learningStandardReference",)
    )
