"""The landed tables with every column that the mapping speaks of, and what follows from several of them together.

A missing file is an empty table and a missing column is empty, so that the mapping is written once for every subset of
every version. Rows marked `tobedeleted` are left out here; `accounting` reports them.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from homeroom.consolidate.database import TABLES_AT_A_TIME, columns_held
from homeroom.consolidate.layered_table import LayeredTable
from homeroom.sources.oneroster_tables import TABLES

_MACROS = """
create macro items(list) as list_filter(
    list_transform(regexp_split_to_array(coalesce(list, ''), '[,;|]'), lambda item: trim(item)),
    lambda item: item <> '');
create macro calendar_day(text) as coalesce(
    try_cast(left(text, 10) as date), try_strptime(text, ['%m/%d/%Y', '%m/%d/%y', '%Y%m%d', '%d.%m.%Y'])::date);
create macro kind_of_role(role) as case
    when role is null then null
    when lower(role) in ('student', 'learner') then 'Student'
    when lower(role) in ('parent', 'guardian', 'relative', 'contact', 'emergencycontact') then 'Contact'
    else 'Staff' end;
create macro subject(words) as case
    when words is null then null
    when regexp_matches(lower(words), 'physical ed|health|^pe$') then 'Physical, Health, and Safety Education'
    when regexp_matches(lower(words), 'math|algebra|geometr|calculus|numera|statistic') then 'Mathematics'
    when regexp_matches(lower(words), 'language arts|\\bela\\b') then 'English Language Arts'
    when regexp_matches(lower(words), 'english') then 'English'
    when regexp_matches(lower(words), 'read|litera') then 'Reading'
    when regexp_matches(lower(words), 'writ') then 'Writing'
    when regexp_matches(lower(words), 'social|histor|civic|geograph|econom|government') then 'Social Studies'
    when regexp_matches(lower(words), 'scien|biolog|chemis|physic') then 'Science'
    when regexp_matches(lower(words), '\\barts?\\b|music|band|choir|theat|drama') then 'Fine and Performing Arts'
    when regexp_matches(lower(words), 'spanish|french|german|latin|world lang|foreign') then
        'Foreign Language and Literature'
    else 'Other' end;
create macro yes(word) as lower(word) in ('true', 'yes', 'y', '1', 'primary');
create macro coded(name, value) as {'system': name, 'code': value};
"""

# School years as systems write them: 2025, 2024-2025, 2024-25. The record names a year by the one in which it ends.
_SESSIONS = """
create table own_year as select *, calendar_day(startDate) as first_day, calendar_day(endDate) as last_day,
    case when lower(type) in ('schoolyear', 'year') then 'year' when lower(type) = 'gradingperiod' then 'period'
        else 'term' end as kind,
    case when regexp_matches(schoolYear, '^\\d{4}\\s*[-/]\\s*\\d{2}$') then left(schoolYear, 2) || right(schoolYear, 2)
        else nullif(regexp_extract(schoolYear, '(\\d{4})\\D*$', 1), '') end as stated_year
from academicSessions where sourcedId is not null;
create table session as
select s.*, coalesce(s.stated_year, p.stated_year, g.stated_year,
        (year(s.last_day) + (month(s.last_day) >= 8)::int)::varchar) as school_year,
    coalesce(s.title, s.sourcedId) as name
from own_year s left join own_year p on p.sourcedId = s.parentSourcedId
left join own_year g on g.sourcedId = p.parentSourcedId
qualify row_number() over (partition by s.sourcedId order by s.source_row, p.source_row, g.source_row) = 1;
create or replace table session as select * exclude (name), left(case
    when count(*) over (partition by school_year, lower(name)) > 1 then name || ' ' || sourcedId else name end, 60)
    as session_name,
    row_number() over (partition by school_year, kind order by first_day, sourcedId) as ordinal,
    count(*) over (partition by school_year, kind) as siblings,
    case when first_day <= last_day then (select count(*) from range(first_day, last_day + interval 1 day,
        interval 1 day) d(day) where isodow(d.day) < 6) end as weekdays
from session;
create table school_year as select school_year,
    coalesce(min(first_day) filter (kind = 'year'), min(first_day)) as first_day,
    coalesce(max(last_day) filter (kind = 'year'), max(last_day)) as last_day
from session where school_year is not null group by all;
create table latest as select max(school_year) as school_year from school_year;
"""

_ORGANIZATIONS = """
create table organization as select o.*, case
    when t = 'school' then 'School'
    when t in ('district', 'local', 'lea', 'localauthority') then 'LocalEducationAgency'
    when t in ('state', 'national', 'sea', 'ministryofeducation', 'region') then 'StateEducationAgency'
    when t in ('department', 'division') then 'OrganizationDepartment'
    when o.sourcedId in (select schoolSourcedId from classes) then 'School'
    when t in ('college', 'university', 'highereducation', 'post_secondary') then 'PostSecondaryInstitution'
    end as resource
