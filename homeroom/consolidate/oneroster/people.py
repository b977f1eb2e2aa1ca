"""Students, contacts, staff: who they are, where they belong, and how they can be reached.

A student's details hang, in the record, on their tie to an organisation: their school's district where the bundle has
it, else the school. A demographics row, a profile or a flag gives a part of that same row.

One StudentSchoolAssociation per student, school and school year: from the roles file where it says so; else from the
user's schools in the latest year, and from enrollments in classes in earlier ones. The entry is the day that the source
gives, else the student's first day in a class there, else the year's first. A grade level is known for the latest year
only. A person's exit is taken where it comes before the year's end.
"""

from __future__ import annotations


def _codes(system: str, identifier: str, master: str, assigning: str) -> str:
    """Identification codes from `identifier`, `userMasterIdentifier` and `userIds` ({type:id}, several).

    `assigning`: who gave them, as SQL; the standard wants to know it of a student's.
    """
    assigned = f"'assigningOrganizationIdentificationCode': ({assigning})::varchar"
    return f"""(select case when len(codes) > 0 then to_json(codes)::varchar end from (select list_filter(list_concat(
        [{{'{system}': '{identifier}', 'identificationCode': u.identifier, {assigned}}},
         {{'{system}': '{master}', 'identificationCode': u.userMasterIdentifier, {assigned}}}],
        list_transform(regexp_extract_all(coalesce(u.userIds, ''), '\\{{[^{{}}:]+:[^{{}}]+\\}}'), lambda pair:
            {{'{system}': trim(regexp_extract(pair, '\\{{([^:]+):', 1)),
              'identificationCode': trim(regexp_extract(pair, ':(.+)\\}}', 1)), {assigned}}})),
        lambda code: code.identificationCode is not null) as codes))"""


def _mails(kind: str) -> str:
    return f"""case when u.email is not null then to_json([{{'electronicMailTypeDescriptor': '{kind}',
        'electronicMailAddress': u.email}}])::varchar end as electronic_mails"""


_PHONES = """case when u.phone is not null or u.sms is not null then to_json(list_filter([
    {'telephoneNumberTypeDescriptor': 'Home', 'telephoneNumber': u.phone},
    {'telephoneNumberTypeDescriptor': 'Mobile', 'telephoneNumber': u.sms}],
    lambda entry: entry.telephoneNumber is not null))::varchar end as telephones"""

_NAMES = """u.givenName as first_name, u.familyName as last_surname, u.middleName as middle_name,
    u.preferredGivenName as preferred_first_name, u.preferredFamilyName as preferred_last_surname"""


def _of_kind(kind: str) -> str:
    return f"from users u join person_kind k on k.user_id = u.sourcedId and k.kind = '{kind}'"


_STUDENT = f"""
select u.source_row, u.sourcedId as student_unique_id, {_NAMES} {_of_kind("Student")}
union all by name
select d.source_row, k.user_id as student_unique_id, d.birthDate as birth_date, d.cityOfBirth as birth_city,
    d.stateOfBirthAbbreviation as birth_state_abbreviation_descriptor,
    d.countryOfBirthCode as birth_country_descriptor,
    case when h.user_id is null then d.sex end as birth_sex_descriptor
from demographics d join person_kind k on k.user_id = coalesce(d.userSourcedId, d.sourcedId) and k.kind = 'Student'
left join home h on h.user_id = k.user_id"""

