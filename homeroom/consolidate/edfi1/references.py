"""How elements of Ed-Fi 1.0 name each other: by an identity spelled out, or by `ref`, the `id` of another element.

References by id are completed first, with the identity of what they point to, so that the mappings see one kind only.
A reference becomes one text of its parts; what it may mean is found by the parts that it gives, where they are enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from homeroom.consolidate.database import literal
from homeroom.consolidate.edfi import documents
from homeroom.consolidate.edfi1.paths import Given, given

ORGANIZATION = "EducationalOrgIdentity/StateOrganizationId"

# What of an element identifies it, and in which element a reference says so. Those that refer to others come later.
IDENTITIES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "EducationOrganization": ("EducationalOrgIdentity", ("StateOrganizationId",)),
    "StateEducationAgency": ("EducationalOrgIdentity", ("StateOrganizationId",)),
    "EducationServiceCenter": ("EducationalOrgIdentity", ("StateOrganizationId",)),
    "LocalEducationAgency": ("EducationalOrgIdentity", ("StateOrganizationId",)),
    "School": ("EducationalOrgIdentity", ("StateOrganizationId",)),
    "Student": ("StudentIdentity", ("StudentUniqueStateId",)),
    "Parent": ("ParentIdentity", ("ParentUniqueStateId",)),
    "Staff": ("StaffIdentity", ("StaffUniqueStateId",)),
    "Teacher": ("StaffIdentity", ("StaffUniqueStateId",)),
    "CalendarDate": ("CalendarDateIdentity", ("Date", "EducationOrgReference")),
    "ClassPeriod": ("ClassPeriodIdentity", ("ClassPeriodName",)),
    "Location": ("LocationIdentity", ("ClassroomIdentificationCode",)),
    "GradingPeriod": (
        "GradingPeriodIdentity",
        ("GradingPeriod", "GradingPeriodIdentity", "BeginDate", "SchoolYear", "EducationOrganizationReference"),
    ),
    "Session": ("SessionIdentity", ("SessionName", "SchoolYear", "Term", "EducationOrganizationReference")),
    "Course": ("CourseIdentity", ("UniqueCourseId", "CourseCode", "EducationOrganizationReference")),
    "CourseOffering": ("CourseOfferingIdentity", ("LocalCourseCode", "SchoolReference", "SessionReference")),
    "Section": (
        "SectionIdentity",
        ("UniqueSectionCode", "SchoolReference", "CourseOfferingReference", "ClassPeriodReference"),
    ),
    "Program": ("ProgramIdentity", ("ProgramId", "ProgramType")),
    "Cohort": ("CohortIdentity", ("CohortIdentifier", "EducationOrgReference")),
    "GraduationPlan": ("GraduationPlanIdentity", ("GraduationPlanType", "EducationOrganizationReference")),
    "LearningStandard": ("LearningStandardIdentity", ("LearningStandardId",)),
    "LearningObjective": (
        "LearningObjectiveIdentity",
        ("LearningObjectiveId", "Objective", "AcademicSubject", "ObjectiveGradeLevel"),
    ),
    "AssessmentFamily": ("AssessmentFamilyIdentity", ("AssessmentFamilyTitle",)),
    "Assessment": ("AssessmentIdentity", ("AssessmentTitle", "AcademicSubject", "GradeLevelAssessed", "Version")),
    "AssessmentItem": ("AssessmentItemIdentity", ("IdentificationCode",)),
    "ObjectiveAssessment": ("ObjectiveAssessmentIdentity", ("IdentificationCode",)),
    "StudentAssessment": (
        "StudentAssessmentIdentity",
        ("AdministrationDate", "StudentReference", "AssessmentReference"),
    ),
    "StudentSectionAssociation": (
        "StudentSectionAssociationIdentity",
        ("StudentReference", "SectionReference", "BeginDate"),
    ),
    "StudentAcademicRecord": ("StudentAcademicRecordIdentity", ("StudentReference", "SessionReference", "SchoolYear")),
    "DisciplineIncident": ("DisciplineIncidentIdentity", ("IncidentIdentifier", "SchoolReference")),
    "GradebookEntry": ("GradebookEntryIdentity", ("GradebookEntryType", "DateAssigned", "SectionReference")),
    "StudentCompetencyObjective": ("StudentCompetencyObjectiveIdentity", ("StudentCompetencyObjectiveId",)),
}

# A reference as one text: its parts in a fixed order, one that is not given being empty. Items that are gathered come
# in one order, so that the same delivery always gives the same row.
MACROS = """
    create or replace temp macro named(parts) as
        array_to_string(list_transform(parts, lambda part: coalesce(lower(trim(part)), '')), chr(31));
    create or replace temp macro school_year_of(text) as
        coalesce(nullif(regexp_extract(text, '^\\s*\\d{4}\\s*\\D\\s*(\\d{4})\\s*$', 1), ''), trim(text));
    create or replace temp macro year_of_day(day) as
        (year(day) + case when month(day) >= 8 then 1 else 0 end)::varchar;
    create or replace temp macro items_json(items) as to_json(list_sort(list_distinct(items)))::varchar;
    create or replace temp macro shortened(text, most) as
        case when length(text) <= most then text else left(text, most - 9) || '-' || left(md5(text), 8) end
