"""Why the record says what it says: `homeroom explain`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, record_of
from homeroom.errors import CannotRun
from homeroom.settings import Workspace
from homeroom.source_rows import place as place_of

if TYPE_CHECKING:
    from homeroom.access.door import Use
    from homeroom.access.lineage import Origin, Value
    from homeroom.access.permissions import Action
    from homeroom.access.persons import PersonRecord
    from homeroom.consolidate.survivorship import Survivorship

explain = typer.Typer(help="Each value with who said it, and what the others said.", no_args_is_help=True)
app.add_typer(explain, name="explain")


SourceOption = Annotated[str, typer.Option("--source", help="The source whose id it is, where it is not the record's.")]
DayOption = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day whose record is meant; today's otherwise."),
]


@explain.command("student")
def student(
    student_id: Annotated[str, typer.Argument(metavar="ID", help="The student's id in the record.")],
    source: SourceOption = "",
    as_of: DayOption = None,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Each value that the record holds of a student: who said it, in which file and line, and who said otherwise."""
    from homeroom.access.permissions import Action
    from homeroom.access.students import student_known_as

    asked = _Asked("student", student_id, source, as_of, workspace, as_json)
    _explain(asked, Action.SEE_STUDENT, student_known_as)


@explain.command("staff")
def staff(
    staff_id: Annotated[str, typer.Argument(metavar="ID", help="The id of the member of staff in the record.")],
    source: SourceOption = "",
    as_of: DayOption = None,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Each value that the record holds of a member of staff: who said it, where, and who said otherwise."""
    from homeroom.access.permissions import Action
    from homeroom.access.staff import staff_known_as

    _explain(_Asked("staff", staff_id, source, as_of, workspace, as_json), Action.SEE_STAFF, staff_known_as)


@explain.command("contact")
def contact(
    contact_id: Annotated[str, typer.Argument(metavar="ID", help="The contact's id in the record.")],
    source: SourceOption = "",
    as_of: DayOption = None,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Each value that the record holds of a parent, guardian or other contact, and of whom they are one."""
    from homeroom.access.contacts import contact_known_as
    from homeroom.access.permissions import Action

    asked = _Asked("contact", contact_id, source, as_of, workspace, as_json)
    _explain(asked, Action.SEE_CONTACT, contact_known_as)


@dataclass(frozen=True)
class _Asked:
    """What the command line asks: of which kind of person, by which id, of which day and in which form."""

    kind: str
    person_id: str
    source: str
    as_of: datetime | None
    workspace: Path
    as_json: bool

    @property
    def day(self) -> date | None:
        return self.as_of.date() if self.as_of and self.as_of.date() < date.today() else None

    @property
    def person(self) -> str:
        return "member of staff" if self.kind == "staff" else self.kind


def _explain(
    asked: _Asked, action: Action, known_as: Callable[[Use, str, str], Awaitable[PersonRecord | None]]
) -> None:
    """Print the person whom `known_as` finds. Raises CannotRun where there is none."""
    from homeroom.access.door import ask
    from homeroom.consolidate.survivorship import survivorship_of

    async def question(use: Use) -> PersonRecord | None:
        return await known_as(use, asked.person_id, asked.source)

    place = Workspace.open(asked.workspace)
    found = asyncio.run(ask(record_of(place), action, question, asked.day))
    if found is None:
        raise CannotRun(
            f"The record holds no {asked.person} by that id{f' of {asked.source}' if asked.source else ''}"
            f"{f' on {asked.day.isoformat()}' if asked.day else ''}. homeroom identities --csv lists the ids that each "
            "source uses."
        )
    believed = survivorship_of(place.settings())
    if asked.as_json:
        typer.echo(json.dumps(_told(asked, found, believed)))
    else:
        typer.echo("\n".join(_lines(asked, found, believed)))


def _parts(asked: _Asked, found: PersonRecord) -> Iterator[tuple[str, list[Value]]]:
    """The headings with their values: the person first."""
    yield f"Who the {asked.person} is", found.person.values
    for section in found.sections:
        for entry in section.entries:
            yield " · ".join(filter(None, (section.title, entry.title, entry.gist))), entry.values


def _lines(asked: _Asked, found: PersonRecord, believed: Survivorship) -> Iterator[str]:
    from homeroom.access.words import day as in_words

    yield f"{found.name}, id {found.unique_id}" + (f", as of the end of {in_words(asked.day)}" if asked.day else "")
    for title, values in _parts(asked, found):
        yield f"\n{title}"
        for value in values:
            yield f"  {value.name}: {value.text}"
            yield f"      {_said(value.origin)}"
            yield from (f"      {origin.source} says the same: {_place(origin)}" for origin in value.also)
            yield from (f"      {origin.source} says “{words}”: {_place(origin)}" for words, origin in value.others)
            if value.others:
                yield f"      Decided by {believed.in_words(value.resource, value.column)}."


def _said(origin: Origin | None) -> str:
    return f"{origin.source} said so: {_place(origin)}" if origin else "no source says so now"


def _place(origin: Origin) -> str:
    return f"{origin.file}, {origin.place}, received {origin.received_on:%Y-%m-%d}"


def _told(asked: _Asked, found: PersonRecord, believed: Survivorship) -> dict[str, Any]:
    return {
        f"{asked.kind}_unique_id": found.unique_id,
        "as_of": asked.day.isoformat() if asked.day else None,
        "parts": [
            {
                "title": title,
                "values": [
                    {
                        "field": value.name,
                        "value": value.text,
                        "said_by": _origin(value.origin),
                        "also_said_by": [_origin(origin) for origin in value.also],
                        "decided_by": str(believed.decides(value.resource, value.column)),
                        "order_of_authority": list(believed.order(value.resource)),
                        "others": [{"value": words, "said_by": _origin(origin)} for words, origin in value.others],
                    }
                    for value in values
                ],
            }
            for title, values in _parts(asked, found)
        ],
    }


def _origin(origin: Origin | None) -> dict[str, Any] | None:
    if origin is None:
        return None
    return {
        "source": origin.source,
        "received_on": origin.received_on.isoformat(),
        "file": origin.file,
        **place_of(origin.unit, origin.position),
    }