from (select *, lower(replace(type, ' ', '')) as t from orgs) o where sourcedId is not null;
create table organization_by_id as select * from organization
    qualify row_number() over (partition by sourcedId order by source_row) = 1;
create table above as
with recursive up as (
    select sourcedId as id, parentSourcedId as ancestor, 1 as steps from organization_by_id
    union all
    select up.id, o.parentSourcedId, steps + 1 from up join organization_by_id o on o.sourcedId = up.ancestor
    where steps < 12)
select id, arg_min(o.sourcedId, steps) filter (o.resource = 'LocalEducationAgency') as district,
    arg_min(o.sourcedId, steps) filter (o.resource = 'StateEducationAgency') as state
from up join organization_by_id o on o.sourcedId = up.ancestor group by id;
"""

_CLASSES = """
create table course_by_id as select * from courses where sourcedId is not null
    qualify row_number() over (partition by sourcedId order by source_row) = 1;
create table class_term as
with named as (select c.source_row, unnest(items(c.termSourcedIds)) as session_id from classes c),
only_year as (select any_value(sourcedId) as session_id from session where kind = 'year' having count(*) = 1)
select distinct n.source_row, s.sourcedId as session_id from named n join session s on s.sourcedId = n.session_id
union
select c.source_row, s.sourcedId from classes c left join course_by_id k on k.sourcedId = c.courseSourcedId
    join session s on s.sourcedId = coalesce(k.schoolYearSourcedId, (select session_id from only_year))
where len(items(c.termSourcedIds)) = 0;
create table section as
select c.source_row, c.sourcedId as class_id, c.title, c.grades, c.periods, c.location, c.courseSourcedId,
    coalesce(c.schoolSourcedId, k.orgSourcedId) as school_id, s.sourcedId as session_id, s.session_name, s.school_year,
    s.first_day, s.last_day, s.startDate, s.endDate,
    left(coalesce(k.courseCode, c.courseSourcedId, c.sourcedId), 60) as course_code,
    coalesce(k.orgSourcedId, c.schoolSourcedId) as course_organization, k.sourcedId is null as without_course,
    coalesce(c.subjects, k.subjects) as subjects,
    count(*) over (partition by c.source_row) as terms
from classes c join class_term t on t.source_row = c.source_row join session s on s.sourcedId = t.session_id
left join course_by_id k on k.sourcedId = c.courseSourcedId
where c.sourcedId is not null and coalesce(c.schoolSourcedId, k.orgSourcedId) is not null and s.school_year is not null;
create table section_by_class as select * from section
    qualify row_number() over (partition by class_id, session_id order by source_row) = 1;
"""

# The dates of an enrollment as sent, but within the term where the class has several.
_MEMBERSHIP = """
create table enrollment_day as select text, calendar_day(text) as day from
    (select beginDate as text from enrollments union select endDate from enrollments) where text is not null;
create table membership as
with joined as (
    select e.source_row, e.userSourcedId as user_id, e.role, e."primary", s.class_id, s.session_id, s.course_code,
        s.school_id, s.school_year, s.session_name, s.terms, s.startDate, s.first_day, s.last_day,
        e.beginDate, e.endDate as leaveDate, b.day as begun, l.day as ended,
        coalesce((begun is null or s.last_day is null or begun <= s.last_day)
            and (ended is null or s.first_day is null or ended >= s.first_day), true) as touches
    from enrollments e join section_by_class s on s.class_id = e.classSourcedId
    left join enrollment_day b on b.text = e.beginDate left join enrollment_day l on l.text = e.endDate
    where e.userSourcedId is not null),
-- An enrollment that touches none of its class's terms counts in all of them: the rules on dates will find it.
astray as (select source_row from joined group by source_row having not bool_or(touches))
select source_row, user_id, kind_of_role(role) as kind, role, "primary", class_id, session_id, course_code, school_id,
    school_year, session_name, begun,
    case when beginDate is null or (terms > 1 and begun < first_day) then startDate else beginDate end as begin_text,
    case when terms > 1 and (ended > last_day or ended is null) then null else leaveDate end as end_text