"""


def reference(*paths: str) -> Given:
    """The text of a reference of which the paths are the parts."""
    return given("named([" + ", ".join(f"{{{number}}}" for number in range(len(paths))) + "])", *paths)


def lookup(name: str, relation: str, parts: Sequence[str], gives: Sequence[str], always: int = 1) -> str:
    """SQL for a table `name` of `reference` and `gives`, from a relation whose columns `parts` a reference may give.

    The first `always` parts are in every reference; any of the others may lack, where what is left means one thing.
    """
    values = ", ".join(gives)
    texts = ", ".join(f"{part}::varchar" for part in parts)
    # Each bit of `lacking` is one of the parts that may lack.
    said = f"{parts[0]} is not null" if always else "true"
    distinct = " or ".join(f"count(distinct {value}) > 1" for value in gives)
    picked = ", ".join(f"any_value({value}) as {value}" for value in gives)
    return f"""
        create or replace temp table {name} as
        select reference, {picked} from (
            select named(list_transform([{texts}], lambda part, place: case
                    when place <= {always} or (lacking >> (place - {always} - 1)) & 1 = 0 then part end)) as reference,
                bit_count(lacking) as parts_lacking, {values}
            from {relation}, (select unnest(range({1 << (len(parts) - always)})) as lacking) where {said}
            qualify parts_lacking = min(parts_lacking) over (partition by reference))
        group by reference having not ({distinct})
    """


def prepare_references(connection: duckdb.DuckDBPyConnection, landed: Mapping[str, Path]) -> None:
    """Make a view `document_1_<Element>` (source_row, document) of each landed table, its references completed."""
    connection.execute(documents.TABLES)
    names = [*(name for name in landed if name not in IDENTITIES), *(name for name in IDENTITIES if name in landed)]
    for name in names:
        connection.execute(
            f"""create or replace temp view {view_of(name)} as
            select source_row, document from read_parquet({literal(landed[name])}) where standard = '1.0'"""
        )
        documents.note_references(connection, view_of(name))
    for name in names:
        if name.endswith("Reference"):
            documents.note_named_references(connection, view_of(name))
        elif name in IDENTITIES and not _refers(name):
            _note_identities(connection, name)
    for name in [*(n for n in names if n in IDENTITIES), *(n for n in names if n not in IDENTITIES)]:
        completed = f'"completed_1_{name}"'
        if documents.with_references(connection, view_of(name), completed):
            connection.execute(f"create or replace temp view {view_of(name)} as from {completed}")
        if name in IDENTITIES and _refers(name):
            _note_identities(connection, name)


def _refers(element: str) -> bool:
    """Whether an element is identified by what it refers to, so that its references come first."""
    return any(member.endswith("Reference") for member in IDENTITIES[element][1])


def view_of(element: str) -> str:
    return f'"document_1_{element}"'


def _note_identities(connection: duckdb.DuckDBPyConnection, element: str) -> None:
    identity, members = IDENTITIES[element]
    parts = ", ".join(f"""'"{member}":' || (document->'$."{member}"')::varchar""" for member in members)
    connection.execute(
        f"""
        insert into identified
        select file, id, '"{identity}":[{{' || concat_ws(',', {parts}) || '}}]'
        from (select source_row >> 32 as file, document, document->>'$."@id"' as id from {view_of(element)}
            where starts_with(document, '{{"@id":')) p
        where exists (select 1 from wanted_reference w where w.id = p.id)
        """
    )
