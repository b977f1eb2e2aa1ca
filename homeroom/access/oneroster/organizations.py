"""Orgs: schools, districts, states, departments, service centers and colleges.

The identifier is the number by which the organization's own kind of system knows it, else the id that it has in the
record, since OneRoster 1.2 requires one.
"""

from __future__ import annotations

from homeroom.access.oneroster.declaration import Field, Kind, OneRosterClass, Part, Value, of, only

# Which organization an id means, of those that courses, jobs and departments belong to: joins of `{0}`, and its row.
_ANY = ("School", "LocalEducationAgency", "StateEducationAgency", "EducationServiceCenter")


def any_organization(value: str, name: str) -> str:
    """Joins that find the organization of an id, whatever its kind; `found_organization` gives its row."""
    return " ".join(
        f"left join {{{resource}}} as {name}_{number} on {name}_{number}.{_key(resource)} = {value}"
        for number, resource in enumerate(_ANY)
    )


def found_organization(name: str) -> str:
    """The row's id of the organization that was found under `name`."""
    return f"coalesce({', '.join(f'{name}_{number}.id' for number in range(len(_ANY)))})"


def _key(resource: str) -> str:
    return {
        "School": "school_id",
        "LocalEducationAgency": "local_education_agency_id",
        "StateEducationAgency": "state_education_agency_id",
        "EducationServiceCenter": "education_service_center_id",
        "OrganizationDepartment": "organization_department_id",
        "PostSecondaryInstitution": "post_secondary_institution_id",
    }[resource]


def _identifier(resource: str, system: str, key: str) -> tuple[Value, ...]:
    codes = "identificationCodes[*]."
    return (
        Value(
            "(select item ->> 'identificationCode' from jsonb_array_elements(row.identification_codes) as item"
            f" order by split_part(item ->> 'educationOrganizationIdentificationSystemDescriptor', '#', 2) = '{system}'"
            " desc, 1 limit 1)",
            of(resource, f"{codes}educationOrganizationIdentificationSystemDescriptor", f"{codes}identificationCode"),
        ),
        Value(f"row.{_key(resource)}::text", of(resource, key)),
    )


def _part(
    resource: str,
    type_: str,
    system: str,
    key: str,
    parent: Value | None = None,
    joins: str = "",
    children: Value | None = None,
) -> Part:
    values = {
        "name": only("row.name_of_institution", *of(resource, "nameOfInstitution")),
        "type": only(f"'{type_}'"),
        "identifier": _identifier(resource, system, key),
    }
    if parent:
        values["parent"] = (parent,)
    if children:
        values["children"] = (children,)
    return Part(resource, f"{{{resource}}} as row", values, joins={"parent": joins} if joins else {})


def _below(resource: str, column: str, own: str) -> str:
    return f"array(select child.id from {{{resource}}} as child where child.{column} = row.{own} order by child.id)"


_SCHOOL_DISTRICT = of("School", "localEducationAgencyReference.localEducationAgencyId")
_DISTRICT_STATE = of("LocalEducationAgency", "stateEducationAgencyReference.stateEducationAgencyId")

ORGS = OneRosterClass(
    "orgs",
    "org",
    "rostering",
    (
        Field("name", required=True),
        Field("type", required=True),
        Field("identifier"),
        Field("parent", Kind.REFERENCE, to="orgs"),
        Field("children", Kind.REFERENCES, to="orgs"),
    ),
    (
        _part(
            "School",
            "school",
            "School",
            "schoolId",
            Value("parent.id", _SCHOOL_DISTRICT),
            "left join {LocalEducationAgency} as parent"
            " on parent.local_education_agency_id = row.local_education_agency_id",
            Value(
                _below("OrganizationDepartment", "parent_education_organization_id", "school_id"),
                of("OrganizationDepartment", "parentEducationOrganizationReference.educationOrganizationId"),
            ),
        ),
        _part(
            "LocalEducationAgency",
            "district",
            "LEA",
            "localEducationAgencyId",
            Value(
                "coalesce(parent.id, parent_state.id)",
                (
                    *of("LocalEducationAgency", "parentLocalEducationAgencyReference.localEducationAgencyId"),
                    *_DISTRICT_STATE,
                ),
            ),
            "left join {LocalEducationAgency} as parent"
            " on parent.local_education_agency_id = row.parent_local_education_agency_id"
            " left join {StateEducationAgency} as parent_state"
            " on parent_state.state_education_agency_id = row.state_education_agency_id",
            Value(_below("School", "local_education_agency_id", "local_education_agency_id"), _SCHOOL_DISTRICT),
        ),
        _part(
            "StateEducationAgency",
            "state",
            "SEA",
            "stateEducationAgencyId",
            children=Value(
                _below("LocalEducationAgency", "state_education_agency_id", "state_education_agency_id"),
                _DISTRICT_STATE,
            ),
        ),
        _part(
            "OrganizationDepartment",
            "department",
            "Other",
            "organizationDepartmentId",
            Value(
                found_organization("parent"),
                of("OrganizationDepartment", "parentEducationOrganizationReference.educationOrganizationId"),
            ),
            any_organization("row.parent_education_organization_id", "parent"),
        ),
        _part("EducationServiceCenter", "ext:educationServiceCenter", "Other", "educationServiceCenterId"),
        _part("PostSecondaryInstitution", "ext:postSecondaryInstitution", "IPEDS", "postSecondaryInstitutionId"),
    ),
    "name type identifier parentSourcedId=parent",
)
