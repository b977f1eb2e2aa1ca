"""Learning standards and objectives. Ed-Fi 5.2 knows standards only: an objective is one above its standards."""

from __future__ import annotations

from homeroom.consolidate.edfi1.courses import LEARNING_STANDARDS
from homeroom.consolidate.edfi1.paths import Columns, Items
from homeroom.consolidate.edfi1.recurring import objective_at
from homeroom.consolidate.edfi1.references import lookup

ELEMENTS: dict[str, Columns] = {
    "LearningStandard": {
        "learning_standard_id": "LearningStandardId/IdentificationCode",
        "description": "Description",
        "content_standard_name": "ContentStandard",
        "course_title": "CourseTitle",
        "grade_levels": Items("GradeLevel", {"gradeLevelDescriptor": "."}),
        "academic_subjects": Items("SubjectArea", {"academicSubjectDescriptor": "."}),
    },
    "LearningObjective": {
        "id": "LearningObjectiveId/IdentificationCode",
        "objective": "Objective",
        "description": "Description",
        "subject": "AcademicSubject",
        "grade": "ObjectiveGradeLevel",
        "standards": LEARNING_STANDARDS,
        "parent": objective_at("LearningObjectiveReference/LearningObjectiveIdentity"),
    },
}

# An objective's own id may serve for several grades: then its name and grade go with it.
PREPARED = f"""
create or replace temp table objective as
select *, case when id is null or count(distinct named([objective, subject, grade])) over (partition by id) > 1
        or id in (select learning_standard_id from edfi1.LearningStandard)
    then shortened(concat_ws('-', id, objective, subject, grade), 60) else shortened(id, 60) end as learning_standard_id
from edfi1.LearningObjective;
{
    lookup(
        "objective_by_reference",
        "objective",
        ("objective", "subject", "grade"),
        ("learning_standard_id", "objective", "grade"),
    )
};
create or replace temp table parent_of_standard as
select code, arg_min(learning_standard_id, source_row) as parent_learning_standard_id
from (select source_row, learning_standard_id, unnest(standards).code as code from objective) group by 1
"""

_STANDARD = """
select s.source_row, s.learning_standard_id, s.description, s.course_title, s.grade_levels, s.academic_subjects,
    getvariable('namespace') as namespace, p.parent_learning_standard_id,
    case when s.content_standard_name is not null then
        to_json({'title': s.content_standard_name})::varchar end as content_standard,
    case s.content_standard_name when 'State Standard' then 'State'
        when 'National Standard' then 'Multi-state or National' when 'School Standard' then 'School'
        when 'LEA Standard' then 'Local education agency' end as learning_standard_scope_descriptor
from edfi1.LearningStandard s left join parent_of_standard p on p.code = s.learning_standard_id
    and p.parent_learning_standard_id <> s.learning_standard_id"""

_OBJECTIVE = """
select o.source_row, o.learning_standard_id, coalesce(o.description, o.objective) as description,
    left(o.objective, 60) as learning_standard_item_code, getvariable('namespace') as namespace,
    to_json([{'gradeLevelDescriptor': o.grade}])::varchar as grade_levels,
    to_json([{'academicSubjectDescriptor': o.subject}])::varchar as academic_subjects,
    nullif(p.learning_standard_id, o.learning_standard_id) as parent_learning_standard_id
from objective o left join objective_by_reference p on p.reference = o.parent"""

STAGED: list[tuple[str, str]] = [("LearningStandard", _STANDARD), ("LearningStandard", _OBJECTIVE)]