from joined where touches or source_row in (select source_row from astray);
create table in_class as
select user_id, school_id, school_year, arg_min(begin_text, begun) as first_begin, min(begin_text) as any_begin
from membership where kind = 'Student' group by all;
"""


# A person may be several things at once: a teacher whose own child is a student here is Staff and Contact.
_PEOPLE = """
create table stated_kind as
select sourcedId as user_id, kind_of_role(role) as kind from users where sourcedId is not null and role is not null
union select userSourcedId, kind_of_role(role) from roles where userSourcedId is not null and role is not null
union select relationshipUserSourcedId, 'Contact' from relationships where relationshipUserSourcedId is not null;
create table person_kind as
with implied as (
    select userSourcedId as user_id, kind_of_role(role) as kind from enrollments where role is not null
    union select studentSourcedId, 'Student' from results
    union select userSourcedId, 'Student' from relationships
    union select coalesce(userSourcedId, sourcedId), 'Student' from demographics
    union select userSourcedId, 'Student' from userFlags
    union select sourcedId, 'Student' from users where grades is not null)
select * from stated_kind
union select i.user_id, i.kind from implied i anti join stated_kind s on s.user_id = i.user_id
where i.user_id is not null and (i.kind <> 'Student' or i.user_id not in
    (select e.userSourcedId from enrollments e where kind_of_role(e.role) = 'Staff' and e.userSourcedId is not null));
create table user_by_id as select source_row, sourcedId, grades, primaryOrgSourcedId from users where source_row in
    (select min(source_row) from users where sourcedId is not null group by sourcedId);
"""

_BELONGING = """
create table affiliation as
with named as (
    select sourcedId as user_id, primaryOrgSourcedId as organization_id, 0 as rank from users
    union all select userSourcedId, orgSourcedId, case when yes(roleType) or yes(isPrimary) then 1 else 2 end from roles
    union all select sourcedId, unnest(items(orgSourcedIds)), 3 from users
    union all select user_id, school_id, 4 from in_class)
select user_id, organization_id, min(rank) as rank from named
where user_id is not null and organization_id is not null group by all;
create table home as
with first as (select user_id, arg_min(organization_id, (rank, organization_id)) as organization_id
    from affiliation group by user_id),
only_one as (select any_value(sourcedId) as district from organization_by_id
    where resource = 'LocalEducationAgency' having count(*) = 1)
select k.user_id, coalesce(a.district, f.organization_id, (select district from only_one)) as organization_id
from (select distinct user_id from person_kind where kind = 'Student') k
left join first f on f.user_id = k.user_id left join above a on a.id = f.organization_id
where coalesce(a.district, f.organization_id, (select district from only_one)) is not null;
"""


# No mapping reads them, and they are a third of the bytes of an enrollment.
_UNUSED = {"status", "dateLastModified", "enabledUser"}


def prepare(connection: duckdb.DuckDBPyConnection, landed: Mapping[str, Path]) -> None:
    """Make, on the connection, a table per file of the standard and those that the mapping derives from them."""
    connection.execute(_MACROS)

    def take_in(name: str) -> None:
        with connection.cursor() as own:
            own.execute(_table(own, name, TABLES[name].columns, landed.get(name)))

    def derive(statements: str) -> None:
        with connection.cursor() as own:
            own.execute(statements)

    # The largest is looked through for what is asked of it: most nights, of a hundredth of its rows.
    derive(_table(connection, "results", TABLES["results"].columns, landed.get("results"), as_view=True))
    # The large ones first, so that two are taken in side by side.
    largest_first = sorted(
        TABLES.keys() - {"results"}, key=lambda name: landed[name].stat().st_size if name in landed else 0, reverse=True
    )
    with ThreadPoolExecutor(TABLES_AT_A_TIME) as workers:
        list(workers.map(take_in, largest_first))
        # Who somebody is does not follow from where; the rest goes from one to the next.
        list(workers.map(derive, [_SESSIONS + _ORGANIZATIONS + _CLASSES + _MEMBERSHIP, _PEOPLE]))
    derive(_BELONGING)


def _table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: tuple[str, ...],
    landed: Path | None,
    as_view: bool = False,
) -> str:
    if landed is None:
        empty = ", ".join(f'null::varchar as "{column}"' for column in columns)
        return f'create table "{name}" as select null::bigint as source_row, {empty} limit 0'
    rows = LayeredTable(landed).sql
    present = columns_held(connection, landed)
    chosen = ", ".join(
        f"""nullif(trim("{column}"), '') as "{column}" """ if column in present else f'null::varchar as "{column}"'
        for column in columns
        if column not in _UNUSED
    )
    active = "where lower(trim(coalesce(status, ''))) <> 'tobedeleted'" if "status" in present else ""
    return f"""create {"view" if as_view else "table"} "{name}" as select source_row, {chosen} from {rows} {active}"""
