"""Staff as users, with what they do at which school or office.

A role is that of a job (its classification), and `teacher` at each school where somebody teaches a class.
"""

from __future__ import annotations

from collections.abc import Callable

from homeroom.access.oneroster.declaration import Part, Value, of, only
from homeroom.access.oneroster.organizations import any_organization, found_organization
from homeroom.access.oneroster.students import changed_since, identifier, last_change, mail, names, telephone, user_ids
from homeroom.access.oneroster.vocabulary import STAFF_WORDS, STAFF_WORDS_OF_1P1, staff_role, staff_role_of_1p1

_JOB = "StaffEducationOrganizationAssignmentAssociation"
_TEACHES = "StaffSectionAssociation"
_OF_JOB = of(
    _JOB,
    "staffReference.staffUniqueId",
    "educationOrganizationReference.educationOrganizationId",
    "staffClassificationDescriptor",
)
_OF_CLASS = of(_TEACHES, "staffReference.staffUniqueId", "sectionReference.schoolId")

_JOBS = (
    f"select {staff_role('job.staff_classification_descriptor')} as role, {found_organization('place')} as org,"
    " job.begin_date, job.end_date, coalesce(job.order_of_assignment, 1) as rank"
    f" from {{{_JOB}}} as job {any_organization('job.education_organization_id', 'place')}"
    " where job.staff_unique_id = row.staff_unique_id"
)
_CLASSES = (
    "select 'teacher', school.id, null::date, null::date, 1000"
    f" from {{{_TEACHES}}} as taught join {{School}} as school on school.school_id = taught.school_id"
    " where taught.staff_unique_id = row.staff_unique_id"
)


def _places(name: str, *queries: str) -> str:
    """The roles that several queries give, one for each organization and role, as a join."""
    named = "said (role, org, begin_date, end_date, rank)"
    return (
        "left join lateral (select jsonb_agg(jsonb_build_object('role', held.role, 'org', held.org,"
        " 'beginDate', held.begin_date, 'endDate', held.end_date,"
        " 'roleType', case when held.place = 1 then 'primary' else 'secondary' end)"
        " order by held.rank, held.org, held.role) as roles,"
        " array_agg(held.org order by held.rank, held.org) filter (where held.place = 1) as orgs,"
        " (array_agg(held.org order by held.rank, held.begin_date, held.org))[1] as home,"
        " (array_agg(held.role order by held.role <> 'teacher', held.rank, held.role))[1] as role"
        " from (select said.role, said.org, min(said.begin_date) as begin_date,"
        " case when bool_and(said.end_date is not null) then max(said.end_date) end as end_date,"
        " min(said.rank) as rank,"
        " row_number() over (partition by said.org order by min(said.rank), said.role) as place"
        f" from ({' union all '.join(queries)}) as {named} where said.org is not null"
        f" group by said.org, said.role) as held) as {name} on true"
    )


_ALTERNATIVES = (("places", (*_OF_JOB, *_OF_CLASS)), ("jobs", _OF_JOB), ("taught_at", _OF_CLASS))


# Who has a role: whoever has a job of that kind at an organization that is known, or, as a teacher, a class.
_IN_JOB = (
    f"row.staff_unique_id in (select job.staff_unique_id from {{{_JOB}}} as job"
    f" {any_organization('job.education_organization_id', 'place')} where {found_organization('place')} is not null"
    f" and {staff_role('job.staff_classification_descriptor')} = {{value}})"
)
_TEACHING = (
    "({value} = 'teacher' and row.staff_unique_id in (select taught.staff_unique_id"
    f" from {{{_TEACHES}}} as taught join {{School}} as school on school.school_id = taught.school_id))"
)
_HAVING_ROLE = (
    Value(f"({_IN_JOB} or {_TEACHING})", (*_OF_JOB, *_OF_CLASS)),
    Value(_IN_JOB, _OF_JOB),
    Value(_TEACHING, _OF_CLASS),
)


def _of_places(sql: str) -> tuple[Value, ...]:
    """What is known of jobs and classes, or of those of the two that an agreement names."""
    return tuple(Value(sql.format(name), made_of) for name, made_of in _ALTERNATIVES)


_SYSTEM = "staffIdentificationSystemDescriptor"
_CODES = of("Staff", f"identificationCodes[*].{_SYSTEM}", "identificationCodes[*].identificationCode")
_MAIL = of("Staff", "electronicMails[*].electronicMailAddress", "electronicMails[*].electronicMailTypeDescriptor")
_TELEPHONE = of("Staff", "telephones[*].telephoneNumber", "telephones[*].telephoneNumberTypeDescriptor")

STAFF = Part(
    "Staff",
    "{Staff} as row",
    {
        "username": only("row.login_id", *of("Staff", "loginId")),
        "userIds": only(user_ids("row.identification_codes", _SYSTEM), *_CODES),
        "userIds.type": only("one ->> 'type'"),
        "userIds.identifier": only("one ->> 'identifier'"),
        "userMasterIdentifier": only(identifier("row.identification_codes", _SYSTEM, "District"), *_CODES),
        "identifier": only(identifier("row.identification_codes", _SYSTEM, "School"), *_CODES),
        "enabledUser": only("true"),
        **names("Staff"),
        "email": only(mail("row.electronic_mails", "Work"), *_MAIL),
        "phone": only(telephone("row.telephones", False), *_TELEPHONE),
        "sms": only(telephone("row.telephones", True), *_TELEPHONE),
        "role": (*_of_places(staff_role_of_1p1("{0}.role")), Value("'administrator'")),
        "roles": _of_places("{0}.roles"),
        "roles.role": only("one ->> 'role'"),
        "roles.roleType": only("one ->> 'roleType'"),
        "roles.org": only("(one ->> 'org')::uuid"),
        "roles.beginDate": only("(one ->> 'beginDate')::date", *of(_JOB, "beginDate")),
        "roles.endDate": only("(one ->> 'endDate')::date", *of(_JOB, "endDate")),
        "orgs": _of_places("{0}.orgs"),
        "primaryOrg": _of_places("{0}.home"),
    },
    joins={
        "places": _places("places", _JOBS, _CLASSES),
        "jobs": _places("jobs", _JOBS),
        "taught_at": _places("taught_at", _CLASSES),
    },
    words={"role": STAFF_WORDS_OF_1P1, "roles.role": STAFF_WORDS},
    sought={"roles.role": _HAVING_ROLE},
    modified={_JOB: last_change(_JOB, "staff_unique_id"), _TEACHES: last_change(_TEACHES, "staff_unique_id")},
    changed_since={one: changed_since(one, "staff_unique_id") for one in (_JOB, _TEACHES)},
)


def teaches_at(at: Callable[[str], str]) -> str:
    """Whether somebody teaches a class, or has a teacher's job; `at`: where that has to be, as SQL of a school's id."""
    return (
        f"(exists (select from {{{_TEACHES}}} as taught where taught.staff_unique_id = row.staff_unique_id"
        f" and {at('taught.school_id')}) or exists (select from {{{_JOB}}} as job"
        f" where job.staff_unique_id = row.staff_unique_id and {at('job.education_organization_id')}"
        f" and {staff_role('job.staff_classification_descriptor')} = 'teacher'))"
    )


TEACHES = teaches_at(lambda _: "true")
