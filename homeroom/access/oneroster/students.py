"""Students as users: who they are, where they are enrolled, how they can be reached, and who their contacts are.

What a district knows of a student is held for each organization that knows them; the district's word comes before a
school's. A student's schools are those at which a stay has no end; where each has one, that of the last stay. What was
before is no role: an app would let them in where they are no more.
"""

from __future__ import annotations

from homeroom.access.oneroster.declaration import Part, Value, of, only
from homeroom.access.oneroster.vocabulary import code, grade

_ABOUT = "StudentEducationOrganizationAssociation"
_STAY = "StudentSchoolAssociation"
_OF_STAY = of(_STAY, "studentReference.studentUniqueId", "schoolReference.schoolId")
_SINCE = of(_STAY, "entryDate")
_TIES = "StudentContactAssociation"
_TIE = of(_TIES, "studentReference.studentUniqueId", "contactReference.contactUniqueId")

_HELD = ("login_id", "sex_descriptor", "hispanic_latino_ethnicity", "electronic_mails", "telephones", "races",
         "student_identification_codes")  # fmt: skip
ABOUT = (
    "left join lateral (select "
    + ", ".join(
        f"(array_agg(held.{name} order by agency.id is null, held.education_organization_id)"
        f" filter (where held.{name} is not null))[1] as {name}"
        for name in _HELD
    )
    + f" from {{{_ABOUT}}} as held left join {{LocalEducationAgency}} as agency"
    " on agency.local_education_agency_id = held.education_organization_id"
    " where held.student_unique_id = row.student_unique_id) as about on true"
)
# Asked for all students of a page at once, as their contacts are: one by one it took twice as long.
_STAYS = f"""
    select last.student_unique_id, array_agg(last.org order by last.entry_date desc, last.org) as orgs,
        (array_agg(last.org order by last.entry_date desc, last.org))[1] as home,
        (array_agg(last.org order by last.exit_withdraw_date is not null, last.primary_school is false,
            last.entry_date desc, last.org))[1] as primary_home,
        (array_agg({grade("last.entry_grade_level_descriptor")} order by last.entry_date desc, last.org))[1] as grade,
        jsonb_agg(jsonb_build_object('org', last.org, 'beginDate', last.entry_date, 'endDate', last.exit_withdraw_date,
            'roleType', case when last.primary_school is false then 'secondary' else 'primary' end)
            order by last.entry_date desc, last.org) as roles
    from (
        select held.*, school.id as org, row_number() over (
            partition by held.student_unique_id order by held.entry_date desc, held.school_id) as place
        from (
            select distinct on (stay.student_unique_id, stay.school_id) stay.student_unique_id, stay.school_id,
                stay.entry_date, stay.exit_withdraw_date, stay.primary_school, stay.entry_grade_level_descriptor
            from {{{_STAY}}} as stay where stay.student_unique_id in (select student.student_unique_id
                from {{Student}} as student where student.id in {{chosen}})
            order by stay.student_unique_id, stay.school_id, stay.entry_date desc
        ) as held join {{School}} as school on school.school_id = held.school_id
    ) as last
    where last.exit_withdraw_date is null or last.place = 1 group by last.student_unique_id
"""
_CONTACTS = """
    select tie.student_unique_id, array_agg(contact.id order by contact.id) as ids,
        max(tie.last_modified) as last_modified
    from {StudentContactAssociation} as tie
    join {Contact} as contact on contact.contact_unique_id = tie.contact_unique_id
    where tie.student_unique_id in (select student.student_unique_id from {Student} as student
        where student.id in {chosen})
    group by tie.student_unique_id
"""


def last_change(resource: str, key: str) -> str:
    """When the newest of a resource's rows was changed that have the key of a `row`."""
    return f"(select max(held.last_modified) from {{{resource}}} as held where held.{key} = row.{key})"


def changed_since(resource: str, key: str) -> str:
    """Whether one of a resource's rows was changed at a moment or later that have the key of a `row`."""
    return f"row.{key} in (select held.{key} from {{{resource}}} as held where held.last_modified >= {{since}})"


def names(resource: str) -> dict[str, tuple[Value, ...]]:
    """What a person is called."""
    return {
        "givenName": only("row.first_name", *of(resource, "firstName")),
        "familyName": only("row.last_surname", *of(resource, "lastSurname")),
        "middleName": only("row.middle_name", *of(resource, "middleName")),
        "preferredFirstName": only("row.preferred_first_name", *of(resource, "preferredFirstName")),
        "preferredLastName": only("row.preferred_last_surname", *of(resource, "preferredLastSurname")),
    }


def mail(items: str, kind: str) -> str:
    """The e-mail address of a JSON list: one of that kind before others, and none that is not to be published."""
    is_kind = code("item ->> 'electronicMailTypeDescriptor'")
    return (
        f"(select item ->> 'electronicMailAddress' from jsonb_array_elements({items}) as item"
        " where item -> 'doNotPublishIndicator' is distinct from 'true'"
        f" order by {is_kind} = '{kind}' desc, 1 limit 1)"
    )


