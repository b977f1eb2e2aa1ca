"""Programs, cohorts, graduation plans, and who takes part in them."""

from __future__ import annotations

from homeroom.consolidate.edfi1.paths import Columns, Items
from homeroom.consolidate.edfi1.recurring import ANY_ORGANIZATION, STAFF, STUDENT, credit, program_at
from homeroom.consolidate.edfi1.references import ORGANIZATION, lookup, reference

_COHORT = "CohortReference/CohortIdentity"
_IN_COHORT: Columns = {
    "cohort": reference(
        f"{_COHORT}/EducationalOrgReference/{ORGANIZATION} | {_COHORT}/EducationOrgReference/{ORGANIZATION}"
        f" | {_COHORT}/StateOrganizationId",
        f"{_COHORT}/CohortIdentifier",
    ),
    "begin_date": "BeginDate",
    "end_date": "EndDate",
}
_IN_PROGRAM: Columns = {
    "program": program_at("ProgramReference/ProgramIdentity"),
    "begin_date": "BeginDate",
    "end_date": "EndDate",
}

_STUDENT_IN_PROGRAM: Columns = {
    **_IN_PROGRAM,
    "student_unique_id": STUDENT,
    "education_organization_id": ANY_ORGANIZATION,
    "reason_exited_descriptor": "ReasonExited",
    "services": Items("Services", {"serviceDescriptor": "CodeValue | ShortDescription | Description"}),
}

ELEMENTS: dict[str, Columns] = {
    "Program": {
        "id": "ProgramId",
        "program_type_descriptor": "ProgramType",
        "sponsors": Items("ProgramSponsor", {"programSponsorDescriptor": "."}),
    },
    "StudentProgramAssociation": _STUDENT_IN_PROGRAM,
    "StudentSpecialEdProgramAssociation": {
        **_STUDENT_IN_PROGRAM,
        "idea_eligibility": "IdeaEligibility",
        "special_education_setting_descriptor": "SpecialEducationSetting",
        "special_education_hours_per_week": "SpecialEducationHoursPerWeek",
        "multiply_disabled": "MultiplyDisabled",
        "medically_fragile": "MedicallyFragile",
        "last_evaluation_date": "LastEvaluationDate",
        "iep_review_date": "IEPReviewDate",
        "iep_begin_date": "IEPBeginDate",
        "iep_end_date": "IEPEndDate",
    },
    "StaffProgramAssociation": {
        **_IN_PROGRAM,
        "staff_unique_id": STAFF,
        "student_record_access": "StudentRecordAccess",
    },
    "Cohort": {
        "cohort_identifier": "CohortIdentifier",
        "education_organization_id": ANY_ORGANIZATION,
        "cohort_description": "CohortDescription",
        "cohort_type_descriptor": "CohortType",
        "cohort_scope_descriptor": "CohortScope",
        "academic_subject_descriptor": "AcademicSubject",
        "programs": Items(
            "ProgramReference", {"reference": program_at("ProgramIdentity")}, as_json=False, keep=("reference",)
        ),
    },
    "StudentCohortAssociation": {**_IN_COHORT, "student_unique_id": STUDENT},
    "StaffCohortAssociation": {
        **_IN_COHORT,
        "staff_unique_id": STAFF,
        "student_record_access": "StudentRecordAccess",
    },
    "GraduationPlan": {
        "education_organization_id": ANY_ORGANIZATION,
        "graduation_plan_type_descriptor": "GraduationPlanType",
        "individual_plan": "IndividualPlan",
        **credit("TotalCreditsRequired", "total_required_credit"),
        "credits_by_subjects": Items(
            "CreditsBySubject",
            {
                "academicSubjectDescriptor": "SubjectArea",
                "creditTypeDescriptor": "Credits/@CreditType",
                "credits": "Credits/Credit",
            },
        ),
    },
}

