"""One made-up person of each kind for the demonstration: around one child, so that each sees her with other eyes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from homeroom.access.accounts.kept import add
from homeroom.access.accounts.reach import STUDENTS
from homeroom.access.door import Use
from homeroom.access.permissions import Role
from homeroom.demo.cast import CAST
from homeroom.jobs.demo_workspace import MADE
from homeroom.settings import Workspace
from homeroom.web.sign_in_ways import DemoAccount

BY = "the demonstration"
_CHILD = CAST[0]


@dataclass(frozen=True)
class _Given:
    role: Role
    name: str
    about: str


_GIVEN = (
    _Given(Role.DISTRICT_DATA_MANAGER, "Ines Duarte", "Ines Duarte brings the systems together and sees every page."),
    _Given(Role.PRIVACY_OFFICER, "Tom Becker", "Tom Becker looks after who was shown what."),
)
# As what, and what to say of them; `{name}` and `{child}` are filled in.
_OF_THE_RECORD = {
    Role.TEACHER: "{name} teaches {child}, and sees the students of their classes.",
    Role.PRINCIPAL: "{name} leads {child}’s school, and sees all who are enrolled there.",
    Role.COUNSELOR: "{name} counsels at {child}’s school.",
    Role.CONTACT: "{name} is {child}’s parent, and sees their own children.",
    Role.STUDENT: "{name} sees what is held about herself.",
}
_KINDS = {Role.CONTACT: "contact", Role.STUDENT: "student"}


def is_demo(workspace: Workspace) -> bool:
    """Whether nothing is in a workspace but what `homeroom demo` made, for this machine alone.

    With a system of somebody's own, or shown to others, it is none, and lets in nobody whom it doesn't know.
    """
    settings = workspace.settings()
    systems = workspace.root / MADE.parent
    return (
        (workspace.root / MADE).is_file()
        and settings.pages_address is None
        and settings.record_url is None
        and all(source.address is None and source.path.is_relative_to(systems) for source in settings.sources)
    )


async def demo_accounts(use: Use) -> Sequence[DemoAccount]:
    """The accounts that the demonstration offers; those that are not there are made."""
    found = [await _given(use, one) for one in _GIVEN]
    child = await use.row(_NAMED, first=_CHILD.given, last=_CHILD.surname)
    if child is None:
        return found
    for role, about in _OF_THE_RECORD.items():
        kind = _KINDS.get(role, "staff")
        reached = STUDENTS[role].format(person=f"person.{kind}_unique_id")
        person = await use.row(_WHO.format(kind=kind, reached=reached), child=child["student_unique_id"])
        if person is not None:
            number = await _kept(use, f"{kind}_unique_id", person["unique_id"])
            if number is None:
                number = (await add(use, person["name"], BY, persons={kind: person["unique_id"]})).number
            words = about.format(name=person["name"], child=_CHILD.given)
            found.append(DemoAccount(_as(role), words, number))
    return found


async def _given(use: Use, one: _Given) -> DemoAccount:
    row = await use.row(
        "select number from access.account where ended_at is null and name = %(name)s and role = %(role)s and"
        " added_by = %(by)s",
        name=one.name,
        role=one.role,
        by=BY,
    )
    made = row["number"] if row else (await add(use, one.name, BY, role=one.role, approved_by="its makers")).number
    return DemoAccount(_as(one.role), one.about, made)


async def _kept(use: Use, column: str, unique_id: str) -> int | None:
    row = await use.row(
        f"select number from access.account where ended_at is null and {column} = %(unique_id)s", unique_id=unique_id
    )
    return row["number"] if row else None


def _as(role: Role) -> str:
    return f"a {role}"


_NAMED = """
    select student_unique_id from edfi.student where first_name = %(first)s and last_surname = %(last)s
    order by cardinality(source_rows) desc limit 1
"""
# The same each time: whoever comes first among those who reach the child.
_WHO = """
    select {kind}_unique_id as unique_id, concat_ws(' ', first_name, last_surname) as name from edfi.{kind} as person
    where %(child)s in (select student_unique_id from ({reached}) as reached) order by 1 limit 1
"""
