"""Results: work in a class, grades of a grading period, and assessments.

OneRoster has one shape for all three. A line item is

- an **assessment** where the source says so (its setting `results = "assessments"`), where it has no class, or where
  its category names one (Assessment, Standardized Assessment, Benchmark, ...);
- a **grade** where it has a class and its category is Final Grade, Semester Grade, Grading Period Grade, Progress
  Report, Mid-Term Grade or the like;
- otherwise an entry in a **gradebook**. The column of a grade is an entry too, but its results are grades.

A category is no row of its own in the record: it gives each of its line items their kind.
"""

from __future__ import annotations

from homeroom.consolidate.layered_table import LayeredTable

ITEMS = """
create table category_by_id as select * from categories where sourcedId is not null
    qualify row_number() over (partition by sourcedId order by source_row) = 1;
create table item as
select i.*, c.title as category, c.source_row as category_row, case
    when getvariable('results') = 'assessments' or i.classSourcedId is null
        or regexp_matches(lower(c.title), '^(standardi[sz]ed |benchmark |interim |state )?(assessment|benchmark)s?$')
        then 'assessment'
    when regexp_matches(lower(c.title), '^(final|semester|term|quarter|trimester|year|grading[ -]?period|'
        || 'progress|mid-?term|report card|overall)[ a-z-]*(grade|mark|report)s?$')
        or lower(c.title) in ('final', 'conduct') then 'grade' else 'gradebook' end as stands_for
from lineItems i left join category_by_id c on c.sourcedId = i.categorySourcedId where i.sourcedId is not null;
create table item_by_id as
with placed as (
    select i.sourcedId as item_id, s.*, p.sourcedId as given_period,
        row_number() over (partition by i.sourcedId order by
            (s.session_id in (p.sourcedId, p.parentSourcedId)) desc nulls last,
            coalesce(p.last_day, calendar_day(i.dueDate), calendar_day(i.assignDate))
                between s.first_day and s.last_day desc nulls last, s.first_day, s.session_id) as place
    from item i join section_by_class s on s.class_id = i.classSourcedId
    left join session p on p.sourcedId = coalesce(i.gradingPeriodSourcedId, i.academicSessionSourcedId))
select i.*, s.class_id, s.school_id, s.school_year, s.session_id, s.session_name, s.course_code, s.given_period,
    s.subjects as section_subjects, coalesce(s.given_period, s.session_id) as period_id
from item i left join placed s on s.item_id = i.sourcedId and s.place = 1
qualify row_number() over (partition by i.sourcedId order by i.source_row) = 1;
create table grade_item as select i.*, s.session_name as period_name from item_by_id i
    join session s on s.sourcedId = i.period_id where stands_for = 'grade' and class_id is not null;
"""

_GRADE_TYPE = """case
    when regexp_matches(lower(category), 'mid') then 'Mid-Term Grade'
    when regexp_matches(lower(category), 'progress') then 'Progress Report'
    when regexp_matches(lower(category), 'conduct') then 'Conduct'
    when regexp_matches(lower(category), 'semester') then 'Semester'
    when regexp_matches(lower(category), 'final|year|overall') then 'Final'
    else 'Grading Period' end"""


def looked_up(period: str) -> str:
    """SQL for all that a result is mapped by besides itself: the tables `result_item` and `result_enrollment`.

    `period` names the descriptor of a grading period from its session.
    """
    return f"""
create table result_item as
select i.sourcedId as item_id, i.stands_for, g.course_code, g.school_id, g.school_year, g.session_id, g.session_name,
    g.class_id, g.period_name, g.grade_type_descriptor, g.grading_period_descriptor
from item_by_id i left join (
    select one.*, {_GRADE_TYPE} as grade_type_descriptor, grading_period_descriptor
    from grade_item one join (select sourcedId as period_id, {period} as grading_period_descriptor from session)
        using (period_id)) g on g.sourcedId = i.sourcedId;
create table result_enrollment as
select user_id, class_id, session_id, min(begin_text) as begin_date from membership where kind = 'Student' group by all;
"""


def scored(among: str | None = None) -> str:
    """SQL for the table `scored`, each result with what it is mapped by; of the rows in the table `among` alone."""
    rows = f"(from results semi join {among} using (source_row))" if among else "results"
    return f"""
create table scored as
select r.*, i.* exclude (item_id), try_cast(replace(r.score, ',', '.') as double) as number,
    coalesce(r.textScore, case when try_cast(replace(r.score, ',', '.') as double) is null then r.score end) as words
from {rows} r left join result_item i on i.item_id = r.lineItemSourcedId
where r.studentSourcedId is not null and r.lineItemSourcedId is not null
"""


def years(assessments: LayeredTable) -> str:
    """SQL for `result_year`: of which school years there are results of assessments, by their rows as staged."""
    if not assessments.base.exists():
        return "create table result_year as select null::bigint as source_row, null::varchar as school_year where false"
    return f"create table result_year as select source_row, school_year from {assessments.sql}"