# A program is of the organizations that name it; of one that none names, of the districts. Its name in 5.2 is its id in
# 1.0 where that is a name at all, else its type.
PREPARED = f"""
create or replace temp table program as
with named as (
    select organization, unnest(programs, recursive := true) from organization
), titled as (
    select *, case when regexp_matches(id, '[A-Za-z]') then id
        when count(distinct id) over (partition by program_type_descriptor) > 1
        then program_type_descriptor || ' ' || id else program_type_descriptor end as program_name
    from edfi1.Program)
select t.*, coalesce(n.organization, d.district_id) as education_organization_id
from titled t left join (select distinct organization, id from named where id is not null) n on n.id = t.id
left join district d on n.organization is null;
create or replace temp table first_program as
select id, program_type_descriptor, program_name, min(education_organization_id) as education_organization_id
from program left join (select organization as education_organization_id, max(steps) as steps from under group by 1)
    using (education_organization_id) group by all;
{
    lookup(
        "program_by_reference",
        "first_program",
        ("id", "program_type_descriptor"),
        ("program_name", "program_type_descriptor", "education_organization_id"),
        always=0,
    )
};
{
    lookup(
        "cohort_by_reference",
        "edfi1.Cohort",
        ("education_organization_id", "cohort_identifier"),
        ("education_organization_id", "cohort_identifier"),
        always=0,
    )
};
create or replace temp table plan as
select p.* replace (coalesce(p.education_organization_id, d.district_id) as education_organization_id)
from edfi1.GraduationPlan p left join district d on p.education_organization_id is null;
{
    lookup(
        "plan_by_reference",
        "plan",
        ("graduation_plan_type_descriptor", "education_organization_id"),
        ("graduation_plan_type_descriptor", "education_organization_id"),
    )
}
"""

_PROGRAM = """
select source_row, education_organization_id, program_type_descriptor, program_name, id as program_id, sponsors
from program"""


def _taking_part(element: str) -> str:
    # The organization's own program of that name where it has one.
    return f"""
select a.* exclude (program), p.program_name, p.program_type_descriptor,
    coalesce(o.education_organization_id, p.education_organization_id) as program_education_organization_id
from edfi1.{element} a join program_by_reference p on p.reference = a.program
left join (select distinct program_name, program_type_descriptor, education_organization_id from program) o
    on o.program_name = p.program_name and o.program_type_descriptor = p.program_type_descriptor
    and o.education_organization_id = a.education_organization_id"""


_COHORT_ROW = """
select c.* exclude (programs), (select items_json(list({'programReference': {
        'educationOrganizationId': p.education_organization_id, 'programName': p.program_name,
        'programTypeDescriptor': p.program_type_descriptor}}))
    from (select unnest(c.programs).reference as reference) r join program_by_reference p using (reference)) as programs
from edfi1.Cohort c"""


def _in_cohort(element: str) -> str:
    return f"""
select a.* exclude (cohort), c.cohort_identifier, c.education_organization_id
from edfi1.{element} a join cohort_by_reference c on c.reference = a.cohort"""


_PLAN = """
select p.*, e.graduation_year as graduation_school_year
from plan p join (select distinct r.graduation_plan_type_descriptor, r.education_organization_id, e.graduation_year
    from enrollment e join plan_by_reference r on r.reference = e.plan) e
    using (graduation_plan_type_descriptor, education_organization_id)"""

STAGED: list[tuple[str, str]] = [
    ("Program", _PROGRAM),
    ("StudentProgramAssociation", _taking_part("StudentProgramAssociation")),
    (
        "StudentSpecialEducationProgramAssociation",
        f"select * exclude (services) from ({_taking_part('StudentSpecialEdProgramAssociation')})",
    ),
    (
        "StaffProgramAssociation",
        """select a.* exclude (program), p.program_name, p.program_type_descriptor, p.education_organization_id
        from edfi1.StaffProgramAssociation a join program_by_reference p on p.reference = a.program""",
    ),
    ("Cohort", _COHORT_ROW),
    ("StudentCohortAssociation", _in_cohort("StudentCohortAssociation")),
    ("StaffCohortAssociation", _in_cohort("StaffCohortAssociation")),
    ("GraduationPlan", _PLAN),
]
