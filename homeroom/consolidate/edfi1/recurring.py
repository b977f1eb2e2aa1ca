"""What many elements of Ed-Fi 1.0 hold alike: names, addresses, telephones, credits, and references."""

from __future__ import annotations

from homeroom.consolidate.edfi1.paths import Columns, Constant, Given, Items, Value, given
from homeroom.consolidate.edfi1.references import ORGANIZATION, reference

NAME: Columns = {
    "personal_title_prefix": "Name/PersonalTitlePrefix",
    "first_name": "Name/FirstName",
    "middle_name": "Name/MiddleName",
    "last_surname": "Name/LastSurname",
    "generation_code_suffix": "Name/GenerationCodeSuffix",
    "maiden_name": "Name/MaidenName",
    # By which document the name was verified: 5.2 keeps the document.
    "personal_identification_documents": Items(
        "Name",
        {
            "identificationDocumentUseDescriptor": Constant("Personal Information Verification"),
            "personalInformationVerificationDescriptor": "@Verification",
        },
        keep=("personalInformationVerificationDescriptor",),
    ),
    "other_names": Items(
        "OtherName",
        {
            "otherNameTypeDescriptor": "@OtherNameType",
            "personalTitlePrefix": "PersonalTitlePrefix",
            "firstName": "FirstName",
            "middleName": "MiddleName",
            "lastSurname": "LastSurname",
            "generationCodeSuffix": "GenerationCodeSuffix",
        },
    ),
}


def addresses(type_when_not_said: str) -> Items:
    return Items(
        "Address",
        {
            "addressTypeDescriptor": given(f"coalesce({{0}}, '{type_when_not_said}')", "@AddressType"),
            "streetNumberName": "StreetNumberName",
            "apartmentRoomSuiteNumber": "ApartmentRoomSuiteNumber",
            "buildingSiteNumber": "BuildingSiteNumber",
            "city": "City",
            "stateAbbreviationDescriptor": "StateAbbreviation",
            "postalCode": "PostalCode",
            "nameOfCounty": "NameOfCounty",
            "countyFIPSCode": "CountyFIPSCode",
            "latitude": "Latitude",
            "longitude": "Longitude",
            "periods": given(
                "case when {0} is not null then [{{'beginDate': {0}, 'endDate': {1}}}] end",
                "BeginDate | OpenDate",
                "EndDate | CloseDate",
            ),
        },
    )


TELEPHONES = Items(
    "Telephone",
    {
        "telephoneNumberTypeDescriptor": given("coalesce({0}, 'Other')", "@TelephoneNumberType"),
        "telephoneNumber": "TelephoneNumber",
        "orderOfPriority": given("case when {0} = 'true' then '1' end", "@PrimaryTelephoneNumberIndicator"),
    },
)
ELECTRONIC_MAILS = Items(
    "ElectronicMail",
    {
        "electronicMailTypeDescriptor": given("coalesce({0}, 'Other')", "@EmailAddressType"),
        "electronicMailAddress": "EmailAddress",
    },
)
RACES = Items("Race/RacialCategory", {"raceDescriptor": "."})


def credit(element: str, column: str) -> dict[str, Value]:
    """Credits as 5.2 has them: the number, its type and its conversion. A conversion of 0 says that there is none."""
    return {
        f"{column}s": f"{element}/Credit",
        f"{column}_type_descriptor": f"{element}/@CreditType",
        f"{column}_conversion": given("nullif({0}, '0')", f"{element}/@CreditConversion"),
    }


STUDENT = "StudentReference/StudentIdentity/StudentUniqueStateId"
STAFF = (
    "StaffReference/StaffIdentity/StaffUniqueStateId | TeacherReference/StaffIdentity/StaffUniqueStateId"
    " | TeacherReference/TeacherIdentity/StaffUniqueStateId"
)
SCHOOL = f"SchoolReference/{ORGANIZATION}"
ANY_ORGANIZATION = (
    f"EducationOrganizationReference/{ORGANIZATION} | EducationOrgReference/{ORGANIZATION}"
    f" | EducationalOrgReference/{ORGANIZATION} | SchoolReference/{ORGANIZATION} | StateOrganizationId"
)


def _at(identities: str, *paths: str) -> tuple[str, ...]:
    """Each path below each of the identities, which may be several: `A | B`."""
    return tuple(
        " | ".join(
            f"{identity.strip()}/{path.strip()}" for identity in identities.split("|") for path in each.split("|")
        )
        for each in paths
    )


def session_at(identity: str, organization_when_not_said: str = "") -> Given:
    """The reference of a session: organization, name, school year, term."""
    organization, name, year, term = _at(identity, ANY_ORGANIZATION, "SessionName", "SchoolYear", "Term")
    if organization_when_not_said:
        organization += f" | {organization_when_not_said}"
    return given("named([{0}, {1}, school_year_of({2}), {3}])", organization, name, year, term)


def section_at(identity: str) -> Given:
    """The reference of a section: school, code, course, school year, term, class period, room."""
    return given(
        "named([{0}, {1}, {2}, school_year_of({3}), {4}, {5}, {6}])",
        *_at(
            identity,
            ANY_ORGANIZATION,
            "UniqueSectionCode",
            "LocalCourseCode | CourseOfferingReference/CourseOfferingIdentity/LocalCourseCode",
            "SchoolYear",
            "Term",
            "ClassPeriodName | ClassPeriodReference/ClassPeriodIdentity/ClassPeriodName",
            "Location",
        ),
    )


def course_at(identity: str) -> Given:
    """The reference of a course: organization, unique id, code."""
    return reference(*_at(identity, ANY_ORGANIZATION, "UniqueCourseId", "CourseCode/ID"))


def grading_period_at(identity: str) -> Given:
    """The reference of a grading period: school, kind, school year, first day."""
    return given(
        "named([{0}, {1}, school_year_of({2}), {3}])",
        *_at(
            f"{identity} | {identity}/GradingPeriodIdentity",
            ANY_ORGANIZATION,
            "GradingPeriod",
            "SchoolYear",
            "BeginDate",
        ),
    )


def assessment_at(identity: str) -> Given:
    """The reference of an assessment: title, subject, grade level, version."""
    return reference(*_at(identity, "AssessmentTitle", "AcademicSubject", "GradeLevelAssessed", "Version"))


def objective_at(identity: str) -> Given:
    """The reference of a learning objective: name, subject, grade level."""
    return reference(*_at(identity, "Objective", "AcademicSubject", "ObjectiveGradeLevel"))


def program_at(identity: str) -> Given:
    """The reference of a program: its id, its type."""
    return reference(*_at(identity, "ProgramId", "ProgramType"))
