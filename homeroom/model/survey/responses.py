"""Who answered, what, and about whom."""

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
    string,
    text,
)

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.staff import Staff
    from homeroom.model.student_identification import Contact, Student
    from homeroom.model.survey.questions import Survey, SurveyQuestion, SurveySection

EDUCATION = PrivacyClass.EDUCATION
IDENTIFYING = PrivacyClass.IDENTIFYING
PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE


class SurveyQuestionMatrixElementResponse(Element):
    """The answer to one line of a question that is a table."""

    matrixElement: str = text(255, PUBLIC, required=True)
    maxNumericResponse: int | None = integer(PUBLIC)
    minNumericResponse: int | None = integer(PUBLIC)
    noResponse: bool | None = boolean(PUBLIC)
    numericResponse: int | None = integer(PUBLIC)
    textResponse: str | None = text(2048, PUBLIC)


class Value(Element):
    """One value of an answer, as text or number."""

    numericResponse: int | None = integer(PUBLIC)
    surveyQuestionResponseValueIdentifier: int = integer(PUBLIC, required=True)
    textResponse: str | None = text(2048, PUBLIC)


class SurveyLevel(Element):
    """The level from which the person who answers comes, such as elementary school."""

    surveyLevelDescriptor: str = descriptor("SurveyLevelDescriptor", PUBLIC, required=True)


class SurveyQuestionResponse(
    Resource,
    domain="survey",
    equal=(
        ("surveyQuestionReference.namespace", "surveyResponseReference.namespace"),
        ("surveyQuestionReference.surveyIdentifier", "surveyResponseReference.surveyIdentifier"),
    ),
):
    """The answer that one person gave to one question."""

    surveyQuestionReference: SurveyQuestion = reference(
        "SurveyQuestion",
        SENSITIVE,
        key=True,
        questionCode=string(60),
        namespace=string(255),
        surveyIdentifier=string(60),
    )
    surveyResponseReference: SurveyResponse = reference(
        "SurveyResponse",
        SENSITIVE,
        key=True,
        namespace=string(255),
        surveyIdentifier=string(60),
        surveyResponseIdentifier=string(60),
    )
    comment: str | None = text(1024, SENSITIVE)
    noResponse: bool | None = boolean(SENSITIVE)
    surveyQuestionMatrixElementResponses: list[SurveyQuestionMatrixElementResponse] = collection(
        SurveyQuestionMatrixElementResponse, SENSITIVE, unique_by=("matrixElement",)
    )
    values: list[Value] = collection(Value, SENSITIVE, unique_by=("surveyQuestionResponseValueIdentifier",))


class SurveyResponse(Resource, domain="survey"):
    """One filled-in survey: when, and by whom where that is known."""

    contactReference: Contact | None = reference("Contact", IDENTIFYING, contactUniqueId=string(32))
    staffReference: Staff | None = reference("Staff", IDENTIFYING, staffUniqueId=string(32))
    studentReference: Student | None = reference("Student", IDENTIFYING, studentUniqueId=string(32))
    surveyReference: Survey = reference(
        "Survey", EDUCATION, key=True, namespace=string(255), surveyIdentifier=string(60)
    )
    electronicMailAddress: str | None = text(128, IDENTIFYING)
    fullName: str | None = text(80, IDENTIFYING)
    location: str | None = text(75, IDENTIFYING)
    responseDate: date = day(EDUCATION, required=True)
    responseTime: int | None = integer(EDUCATION)
    surveyResponseIdentifier: str = text(60, EDUCATION, key=True)
    surveyLevels: list[SurveyLevel] = collection(SurveyLevel, EDUCATION, unique_by=("surveyLevelDescriptor",))


class SurveyResponseEducationOrganizationTargetAssociation(Resource, domain="survey"):
    """The organisation that a filled-in survey is about."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", EDUCATION, key=True, educationOrganizationId=LONG
    )
    surveyResponseReference: SurveyResponse = reference(
        "SurveyResponse",
        EDUCATION,
        key=True,
        namespace=string(255),
        surveyIdentifier=string(60),
        surveyResponseIdentifier=string(60),
    )


class SurveyResponseStaffTargetAssociation(Resource, domain="survey"):
    """The member of staff that a filled-in survey is about."""

    staffReference: Staff = reference("Staff", EDUCATION, key=True, staffUniqueId=string(32))
    surveyResponseReference: SurveyResponse = reference(
        "SurveyResponse",
        EDUCATION,
        key=True,
        namespace=string(255),
        surveyIdentifier=string(60),
        surveyResponseIdentifier=string(60),
    )


class SurveySectionResponse(
    Resource,
    domain="survey",
    equal=(
        ("surveyResponseReference.namespace", "surveySectionReference.namespace"),
        ("surveyResponseReference.surveyIdentifier", "surveySectionReference.surveyIdentifier"),
    ),
):
    """The rating that comes out of one person's answers to a group of questions."""

    surveyResponseReference: SurveyResponse = reference(
        "SurveyResponse",
        EDUCATION,
        key=True,
        namespace=string(255),
        surveyIdentifier=string(60),
        surveyResponseIdentifier=string(60),
    )
    surveySectionReference: SurveySection = reference(
        "SurveySection",
        EDUCATION,
        key=True,
        namespace=string(255),
        surveyIdentifier=string(60),
        surveySectionTitle=string(255),
    )
    sectionRating: Decimal | None = decimal(9, 3, SENSITIVE)


class SurveySectionResponseEducationOrganizationTargetAssociation(Resource, domain="survey"):
    """The organisation that the answers to a group of questions are about."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", EDUCATION, key=True, educationOrganizationId=LONG
    )
    surveySectionResponseReference: SurveySectionResponse = reference(
        "SurveySectionResponse",
        EDUCATION,
        key=True,
        namespace=string(255),
        surveyIdentifier=string(60),
        surveyResponseIdentifier=string(60),
        surveySectionTitle=string(255),
    )


class SurveySectionResponseStaffTargetAssociation(Resource, domain="survey"):
    """The member of staff that the answers to a group of questions are about."""

    staffReference: Staff = reference("Staff", EDUCATION, key=True, staffUniqueId=string(32))
    surveySectionResponseReference: SurveySectionResponse = reference(
        "SurveySectionResponse",
        EDUCATION,
        key=True,
        namespace=string(255),
        surveyIdentifier=string(60),
        surveyResponseIdentifier=string(60),
        surveySectionTitle=string(255),
    )