_RACE_COLUMNS = {
    "americanIndianOrAlaskaNative": "American Indian or Alaska Native",
    "asian": "Asian",
    "blackOrAfricanAmerican": "Black or African American",
    "nativeHawaiianOrOtherPacificIslander": "Native Hawaiian or Pacific Islander",
    "white": "White",
}
# School Data Sync lists codes where OneRoster has a column for each. Two or more races, without saying which, is Other.
_CODED_RACES = "case " + " ".join(f"when lower(r) = '{c.lower()}' then '{n}'" for c, n in _RACE_COLUMNS.items())
_RACES = f"""(select case when len(races) > 0 then
    to_json(list_transform(races, lambda r: {{'raceDescriptor': r}}))::varchar end
    from (select list_sort(list_distinct(list_concat(
        list_filter([{", ".join(f"case when yes(d.{c}) then '{n}' end" for c, n in _RACE_COLUMNS.items())},
            case when yes(d.demographicRaceTwoOrMoreRaces)
                and not ({" or ".join(f"coalesce(yes(d.{c}), false)" for c in _RACE_COLUMNS)}) then 'Other' end],
            lambda r: r is not null),
        list_transform(items(d.raceCodes), lambda r: {_CODED_RACES}
            when lower(r) = 'demographicracetwoormoreraces' then 'Other' else r end)))) as races)) as races"""
_HISPANIC = """case when d.hispanicOrLatinoEthnicity is not null then d.hispanicOrLatinoEthnicity
    when lower(d.ethnicityCodes) like '%hispanicorlatino%' and lower(d.ethnicityCodes) not like '%not%' then 'true'
    when d.ethnicityCodes is not null then 'false' end as hispanic_latino_ethnicity"""

# Flags that the record has a word for; cleaning sets the others aside under the name they came with.
_FLAG = """case when lower(f.flag) in ('freelunch', 'reducedlunch', 'freeorreducedlunch', 'freebreakfast')
        then 'Economic Disadvantaged' when lower(f.flag) = 'homeless' then 'Homeless'
        when lower(f.flag) in ('foster', 'fostercare') then 'Foster Care' else f.flag end"""

_STUDENT_AT = f"""
select u.source_row, h.organization_id as education_organization_id, u.sourcedId as student_unique_id,
    u.username as login_id, {_mails("Organization")}, {_PHONES},
    {_codes("studentIdentificationSystemDescriptor", "School", "District", "h.organization_id")}
        as student_identification_codes
{_of_kind("Student")} join home h on h.user_id = u.sourcedId
union all by name
select d.source_row, h.organization_id as education_organization_id, k.user_id as student_unique_id,
    d.sex as sex_descriptor, {_HISPANIC}, {_RACES}
from demographics d join person_kind k on k.user_id = coalesce(d.userSourcedId, d.sourcedId) and k.kind = 'Student'
join home h on h.user_id = k.user_id
union all by name
select f.source_row, h.organization_id as education_organization_id, f.userSourcedId as student_unique_id,
    to_json([{{'studentCharacteristicDescriptor': {_FLAG}}}])::varchar as student_characteristics
from userFlags f join home h on h.user_id = f.userSourcedId where f.flag is not null
union all by name
select p.source_row, h.organization_id as education_organization_id, p.userSourcedId as student_unique_id,
    to_json([{{'studentIdentificationSystemDescriptor': coalesce(p.vendorId, p.profileType, 'Other'),
        'identificationCode': p.username,
        'assigningOrganizationIdentificationCode': coalesce(p.vendorId, p.profileType, 'Other')}}])::varchar
        as student_identification_codes
from userProfiles p join home h on h.user_id = p.userSourcedId where p.username is not null
union all by name
select r.source_row, r.orgSourcedId as education_organization_id, r.userSourcedId as student_unique_id
from roles r join organization_by_id o on o.sourcedId = r.orgSourcedId
where kind_of_role(r.role) = 'Student' and o.resource not in ('School') and r.userSourcedId is not null"""

