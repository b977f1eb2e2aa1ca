"""A record with two schools, and of each resource a row of either: what an app of one of the schools may read of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
from documents import Maker, add_codes, organization, write_what_it_refers_to

from homeroom.model import RESOURCES
from homeroom.model.columns import EDUCATION_ORGANIZATION, GENERAL_STUDENT_PROGRAM_ASSOCIATION, Column, columns
from homeroom.record.upsert import upsert

OAK, ELM = 1001, 2002
DISTRICT_OF_OAK, DISTRICT_OF_ELM = 3001, 3002
# What the app of Oak reaches: its school, and the district above it.
WITHIN = {OAK, DISTRICT_OF_OAK}
_GRADE = "uri://ed-fi.org/GradeLevelDescriptor#Fourth grade"


def fill(record: psycopg.Connection) -> dict[str, dict[str, UUID]]:
    """For each resource the ids of its rows, of `oak` and of `elm`."""
    add_codes(record)
    for side in ("oak", "elm"):
        _people(record, side)
    return {resource: {side: _row(record, resource, side) for side in ("oak", "elm")} for resource in RESOURCES}


def identity(column: Column, side: str) -> Any:
    """Whom or what a column identifies, at one of the schools."""
    if column.identifies != EDUCATION_ORGANIZATION:
        return f"{column.identifies} at {side}"
    kind = organization(column.paths)
    known = {
        organization(("schoolId",)): {"oak": OAK, "elm": ELM},
        organization(("localEducationAgencyId",)): {"oak": DISTRICT_OF_OAK, "elm": DISTRICT_OF_ELM},
    }
    return known.get(kind, {"oak": kind, "elm": kind + 1000})[side]


def within_reach(resource: str, side: str) -> bool:
    """Whether all that the key of the row of that side names is at Oak, or above it."""
    return all(
        side == "oak" and (column.identifies != EDUCATION_ORGANIZATION or identity(column, side) in WITHIN)
        for column in columns(resource)
        if column.key and column.identifies
    )


def _row(record: psycopg.Connection, resource: str, side: str) -> UUID:
    fixed = {column.name: identity(column, side) for column in columns(resource) if column.identifies}
    # A key that names nobody is told from the other by a text of its own.
    fixed |= {c.name: side for c in columns(resource) if c.key and not c.identifies and c.type and c.type.length}
    if RESOURCES[resource].subclass_of == GENERAL_STUDENT_PROGRAM_ASSOCIATION:
        # The kinds of participation share their keys.
        fixed["begin_date"] = (date(2020, 1, 1) + timedelta(list(RESOURCES).index(resource))).isoformat()
    document = _school(side) if resource == "School" else Maker().document(resource, fixed)
    write_what_it_refers_to(record, resource, document)
    return upsert(record, resource, document, "test").id


def _school(side: str) -> dict[str, Any]:
    school, district = {"oak": (OAK, DISTRICT_OF_OAK), "elm": (ELM, DISTRICT_OF_ELM)}[side]
    document = Maker().document("School", {"school_id": school})
    return document | {"localEducationAgencyReference": {"localEducationAgencyId": district}}


def _people(record: psycopg.Connection, side: str) -> None:
    district = {"oak": DISTRICT_OF_OAK, "elm": DISTRICT_OF_ELM}[side]
    plain = Maker()
    upsert(
        record,
        "LocalEducationAgency",
        plain.document("LocalEducationAgency", {"local_education_agency_id": district}),
        "test",
    )
    upsert(record, "School", _school(side), "test")
    for kind in ("Student", "Contact", "Staff"):
        upsert(record, kind, plain.document(kind, {f"{kind.lower()}_unique_id": f"{kind} at {side}"}), "test")
    for resource in ("StudentSchoolAssociation", "StudentContactAssociation", "StaffSchoolAssociation"):
        fixed = {column.name: identity(column, side) for column in columns(resource) if column.identifies}
        document = plain.document(resource, fixed)
        write_what_it_refers_to(record, resource, document)
        upsert(record, resource, document, "test")
