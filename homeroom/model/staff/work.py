"""What staff do, where and on which terms, when they were away, and open positions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    DATE,
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
    embedded,
    integer,
    reference,
    string,
    text,
)
from homeroom.model.personal_elements import Telephone
from homeroom.model.shared_elements import AcademicSubject, GradeLevel, Period

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.education_organization import Program, School
    from homeroom.model.school_calendar import Calendar, SchoolYearType
    from homeroom.model.staff.persons import Credential, Staff

PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE
STAFF = PrivacyClass.STAFF


class InstructionalGradeLevel(Element):
    """A grade level that the position teaches."""

    gradeLevelDescriptor: str = descriptor("GradeLevelDescriptor", PUBLIC, required=True)


class StaffEducationOrganizationContactAssociationAddress(Element):
    """The address at which a member of staff can be reached in this role."""

    addressTypeDescriptor: str | None = descriptor("AddressTypeDescriptor", PUBLIC)
    localeDescriptor: str | None = descriptor("LocaleDescriptor", PUBLIC)
    stateAbbreviationDescriptor: str | None = descriptor("StateAbbreviationDescriptor", PUBLIC)
    apartmentRoomSuiteNumber: str | None = text(50, PUBLIC)
    buildingSiteNumber: str | None = text(20, PUBLIC)
    city: str | None = text(30, PUBLIC)
    congressionalDistrict: str | None = text(30, PUBLIC)
    countyFIPSCode: str | None = text(5, PUBLIC)
    doNotPublishIndicator: bool | None = boolean(PUBLIC)
    latitude: str | None = text(20, PUBLIC)
    longitude: str | None = text(20, PUBLIC)
    nameOfCounty: str | None = text(30, PUBLIC)
    postalCode: str | None = text(17, PUBLIC)
    streetNumberName: str | None = text(150, PUBLIC)
    periods: list[Period] = collection(Period, PUBLIC, unique_by=("beginDate",))


class StaffAbsenceEvent(Resource, domain="staff"):
    """One day on which a member of staff was away, for how many hours and why."""

    staffReference: Staff = reference("Staff", SENSITIVE, key=True, staffUniqueId=string(32))
    absenceEventCategoryDescriptor: str = descriptor("AbsenceEventCategoryDescriptor", SENSITIVE, key=True)
    absenceEventReason: str | None = text(40, SENSITIVE)
    eventDate: date = day(SENSITIVE, key=True)
    hoursAbsent: Decimal | None = decimal(18, 2, SENSITIVE)


class StaffLeave(Resource, domain="staff"):
    """A longer absence of a member of staff, such as parental leave, from when to when."""

    staffReference: Staff = reference("Staff", SENSITIVE, key=True, staffUniqueId=string(32))
    staffLeaveEventCategoryDescriptor: str = descriptor("StaffLeaveEventCategoryDescriptor", SENSITIVE, key=True)
    beginDate: date = day(SENSITIVE, key=True)
    endDate: date | None = day(SENSITIVE)
    reason: str | None = text(40, SENSITIVE)
    substituteAssigned: bool | None = boolean(SENSITIVE)


class StaffEducationOrganizationAssignmentAssociation(
    Resource,
    domain="staff",
    equal=(
        (
            "employmentStaffEducationOrganizationEmploymentAssociationReference.staffUniqueId",
            "staffReference.staffUniqueId",
        ),
    ),
):
    """The job that a member of staff does at a school or office, from when to when."""

    credentialReference: Credential | None = reference(
        "Credential",
        STAFF,
        credentialIdentifier=string(60),
        stateOfIssueStateAbbreviationDescriptor=code("StateAbbreviationDescriptor"),
    )
    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", STAFF, key=True, educationOrganizationId=LONG
    )
    employmentStaffEducationOrganizationEmploymentAssociationReference: (
        StaffEducationOrganizationEmploymentAssociation | None
    ) = reference(
        "StaffEducationOrganizationEmploymentAssociation",
        STAFF,
        educationOrganizationId=LONG,
        employmentStatusDescriptor=code("EmploymentStatusDescriptor"),
        hireDate=DATE,
        staffUniqueId=string(32),
    )
    staffReference: Staff = reference("Staff", STAFF, key=True, staffUniqueId=string(32))
    staffClassificationDescriptor: str = descriptor("StaffClassificationDescriptor", STAFF, key=True)
    beginDate: date = day(STAFF, key=True)
    endDate: date | None = day(STAFF)
    fullTimeEquivalency: Decimal | None = decimal(5, 4, STAFF)
    orderOfAssignment: int | None = integer(STAFF)
    positionTitle: str | None = text(100, STAFF)


class StaffEducationOrganizationContactAssociation(Resource, domain="staff"):
    """How to reach a member of staff in one role at a school or office."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", STAFF, key=True, educationOrganizationId=LONG
    )
    staffReference: Staff = reference("Staff", STAFF, key=True, staffUniqueId=string(32))
    contactTypeDescriptor: str | None = descriptor("ContactTypeDescriptor", STAFF)
    contactTitle: str = text(75, STAFF, key=True)
    electronicMailAddress: str = text(128, STAFF, required=True)
    address: StaffEducationOrganizationContactAssociationAddress | None = embedded(
        StaffEducationOrganizationContactAssociationAddress, STAFF
    )
    telephones: list[Telephone] = collection(
        Telephone, STAFF, unique_by=("telephoneNumber", "telephoneNumberTypeDescriptor")
    )