_STUDENT_SCHOOL = """
with by_role as (
    select r.*, coalesce(s.school_year, (select max(y.school_year) from school_year y
            where calendar_day(r.beginDate) between y.first_day and y.last_day), l.school_year) as school_year
    from roles r cross join latest l left join session s on s.sourcedId = r.sessionSourcedId
    left join organization_by_id o on o.sourcedId = r.orgSourcedId
    where kind_of_role(r.role) = 'Student' and r.userSourcedId is not null and r.orgSourcedId is not null
        and coalesce(o.resource, 'School') = 'School'),
place as (
    select a.user_id, a.organization_id as school_id, l.school_year from affiliation a cross join latest l
        left join organization_by_id o on o.sourcedId = a.organization_id
        where coalesce(o.resource, 'School') = 'School' and a.rank < 4
    union select user_id, school_id, school_year from in_class)
select r.source_row, r.userSourcedId as student_unique_id, r.orgSourcedId as school_id, r.school_year,
    coalesce(r.beginDate, c.first_begin, c.any_begin, y.first_day::varchar) as entry_date,
    coalesce(items(r.grade)[1], items(u.grades)[1]) as entry_grade_level_descriptor,
    case when calendar_day(r.endDate) < y.last_day then r.endDate end as exit_withdraw_date,
    case when coalesce(r.roleType, r.isPrimary) is not null then (yes(coalesce(r.roleType, r.isPrimary)))::varchar end
        as primary_school
from by_role r left join user_by_id u on u.sourcedId = r.userSourcedId
left join school_year y on y.school_year = r.school_year
left join in_class c on c.user_id = r.userSourcedId and c.school_id = r.orgSourcedId and c.school_year = r.school_year
union all by name
select u.source_row, p.user_id as student_unique_id, p.school_id, p.school_year,
    coalesce(c.first_begin, c.any_begin, y.first_day::varchar) as entry_date,
    case when p.school_year = l.school_year then items(u.grades)[1] end as entry_grade_level_descriptor,
    case when u.primaryOrgSourcedId is not null then (u.primaryOrgSourcedId = p.school_id)::varchar end
        as primary_school
from place p cross join latest l join user_by_id u on u.sourcedId = p.user_id
join person_kind k on k.user_id = p.user_id and k.kind = 'Student'
left join school_year y on y.school_year = p.school_year
left join in_class c on c.user_id = p.user_id and c.school_id = p.school_id and c.school_year = p.school_year
where p.school_year is not null and coalesce(c.any_begin, y.first_day::varchar) is not null
    and not exists (select 1 from by_role r where r.userSourcedId = p.user_id and r.orgSourcedId = p.school_id
        and r.school_year = p.school_year)"""

_CONTACT = f"""
select u.source_row, u.sourcedId as contact_unique_id, {_NAMES}, u.username as login_id, {_mails("Home/Personal")},
    {_PHONES} {_of_kind("Contact")}
union all by name
select r.source_row, r.userSourcedId as contact_unique_id from roles r
where kind_of_role(r.role) = 'Contact' and r.userSourcedId is not null
union all by name
select d.source_row, k.user_id as contact_unique_id, d.sex as sex_descriptor from demographics d
join person_kind k on k.user_id = coalesce(d.userSourcedId, d.sourcedId) and k.kind = 'Contact'"""

# Agents are named on either side: the student's row names parents, or a parent's row names children.
_STUDENT_CONTACT = """
with agent as (select source_row, sourcedId as user_id, unnest(items(agentSourcedIds)) as agent_id from users),
named as (select user_id, min(upper(left(role, 1)) || lower(substr(role, 2))) as relation from (
        select sourcedId as user_id, role from users union all select userSourcedId, role from roles) stated
    where lower(role) in ('guardian', 'relative', 'parent') group by user_id),
tied as (
    select source_row, user_id as student_id, agent_id as contact_id from agent
    union all select source_row, agent_id, user_id from agent)
select t.source_row, t.student_id as student_unique_id, t.contact_id as contact_unique_id,
    coalesce(n.relation, 'Unknown') as relation_descriptor
from tied t join person_kind s on s.user_id = t.student_id and s.kind = 'Student'
join person_kind c on c.user_id = t.contact_id and c.kind = 'Contact'
left join named n on n.user_id = t.contact_id
union all by name
select source_row, userSourcedId as student_unique_id, relationshipUserSourcedId as contact_unique_id,
    coalesce(upper(left(relationshipRole, 1)) || lower(substr(relationshipRole, 2)), 'Unknown') as relation_descriptor
from relationships where userSourcedId is not null and relationshipUserSourcedId is not null"""

