"""Assessments, their parts and items, and what students achieved in them."""

from __future__ import annotations

from homeroom.consolidate.edfi1.courses import LEARNING_STANDARDS
from homeroom.consolidate.edfi1.paths import Columns, Given, Items, given
from homeroom.consolidate.edfi1.recurring import STUDENT, assessment_at, objective_at
from homeroom.consolidate.edfi1.references import lookup

_LEVEL = "CodeValue | Description"
_ITEM = "AssessmentItemReference/AssessmentItemIdentity"
_PART = "ObjectiveAssessmentReference/ObjectiveAssessmentIdentity"
_TAKEN = "StudentAssessmentReference/StudentAssessmentIdentity"
_TAKEN_TEST = "StudentTestAssessmentReference/StudentAssessmentIdentity"
_RESULTS = Items(
    "ScoreResults",
    {
        "assessmentReportingMethodDescriptor": "@AssessmentReportingMethod",
        "resultDatatypeTypeDescriptor": given(
            "case when regexp_full_match({0}, '-?\\d+') then 'Integer'"
            " when regexp_full_match({0}, '-?\\d*\\.\\d+') then 'Decimal' else 'Level' end",
            "Result",
        ),
        "result": "Result",
    },
)
# 5.2 says by which method a level was found: in 1.0 a student's level says no method.
_LEVELS = Items("PerformanceLevels", {"code": _LEVEL, "met": "PerformanceLevelMet"}, as_json=False, keep=("code",))


def _taken_at(*identities: str) -> dict[str, str | Given]:
    """Which student's assessment is meant: student, assessment, day."""

    def either(path: str) -> str:
        return " | ".join(f"{identity}/{each.strip()}" for identity in identities for each in path.split("|"))

    assessment = assessment_at("AssessmentReference/AssessmentIdentity")
    return {
        "student_unique_id": either(STUDENT),
        "assessment": given(assessment.sql, *(either(path) for path in assessment.paths)),
        "administration_date": either("AdministrationDate"),
    }


ELEMENTS: dict[str, Columns] = {
    "AssessmentFamily": {
        "title": "AssessmentFamilyTitle",
        "parent": "AssessmentFamilyReference/AssessmentFamilyIdentity/AssessmentFamilyTitle",
    },
    "Assessment": {
        "assessment_title": "AssessmentTitle",
        "subject": "AcademicSubject",
        "grade": "GradeLevelAssessed",
        "version": "Version",
        "assessment_category_descriptor": "AssessmentCategory",
        "revision_date": "RevisionDate",
        "max_raw_score": "MaxRawScore",
        "nomenclature": "Nomenclature",
        "assessment_form": "AssessmentForm",
        "family": "AssessmentFamilyReference/AssessmentFamilyIdentity/AssessmentFamilyTitle",
        "content_standard_name": "ContentStandard",
        "identification_codes": Items(
            "AssessmentIdentificationCode",
            {"assessmentIdentificationSystemDescriptor": "@IdentificationSystem", "identificationCode": "ID"},
        ),
        "performance_levels": Items(
            "AssessmentPerformanceLevel",
            {
                "assessmentReportingMethodDescriptor": "AssessmentReportingMethod",
                "performanceLevelDescriptor": "PerformanceLevel/CodeValue | PerformanceLevel/Description",
                "minimumScore": "MinimumScore",
                "maximumScore": "MaximumScore",
            },
        ),
        "period": "AssessmentPeriod/AssessmentPeriodDescriptorIdentity/AssessmentPeriodDescriptorCodeValue"
        " | AssessmentPeriod/CodeValue",
        "parts": Items(
            "ObjectiveAssessmentReference/ObjectiveAssessmentIdentity",
            {"code": "ObjectiveAssessmentIdentificationCode | IdentificationCode"},
            as_json=False,
        ),
    },
    "AssessmentReference": {
        "assessment_title": "AssessmentIdentity/AssessmentTitle",
        "subject": "AssessmentIdentity/AcademicSubject",
        "grade": "AssessmentIdentity/GradeLevelAssessed",
        "version": "AssessmentIdentity/Version",
    },
    "AssessmentPeriodDescriptor": {
        "code": "CodeValue",
        # The words go with the code, see `codes`.
        "words": "ShortDescription | Description",
        "begin_date": "BeginDate",
        "end_date": "EndDate",
    },
    "ObjectiveAssessment": {
        "identification_code": "IdentificationCode",
        "max_raw_score": "MaxRawScore",
        "percent_of_assessment": "PercentOfAssessment",
        "nomenclature": "Nomenclature",
        "assessment": assessment_at("AssessmentReference/AssessmentIdentity"),
        "parts": Items(
            "ObjectiveAssessmentReference/ObjectiveAssessmentIdentity",
            {"code": "ObjectiveAssessmentIdentificationCode | IdentificationCode"},
            as_json=False,
        ),
        "objectives": Items(
            "LearningObjectiveReference",
            {"reference": objective_at("LearningObjectiveIdentity")},
            as_json=False,
            keep=("reference",),
        ),
        "standards": LEARNING_STANDARDS,
    },
    "AssessmentItem": {
        "identification_code": "IdentificationCode",
        "assessment": assessment_at("AssessmentReference/AssessmentIdentity"),
        "assessment_item_category_descriptor": "ItemCategory",
        "max_raw_score": "MaxRawScore",
        "nomenclature": "Nomenclature",
        "possible_responses": given(
            "case when {0} is not null then"
            " to_json([{{'correctResponse': 'true', 'responseValue': {0}}}])::varchar end",
            "CorrectResponse",
        ),
        "standards": LEARNING_STANDARDS,
    },
    "StudentAssessment": {
        **_taken_at("."),
        "administration_end_date": "AdministrationEndDate",
        "serial_number": "SerialNumber",
        "administration_language_descriptor": "AdministrationLanguage",
        "administration_environment_descriptor": "AdministrationEnvironment",
        "retest_indicator_descriptor": "RetestIndicator",
        "reason_not_tested_descriptor": "ReasonNotTested",
        "when_assessed_grade_level_descriptor": "GradeLevelWhenAssessed",
        "score_results": _RESULTS,
        "levels": _LEVELS,
        "special": Items("SpecialAccommodations/SpecialAccommodation", {"code": "."}, as_json=False, keep=("code",)),
        "linguistic": Items(
            "LinguisticAccommodations/LinguisticAccommodation", {"code": "."}, as_json=False, keep=("code",)
        ),
    },
    "StudentObjectiveAssessment": {
        **_taken_at(_TAKEN, _TAKEN_TEST),
        "code": f"{_PART}/ObjectiveAssessmentIdentificationCode | {_PART}/IdentificationCode",
        "results": Items(_RESULTS.path, _RESULTS.fields, as_json=False),
        "levels": _LEVELS,
    },
    "StudentAssessmentItem": {
        **_taken_at(_TAKEN, _TAKEN_TEST),
        "code": f"{_ITEM}/AssessmentItemIdentificationCode | {_ITEM}/IdentificationCode",
        "response": "AssessmentResponse",
        "result": "AssessmentItemResult",
        "raw_score": "RawScoreResult",
    },
}

