"""Why the record says what it says: `homeroom explain`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, record_of
from homeroom.errors import CannotRun
from homeroom.settings import Workspace
from homeroom.source_rows import place as place_of

if TYPE_CHECKING:
    from homeroom.access.lineage import Origin, Value
    from homeroom.access.students import StudentRecord
    from homeroom.consolidate.survivorship import Survivorship

explain = typer.Typer(help="Each value with who said it, and what the others said.", no_args_is_help=True)
app.add_typer(explain, name="explain")


@explain.command("student")
def student(
    student_id: Annotated[str, typer.Argument(metavar="ID", help="The student's id in the record.")],
    source: Annotated[str, typer.Option(help="The source whose id it is, where it is not the record's.")] = "",
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day whose record is meant; today's otherwise.")
    ] = None,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Each value that the record holds of a student: who said it, in which file and line, and who said otherwise."""
    from homeroom.access.door import Use, ask
    from homeroom.access.permissions import Action
    from homeroom.access.students import student_known_as
    from homeroom.consolidate.survivorship import survivorship_of

    place = Workspace.open(workspace)
    day = as_of.date() if as_of and as_of.date() < date.today() else None

    async def question(use: Use) -> StudentRecord | None:
        return await student_known_as(use, student_id, source)

    found = asyncio.run(ask(record_of(place), Action.SEE_STUDENT, question, day))
    if found is None:
        raise CannotRun(
            f"The record holds no student by that id{f' of {source}' if source else ''}"
            f"{f' on {day.isoformat()}' if day else ''}. homeroom identities --csv lists the ids that each source uses."
        )
    believed = survivorship_of(place.settings())
    if as_json:
        typer.echo(json.dumps(_told(found, believed, day)))
    else:
        typer.echo("\n".join(_lines(found, believed, day)))


def _parts(found: StudentRecord) -> Iterator[tuple[str, list[Value]]]:
    """The headings with their values: the person first."""
    yield "Who the student is", found.person.values
    for section in found.sections:
        for entry in section.entries:
            yield " · ".join(filter(None, (section.title, entry.title, entry.gist))), entry.values


def _lines(found: StudentRecord, believed: Survivorship, day: date | None) -> Iterator[str]:
    from homeroom.access.words import day as in_words

    yield f"{found.name}, id {found.unique_id}" + (f", as of the end of {in_words(day)}" if day else "")
    for title, values in _parts(found):
        yield f"\n{title}"
        for value in values:
            yield f"  {value.name}: {value.text}"
            yield f"      {_said(value.origin)}"
            yield from (f"      {origin.source} says the same: {_place(origin)}" for origin in value.also)
            yield from (f"      {origin.source} says “{words}”: {_place(origin)}" for words, origin in value.others)
            if value.others:
                yield f"      Decided by {_rule(value, believed)}."


def _rule(value: Value, believed: Survivorship) -> str:
    decides = believed.decides(value.resource, value.column)
    return f"{decides.words}; in the order of authority {', '.join(believed.order(value.resource))}"


def _said(origin: Origin | None) -> str:
    return f"{origin.source} said so: {_place(origin)}" if origin else "no source says so now"


def _place(origin: Origin) -> str:
    return f"{origin.file}, {origin.place}, received {origin.received_on:%Y-%m-%d}"


def _told(found: StudentRecord, believed: Survivorship, day: date | None) -> dict[str, Any]:
    return {
        "student_unique_id": found.unique_id,
        "as_of": day.isoformat() if day else None,
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
            for title, values in _parts(found)
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
