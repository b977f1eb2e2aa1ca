"""TODO-DOC discipline"""

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
    """TODO-DOC Discipline"""

    disciplineDescriptor: str = descriptor("DisciplineDescriptor", PUBLIC, required=True)


class DisciplineActionStudentDisciplineIncidentBehaviorAssociation(Element):
    """TODO-DOC DisciplineActionStudentDisciplineIncidentBehaviorAssociation"""

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
    """TODO-DOC Behavior"""

    behaviorDescriptor: str = descriptor("BehaviorDescriptor", PUBLIC, required=True)
    behaviorDetailedDescription: str | None = text(1024, PUBLIC)


class ExternalParticipant(Element):
    """TODO-DOC ExternalParticipant"""

    disciplineIncidentParticipationCodeDescriptor: str = descriptor(
        "DisciplineIncidentParticipationCodeDescriptor", PUBLIC, required=True
    )
    firstName: str = text(75, PUBLIC, required=True)
    lastSurname: str = text(75, PUBLIC, required=True)


class Weapon(Element):
    """TODO-DOC Weapon"""

    weaponDescriptor: str = descriptor("WeaponDescriptor", PUBLIC, required=True)


class Reason(Element):
    """TODO-DOC Reason"""

    restraintEventReasonDescriptor: str = descriptor("RestraintEventReasonDescriptor", PUBLIC, required=True)


class DisciplineIncidentParticipationCode(Element):
    """TODO-DOC DisciplineIncidentParticipationCode"""

    disciplineIncidentParticipationCodeDescriptor: str = descriptor(
        "DisciplineIncidentParticipationCodeDescriptor", PUBLIC, required=True
    )


class DisciplineAction(Resource, domain="discipline"):
    """TODO-DOC DisciplineAction"""

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
    """TODO-DOC DisciplineIncident"""

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
    """TODO-DOC RestraintEvent"""

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
    """TODO-DOC StaffDisciplineIncidentAssociation"""

    disciplineIncidentReference: DisciplineIncident = reference(
        "DisciplineIncident", STAFF, key=True, incidentIdentifier=string(36), schoolId=LONG
    )
    staffReference: Staff = reference("Staff", STAFF, key=True, staffUniqueId=string(32))
    disciplineIncidentParticipationCodes: list[DisciplineIncidentParticipationCode] = collection(
        DisciplineIncidentParticipationCode,
        STAFF,
        unique_by=("disciplineIncidentParticipationCodeDescriptor",),
        required=True,
    )


class StudentDisciplineIncidentBehaviorAssociation(Resource, domain="discipline"):
    """TODO-DOC StudentDisciplineIncidentBehaviorAssociation"""

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
    """TODO-DOC StudentDisciplineIncidentNonOffenderAssociation"""

    disciplineIncidentReference: DisciplineIncident = reference(
        "DisciplineIncident", SENSITIVE, key=True, incidentIdentifier=string(36), schoolId=LONG
    )
    studentReference: Student = reference("Student", SENSITIVE, key=True, studentUniqueId=string(32))
    disciplineIncidentParticipationCodes: list[DisciplineIncidentParticipationCode] = collection(
        DisciplineIncidentParticipationCode, SENSITIVE, unique_by=("disciplineIncidentParticipationCodeDescriptor",)
    )