# An assessment of 1.0 is known by its title, subject, grade level and version: of these its identifier is made.
# Two takings of one assessment on one day differ by number, in the order in which they were sent.
PREPARED = f"""
create or replace temp table assessment as
select *, shortened(concat_ws('-', assessment_title, subject, grade, version), 60) as assessment_identifier,
    getvariable('namespace') as namespace
from edfi1.Assessment where assessment_title is not null;
{
    lookup(
        "assessment_by_reference",
        "assessment",
        ("assessment_title", "subject", "grade", "version"),
        ("assessment_identifier", "namespace"),
    )
};
create or replace temp table assessment_of_part as
with recursive named as (
    select distinct unnest(parts).code as code, assessment_identifier from assessment
    union
    select o.identification_code, a.assessment_identifier
    from edfi1.ObjectiveAssessment o join assessment_by_reference a on a.reference = o.assessment
    union
    select p.code, n.assessment_identifier
    from named n join (select identification_code, unnest(parts).code as code from edfi1.ObjectiveAssessment) p
        on p.identification_code = n.code)
select code, assessment_identifier from named where code is not null;
create or replace temp table level_method as
select distinct assessment_identifier, item->>'$.performanceLevelDescriptor' as code,
    min(item->>'$.assessmentReportingMethodDescriptor') as method
from (select assessment_identifier, unnest(performance_levels::json[]) as item from assessment) group by all;
create or replace temp table taken as
select t.*, a.assessment_identifier, a.namespace, dense_rank() over (same order by first_row) as time_of_day,
    t.administration_date || case when time_of_day > 1 then '-' || time_of_day else '' end
        as student_assessment_identifier
from (select *, min(source_row) over (partition by student_unique_id, assessment, administration_date,
        retest_indicator_descriptor, score_results, levels, serial_number) as first_row from edfi1.StudentAssessment) t
join assessment_by_reference a on a.reference = t.assessment
window same as (partition by t.student_unique_id, a.assessment_identifier, t.administration_date)
"""

_ASSESSMENT = """
select source_row, assessment_identifier, namespace, assessment_title, assessment_category_descriptor, max_raw_score,
    try_cast(version as integer)::varchar as assessment_version, revision_date, nomenclature, assessment_form,
    shortened(family, 60) as assessment_family, identification_codes, performance_levels,
    to_json([{'academicSubjectDescriptor': coalesce(subject, 'Other')}])::varchar as academic_subjects,
    case when grade is not null then to_json([{'gradeLevelDescriptor': grade}])::varchar end as assessed_grade_levels,
    case when content_standard_name is not null then
        to_json({'title': content_standard_name})::varchar end as content_standard,
    case when period is not null then
        to_json([{'assessmentPeriodDescriptor': period}])::varchar end as periods
from assessment
union all by name
-- A family and a period are no rows of their own in 5.2: each of their assessments has them.
select f.source_row, a.assessment_identifier, a.namespace, shortened(a.family, 60) as assessment_family
from edfi1.AssessmentFamily f join assessment a on a.family = f.title
union all by name
select p.source_row, a.assessment_identifier, a.namespace, to_json([{'assessmentPeriodDescriptor': p.code,
    'beginDate': p.begin_date, 'endDate': p.end_date}])::varchar as periods
from edfi1.AssessmentPeriodDescriptor p join assessment a on a.period = p.code"""


