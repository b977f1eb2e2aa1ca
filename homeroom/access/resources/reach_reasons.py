"""Why somebody or something is or isn't within reach of an agreement, in words.

Whether it is, is asked of the functions of `homeroom.access.resources.reach`, which decide; here is told by what.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import sql

from homeroom.access.agreements.agreement import Agreement
from homeroom.access.agreements.terms import Extent
from homeroom.access.door import Use
from homeroom.access.opt_outs.kept import decisions_of
from homeroom.access.resources.agreed import under_agreement
from homeroom.access.resources.reach import ENROLLED
from homeroom.access.resources.scope import NAMED, Rule, reached, scope_of
from homeroom.access.words import day
from homeroom.model.columns import EDUCATION_ORGANIZATION
from homeroom.record.identifiers import table

Reason = tuple[str, bool, str]


async def reasons_of_reach(use: Use, agreement: Agreement, resource: str, id_: Any) -> Sequence[Reason]:
    """For each person or organization of whom the row asks: what decided ('schools', 'opt-out'), whether it lets the
    row through, and why, in words. Asked as the record's owner."""
    scope, extent = scope_of(resource), agreement.terms.extent
    if extent is Extent.DISTRICT:
        return [("schools", True, "The agreement is for the whole district.")]
    if scope.rule is Rule.EVERYBODYS:
        return [("schools", True, f"A {resource} says nothing of any person: it is everybody's.")]
    if scope.rule is Rule.DISTRICT_ALONE:
        passed = extent is Extent.WILLING or resource in agreement.terms.unrestricted
        return [("schools", passed, f"Nothing tells to which school a {resource} belongs: it is for whoever sees the "
                 "whole district.")]  # fmt: skip
    named = NAMED[extent] or reached
    found: list[Reason] = []
    async with under_agreement(use, of=agreement):
        for column in scope.columns:
            name = sql.Identifier("row", column.name)
            kind = str(column.identifies)
            question = sql.SQL("select {} as value, {} as is_reached from {} as row where id = %s").format(
                name, named(name, kind), table(resource)
            )
            row = await (await use.record.execute(question, [id_])).fetchone()
            if row is None or row["value"] is None:
                continue
            found += await _why(use, agreement, kind, row["value"], bool(row["is_reached"]))
    if not found and extent is Extent.SCHOOLS:
        return [("schools", False, "The row names nobody and nothing at the agreement's schools.")]
    return found or [("schools", True, "The agreement is for the whole district.")]


async def _why(use: Use, agreement: Agreement, kind: str, value: Any, reached: bool) -> list[Reason]:
    if kind == "Student":
        return await _student(use, agreement, value, reached)
    if agreement.terms.extent is Extent.WILLING:
        words = "All children of the contact are opted out of the app." if not reached else ""
        return [("opt-out", reached, words or "The agreement is for the whole district.")]
    return [("schools", reached, _OTHERS[kind][0 if reached else 1])]


async def _student(use: Use, agreement: Agreement, student: str, reached: bool) -> list[Reason]:
    terms = agreement.terms
    decided = (await decisions_of(use, student)).get(agreement.number)
    found: list[Reason] = []
    if decided and decided.is_out:
        words = f"The student is opted out of {terms.app} since {day(decided.at.astimezone().date())}, by {decided.by}."
        found.append(("opt-out", False, words))
    elif terms.optional:
        found.append(("opt-out", True, f"The agreement is optional, and the student is not opted out of {terms.app}."))
    if terms.extent is not Extent.SCHOOLS:
        return [("schools", True, "The agreement is for the whole district."), *found]
    stays = await use.rows(_STAYS, student=student)
    at = f"from {day(terms.begin)} to {day(terms.end)}"
    within = [stay for stay in stays if stay["agreed"]]
    if within:
        stay = within[0]
        until = f" to {day(stay['until'])}" if stay["until"] else ""
        words = (
            f"{stay['school']}, where the student is enrolled from {day(stay['begin'])}{until}, is of the agreement."
        )
        return [("schools", True, words), *found]
    if reached or (found and not found[0][1]):
        row = await use.row("select access.owns_student(%(student)s) as own", student=student)
        if row and row["own"]:
            return [("schools", True, "An app of the agreement created the student."), *found]
    elsewhere = sorted({stay["school"] for stay in stays})
    known = f" The record knows them at {', '.join(elsewhere)}." if elsewhere else ""
    words = f"The student was enrolled at none of the agreement's schools {at}.{known}"
    return [("schools", False, words), *found]


_OTHERS = {
    "Contact": (
        "The contact belongs to a student within the agreement's reach.",
        "The contact belongs to no student within the agreement's reach.",
    ),
    "Staff": (
        "The member of staff is assigned to, employed by or teaches at a school of the agreement.",
        "The member of staff is assigned to, employed by or teaches at none of the agreement's schools.",
    ),
    EDUCATION_ORGANIZATION: (
        "The organization is a school of the agreement, a department of one, or stands above one.",
        "The organization is none of the agreement's schools, no department of one, and stands above none.",
    ),
}
_STAYS = f"""
    select school.name_of_institution as school, entry_date as begin, exit_withdraw_date as until,
        {ENROLLED.as_string(None)} as agreed
    from edfi.student_school_association as enrolled join edfi.school using (school_id)
    where student_unique_id = %(student)s order by 4 desc, entry_date desc
"""
