"""Agencies and schools, their class periods and rooms, and the ratings they were given."""

from __future__ import annotations

from homeroom.consolidate.edfi1.paths import Columns, Items, given
from homeroom.consolidate.edfi1.recurring import addresses
from homeroom.consolidate.edfi1.references import ORGANIZATION

_ORGANIZATION: Columns = {
    "organization": "StateOrganizationId",
    "kind": "OrganizationCategories/OrganizationCategory",
    "name_of_institution": "NameOfInstitution",
    "short_name_of_institution": "ShortNameOfInstitution",
    "web_site": "WebSite",
    "operational_status_descriptor": "OperationalStatus",
    "parent": f"ParentEducationAgencyReference/{ORGANIZATION}",
    "local_education_agency": f"LocalEducationAgencyReference/{ORGANIZATION}",
    "education_service_center": f"EducationServiceCenterReference/{ORGANIZATION}",
    "state_education_agency": f"StateEducationAgencyReference/{ORGANIZATION}",
    "local_education_agency_category_descriptor": "LEACategory",
    "school_type_descriptor": "SchoolType",
    "charter_status_descriptor": "CharterStatus",
    "title_i_part_a_school_designation_descriptor": "TitleIPartASchoolDesignation",
    "administrative_funding_control_descriptor": "AdministrativeFundingControl",
    "addresses": addresses("Physical"),
    "institution_telephones": Items(
        "Telephone",
        {
            "institutionTelephoneNumberTypeDescriptor": given(
                "coalesce({0}, 'Main')", "@InstitutionTelephoneNumberType"
            ),
            "telephoneNumber": "TelephoneNumber",
        },
    ),
    "identification_codes": Items(
        "EducationOrgIdentificationCode",
        {
            "educationOrganizationIdentificationSystemDescriptor": "@IdentificationSystem",
            "identificationCode": "ID",
        },
    ),
    "categories": Items(
        "OrganizationCategories/OrganizationCategory", {"educationOrganizationCategoryDescriptor": "."}
    ),
    "grade_levels": Items("GradesOffered/GradeLevel", {"gradeLevelDescriptor": "."}),
    "school_categories": Items("SchoolCategories/SchoolCategory", {"schoolCategoryDescriptor": "."}),
    "ratings": Items(
        "AccountabilityRatings",
        {
            "rating_title": "RatingTitle",
            "rating": "Rating",
            "rating_date": "RatingDate",
            "school_year": given("school_year_of({0})", "SchoolYear"),
            "rating_organization": "RatingOrganization",
            "rating_program": "RatingProgram",
        },
        as_json=False,
    ),
    "class_periods": Items("ClassPeriodReference/ClassPeriodIdentity", {"name": "ClassPeriodName"}, as_json=False),
    "rooms": Items("LocationReference/LocationIdentity", {"code": "ClassroomIdentificationCode"}, as_json=False),
    "programs": Items("ProgramReference/ProgramIdentity", {"id": "ProgramId", "type": "ProgramType"}, as_json=False),
}

ELEMENTS: dict[str, Columns] = {
    "EducationOrganization": _ORGANIZATION,
    "School": _ORGANIZATION,
    "LocalEducationAgency": _ORGANIZATION,
    "StateEducationAgency": _ORGANIZATION,
    "EducationServiceCenter": _ORGANIZATION,
    "ClassPeriod": {"class_period_name": "ClassPeriodName"},
    "Location": {
        "classroom_identification_code": "ClassroomIdentificationCode",
        "maximum_number_of_seats": "MaximumNumberOfSeats",
        "optimal_number_of_seats": "OptimalNumberOfSeats",
    },
}

