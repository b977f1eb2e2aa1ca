"""Who sees what, and why: `homeroom access`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, ask_record

if TYPE_CHECKING:
    from homeroom.access.explaining.steps import Explanation, Step

access = typer.Typer(help="Who is shown what of the record, and why.", no_args_is_help=True)
app.add_typer(access, name="access")


@access.callback()
def of_access() -> None:
    """Who is shown what of the record, and why."""


@access.command()
def explain(
    who: Annotated[str, typer.Option("--who", help="account:12, agreement:3, or an app's key.")],
    resource: Annotated[str, typer.Option("--resource", help="As the API calls it: students.")],
    row: Annotated[str, typer.Option("--id", help="The row's id, or a person's unique id.")],
    field: Annotated[str, typer.Option("--field", help="A field, such as birthDate; else all.")] = "",
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Whether somebody is shown a row and its fields, yes or no, and what decided."""
    from homeroom.access.explaining.explain import explain

    found = ask_record(workspace, "EXPLAIN_ACCESS", lambda use: explain(use, who, resource, row, field))
    if as_json:
        visible = any(one.visible for one in found)
        typer.echo(json.dumps({"visible": visible, "explanations": [one.told() for one in found]}))
    else:
        typer.echo("\n\n".join("\n".join(_lines(one)) for one in found))


def _lines(found: Explanation) -> Iterator[str]:
    shown = [one.field for one in found.fields if one.visible]
    yield (
        f"{'Yes' if shown else 'No'}: {found.principal}, {found.role}, is shown "
        + (f"{len(shown)} of {len(found.fields)} fields of" if shown else "nothing of")
        + f" {found.resource} {found.row}."
    )
    yield from map(_line, found.steps)
    for one in found.fields:
        yield f"  {'yes' if one.visible else 'no '}  {one.field}"
        yield from (f"       {_line(step)}" for step in one.steps if not step.passed or len(found.fields) == 1)


def _line(step: Step) -> str:
    return f"  {'+' if step.passed else '-'} {step.kind}: {step.says}"
