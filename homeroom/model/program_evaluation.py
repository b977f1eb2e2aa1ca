"""How students in programs are evaluated, and what each evaluation found.

Forms of evaluation, their objectives and rubrics are public. A student's evaluation is sensitive altogether: it shows
that they are in a program such as special education or migrant education, and how they do there.
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
    from homeroom.model.education_organization import Program
    from homeroom.model.staff import Staff
    from homeroom.model.student_identification import Student

PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE


class ProgramEvaluationLevel(Element):
    """A rating level that this part of the evaluation uses, with the numbers it spans."""

    ratingLevelDescriptor: str = descriptor("RatingLevelDescriptor", PUBLIC, required=True)
    maxNumericRating: Decimal | None = decimal(6, 3, PUBLIC)
    minNumericRating: Decimal | None = decimal(6, 3, PUBLIC)


class Level(Element):
    """A rating level that the evaluation uses, with the numbers it spans."""

    ratingLevelDescriptor: str = descriptor("RatingLevelDescriptor", PUBLIC, required=True)
    maxNumericRating: Decimal | None = decimal(6, 3, PUBLIC)
    minNumericRating: Decimal | None = decimal(6, 3, PUBLIC)


class ExternalEvaluator(Element):
    """The name of a person from outside who evaluated."""

    externalEvaluator: str = text(150, PUBLIC, required=True)


class StudentEvaluationElement(Element):
    """A student's rating in one element of the evaluation."""

    programEvaluationElementReference: ProgramEvaluationElement = reference(
        "ProgramEvaluationElement",
        PUBLIC,
        required=True,
        programEvaluationElementTitle=string(50),
        programEducationOrganizationId=LONG,
        programEvaluationPeriodDescriptor=code("ProgramEvaluationPeriodDescriptor"),
        programEvaluationTitle=string(50),
        programEvaluationTypeDescriptor=code("ProgramEvaluationTypeDescriptor"),
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )
    evaluationElementRatingLevelDescriptor: str | None = descriptor("RatingLevelDescriptor", PUBLIC)
    evaluationElementNumericRating: Decimal | None = decimal(6, 3, PUBLIC)


class StudentEvaluationObjective(Element):
    """A student's rating in one objective of the evaluation."""

    programEvaluationObjectiveReference: ProgramEvaluationObjective = reference(
        "ProgramEvaluationObjective",
        PUBLIC,
        required=True,
        programEvaluationObjectiveTitle=string(50),
        programEducationOrganizationId=LONG,
        programEvaluationPeriodDescriptor=code("ProgramEvaluationPeriodDescriptor"),
        programEvaluationTitle=string(50),
        programEvaluationTypeDescriptor=code("ProgramEvaluationTypeDescriptor"),
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )
    evaluationObjectiveRatingLevelDescriptor: str | None = descriptor("RatingLevelDescriptor", PUBLIC)
    evaluationObjectiveNumericRating: Decimal | None = decimal(6, 3, PUBLIC)


class ProgramEvaluation(Resource, domain="program_evaluation"):
    """A way to rate how students do in a program, with its levels and period."""

    programReference: Program = reference(
        "Program",
        PUBLIC,
        key=True,
        educationOrganizationId=LONG,
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )
    programEvaluationPeriodDescriptor: str = descriptor("ProgramEvaluationPeriodDescriptor", PUBLIC, key=True)
    programEvaluationTypeDescriptor: str = descriptor("ProgramEvaluationTypeDescriptor", PUBLIC, key=True)
    evaluationMaxNumericRating: Decimal | None = decimal(6, 3, PUBLIC)
    evaluationMinNumericRating: Decimal | None = decimal(6, 3, PUBLIC)
    programEvaluationDescription: str | None = text(255, PUBLIC)
    programEvaluationTitle: str = text(50, PUBLIC, key=True)
    levels: list[Level] = collection(Level, PUBLIC, unique_by=("ratingLevelDescriptor",))


class ProgramEvaluationElement(
    Resource,
    domain="program_evaluation",
    equal=(
        (
            "programEvaluationObjectiveReference.programEducationOrganizationId",
            "programEvaluationReference.programEducationOrganizationId",
        ),
        (
            "programEvaluationObjectiveReference.programEvaluationPeriodDescriptor",
            "programEvaluationReference.programEvaluationPeriodDescriptor",
        ),
        (
            "programEvaluationObjectiveReference.programEvaluationTitle",
            "programEvaluationReference.programEvaluationTitle",
        ),
        (
            "programEvaluationObjectiveReference.programEvaluationTypeDescriptor",
            "programEvaluationReference.programEvaluationTypeDescriptor",
        ),
        ("programEvaluationObjectiveReference.programName", "programEvaluationReference.programName"),
        (
            "programEvaluationObjectiveReference.programTypeDescriptor",
            "programEvaluationReference.programTypeDescriptor",
        ),
    ),
):
    """One point that is rated in an evaluation of students in a program."""

    programEvaluationObjectiveReference: ProgramEvaluationObjective | None = reference(
        "ProgramEvaluationObjective",
        PUBLIC,
        programEvaluationObjectiveTitle=string(50),
        programEducationOrganizationId=LONG,
        programEvaluationPeriodDescriptor=code("ProgramEvaluationPeriodDescriptor"),
        programEvaluationTitle=string(50),
        programEvaluationTypeDescriptor=code("ProgramEvaluationTypeDescriptor"),
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )
    programEvaluationReference: ProgramEvaluation = reference(
        "ProgramEvaluation",
        PUBLIC,
        key=True,
        programEvaluationPeriodDescriptor=code("ProgramEvaluationPeriodDescriptor"),
        programEvaluationTitle=string(50),
        programEvaluationTypeDescriptor=code("ProgramEvaluationTypeDescriptor"),
        programEducationOrganizationId=LONG,
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )
    elementMaxNumericRating: Decimal | None = decimal(6, 3, PUBLIC)
    elementMinNumericRating: Decimal | None = decimal(6, 3, PUBLIC)
    elementSortOrder: int | None = integer(PUBLIC)
    programEvaluationElementDescription: str | None = text(255, PUBLIC)
    programEvaluationElementTitle: str = text(50, PUBLIC, key=True)
    programEvaluationLevels: list[ProgramEvaluationLevel] = collection(
        ProgramEvaluationLevel, PUBLIC, unique_by=("ratingLevelDescriptor",)
    )


