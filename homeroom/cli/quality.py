"""How good is what each source says: `homeroom quality`."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Any

import typer

from homeroom.cli.application import HERE, NOTHING_YET, JsonOption, WorkspaceOption, app, record_of
from homeroom.errors import CannotRun, WrongUse
from homeroom.settings import Workspace


@app.command("quality")
def show_quality(
    workspace: WorkspaceOption = HERE,
    source: Annotated[str | None, typer.Option("--source", help="Only this source.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Completeness, validity, uniqueness, timeliness and agreement of each source; what needs attention first."""
    from homeroom.access.door import ask
    from homeroom.access.permissions import Action
    from homeroom.access.quality import quality

    place = Workspace.open(workspace)
    found = asyncio.run(ask(record_of(place), Action.SEE_COUNTS, lambda use: quality(use, source)))
    if not found and source:
        raise WrongUse(f"Nothing of a source {source!r} was measured. Look at the names in homeroom.toml.")
    if not found:
        raise CannotRun(NOTHING_YET)
    if as_json:
        typer.echo(json.dumps({"sources": [_told(one) for one in found]}))
        return
    for one in found:
        _print(one)


def _told(one: Any) -> dict[str, Any]:
    return {
        "source": one.name,
        "measured_at": one.measured_at.isoformat(),
        "said_new_at": one.said_new_at.isoformat() if one.said_new_at else None,
        "rows_landed": one.landed,
        "rows_set_aside": one.set_aside,
        "uniqueness": [vars(kind) for kind in one.uniqueness],
        "attention": [
            {name: getattr(each, name) for name in ("dimension", "resource", "field", "sentence")}
            for each in one.attention
        ],
        "fields": [
            {
                "resource": each.resource,
                "field": each.name,
                "rows": each.rows,
                "filled": each.filled,
                "valid": each.valid,
                "newest": each.newest.isoformat() if each.newest else None,
                "agreement": {said.other: {"compared": said.compared, "equal": said.equal} for said in each.agreements},
            }
            for table in one.resources
            for each in table.fields
        ],
    }


def _print(one: Any) -> None:
    from homeroom.access.quality_measures import percent
    from homeroom.access.words import words_of

    days = f"; nothing new for {one.days_still:,} days" if one.days_still else ""
    typer.echo(f"{one.name}: {one.landed:,} rows, {one.set_aside:,} of them set aside{days}")
    for each in one.attention:
        typer.echo(f"  ! {each.sentence}")
    if not one.attention:
        typer.echo("  Nothing needs attention.")
    typer.echo(f"  {'':<48}{'rows':>10}{'complete':>12}{'valid':>12}{'agrees':>12}")
    for table in one.resources:
        shares = "".join(f"{percent(s):>12}" for s in (table.completeness, table.validity, table.agreement))
        typer.echo(f"  {words_of(table.name):<48}{table.rows:>10,}{shares}")
    typer.echo("")
