"""Discipline: incidents, who had which part in them, what was done about it, and restraint of students.

Every field is sensitive, the part that a member of staff had included, and also of an incident that names no student:
day, place and description are enough for a school to know of whom it speaks. Nothing else follows a child as long.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    LONG,
    Element,
    PrivacyClass,
    Resource,
    boolean,
    clock_time,
    code,
    collection,
    day,
    decimal,
    descriptor,
    reference,
    string,
    text,
)
from homeroom.model.shared_elements import AssessmentProgram, DisciplineActionStaff

if TYPE_CHECKING:
    from homeroom.model.education_organization import School
    from homeroom.model.staff import Staff
    from homeroom.model.student_identification import Student

PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE
STAFF = PrivacyClass.STAFF


class Discipline(Element):
    """A kind of consequence that was imposed, such as detention or suspension."""

    disciplineDescriptor: str = descriptor("DisciplineDescriptor", PUBLIC, required=True)


class DisciplineActionStudentDisciplineIncidentBehaviorAssociation(Element):
    """The behavior in an incident for which the action was taken."""

    studentDisciplineIncidentBehaviorAssociationReference: StudentDisciplineIncidentBehaviorAssociation = reference(
        "StudentDisciplineIncidentBehaviorAssociation",
        PUBLIC,
        required=True,
        behaviorDescriptor=code("BehaviorDescriptor"),
        incidentIdentifier=string(36),
        schoolId=LONG,
        studentUniqueId=string(32),
    )


class Behavior(Element):
    """A kind of behavior that the incident was about, with words on what happened."""

    behaviorDescriptor: str = descriptor("BehaviorDescriptor", PUBLIC, required=True)
    behaviorDetailedDescription: str | None = text(1024, PUBLIC)


class ExternalParticipant(Element):
    """A person from outside the school who took part in an incident, with their part in it."""

    disciplineIncidentParticipationCodeDescriptor: str = descriptor(
        "DisciplineIncidentParticipationCodeDescriptor", PUBLIC, required=True
    )
    firstName: str = text(75, PUBLIC, required=True)
    lastSurname: str = text(75, PUBLIC, required=True)


class Weapon(Element):
    """A kind of weapon that was involved."""

    weaponDescriptor: str = descriptor("WeaponDescriptor", PUBLIC, required=True)


class Reason(Element):
    """A reason why the student was restrained or secluded."""

    restraintEventReasonDescriptor: str = descriptor("RestraintEventReasonDescriptor", PUBLIC, required=True)


class DisciplineIncidentParticipationCode(Element):
    """The part someone had in an incident, such as victim, witness or the one who reported it."""

    disciplineIncidentParticipationCodeDescriptor: str = descriptor(
        "DisciplineIncidentParticipationCodeDescriptor", PUBLIC, required=True
    )


class DisciplineAction(Resource, domain="discipline"):
    """A consequence imposed on a student, such as three days of suspension, with its date and its length."""

    assignmentSchoolReference: School | None = reference("School", SENSITIVE, schoolId=LONG)
    responsibilitySchoolReference: School = reference("School", SENSITIVE, required=True, schoolId=LONG)
    studentReference: Student = reference("Student", SENSITIVE, key=True, studentUniqueId=string(32))
    disciplineActionLengthDifferenceReasonDescriptor: str | None = descriptor(
        "DisciplineActionLengthDifferenceReasonDescriptor", SENSITIVE
    )
    actualDisciplineActionLength: Decimal | None = decimal(5, 2, SENSITIVE)
    disciplineActionIdentifier: str = text(36, SENSITIVE, key=True)
    disciplineActionLength: Decimal | None = decimal(5, 2, SENSITIVE)
    disciplineDate: date = day(SENSITIVE, key=True)
    iepPlacementMeetingIndicator: bool | None = boolean(SENSITIVE)
    relatedToZeroTolerancePolicy: bool | None = boolean(SENSITIVE)
    disciplines: list[Discipline] = collection(
        Discipline, SENSITIVE, unique_by=("disciplineDescriptor",), required=True
    )
    staffs: list[DisciplineActionStaff] = collection(DisciplineActionStaff, SENSITIVE, unique_by=("staffReference",))
    studentDisciplineIncidentBehaviorAssociations: list[
        DisciplineActionStudentDisciplineIncidentBehaviorAssociation
    ] = collection(
        DisciplineActionStudentDisciplineIncidentBehaviorAssociation,
        SENSITIVE,
        unique_by=("studentDisciplineIncidentBehaviorAssociationReference",),
    )


class DisciplineIncident(Resource, domain="discipline"):
    """One event at a school that broke the rules of conduct or the law: when, where, and what happened."""

    schoolReference: School = reference("School", SENSITIVE, key=True, schoolId=LONG)
    incidentLocationDescriptor: str | None = descriptor("IncidentLocationDescriptor", SENSITIVE)
    reporterDescriptionDescriptor: str | None = descriptor("ReporterDescriptionDescriptor", SENSITIVE)
    caseNumber: str | None = text(20, SENSITIVE)
    incidentCost: Decimal | None = decimal(19, 4, SENSITIVE)
    incidentDate: date = day(SENSITIVE, required=True)
    incidentDescription: str | None = text(1024, SENSITIVE)
    incidentIdentifier: str = text(36, SENSITIVE, key=True)
    incidentTime: time | None = clock_time(SENSITIVE)
    reportedToLawEnforcement: bool | None = boolean(SENSITIVE)
    reporterName: str | None = text(75, SENSITIVE)
    behaviors: list[Behavior] = collection(Behavior, SENSITIVE, unique_by=("behaviorDescriptor",))
    externalParticipants: list[ExternalParticipant] = collection(
        ExternalParticipant,
        SENSITIVE,
        unique_by=("disciplineIncidentParticipationCodeDescriptor", "firstName", "lastSurname"),
    )
    weapons: list[Weapon] = collection(Weapon, SENSITIVE, unique_by=("weaponDescriptor",))


class RestraintEvent(
    Resource, domain="discipline", equal=(("disciplineIncidentReference.schoolId", "schoolReference.schoolId"),)
):
    """One time at which a student was physically restrained or secluded, and for which reasons."""

    disciplineIncidentReference: DisciplineIncident | None = reference(
        "DisciplineIncident", SENSITIVE, incidentIdentifier=string(36), schoolId=LONG
    )
    schoolReference: School = reference("School", SENSITIVE, key=True, schoolId=LONG)
    studentReference: Student = reference("Student", SENSITIVE, key=True, studentUniqueId=string(32))
    educationalEnvironmentDescriptor: str | None = descriptor("EducationalEnvironmentDescriptor", SENSITIVE)
    eventDate: date = day(SENSITIVE, required=True)
    restraintEventIdentifier: str = text(36, SENSITIVE, key=True)
    programs: list[AssessmentProgram] = collection(AssessmentProgram, SENSITIVE, unique_by=("programReference",))
    reasons: list[Reason] = collection(Reason, SENSITIVE, unique_by=("restraintEventReasonDescriptor",))


class StaffDisciplineIncidentAssociation(Resource, domain="discipline"):
    """The part that a member of staff had in an incident, such as witness or victim."""

    disciplineIncidentReference: DisciplineIncident = reference(
        "DisciplineIncident", SENSITIVE, key=True, incidentIdentifier=string(36), schoolId=LONG
    )
    staffReference: Staff = reference("Staff", SENSITIVE, key=True, staffUniqueId=string(32))
    disciplineIncidentParticipationCodes: list[DisciplineIncidentParticipationCode] = collection(
        DisciplineIncidentParticipationCode,
        SENSITIVE,
        unique_by=("disciplineIncidentParticipationCodeDescriptor",),
        required=True,
    )


class StudentDisciplineIncidentBehaviorAssociation(Resource, domain="discipline"):
    """One behavior of one student in an incident: who is said to have done what."""

    disciplineIncidentReference: DisciplineIncident = reference(
        "DisciplineIncident", SENSITIVE, key=True, incidentIdentifier=string(36), schoolId=LONG
    )
    studentReference: Student = reference("Student", SENSITIVE, key=True, studentUniqueId=string(32))
    behaviorDescriptor: str = descriptor("BehaviorDescriptor", SENSITIVE, key=True)
    behaviorDetailedDescription: str | None = text(1024, SENSITIVE)
    disciplineIncidentParticipationCodes: list[DisciplineIncidentParticipationCode] = collection(
        DisciplineIncidentParticipationCode, SENSITIVE, unique_by=("disciplineIncidentParticipationCodeDescriptor",)
    )
    weapons: list[Weapon] = collection(Weapon, SENSITIVE, unique_by=("weaponDescriptor",))


class StudentDisciplineIncidentNonOffenderAssociation(Resource, domain="discipline"):
    """A student's part in an incident other than having caused it, such as victim or witness."""

    disciplineIncidentReference: DisciplineIncident = reference(
        "DisciplineIncident", SENSITIVE, key=True, incidentIdentifier=string(36), schoolId=LONG
    )
    studentReference: Student = reference("Student", SENSITIVE, key=True, studentUniqueId=string(32))
    disciplineIncidentParticipationCodes: list[DisciplineIncidentParticipationCode] = collection(
        DisciplineIncidentParticipationCode, SENSITIVE, unique_by=("disciplineIncidentParticipationCodeDescriptor",)
    )