def _standards(owner: str) -> str:
    return f"""(select items_json(list({{'learningStandardReference': {{'learningStandardId': id}}}}))
        from (select unnest({owner}.standards).code as id))"""


_PART_ROW = """
with learned as (
    select source_row, list(id order by id) as ids from (
        select source_row, unnest(standards).code as id from edfi1.ObjectiveAssessment
        union
        select o.source_row, l.learning_standard_id
        from (select source_row, unnest(objectives).reference as reference from edfi1.ObjectiveAssessment) o
        join objective_by_reference l using (reference)) group by 1)
select o.source_row, p.assessment_identifier, getvariable('namespace') as namespace, o.identification_code,
    o.max_raw_score, o.nomenclature, o.percent_of_assessment, u.identification_code as parent_identification_code,
    to_json(list_transform(ids, lambda id: {'learningStandardReference': {'learningStandardId': id}}))::varchar
        as learning_standards
from edfi1.ObjectiveAssessment o join assessment_of_part p on p.code = o.identification_code
left join (select code, min(identification_code) as identification_code
    from (select identification_code, unnest(parts).code as code from edfi1.ObjectiveAssessment)
    where code <> identification_code group by 1) u on u.code = o.identification_code
left join learned l using (source_row)"""

_ITEM_ROW = f"""
select i.source_row, a.assessment_identifier, a.namespace, i.identification_code, i.max_raw_score, i.nomenclature,
    i.assessment_item_category_descriptor, i.possible_responses, {_standards("i")} as learning_standards
from edfi1.AssessmentItem i join assessment_by_reference a on a.reference = i.assessment"""

_TAKEN_ROW = """
with leveled as (
    select l.source_row, items_json(list({'performanceLevelDescriptor': l.code,
        'assessmentReportingMethodDescriptor': coalesce(m.method, 'Achievement/proficiency level')})) as levels
    from (select source_row, assessment_identifier, unnest(levels, recursive := true) from taken) l
    left join level_method m on m.assessment_identifier = l.assessment_identifier and m.code = l.code
    where l.met is distinct from 'false' group by 1)
select t.source_row, t.student_unique_id, t.assessment_identifier, t.namespace, t.student_assessment_identifier,
    t.administration_date, t.administration_end_date, t.serial_number, t.administration_language_descriptor,
    t.administration_environment_descriptor, t.retest_indicator_descriptor, t.reason_not_tested_descriptor,
    t.when_assessed_grade_level_descriptor, t.score_results, l.levels as performance_levels,
    year_of_day(try_cast(t.administration_date as date)) as school_year,
    case when len(t.special) > 0 or len(t.linguistic) > 0 then
        to_json(list_transform(list_concat(t.special, t.linguistic),
            lambda one: {'accommodationDescriptor': one.code}))::varchar end as accommodations
from taken t left join leveled l using (source_row)"""

_PARTS_TAKEN = """
select o.source_row, t.student_unique_id, t.assessment_identifier, t.namespace, t.student_assessment_identifier,
    to_json([{'objectiveAssessmentReference': {'assessmentIdentifier': t.assessment_identifier,
        'namespace': t.namespace, 'identificationCode': o.code}, 'scoreResults': o.results}])::varchar
        as student_objective_assessments
from edfi1.StudentObjectiveAssessment o
join (select distinct on (student_unique_id, assessment, administration_date) * from taken
    order by source_row) t using (student_unique_id, assessment, administration_date)
where o.code is not null"""

_ITEMS_TAKEN = """
select o.source_row, t.student_unique_id, t.assessment_identifier, t.namespace, t.student_assessment_identifier,
    to_json([{'assessmentItemReference': {'assessmentIdentifier': t.assessment_identifier,
        'namespace': t.namespace, 'identificationCode': o.code}, 'assessmentItemResultDescriptor': o.result,
        'assessmentResponse': o.response, 'rawScoreResult': o.raw_score}])::varchar as items
from edfi1.StudentAssessmentItem o
join (select distinct on (student_unique_id, assessment, administration_date) * from taken
    order by source_row) t using (student_unique_id, assessment, administration_date)
where o.code is not null"""

STAGED: list[tuple[str, str]] = [
    ("Assessment", _ASSESSMENT),
    ("ObjectiveAssessment", _PART_ROW),
    ("AssessmentItem", _ITEM_ROW),
    ("StudentAssessment", _TAKEN_ROW),
    ("StudentAssessment", _PARTS_TAKEN),
    ("StudentAssessment", _ITEMS_TAKEN),
]
