"""The tables of OneRoster CSV 1.1 and 1.2, with their columns, and where Microsoft's School Data Sync departs.

A column that another vendor calls by another name is listed with that name after an equals sign. `needed` are the
columns without which a file of that name is not this table: each inner tuple is one set that is enough.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """One file of the standard. `columns` by the standard's name; `also` gives a name's other spellings."""

    name: str
    columns: tuple[str, ...]
    also: dict[str, str]
    needed: tuple[str, ...]


def _table(name: str, columns: str, needed: str = "sourcedId") -> tuple[str, Table]:
    listed, also = ["sourcedId", "status", "dateLastModified"], {}
    for word in columns.split():
        column, *others = word.split("=")
        listed.append(column)
        also.update({other.lower(): column for other in others})
    return name, Table(name, tuple(listed), also, tuple(needed.split()))


TABLES: dict[str, Table] = dict(
    [
        _table(
            "academicSessions",
            "title type startDate endDate parentSourcedId schoolYear",
        ),
        _table("categories", "title weight"),
        _table(
            "classes",
            "title grades=grade courseSourcedId classCode=code classType location schoolSourcedId=orgSourcedId "
            "termSourcedIds=sessionSourcedIds subjects=subject subjectCodes periods",
        ),
        _table("classResources", "title classSourcedId resourceSourcedId", "resourceSourcedId"),
        _table(
            "courses",
            "schoolYearSourcedId title courseCode=code grades=grade orgSourcedId subjects=subject subjectCodes",
        ),
        _table("courseResources", "title courseSourcedId resourceSourcedId", "resourceSourcedId"),
        _table(
            "demographics",
            "birthDate sex americanIndianOrAlaskaNative asian blackOrAfricanAmerican "
            "nativeHawaiianOrOtherPacificIslander white demographicRaceTwoOrMoreRaces hispanicOrLatinoEthnicity "
            "countryOfBirthCode=birthCountry stateOfBirthAbbreviation=birthState cityOfBirth=birthCity "
            "publicSchoolResidenceStatus userSourcedId ethnicityCodes raceCodes",
            "sourcedId|userSourcedId",
        ),
        _table(
            "enrollments",
            "classSourcedId schoolSourcedId userSourcedId role primary beginDate endDate",
            "classSourcedId userSourcedId",
        ),
        _table(
            "lineItems",
            "title description assignDate dueDate classSourcedId categorySourcedId gradingPeriodSourcedId "
            "resultValueMin resultValueMax academicSessionSourcedId schoolSourcedId",
        ),
        _table("lineItemLearningObjectiveIds", "lineItemSourcedId source learningObjectiveId", "lineItemSourcedId"),
        _table("lineItemScoreScales", "lineItemSourcedId scoreScaleSourcedId", "lineItemSourcedId"),
        _table("orgs", "name type identifier parentSourcedId"),
        _table("resources", "vendorResourceId title roles importance vendorId applicationId"),
        _table(
            "results",
            "lineItemSourcedId studentSourcedId scoreStatus score scoreDate comment classSourcedId "
            "scoreScaleSourcedId textScore inProgress incomplete late missing",
            "lineItemSourcedId studentSourcedId",
        ),
        _table(
            "resultLearningObjectiveIds",
            "resultSourcedId source learningObjectiveId score textScore",
            "resultSourcedId",
        ),
        _table("resultScoreScales", "resultSourcedId scoreScaleSourcedId", "resultSourcedId"),
        _table(
            "roles",
            "userSourcedId roleType role beginDate=roleStartDate endDate=roleEndDate orgSourcedId userProfileSourcedId "
            "sessionSourcedId grade isPrimary",
            "userSourcedId role",
        ),
        _table("scoreScales", "title type orgSourcedId courseSourcedId classSourcedId scoreScaleValue"),
        _table(
            "userProfiles",
            "userSourcedId profileType vendorId applicationId description credentialType username password",
            "userSourcedId",
        ),
        _table("userResources", "title userSourcedId orgSourcedId classSourcedId resourceSourcedId", "userSourcedId"),
        _table(
            "users",
            "enabledUser orgSourcedIds role username userIds givenName familyName middleName identifier email sms "
            "phone agentSourcedIds grades=grade password userMasterIdentifier resourceSourcedIds preferredGivenName "
            "preferredMiddleName preferredFamilyName primaryOrgSourcedId pronouns",
        ),
        # School Data Sync 2.1 has two files of its own.
        _table(
            "relationships",
            "userSourcedId relationshipUserSourcedId relationshipRole",
            "userSourcedId relationshipUserSourcedId",
        ),
        _table("userFlags", "userSourcedId flag", "userSourcedId flag"),
    ]
)

BY_FILE_NAME: dict[str, str] = {name.lower(): name for name in TABLES}

# Which table's rows a column names, by table and column; a column may hold a list.
REFERENCES: dict[str, dict[str, str]] = {
    "orgs": {"parentSourcedId": "orgs"},
    "academicSessions": {"parentSourcedId": "academicSessions"},
    "courses": {"orgSourcedId": "orgs", "schoolYearSourcedId": "academicSessions"},
    "classes": {"courseSourcedId": "courses", "schoolSourcedId": "orgs", "termSourcedIds": "academicSessions"},
    "users": {"orgSourcedIds": "orgs", "primaryOrgSourcedId": "orgs"},
    "demographics": {"userSourcedId": "users"},
    "roles": {"userSourcedId": "users", "orgSourcedId": "orgs"},
    "userProfiles": {"userSourcedId": "users"},
    "userFlags": {"userSourcedId": "users"},
    "relationships": {"userSourcedId": "users", "relationshipUserSourcedId": "users"},
    "enrollments": {"classSourcedId": "classes", "schoolSourcedId": "orgs", "userSourcedId": "users"},
    "categories": {},
    "lineItems": {"classSourcedId": "classes", "categorySourcedId": "categories"},
    "results": {"lineItemSourcedId": "lineItems", "studentSourcedId": "users"},
}
# Whose identifiers are a person's.
PERSONS = ("users",)
