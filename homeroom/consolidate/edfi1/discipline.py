"""Incidents, who took which part in them, and what was done about it."""

from __future__ import annotations

from homeroom.consolidate.edfi1.paths import Columns, Items, prefixed
from homeroom.consolidate.edfi1.recurring import SCHOOL, STUDENT
from homeroom.consolidate.edfi1.references import ORGANIZATION, lookup, reference

_CODE = "CodeValue | ShortDescription | Description"
_INCIDENT = "DisciplineIncidentIdentity"
_INCIDENT_REFERENCE = reference(
    f"{_INCIDENT}/IncidentIdentifier",
    f"{_INCIDENT}/EducationalOrgReference/{ORGANIZATION} | {_INCIDENT}/SchoolReference/{ORGANIZATION}"
    f" | {_INCIDENT}/StateOrganizationId",
)
_BEHAVIORS = Items("Behaviors", {"behaviorDescriptor": _CODE, "behaviorDetailedDescription": "Description"})

ELEMENTS: dict[str, Columns] = {
    "DisciplineIncident": {
        "incident_identifier": "IncidentIdentifier",
        "school_id": SCHOOL,
        "incident_date": "IncidentDate",
        "incident_time": "IncidentTime",
        "incident_location_descriptor": "IncidentLocation",
        "reporter_description_descriptor": "ReporterDescription",
        "reporter_name": "ReporterName",
        "reported_to_law_enforcement": "ReportedToLawEnforcement",
        "case_number": "CaseNumber",
        "behaviors": _BEHAVIORS,
        "weapons": Items("Weapons/Weapon", {"weaponDescriptor": "."}),
        "staff": "StaffReference/StaffIdentity/StaffUniqueStateId",
    },
    "StudentDisciplineIncidentAssociation": {
        "student_unique_id": STUDENT,
        **prefixed("DisciplineIncidentReference", {"incident": _INCIDENT_REFERENCE}),
        "participation": "StudentParticipationCode",
        "behaviors": Items("Behaviors", {"code": _CODE, "words": "Description"}, as_json=False, keep=("code",)),
    },
    "DisciplineAction": {
        "discipline_action_identifier": "DisciplineActionIdentifier",
        "discipline_date": "DisciplineDate",
        "discipline_action_length": "DisciplineActionLength",
        "actual_discipline_action_length": "ActualDisciplineActionLength",
        "discipline_action_length_difference_reason_descriptor": "DisciplineActionLengthDifferenceReason",
        "responsibility_school_id": f"ResponsibilitySchoolReference/{ORGANIZATION}",
        "assignment_school_id": f"AssignmentSchoolReference/{ORGANIZATION}",
        "disciplines": Items("Disciplines", {"disciplineDescriptor": _CODE}),
        "students": Items(
            "StudentReference", {"id": "StudentIdentity/StudentUniqueStateId"}, as_json=False, keep=("id",)
        ),
        "incidents": Items(
            "DisciplineIncidentReference", {"reference": _INCIDENT_REFERENCE}, as_json=False, keep=("reference",)
        ),
        "staff": Items("StaffReference/StaffIdentity", {"id": "StaffUniqueStateId"}, as_json=False, keep=("id",)),
    },
}

# In 5.2 a perpetrator is tied to each behavior, said of the student or, where it isn't, of the incident; everyone else
# is a non-offender.
PREPARED = f"""
{
    lookup(
        "incident_by_reference",
        "edfi1.DisciplineIncident",
        ("incident_identifier", "school_id"),
        ("incident_identifier", "school_id", "behaviors"),
    )
};
create or replace temp table behavior as
select a.source_row, a.student_unique_id, i.incident_identifier, i.school_id, a.participation, unnest(
        case when len(a.behaviors) > 0 then list_transform(a.behaviors, lambda b: b.code)
        else json_extract_string(i.behaviors, '$[*].behaviorDescriptor') end) as behavior_descriptor
from edfi1.StudentDisciplineIncidentAssociation a join incident_by_reference i on i.reference = a.incident
where a.participation ilike 'perpetrator'
"""

_BEHAVIOR = """
select source_row, student_unique_id, incident_identifier, school_id, behavior_descriptor,
    to_json([{'disciplineIncidentParticipationCodeDescriptor': participation}])::varchar
        as discipline_incident_participation_codes
from behavior"""

_OTHERS = """
select a.source_row, a.student_unique_id, i.incident_identifier, i.school_id,
    to_json([{'disciplineIncidentParticipationCodeDescriptor': a.participation}])::varchar
        as discipline_incident_participation_codes
from edfi1.StudentDisciplineIncidentAssociation a join incident_by_reference i on i.reference = a.incident
where a.participation not ilike 'perpetrator'"""

_ACTION = """
with each_student as (
    select *, unnest(students).id as student_unique_id from edfi1.DisciplineAction
), about as (
    select e.source_row, e.student_unique_id, items_json(list({
        'studentDisciplineIncidentBehaviorAssociationReference': {'behaviorDescriptor': b.behavior_descriptor,
            'incidentIdentifier': b.incident_identifier, 'schoolId': b.school_id,
            'studentUniqueId': b.student_unique_id}})) as behaviors
    from (select source_row, student_unique_id, unnest(incidents).reference as reference from each_student) e
    join incident_by_reference i using (reference)
    join (select distinct on (incident_identifier, school_id, student_unique_id, behavior_descriptor) * from behavior) b
        on b.student_unique_id = e.student_unique_id and b.incident_identifier = i.incident_identifier
        and b.school_id = i.school_id
    group by all)
select e.* exclude (students, incidents, staff), about.behaviors as student_discipline_incident_behavior_associations,
    case when len(e.staff) > 0 then to_json(list_transform(e.staff,
        lambda one: {'staffReference': {'staffUniqueId': one.id}}))::varchar end as staffs
from each_student e left join about using (source_row, student_unique_id)"""

_REPORTER = """
select source_row, incident_identifier, school_id, staff as staff_unique_id,
    '[{"disciplineIncidentParticipationCodeDescriptor":"Reporter"}]' as discipline_incident_participation_codes
from edfi1.DisciplineIncident where staff is not null"""

STAGED: list[tuple[str, str]] = [
    ("DisciplineIncident", "select * exclude (staff) from edfi1.DisciplineIncident"),
    ("StudentDisciplineIncidentBehaviorAssociation", _BEHAVIOR),
    ("StudentDisciplineIncidentNonOffenderAssociation", _OTHERS),
    ("DisciplineAction", _ACTION),
    ("StaffDisciplineIncidentAssociation", _REPORTER),
]