class ProgramEvaluationObjective(Resource, domain="program_evaluation"):
    """A group of points that are rated together in an evaluation of students in a program."""

    programEvaluationReference: ProgramEvaluation = reference(
        "ProgramEvaluation",
        PUBLIC,
        key=True,
        programEvaluationPeriodDescriptor=code("ProgramEvaluationPeriodDescriptor"),
        programEvaluationTitle=string(50),
        programEvaluationTypeDescriptor=code("ProgramEvaluationTypeDescriptor"),
        programEducationOrganizationId=LONG,
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )
    objectiveMaxNumericRating: Decimal | None = decimal(6, 3, PUBLIC)
    objectiveMinNumericRating: Decimal | None = decimal(6, 3, PUBLIC)
    objectiveSortOrder: int | None = integer(PUBLIC)
    programEvaluationObjectiveDescription: str | None = text(255, PUBLIC)
    programEvaluationObjectiveTitle: str = text(50, PUBLIC, key=True)
    programEvaluationLevels: list[ProgramEvaluationLevel] = collection(
        ProgramEvaluationLevel, PUBLIC, unique_by=("ratingLevelDescriptor",)
    )


class EvaluationRubricDimension(Resource, domain="program_evaluation"):
    """What it takes to reach one rating on one point of an evaluation."""

    programEvaluationElementReference: ProgramEvaluationElement = reference(
        "ProgramEvaluationElement",
        PUBLIC,
        key=True,
        programEvaluationElementTitle=string(50),
        programEducationOrganizationId=LONG,
        programEvaluationPeriodDescriptor=code("ProgramEvaluationPeriodDescriptor"),
        programEvaluationTitle=string(50),
        programEvaluationTypeDescriptor=code("ProgramEvaluationTypeDescriptor"),
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )
    evaluationRubricRatingLevelDescriptor: str | None = descriptor("RatingLevelDescriptor", PUBLIC)
    evaluationCriterionDescription: str = text(1024, PUBLIC, required=True)
    evaluationRubricRating: int = integer(PUBLIC, key=True)
    rubricDimensionSortOrder: int | None = integer(PUBLIC)


class StudentProgramEvaluation(Resource, domain="program_evaluation"):
    """One rating of a student in a program: when, by whom, with which result."""

    educationOrganizationReference: EducationOrganization | None = reference(
        "EducationOrganization", SENSITIVE, educationOrganizationId=LONG
    )
    programEvaluationReference: ProgramEvaluation = reference(
        "ProgramEvaluation",
        SENSITIVE,
        key=True,
        programEvaluationPeriodDescriptor=code("ProgramEvaluationPeriodDescriptor"),
        programEvaluationTitle=string(50),
        programEvaluationTypeDescriptor=code("ProgramEvaluationTypeDescriptor"),
        programEducationOrganizationId=LONG,
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )
    staffEvaluatorStaffReference: Staff | None = reference("Staff", SENSITIVE, staffUniqueId=string(32))
    studentReference: Student = reference("Student", SENSITIVE, key=True, studentUniqueId=string(32))
    summaryEvaluationRatingLevelDescriptor: str | None = descriptor("RatingLevelDescriptor", SENSITIVE)
    evaluationDate: date = day(SENSITIVE, key=True)
    evaluationDuration: int | None = integer(SENSITIVE)
    summaryEvaluationComment: str | None = text(1024, SENSITIVE)
    summaryEvaluationNumericRating: Decimal | None = decimal(6, 3, SENSITIVE)
    externalEvaluators: list[ExternalEvaluator] = collection(
        ExternalEvaluator, SENSITIVE, unique_by=("externalEvaluator",)
    )
    studentEvaluationElements: list[StudentEvaluationElement] = collection(
        StudentEvaluationElement, SENSITIVE, unique_by=("programEvaluationElementReference",)
    )
    studentEvaluationObjectives: list[StudentEvaluationObjective] = collection(
        StudentEvaluationObjective, SENSITIVE, unique_by=("programEvaluationObjectiveReference",)
    )