class StaffEducationOrganizationEmploymentAssociation(Resource, domain="staff"):
    """The employment of a member of staff by an organisation: hired when, at what wage, why it ended."""

    credentialReference: Credential | None = reference(
        "Credential",
        STAFF,
        credentialIdentifier=string(60),
        stateOfIssueStateAbbreviationDescriptor=code("StateAbbreviationDescriptor"),
    )
    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", STAFF, key=True, educationOrganizationId=LONG
    )
    staffReference: Staff = reference("Staff", STAFF, key=True, staffUniqueId=string(32))
    employmentStatusDescriptor: str = descriptor("EmploymentStatusDescriptor", STAFF, key=True)
    separationDescriptor: str | None = descriptor("SeparationDescriptor", SENSITIVE)
    separationReasonDescriptor: str | None = descriptor("SeparationReasonDescriptor", SENSITIVE)
    annualWage: Decimal | None = decimal(19, 4, STAFF)
    department: str | None = text(60, STAFF)
    endDate: date | None = day(STAFF)
    fullTimeEquivalency: Decimal | None = decimal(5, 4, STAFF)
    hireDate: date = day(STAFF, key=True)
    hourlyWage: Decimal | None = decimal(19, 4, STAFF)
    offerDate: date | None = day(STAFF)


class StaffProgramAssociation(Resource, domain="staff"):
    """A staff member's time of work in a program, and whether they may see its students' records."""

    programReference: Program = reference(
        "Program",
        STAFF,
        key=True,
        educationOrganizationId=LONG,
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )
    staffReference: Staff = reference("Staff", STAFF, key=True, staffUniqueId=string(32))
    beginDate: date = day(STAFF, key=True)
    endDate: date | None = day(STAFF)
    studentRecordAccess: bool | None = boolean(STAFF)


class StaffSchoolAssociation(
    Resource,
    domain="staff",
    equal=(
        ("calendarReference.schoolId", "schoolReference.schoolId"),
        ("calendarReference.schoolYear", "schoolYearTypeReference.schoolYear"),
    ),
):
    """The subjects and grade levels that a member of staff teaches at a school."""

    calendarReference: Calendar | None = reference(
        "Calendar", STAFF, calendarCode=string(60), schoolId=LONG, schoolYear=INTEGER
    )
    schoolYearTypeReference: SchoolYearType | None = reference("SchoolYearType", STAFF, schoolYear=INTEGER)
    schoolReference: School = reference("School", STAFF, key=True, schoolId=LONG)
    staffReference: Staff = reference("Staff", STAFF, key=True, staffUniqueId=string(32))
    programAssignmentDescriptor: str = descriptor("ProgramAssignmentDescriptor", STAFF, key=True)
    academicSubjects: list[AcademicSubject] = collection(
        AcademicSubject, STAFF, unique_by=("academicSubjectDescriptor",)
    )
    gradeLevels: list[GradeLevel] = collection(GradeLevel, STAFF, unique_by=("gradeLevelDescriptor",))


class OpenStaffPosition(Resource, domain="staff"):
    """A job that a school or office seeks to fill, posted from when to when."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", STAFF, key=True, educationOrganizationId=LONG
    )
    employmentStatusDescriptor: str = descriptor("EmploymentStatusDescriptor", STAFF, required=True)
    postingResultDescriptor: str | None = descriptor("PostingResultDescriptor", STAFF)
    programAssignmentDescriptor: str | None = descriptor("ProgramAssignmentDescriptor", STAFF)
    staffClassificationDescriptor: str = descriptor("StaffClassificationDescriptor", STAFF, required=True)
    datePosted: date = day(STAFF, required=True)
    datePostingRemoved: date | None = day(STAFF)
    positionTitle: str | None = text(100, STAFF)
    requisitionNumber: str = text(20, STAFF, key=True)
    academicSubjects: list[AcademicSubject] = collection(
        AcademicSubject, STAFF, unique_by=("academicSubjectDescriptor",)
    )
    instructionalGradeLevels: list[InstructionalGradeLevel] = collection(
        InstructionalGradeLevel, STAFF, unique_by=("gradeLevelDescriptor",)
    )
