"""Schools, districts, states, departments; school years, sessions and grading periods.

OneRoster's academic sessions belong to nobody; the record's belong to a school. A session is staged for each school
with a class in it, and where no class says so, for every school of the bundle. The weekdays between a session's first
and last day stand for its instructional days, which OneRoster doesn't tell.
"""

from __future__ import annotations

_CODES = """case when identifier is not null then to_json([{
    'educationOrganizationIdentificationSystemDescriptor': '%s', 'identificationCode': identifier}])::varchar end
    as identification_codes, left(coalesce(name, sourcedId), 75) as name_of_institution"""

# A school must say which grades it has; its students and classes know.
_SCHOOL = f"""
with taught as (
    select school_id, unnest(items(grades)) as grade from section
    union select a.organization_id, unnest(items(u.grades)) from affiliation a
        join user_by_id u on u.sourcedId = a.user_id
        join person_kind k on k.user_id = a.user_id and k.kind = 'Student'
    union select orgSourcedId, unnest(items(grade)) from roles where kind_of_role(role) = 'Student'),
levels as (select school_id, to_json(list({{'gradeLevelDescriptor': grade}} order by grade))::varchar as grade_levels
    from taught group by school_id)
select source_row, sourcedId as school_id, district as local_education_agency_id,
    '[{{"educationOrganizationCategoryDescriptor":"School"}}]' as education_organization_categories,
    coalesce(grade_levels, '[{{"gradeLevelDescriptor":"Ungraded"}}]') as grade_levels, {_CODES % "School"}
from organization left join above on above.id = sourcedId left join levels on levels.school_id = sourcedId
where resource = 'School'"""

_DISTRICT = f"""
select source_row, sourcedId as local_education_agency_id, state as state_education_agency_id,
    nullif(district, sourcedId) as parent_local_education_agency_id,
    'Regular public school district' as local_education_agency_category_descriptor,
    '[{{"educationOrganizationCategoryDescriptor":"Local Education Agency"}}]' as categories, {_CODES % "LEA"}
from organization left join above on above.id = sourcedId where resource = 'LocalEducationAgency'"""

_STATE = f"""
select source_row, sourcedId as state_education_agency_id,
    '[{{"educationOrganizationCategoryDescriptor":"State Education Agency"}}]' as categories, {_CODES % "SEA"}
from organization where resource = 'StateEducationAgency'"""

_DEPARTMENT = f"""
select source_row, sourcedId as organization_department_id, parentSourcedId as parent_education_organization_id,
    '[{{"educationOrganizationCategoryDescriptor":"Organization Department"}}]' as categories, {_CODES % "Other"}
from organization where resource = 'OrganizationDepartment'"""

_COLLEGE = f"""
select source_row, sourcedId as post_secondary_institution_id,
    '[{{"educationOrganizationCategoryDescriptor":"Post Secondary Institution"}}]' as categories, {_CODES % "IPEDS"}
from organization where resource = 'PostSecondaryInstitution'"""

_SCHOOL_YEAR = """
select source_row, s.school_year, (s.school_year = l.school_year)::varchar as current_school_year,
    (s.school_year::int - 1)::varchar || '-' || s.school_year as school_year_description
from session s, latest l where s.school_year is not null
union all by name
-- An assessment vendor has results of years for which it sends no session.
select min(source_row) as source_row, school_year,
    (school_year = max(school_year) over ())::varchar as current_school_year,
    (school_year::int - 1)::varchar || '-' || school_year as school_year_description
from result_year where school_year not in (select school_year from session where school_year is not null)
group by school_year"""

_TERM = """case
    when kind = 'year' then 'Year Round'
    when regexp_matches(lower(name), 'summer') then 'Summer Semester'
    when regexp_matches(lower(name), 'quarter|^q[1-4]') or siblings = 4 then
        ['First', 'Second', 'Third', 'Fourth'][least(ordinal, 4)] || ' Quarter'
    when regexp_matches(lower(name), 'trimester') or siblings = 3 then
        ['First', 'Second', 'Third'][least(ordinal, 3)] || ' Trimester'
    when regexp_matches(lower(name), 'fall|autumn') then 'Fall Semester'
    when regexp_matches(lower(name), 'spring|winter') then 'Spring Semester'
    when siblings = 2 then ['Fall Semester', 'Spring Semester'][ordinal]
    else 'Semester' end"""

_SESSION = f"""
with used as (select distinct session_id, school_id from section),
everywhere as (select distinct school_id from section union
    select sourcedId from organization_by_id where resource = 'School'),
placed as (select session_id, school_id from used union
    select s.sourcedId, e.school_id from session s, everywhere e
    where s.kind = 'term' and s.sourcedId not in (select session_id from used))
select s.source_row, s.school_year, p.school_id, s.session_name, s.startDate as begin_date, s.endDate as end_date,
    greatest(s.weekdays, 1)::varchar as total_instructional_days,
    {_TERM.replace("lower(name)", "lower(s.session_name)")} as term_descriptor
from session s join placed p on p.session_id = s.sourcedId where s.school_year is not null"""

_ORDINAL = "['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth'][least(ordinal, 6)]"
PERIOD = f"""case
    when kind = 'year' or siblings = 1 then 'End of Year'
    when siblings = 2 then {_ORDINAL} || ' Semester'
    when siblings = 3 then {_ORDINAL} || ' Trimester'
    when siblings = 4 then {_ORDINAL} || ' Nine Weeks'
    when siblings = 6 then {_ORDINAL} || ' Six Weeks'
    else session_name end"""

# A term stands as its own grading period where a grade is given for it.
_GRADING_PERIOD = f"""
with everywhere as (select distinct school_id, school_year from section),
placed as (
    select s.sourcedId as session_id, e.school_id from session s join everywhere e using (school_year)
        where s.kind = 'period'
    union select s.sourcedId, o.sourcedId from session s, organization_by_id o where s.kind = 'period'
        and o.resource = 'School' and s.school_year not in (select school_year from everywhere)
    union select period_id, school_id from grade_item where period_id is not null)
select s.source_row, s.school_year, p.school_id, {PERIOD} as grading_period_descriptor,
    s.session_name as grading_period_name, s.startDate as begin_date, s.endDate as end_date,
    s.ordinal::varchar as period_sequence, greatest(s.weekdays, 1)::varchar as total_instructional_days
from session s join placed p on p.session_id = s.sourcedId where s.school_year is not null"""

STAGED: list[tuple[str, str]] = [
    ("School", _SCHOOL),
    ("LocalEducationAgency", _DISTRICT),
    ("StateEducationAgency", _STATE),
    ("OrganizationDepartment", _DEPARTMENT),
    ("PostSecondaryInstitution", _COLLEGE),
    ("SchoolYearType", _SCHOOL_YEAR),
    ("Session", _SESSION),
    ("GradingPeriod", _GRADING_PERIOD),
]