_STAFF = f"""
select u.source_row, u.sourcedId as staff_unique_id, {_NAMES}, u.username as login_id, {_mails("Work")}, {_PHONES},
    {_codes("staffIdentificationSystemDescriptor", "School", "District", "u.primaryOrgSourcedId")}
    as identification_codes
{_of_kind("Staff")}
union all by name
select d.source_row, k.user_id as staff_unique_id, d.birthDate as birth_date, d.sex as sex_descriptor, {_HISPANIC},
    {_RACES}
from demographics d join person_kind k on k.user_id = coalesce(d.userSourcedId, d.sourcedId) and k.kind = 'Staff'
union all by name
select p.source_row, p.userSourcedId as staff_unique_id, to_json([{{'staffIdentificationSystemDescriptor':
    coalesce(p.vendorId, p.profileType, 'Other'), 'identificationCode': p.username}}])::varchar as identification_codes
from userProfiles p join person_kind k on k.user_id = p.userSourcedId and k.kind = 'Staff' where p.username is not null
union all by name
select r.source_row, r.userSourcedId as staff_unique_id from roles r
where kind_of_role(r.role) = 'Staff' and r.userSourcedId is not null and r.orgSourcedId is null"""

_CLASSIFICATION = """case
    when lower(role) in ('teacher', 'professor', 'faculty', 'lecturer', 'instructor', 'chair') then 'Teacher'
    when lower(role) = 'aide' then 'Instructional Aide'
    when lower(role) = 'counselor' then 'Counselor'
    when lower(role) = 'principal' then 'Principal'
    when lower(role) in ('administrator', 'siteadministrator', 'headmaster') then 'School Administrator'
    when lower(role) = 'districtadministrator' then 'LEA Administrator'
    when lower(role) in ('systemadministrator', 'sysadmin') then 'LEA System Administrator'
    else 'Other' end"""

_ASSIGNMENT = f"""
select r.source_row, r.orgSourcedId as education_organization_id, r.userSourcedId as staff_unique_id,
    {_CLASSIFICATION.replace("role)", "r.role)")} as staff_classification_descriptor, r.role as position_title,
    coalesce(r.beginDate, y.first_day::varchar) as begin_date, r.endDate as end_date
from roles r cross join latest l left join school_year y on y.school_year = l.school_year
where kind_of_role(r.role) = 'Staff' and r.userSourcedId is not null and r.orgSourcedId is not null
union all by name
select source_row, organization_id as education_organization_id, user_id as staff_unique_id,
    {_CLASSIFICATION} as staff_classification_descriptor, role as position_title, first_day::varchar as begin_date
from (select u.source_row, u.sourcedId as user_id, u.role,
        unnest(list_distinct(list_concat(items(u.orgSourcedIds), items(u.primaryOrgSourcedId)))) as organization_id,
        y.first_day
    from users u cross join latest l join school_year y on y.school_year = l.school_year
    where kind_of_role(u.role) = 'Staff' and u.sourcedId is not null) stated
where first_day is not null"""

STAGED: list[tuple[str, str]] = [
    ("Student", _STUDENT),
    ("StudentEducationOrganizationAssociation", _STUDENT_AT),
    ("StudentSchoolAssociation", _STUDENT_SCHOOL),
    ("Contact", _CONTACT),
    ("StudentContactAssociation", _STUDENT_CONTACT),
    ("Staff", _STAFF),
    ("StaffEducationOrganizationAssignmentAssociation", _ASSIGNMENT),
]