# `under`: every organization with each one that is above it or is itself.
PREPARED = """
create or replace temp table organization as
select * replace (case
        when element <> 'EducationOrganization' then element
        when kind ilike '%school%' then 'School'
        when kind ilike 'local%' then 'LocalEducationAgency'
        when kind ilike 'state%' then 'StateEducationAgency'
        when kind ilike 'education service%' then 'EducationServiceCenter' end as kind)
from (
    select 'EducationOrganization' as element, * from edfi1.EducationOrganization
    union all by name select 'School' as element, * from edfi1.School
    union all by name select 'LocalEducationAgency' as element, * from edfi1.LocalEducationAgency
    union all by name select 'StateEducationAgency' as element, * from edfi1.StateEducationAgency
    union all by name select 'EducationServiceCenter' as element, * from edfi1.EducationServiceCenter)
where organization is not null;
create or replace temp table organization_kind as
select organization, any_value(kind) as kind, any_value(coalesce(parent, local_education_agency,
    education_service_center, state_education_agency)) as parent from organization group by 1;
create or replace temp table under as
with recursive above(organization, above, steps) as (
    select organization, organization, 0 from organization_kind
    union all
    select a.organization, k.parent, a.steps + 1 from above a join organization_kind k on k.organization = a.above
    where k.parent is not null and a.steps < 8)
select distinct organization, above, min(steps) over (partition by organization, above) as steps from above;
create or replace temp table school as select organization as school_id from organization_kind where kind = 'School';
create or replace temp table district as
select organization as district_id from organization_kind where kind = 'LocalEducationAgency'
"""

_SAME = """source_row, name_of_institution, short_name_of_institution, web_site, operational_status_descriptor,
    addresses, institution_telephones, identification_codes"""

_ABOVE = "left join (select organization as parent, kind as above_kind from organization_kind) using (parent)"

_SCHOOL = f"""
select {_SAME}, organization as school_id, school_type_descriptor, charter_status_descriptor,
    title_i_part_a_school_designation_descriptor, administrative_funding_control_descriptor, grade_levels,
    school_categories, categories as education_organization_categories,
    coalesce(local_education_agency, case when above_kind = 'LocalEducationAgency' then parent end)
        as local_education_agency_id
from organization {_ABOVE} where kind = 'School'"""

_LOCAL = f"""
select {_SAME}, organization as local_education_agency_id, categories, charter_status_descriptor,
    local_education_agency_category_descriptor,
    coalesce(education_service_center, case when above_kind = 'EducationServiceCenter' then parent end)
        as education_service_center_id,
    coalesce(state_education_agency, case when above_kind = 'StateEducationAgency' then parent end)
        as state_education_agency_id,
    coalesce(local_education_agency, case when above_kind = 'LocalEducationAgency' then parent end)
        as parent_local_education_agency_id
from organization {_ABOVE} where kind = 'LocalEducationAgency'"""

# A class period and a room are of the schools that name them; one that no school names is of every school there is.
_CLASS_PERIOD = """
with named as (select organization as school_id, unnest(class_periods).name as name from organization)
select p.source_row, p.class_period_name, coalesce(n.school_id, s.school_id) as school_id
from edfi1.ClassPeriod p left join named n on n.name = p.class_period_name
left join school s on n.school_id is null"""
_LOCATION = """
with named as (select organization as school_id, unnest(rooms).code as code from organization)
select r.source_row, r.classroom_identification_code, r.maximum_number_of_seats, r.optimal_number_of_seats,
    coalesce(n.school_id, s.school_id) as school_id
from edfi1.Location r left join named n on n.code = r.classroom_identification_code
left join school s on n.school_id is null"""
_RATING = """
select source_row, organization as education_organization_id, unnest(ratings, recursive := true)
from organization where len(ratings) > 0"""

STAGED: list[tuple[str, str]] = [
    (
        "StateEducationAgency",
        f"""select {_SAME}, organization as state_education_agency_id, categories from organization
        where kind = 'StateEducationAgency'""",
    ),
    (
        "EducationServiceCenter",
        f"""select {_SAME}, organization as education_service_center_id, categories,
            state_education_agency as state_education_agency_id
        from organization where kind = 'EducationServiceCenter'""",
    ),
    ("LocalEducationAgency", _LOCAL),
    ("School", _SCHOOL),
    ("ClassPeriod", _CLASS_PERIOD),
    ("Location", _LOCATION),
    ("AccountabilityRating", _RATING),
]