def telephone(items: str, mobile: bool) -> str:
    """The mobile number of a JSON list, or the best of the others, and none that is not to be published."""
    kind = code("item ->> 'telephoneNumberTypeDescriptor'")
    return (
        f"(select item ->> 'telephoneNumber' from jsonb_array_elements({items}) as item"
        f" where item -> 'doNotPublishIndicator' is distinct from 'true' and {kind} {'=' if mobile else '<>'} 'Mobile'"
        f" order by {kind} = 'Home' desc, 1 limit 1)"
    )


def identifier(items: str, system: str, kind: str) -> str:
    """The code of a JSON list by which a kind of system knows a person; `system`: what the list calls systems."""
    return (
        f"(select item ->> 'identificationCode' from jsonb_array_elements({items}) as item"
        f" where {_system(system)} = '{kind}' order by 1 limit 1)"
    )


def user_ids(items: str, system: str) -> str:
    """The codes of a JSON list that are no `identifier` of a school or a district, each with its kind."""
    return (
        f"(select jsonb_agg(jsonb_build_object('type', {_system(system)}, 'identifier', item ->> 'identificationCode')"
        f" order by {_system(system)}, item ->> 'identificationCode') from jsonb_array_elements({items}) as item"
        f" where {_system(system)} not in ('School', 'District'))"
    )


def _system(system: str) -> str:
    return code(f"item ->> '{system}'")


_MAIL = of(_ABOUT, "electronicMails[*].electronicMailAddress", "electronicMails[*].electronicMailTypeDescriptor")
_TELEPHONE = of(_ABOUT, "telephones[*].telephoneNumber", "telephones[*].telephoneNumberTypeDescriptor")
_SYSTEM = "studentIdentificationSystemDescriptor"
_CODES = of(_ABOUT, f"studentIdentificationCodes[*].{_SYSTEM}", "studentIdentificationCodes[*].identificationCode")

STUDENTS = Part(
    "Student",
    "{Student} as row",
    {
        "username": only("about.login_id", *of(_ABOUT, "loginId")),
        "userIds": only(user_ids("about.student_identification_codes", _SYSTEM), *_CODES),
        "userIds.type": only("one ->> 'type'"),
        "userIds.identifier": only("one ->> 'identifier'"),
        "userMasterIdentifier": only(identifier("about.student_identification_codes", _SYSTEM, "District"), *_CODES),
        "identifier": only(identifier("about.student_identification_codes", _SYSTEM, "School"), *_CODES),
        "enabledUser": only("true"),
        **names("Student"),
        "email": only(mail("about.electronic_mails", "Organization"), *_MAIL),
        "phone": only(telephone("about.telephones", False), *_TELEPHONE),
        "sms": only(telephone("about.telephones", True), *_TELEPHONE),
        "role": only("'student'"),
        "roles": only("stays_of.roles", *_OF_STAY),
        "roles.role": only("'student'"),
        "roles.roleType": (Value("one ->> 'roleType'", of(_STAY, "primarySchool")), Value("'primary'")),
        "roles.org": only("(one ->> 'org')::uuid"),
        "roles.beginDate": only("(one ->> 'beginDate')::date", *_SINCE),
        "roles.endDate": only("(one ->> 'endDate')::date", *of(_STAY, "exitWithdrawDate")),
        "orgs": only("stays_of.orgs", *_OF_STAY),
        "primaryOrg": (
            Value("stays_of.primary_home", (*_OF_STAY, *_SINCE, *of(_STAY, "primarySchool", "exitWithdrawDate"))),
            Value("stays_of.home", (*_OF_STAY, *_SINCE)),
        ),
        "grades": only(
            "case when stays_of.grade is not null then array[stays_of.grade] end",
            *of(_STAY, "entryGradeLevelDescriptor"),
        ),
        "agents": only("contacts_of.ids", *_TIE),
    },
    "array[row.student_unique_id]",
    joins={
        "about": ABOUT,
        "stays_of": "left join stays_of on stays_of.student_unique_id = row.student_unique_id",
        "contacts_of": "left join contacts_of on contacts_of.student_unique_id = row.student_unique_id",
    },
    gathered={"stays_of": _STAYS, "contacts_of": _CONTACTS},
    words={"role": ("student",), "roles.role": ("student",)},
    sought={
        "roles.role": only(
            "({value} = 'student' and row.student_unique_id in (select stay.student_unique_id"
            f" from {{{_STAY}}} as stay join {{School}} as school on school.school_id = stay.school_id))",
            *_OF_STAY,
        )
    },
    modified={
        _ABOUT: last_change(_ABOUT, "student_unique_id"),
        _STAY: last_change(_STAY, "student_unique_id"),
        _TIES: "contacts_of.last_modified",
    },
    changed_since={one: changed_since(one, "student_unique_id") for one in (_ABOUT, _STAY, _TIES)},
)
