"""Users: students, contacts and staff. Somebody who is several of these is several users, as in the record."""

from __future__ import annotations

from homeroom.access.oneroster.contacts import CONTACTS
from homeroom.access.oneroster.declaration import ONLY_1P1, ONLY_1P2, Field, Kind, OneRosterClass
from homeroom.access.oneroster.staff import STAFF
from homeroom.access.oneroster.students import STUDENTS

_ROLES = (
    Field("roleType", required=True),
    Field("role", required=True),
    Field("org", Kind.REFERENCE, to="orgs", required=True),
    Field("beginDate", Kind.DATE),
    Field("endDate", Kind.DATE),
)
_IDS = (Field("type", required=True), Field("identifier", required=True))

USERS = OneRosterClass(
    "users",
    "user",
    "rostering",
    (
        Field("username"),
        Field("userIds", Kind.OBJECTS, parts=_IDS),
        Field("userMasterIdentifier", versions=ONLY_1P2),
        Field("enabledUser", Kind.TRUTH, required=True),
        Field("givenName", required=True),
        Field("familyName", required=True),
        Field("middleName"),
        Field("preferredFirstName", versions=ONLY_1P2),
        Field("preferredLastName", versions=ONLY_1P2),
        Field("role", versions=ONLY_1P1, required=True),
        Field("roles", Kind.OBJECTS, parts=_ROLES, versions=ONLY_1P2, required=True),
        Field("primaryOrg", Kind.REFERENCE, to="orgs", versions=ONLY_1P2),
        Field("orgs", Kind.REFERENCES, to="orgs", versions=ONLY_1P1, required=True),
        Field("identifier"),
        Field("email"),
        Field("sms"),
        Field("phone"),
        Field("agents", Kind.REFERENCES, to="users"),
        Field("grades", Kind.TEXTS),
    ),
    (STUDENTS, CONTACTS, STAFF),
    "enabledUser username userIds givenName familyName middleName identifier email sms phone agentSourcedIds=agents"
    " grades password= userMasterIdentifier preferredGivenName=preferredFirstName preferredMiddleName="
    " preferredFamilyName=preferredLastName primaryOrgSourcedId=primaryOrg pronouns=",
)
