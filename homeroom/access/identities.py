"""Students' ids, for apps that ask by what they know of a student: what is told of whom, and ids that are given anew.

Of a student an app is told what its agreement names, field by field, and nothing of a student outside of its schools.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from homeroom.access.agreements.agreement import Agreement
from homeroom.access.agreements.terms import Element
from homeroom.access.door import Refused, Use
from homeroom.record.created_identities import SOURCE
from homeroom.record.run_lock import UNDER_WAY

UNIQUE_ID = Element("Student", "studentUniqueId")
# What may be told: the names of the Ed-Fi Identity API 2.0, each with the field that an agreement names for it, and the
# column of the record. The record has no field for the order of birth.
TOLD: Mapping[str, tuple[Element, str]] = {
    "UniqueId": (UNIQUE_ID, "student_unique_id"),
    "FirstName": (Element("Student", "firstName"), "first_name"),
    "MiddleName": (Element("Student", "middleName"), "middle_name"),
    "LastSurname": (Element("Student", "lastSurname"), "last_surname"),
    "GenerationCodeSuffix": (Element("Student", "generationCodeSuffix"), "generation_code_suffix"),
    "BirthDate": (Element("Student", "birthDate"), "birth_date"),
    "SexType": (Element("StudentEducationOrganizationAssociation", "sexDescriptor"), "sex_descriptor"),
    "BirthLocation.City": (Element("Student", "birthCity"), "birth_city"),
    "BirthLocation.StateAbbreviation": (
        Element("Student", "birthStateAbbreviationDescriptor"),
        "birth_state_abbreviation_descriptor",
    ),
    "BirthLocation.Country": (Element("Student", "birthCountryDescriptor"), "birth_country_descriptor"),
    "BirthLocation.InternationalProvince": (
        Element("Student", "birthInternationalProvince"),
        "birth_international_province",
    ),
}


@dataclass(frozen=True)
class Description:
    """What an app says of a student, as linking compares it."""

    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None
    suffix: str | None = None
    birth_date: date | None = None
    sex: str | None = None


@dataclass(frozen=True)
class Match:
    """A student who may be meant, and how surely, from 0 to 100."""

    unique_id: str
    score: float


async def told(use: Use, unique_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What the app may know of those of these students whom it may know of, by the id that was asked for.

    The values have the names of `TOLD`. Whoever is in the answer is logged as shown. Raises Refused where the agreement
    doesn't name the id of a student.
    """
    agreement = _agreement(use)
    if UNIQUE_ID not in agreement.terms.elements:
        raise Refused(f"The agreement does not name {UNIQUE_ID}: without it there is nothing to tell.")
    asked = sorted({unique_id for unique_id in unique_ids if "\0" not in unique_id})
    # An id that was given to an app may have come to be another: of two who turned out to be one.
    now = {row["source_id"]: row["unique_id"] for row in await use.rows(_NOW, source=SOURCE, asked=asked)}
    meant = {unique_id: now.get(unique_id, unique_id) for unique_id in asked}
    named = {name: column for name, (element, column) in TOLD.items() if element in agreement.terms.elements}
    found = {
        row["student_unique_id"]: row
        for row in await use.rows(
            _STUDENTS.format(columns=", ".join(named.values()), reach=_reach(agreement)),
            students=sorted(set(meant.values())),
            schools=sorted(agreement.terms.schools or ()),
            organizations=sorted(agreement.terms.organizations),
            begin=agreement.terms.begin,
            end=agreement.terms.end,
            agreement=agreement.number,
        )
    }
    own = await use.rows(_OWN, students=sorted(set(meant.values()) - set(found)), agreement=agreement.number)
    found |= {row["student_unique_id"]: row for row in own}
    shown: dict[str, list[str]] = {}
    for name in named:
        shown.setdefault(TOLD[name][0].resource, []).append(TOLD[name][0].field)
    await use.disclose(found, shown)
    return {
        asked_for: {name: _value(found[unique_id], column) for name, column in named.items()}
        for asked_for, unique_id in meant.items()
        if unique_id in found
    }


async def one_at_a_time(use: Use) -> bool:
    """Let whoever else creates an id wait until this use is over. Whether it can be done now: not while a run goes on,
    which has already looked at whom it links."""
    await use.row("select pg_advisory_xact_lock(%(lock)s)", lock=_LOCK)
    row = await use.row(UNDER_WAY)
    return not (row and row["under_way"])


async def refuse(use: Use, same: Sequence[Match]) -> None:
    """Log that the app learned that somebody of these is in the record: it is refused a second id for them."""
    await use.disclose(match.unique_id for match in same)


async def create(use: Use, said: Description) -> str:
    """A new id for a student whom nobody has, which the next runs keep; the caller has looked for them before."""
    unique_id = f"H{secrets.token_hex(12).upper()}"
    await use.row(_CREATE, unique_id=unique_id, agreement=_agreement(use).number, by=use.principal.name, **vars(said))
    await use.disclose([unique_id], {UNIQUE_ID.resource: [UNIQUE_ID.field]})
    return unique_id


def _agreement(use: Use) -> Agreement:
    if use.principal.agreement is None:
        raise Refused("Only an app with an agreement asks for ids here.")
    return use.principal.agreement


def _reach(agreement: Agreement) -> str:
    return _WILLING if agreement.terms.schools is None else f"{_WILLING} and {_ENROLLED}"


def _value(row: Mapping[str, Any], column: str) -> Any:
    value = row.get(column)
    return value.rpartition("#")[2] if value and column.endswith("_descriptor") else value


# Any number that no other program uses for its lock.
_LOCK = 4_611_686_018_427_000_005
_NOW = """
    select source_id, unique_id from consolidation.identity
    where kind = 'Student' and source = %(source)s and source_id = any(%(asked)s)
"""
_WILLING = "student.student_unique_id not in (select access.opted_out_of(%(agreement)s))"
_ENROLLED = """
    exists (select from edfi.student_school_association as a where a.student_unique_id = student.student_unique_id
        and (a.school_id = any(%(schools)s)
            or a.school_id in (select access.schools_below(%(organizations)s::bigint[]))) and a.entry_date <= %(end)s
        and coalesce(a.exit_withdraw_date >= %(begin)s, true))
"""
_STUDENTS = """
    select student.student_unique_id, {columns} from edfi.student
    left join lateral (
        select sex_descriptor from edfi.student_education_organization_association as about
        where about.student_unique_id = student.student_unique_id and sex_descriptor is not null
        order by education_organization_id limit 1
    ) as about on true
    where student.student_unique_id = any(%(students)s) and {reach}
"""
# Whom this app asked an id for, while no system has delivered them.
_OWN = """
    select unique_id as student_unique_id, first_name, middle_name, last_name as last_surname,
        suffix as generation_code_suffix, birth_date, sex as sex_descriptor
    from consolidation.created_identity as created where unique_id = any(%(students)s) and agreement = %(agreement)s
        and not exists (select from edfi.student where student.student_unique_id = created.unique_id)
        and unique_id not in (select access.opted_out_of(%(agreement)s))
"""
_CREATE = """
    insert into consolidation.created_identity
        (unique_id, kind, first_name, middle_name, last_name, suffix, birth_date, sex, agreement, created_by)
    values (%(unique_id)s, 'Student', %(first_name)s, %(middle_name)s, %(last_name)s, %(suffix)s, %(birth_date)s,
        %(sex)s, %(agreement)s, %(by)s)
    returning unique_id
"""
