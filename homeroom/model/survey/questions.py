"""A survey as it was made: its sections and questions, and what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    INTEGER,
    LONG,
    Element,
    PrivacyClass,
    Resource,
    code,
    collection,
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
    from homeroom.model.teaching_and_learning import Section

PUBLIC = PrivacyClass.PUBLIC


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
