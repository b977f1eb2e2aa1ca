"""Students' results."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    INTEGER,
    LONG,
    Element,
    PrivacyClass,
    Resource,
    collection,
    day,
    decimal,
    descriptor,
    embedded,
    integer,
    moment,
    reference,
    string,
    text,
)
from homeroom.model.shared_elements import Accommodation

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.assessment.design import Assessment, AssessmentItem, ObjectiveAssessment
    from homeroom.model.education_organization import School
    from homeroom.model.school_calendar import SchoolYearType
    from homeroom.model.student_identification import Student

EDUCATION = PrivacyClass.EDUCATION
PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE


class Item(Element):
    """A student's answer to one test question and what it was worth."""

    assessmentItemReference: AssessmentItem = reference(
        "AssessmentItem",
        PUBLIC,
        required=True,
        assessmentIdentifier=string(60),
        namespace=string(255),
        identificationCode=string(60),
    )
    assessmentItemResultDescriptor: str = descriptor("AssessmentItemResultDescriptor", PUBLIC, required=True)
    responseIndicatorDescriptor: str | None = descriptor("ResponseIndicatorDescriptor", PUBLIC)
    assessmentResponse: str | None = text(255, PUBLIC)
    descriptiveFeedback: str | None = text(1024, PUBLIC)
    itemNumber: int | None = integer(PUBLIC)
    rawScoreResult: Decimal | None = decimal(15, 5, PUBLIC)
    timeAssessed: str | None = text(30, PUBLIC)


class StudentAssessmentPerformanceLevel(Element):
    """The performance level that a student reached."""

    assessmentReportingMethodDescriptor: str = descriptor("AssessmentReportingMethodDescriptor", PUBLIC, required=True)
    performanceLevelDescriptor: str = descriptor("PerformanceLevelDescriptor", PUBLIC, required=True)
    performanceLevelIndicatorName: str | None = text(60, PUBLIC)


class ScoreResult(Element):
    """One score that a student got, with the kind of score it is."""

    assessmentReportingMethodDescriptor: str = descriptor("AssessmentReportingMethodDescriptor", PUBLIC, required=True)
    resultDatatypeTypeDescriptor: str = descriptor("ResultDatatypeTypeDescriptor", PUBLIC, required=True)
    result: str = text(35, PUBLIC, required=True)


class StudentObjectiveAssessment(Element):
    """A student's result in one part of the test."""

    objectiveAssessmentReference: ObjectiveAssessment = reference(
        "ObjectiveAssessment",
        PUBLIC,
        required=True,
        assessmentIdentifier=string(60),
        namespace=string(255),
        identificationCode=string(60),
    )
    administrationDate: datetime | None = moment(PUBLIC)
    administrationEndDate: datetime | None = moment(PUBLIC)
    assessedMinutes: int | None = integer(PUBLIC)
    performanceLevels: list[StudentAssessmentPerformanceLevel] = collection(
        StudentAssessmentPerformanceLevel,
        PUBLIC,
        unique_by=("assessmentReportingMethodDescriptor", "performanceLevelDescriptor"),
    )
    scoreResults: list[ScoreResult] = collection(
        ScoreResult, PUBLIC, unique_by=("assessmentReportingMethodDescriptor",)
    )


class StudentAssessmentPeriod(Element):
    """The time of the year in which the student took the test."""

    assessmentPeriodDescriptor: str | None = descriptor("AssessmentPeriodDescriptor", PUBLIC)
    beginDate: date | None = day(PUBLIC)
    endDate: date | None = day(PUBLIC)


class StudentAssessment(Resource, domain="assessment"):
    """One time that a student took a test: when, how, and every score."""

    assessmentReference: Assessment = reference(
        "Assessment", EDUCATION, key=True, assessmentIdentifier=string(60), namespace=string(255)
    )
    reportedSchoolReference: School | None = reference("School", EDUCATION, schoolId=LONG)
    schoolYearTypeReference: SchoolYearType | None = reference("SchoolYearType", EDUCATION, schoolYear=INTEGER)
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    administrationEnvironmentDescriptor: str | None = descriptor("AdministrationEnvironmentDescriptor", EDUCATION)
    administrationLanguageDescriptor: str | None = descriptor("LanguageDescriptor", EDUCATION)
    eventCircumstanceDescriptor: str | None = descriptor("EventCircumstanceDescriptor", SENSITIVE)
    platformTypeDescriptor: str | None = descriptor("PlatformTypeDescriptor", EDUCATION)
    reasonNotTestedDescriptor: str | None = descriptor("ReasonNotTestedDescriptor", SENSITIVE)
    retestIndicatorDescriptor: str | None = descriptor("RetestIndicatorDescriptor", EDUCATION)
    whenAssessedGradeLevelDescriptor: str | None = descriptor("GradeLevelDescriptor", EDUCATION)
    administrationDate: datetime | None = moment(EDUCATION)
    administrationEndDate: datetime | None = moment(EDUCATION)
    assessedMinutes: int | None = integer(EDUCATION)
    eventDescription: str | None = text(1024, SENSITIVE)
    reportedSchoolIdentifier: str | None = text(60, EDUCATION)
    serialNumber: str | None = text(60, EDUCATION)
    studentAssessmentIdentifier: str = text(60, EDUCATION, key=True)
    accommodations: list[Accommodation] = collection(Accommodation, SENSITIVE, unique_by=("accommodationDescriptor",))
    items: list[Item] = collection(Item, EDUCATION, unique_by=("assessmentItemReference",))
    performanceLevels: list[StudentAssessmentPerformanceLevel] = collection(
        StudentAssessmentPerformanceLevel,
        EDUCATION,
        unique_by=("assessmentReportingMethodDescriptor", "performanceLevelDescriptor"),
    )
    scoreResults: list[ScoreResult] = collection(
        ScoreResult, EDUCATION, unique_by=("assessmentReportingMethodDescriptor",)
    )
    studentObjectiveAssessments: list[StudentObjectiveAssessment] = collection(
        StudentObjectiveAssessment, EDUCATION, unique_by=("objectiveAssessmentReference",)
    )
    period: StudentAssessmentPeriod | None = embedded(StudentAssessmentPeriod, EDUCATION)


class StudentAssessmentEducationOrganizationAssociation(Resource, domain="assessment"):
    """Which school or district a student's test result counts for, and in what role."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", EDUCATION, key=True, educationOrganizationId=LONG
    )
    schoolYearTypeReference: SchoolYearType | None = reference("SchoolYearType", EDUCATION, schoolYear=INTEGER)
    studentAssessmentReference: StudentAssessment = reference(
        "StudentAssessment",
        EDUCATION,
        key=True,
        assessmentIdentifier=string(60),
        namespace=string(255),
        studentAssessmentIdentifier=string(60),
        studentUniqueId=string(32),
    )
    educationOrganizationAssociationTypeDescriptor: str = descriptor(
        "EducationOrganizationAssociationTypeDescriptor", EDUCATION, key=True
    )
