"""Sessions, grading periods and calendars. In Ed-Fi 1.0 a day may be an agency's; in 5.2 it is a school's."""

from __future__ import annotations

from homeroom.consolidate.edfi1.paths import Columns, Items, given
from homeroom.consolidate.edfi1.recurring import ANY_ORGANIZATION, grading_period_at
from homeroom.consolidate.edfi1.references import lookup

ELEMENTS: dict[str, Columns] = {
    "Session": {
        "school_id": ANY_ORGANIZATION,
        "said_name": "SessionName",
        "school_year": given("school_year_of({0})", "SchoolYear"),
        "term_descriptor": "Term",
        "begin_date": "BeginDate",
        "end_date": "EndDate",
        "total_instructional_days": "TotalInstructionalDays",
        "periods": Items(
            "GradingPeriodReference",
            {
                "reference": grading_period_at("GradingPeriodIdentity"),
                "kind": "GradingPeriodIdentity/GradingPeriod"
                " | GradingPeriodIdentity/GradingPeriodIdentity/GradingPeriod",
                "first_day": "GradingPeriodIdentity/BeginDate",
            },
            as_json=False,
        ),
    },
    "GradingPeriod": {
        # The kind, year and school may stand in an identity of its own.
        "organization": f"{ANY_ORGANIZATION} | GradingPeriodIdentity/StateOrganizationId",
        "grading_period_descriptor": "GradingPeriod | GradingPeriodIdentity/GradingPeriod",
        "said_year": given("school_year_of({0})", "SchoolYear | GradingPeriodIdentity/SchoolYear"),
        "begin_date": "BeginDate",
        "end_date": "EndDate",
        "total_instructional_days": "TotalInstructionalDays",
    },
    "CalendarDate": {
        "organization": ANY_ORGANIZATION,
        "date": "Date",
        "calendar_events": Items("CalendarEvent", {"calendarEventDescriptor": "."}),
    },
}

# A session's name must be its own in a school and year: where two terms have one name, the term goes with it.
# A grading period that names no school is of the schools whose sessions hold it, else of every school.
PREPARED = f"""
create or replace temp table session as
select *, try_cast(begin_date as date) as first_day, try_cast(end_date as date) as last_day,
    case when count(distinct term_descriptor) over (partition by school_id, said_name, school_year) > 1
        then said_name || ' ' || term_descriptor else coalesce(said_name, term_descriptor) end as session_name
from edfi1.Session where school_id is not null;
{
    lookup(
        "session_by_reference",
        "session",
        ("school_id", "said_name", "school_year", "term_descriptor"),
        ("school_id", "school_year", "session_name", "term_descriptor", "begin_date", "end_date"),
    )
};
create or replace temp table grading_period as
with held as (
    select school_id, school_year, session_name, unnest(periods, recursive := true) from session
), placed as (
    select p.*, coalesce(case when k.kind = 'School' then p.organization end, h.school_id, u.organization, s.school_id)
        as school_id, h.school_year as held_year
    from edfi1.GradingPeriod p
    left join organization_kind k on k.organization = p.organization
    left join (select distinct school_id, school_year, kind, first_day from held) h
        on k.kind is distinct from 'School' and h.kind = p.grading_period_descriptor and h.first_day = p.begin_date
    left join (select organization, above from under where organization in (from school)) u
        on u.above = p.organization and h.school_id is null and k.kind <> 'School'
    left join school s on p.organization is null and h.school_id is null)
select *, coalesce(said_year, held_year, year_of_day(try_cast(begin_date as date))) as school_year,
    grading_period_descriptor as grading_period_name
from placed;
{
    lookup(
        "period_by_reference",
        "grading_period",
        ("school_id", "grading_period_descriptor", "school_year", "begin_date"),
        ("school_id", "grading_period_descriptor", "grading_period_name", "school_year"),
    )
};
create or replace temp table calendar_day as
select d.source_row, d.date, d.calendar_events, u.organization as school_id, 'School' as calendar_code,
    coalesce(t.school_year, year_of_day(try_cast(d.date as date))) as school_year
from edfi1.CalendarDate d
join (select organization, above from under where organization in (from school)
    union all select school_id, null from school) u on u.above is not distinct from d.organization
left join (select school_id, school_year, min(first_day) as first_day, max(last_day) as last_day
    from session group by all) t
    on t.school_id = u.organization and try_cast(d.date as date) between t.first_day and t.last_day
qualify row_number() over (partition by d.source_row, u.organization order by t.school_year) = 1
"""

_SESSION = """
with held as (
    select source_row, school_id as session_school, unnest(periods, recursive := true) from session
), listed as (
    select h.source_row, items_json(list({'gradingPeriodReference': {
        'gradingPeriodDescriptor': p.grading_period_descriptor, 'gradingPeriodName': p.grading_period_name,
        'schoolId': p.school_id, 'schoolYear': p.school_year}})) as grading_periods
    from held h join grading_period p on p.school_id = h.session_school
        and p.grading_period_descriptor = h.kind and p.begin_date = h.first_day
    group by 1)
select s.source_row, school_id, school_year, session_name, term_descriptor, begin_date, end_date,
    total_instructional_days, grading_periods
from session s left join listed using (source_row)"""

_GRADING_PERIOD = """
select source_row, school_id, school_year, grading_period_descriptor, grading_period_name, begin_date, end_date,
    total_instructional_days
from grading_period"""

_CALENDAR = """
select min(source_row) as source_row, school_id, school_year, calendar_code, 'School' as calendar_type_descriptor
from calendar_day group by all"""

STAGED: list[tuple[str, str]] = [
    ("Session", _SESSION),
    ("GradingPeriod", _GRADING_PERIOD),
    ("Calendar", _CALENDAR),
    (
        "CalendarDate",
        "select source_row, date, calendar_events, school_id, calendar_code, school_year from calendar_day",
    ),
]