_ENTRY = """
select i.source_row, i.sourcedId as gradebook_entry_identifier, getvariable('namespace') as namespace,
    left(coalesce(i.title, i.sourcedId), 100) as title, i.description, i.assignDate as date_assigned,
    i.dueDate as due_date, i.resultValueMax as max_points, i.classSourcedId as source_section_identifier,
    b.course_code as local_course_code, b.school_id, b.school_year, b.session_name, b.class_id as section_identifier
from item i left join item_by_id b on b.sourcedId = i.sourcedId where i.stands_for <> 'assessment'
union all by name
select category_row as source_row, sourcedId as gradebook_entry_identifier, getvariable('namespace') as namespace,
    case when stands_for = 'gradebook' then category end as gradebook_entry_type_descriptor
from item where stands_for <> 'assessment' and category_row is not null"""

_STUDENT_ENTRY = """
select source_row, lineItemSourcedId as gradebook_entry_identifier, getvariable('namespace') as namespace,
    studentSourcedId as student_unique_id, scoreDate as date_fulfilled, comment as diagnostic_statement,
    case when number is not null then score end as points_earned, left(words, 20) as letter_grade_earned,
    case when yes(late) then 'Late' when late is not null then 'Not Late' end as assignment_late_status_descriptor,
    case lower(scoreStatus) when 'exempt' then 'Exempt' when 'fully graded' then 'Graded'
        when 'partially graded' then 'Graded' when 'not submitted' then 'Not Submitted'
        when 'submitted' then 'Submitted' else case when yes(missing) then 'Not Submitted' end end
        as submission_status_descriptor
from scored where stands_for = 'gradebook'
    or (stands_for is null and getvariable('results') is distinct from 'assessments')"""

_ASSESSMENT = """
select i.source_row, left(i.sourcedId, 60) as assessment_identifier, getvariable('namespace') as namespace,
    left(coalesce(i.title, i.sourcedId), 255) as assessment_title, i.resultValueMax as max_raw_score,
    to_json([{'academicSubjectDescriptor': coalesce(nullif(coalesce(subject(i.title), 'Other'), 'Other'),
        nullif(subject(i.category), 'Other'), nullif(subject(b.section_subjects), 'Other'), 'Other')}])::varchar
        as academic_subjects,
    '[' || json_merge_patch('{}', to_json({'assessmentReportingMethodDescriptor': 'Scale score',
        'resultDatatypeTypeDescriptor': 'Decimal', 'minimumScore': i.resultValueMin,
        'maximumScore': i.resultValueMax}))::varchar || ']' as scores
from item i left join item_by_id b on b.sourcedId = i.sourcedId where i.stands_for = 'assessment'
union all by name
select category_row as source_row, left(sourcedId, 60) as assessment_identifier, getvariable('namespace') as namespace,
    left(category, 60) as assessment_family
from item where stands_for = 'assessment' and category_row is not null"""

_STUDENT_ASSESSMENT = """
select r.source_row, left(r.lineItemSourcedId, 60) as assessment_identifier, getvariable('namespace') as namespace,
    r.studentSourcedId as student_unique_id,
    left(coalesce(r.sourcedId, concat_ws('-', r.lineItemSourcedId, r.studentSourcedId, r.scoreDate)), 60)
        as student_assessment_identifier,
    r.scoreDate as administration_date,
    (year(calendar_day(r.scoreDate)) + (month(calendar_day(r.scoreDate)) >= 8)::int)::varchar as school_year,
    case when lower(r.scoreStatus) = 'exempt' then 'Other' end as reason_not_tested_descriptor,
    case when number is not null or words is not null then to_json(list_filter([
        {'assessmentReportingMethodDescriptor': 'Scale score', 'resultDatatypeTypeDescriptor': 'Decimal',
            'result': case when number is not null then score end},
        {'assessmentReportingMethodDescriptor': 'Achievement/proficiency level',
            'resultDatatypeTypeDescriptor': 'Level', 'result': left(words, 35)}],
        lambda one: one.result is not null))::varchar end as score_results
from scored r where stands_for = 'assessment' or (stands_for is null and getvariable('results') = 'assessments')"""

_GRADE = """
select r.source_row, r.studentSourcedId as student_unique_id, r.course_code as local_course_code, r.school_id,
    r.school_year, r.session_name, r.class_id as section_identifier, r.period_name as grading_period_name,
    r.grading_period_descriptor, m.begin_date, r.grade_type_descriptor,
    case when r.number is not null then r.score end as numeric_grade_earned, left(r.words, 20) as letter_grade_earned,
    r.scoreDate as current_grade_as_of_date, r.comment as diagnostic_statement
from scored r join result_enrollment m
    on m.user_id = r.studentSourcedId and m.class_id = r.class_id and m.session_id = r.session_id"""

STAGED: list[tuple[str, str]] = [("GradebookEntry", _ENTRY), ("Assessment", _ASSESSMENT)]
# Each row is of one result.
STAGED_BY_RESULT: list[tuple[str, str]] = [
    ("StudentGradebookEntry", _STUDENT_ENTRY),
    ("StudentAssessment", _STUDENT_ASSESSMENT),
    ("Grade", _GRADE),
]
