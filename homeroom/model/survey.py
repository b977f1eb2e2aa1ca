"""Surveys: their questions and sections, who answered, and what was answered.

Questions are public. That somebody answered is part of the education record, and who it was is identifying. The answers
are sensitive, whatever was asked: the Protection of Pupil Rights Amendment (20 U.S.C. 1232h) guards answers on beliefs,
family, health and income, and no field can tell beforehand which question that will be.
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
    code,
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
    from homeroom.model.course_catalog import Course
    from homeroom.model.education_organization import Program
    from homeroom.model.school_calendar import SchoolYearType, Session
    from homeroom.model.staff import Staff
    from homeroom.model.student_identification import Contact, Student
    from homeroom.model.teaching_and_learning import Section

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


class Matrice(Element):
    """One line of a question that is a table, with its lowest and highest value."""

    matrixElement: str = text(255, PUBLIC, required=True)
    maxRawScore: int | None = integer(PUBLIC)
    minRawScore: int | None = integer(PUBLIC)


class ResponseChoice(Element):
    """An answer that can be chosen, at its place in the list."""

    numericValue: int | None = integer(PUBLIC)
    sortOrder: int = integer(PUBLIC, required=True)
    textValue: str | None = text(255, PUBLIC)


class SurveyLevel(Element):
    """The level from which the person who answers comes, such as elementary school."""

    surveyLevelDescriptor: str = descriptor("SurveyLevelDescriptor", PUBLIC, required=True)


class Survey(
    Resource,
    domain="survey",
    endpoint="surveys",
    equal=(("schoolYearTypeReference.schoolYear", "sessionReference.schoolYear"),),
):
    """A questionnaire that was given to families, students or staff, in a session or school year."""

    educationOrganizationReference: EducationOrganization | None = reference(
        "EducationOrganization", PUBLIC, educationOrganizationId=LONG
    )
    schoolYearTypeReference: SchoolYearType = reference("SchoolYearType", PUBLIC, required=True, schoolYear=INTEGER)
    sessionReference: Session | None = reference(
        "Session", PUBLIC, schoolId=LONG, schoolYear=INTEGER, sessionName=string(60)
    )
    surveyCategoryDescriptor: str | None = descriptor("SurveyCategoryDescriptor", PUBLIC)
    namespace: str = text(255, PUBLIC, key=True)
    numberAdministered: int | None = integer(PUBLIC)
    surveyIdentifier: str = text(60, PUBLIC, key=True)
    surveyTitle: str = text(255, PUBLIC, required=True)


class SurveyCourseAssociation(Resource, domain="survey"):
    """A course that a survey asks about."""

    courseReference: Course = reference("Course", PUBLIC, key=True, courseCode=string(60), educationOrganizationId=LONG)
    surveyReference: Survey = reference("Survey", PUBLIC, key=True, namespace=string(255), surveyIdentifier=string(60))


class SurveyProgramAssociation(Resource, domain="survey"):
    """A program that a survey asks about."""

    programReference: Program = reference(
        "Program",
        PUBLIC,
        key=True,
        educationOrganizationId=LONG,
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )
    surveyReference: Survey = reference("Survey", PUBLIC, key=True, namespace=string(255), surveyIdentifier=string(60))


class SurveyQuestion(
    Resource,
    domain="survey",
    equal=(
        ("surveyReference.namespace", "surveySectionReference.namespace"),
        ("surveyReference.surveyIdentifier", "surveySectionReference.surveyIdentifier"),
    ),
):
    """One question of a survey, with the answers that can be chosen."""

    surveySectionReference: SurveySection | None = reference(
        "SurveySection", PUBLIC, namespace=string(255), surveyIdentifier=string(60), surveySectionTitle=string(255)
    )
    surveyReference: Survey = reference("Survey", PUBLIC, key=True, namespace=string(255), surveyIdentifier=string(60))
    questionFormDescriptor: str = descriptor("QuestionFormDescriptor", PUBLIC, required=True)
    questionCode: str = text(60, PUBLIC, key=True)
    questionText: str = text(1024, PUBLIC, required=True)
    matrices: list[Matrice] = collection(Matrice, PUBLIC, unique_by=("matrixElement",))
    responseChoices: list[ResponseChoice] = collection(ResponseChoice, PUBLIC, unique_by=("sortOrder",))


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


class SurveySection(Resource, domain="survey"):
    """A group of questions of a survey."""

    surveyReference: Survey = reference("Survey", PUBLIC, key=True, namespace=string(255), surveyIdentifier=string(60))
    surveySectionTitle: str = text(255, PUBLIC, key=True)


class SurveySectionAssociation(Resource, domain="survey"):
    """A class section that a survey asks about."""

    sectionReference: Section = reference(
        "Section",
        PUBLIC,
        key=True,
        localCourseCode=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
        sessionName=string(60),
        sectionIdentifier=string(255),
    )
    surveyReference: Survey = reference("Survey", PUBLIC, key=True, namespace=string(255), surveyIdentifier=string(60))


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
