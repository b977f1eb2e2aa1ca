"""What the business rules found in the record: `homeroom rules`."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, record_of
from homeroom.settings import Workspace


@app.command("rules")
def show_rules(
    workspace: WorkspaceOption = HERE,
    severity: Annotated[str | None, typer.Option(help="error, warning or notice.")] = None,
    owner: Annotated[str | None, typer.Option(help="Those of one owner, such as registrar.")] = None,
    again: Annotated[bool, typer.Option("--ask", help="Ask them again first, without a run.")] = False,
    as_json: JsonOption = False,
) -> None:
    """The business rules, and how many findings each has in the record."""
    from homeroom.access.business_rules import counts
    from homeroom.access.door import ask
    from homeroom.access.permissions import Action

    place = Workspace.open(workspace)
    url = record_of(place)
    if again:
        from homeroom.consolidate.business_rules.asking import ask_rules

        for refused in ask_rules(url, place.root / "rules").refused:
            typer.echo(refused.sentence, err=True)
    found = asyncio.run(ask(url, Action.SEE_COUNTS, lambda use: counts(use, severity, owner)))
    if as_json:
        typer.echo(json.dumps([dict(one) for one in found]))
        return
    for one in found:
        count = "not asked" if one["findings"] is None else f"{one['findings']:,}"
        typer.echo(f"{count:>9}  {one['severity']:<8} {one['name']:<38} {one['owner']}")
        if one["failure"]:
            typer.echo(f"{'':>11}{one['failure']}")
