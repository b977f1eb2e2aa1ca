"""Which apps get what about one student: agreements in force that reach them, and those they are opted out of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from homeroom.access.agreements.agreement import Agreement
from homeroom.access.agreements.kept import agreements
from homeroom.access.door import Use
from homeroom.access.opt_outs.kept import Decision, decisions_of
from homeroom.access.resources.agreed import under_agreement
from homeroom.access.student_parts import ATTENDANCE, PARTS
from homeroom.access.words import path_words, words_of


@dataclass(frozen=True)
class AppOfStudent:
    """An app that gets something about the student, or would. `decision`: what the family decided last, if anything;
    `shown`: how often it was shown something of the student, and when last."""

    agreement: Agreement
    decision: Decision | None
    shown: int
    last_shown: datetime | None

    @property
    def is_out(self) -> bool:
        return self.decision is not None and self.decision.is_out

    @property
    def gets(self) -> Mapping[str, Sequence[str]]:
        """What the agreement names, in plain words by the kind of data."""
        found: dict[str, set[str]] = {}
        for resource, paths in self.agreement.terms.fields().items():
            found.setdefault(_TITLES.get(resource) or words_of(resource), set()).update(map(path_words, paths))
        return {title: sorted(fields) for title, fields in found.items()}


# As a student's page calls the kinds of data.
_TITLES = {"Student": "Who the student is"} | {
    part.resource: part.title for part in (*PARTS, *ATTENDANCE) if part.resource != "Contact"
}


async def apps_of(use: Use, student_unique_id: str) -> Sequence[AppOfStudent]:
    """The apps of a student whom the principal may see; by their names. No value of the record is among it."""
    async with use.beyond_the_wall():
        decided = await decisions_of(use, student_unique_id)
        shown = {row["agreement"]: row for row in await use.rows(_SHOWN, student=student_unique_id)}
        found = []
        for one in await agreements(use):
            if not one.in_force(date.today()):
                continue
            log = shown.get(one.number)
            app = AppOfStudent(one, decided.get(one.number), log["times"] if log else 0, log["last"] if log else None)
            if app.is_out or await _reaches(use, one, student_unique_id):
                found.append(app)
    return sorted(found, key=lambda app: (app.agreement.terms.app.casefold(), app.agreement.number))


async def _reaches(use: Use, agreement: Agreement, student_unique_id: str) -> bool:
    """Whether the student is within the agreement's reach, as the database decides it for each row."""
    async with under_agreement(use, of=agreement):
        row = await use.row("select access.reaches_student(%(student)s) as reached", student=student_unique_id)
    return bool(row and row["reached"])


_SHOWN = """
    select agreement, count(*) as times, max(at) as last from access.disclosure
    where student_unique_ids @> array[%(student)s]::text[] and agreement is not null group by agreement
"""
