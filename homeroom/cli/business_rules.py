"""What the business rules found in the record: `homeroom rules`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, record_of
from homeroom.errors import WrongUse
from homeroom.settings import Workspace

if TYPE_CHECKING:
    from homeroom.access.business_rules import OfRule


@app.command("rules")
def show_rules(
    name: Annotated[str, typer.Argument(help="One rule, with what it found.", show_default=False)] = "",
    workspace: WorkspaceOption = HERE,
    severity: Annotated[str | None, typer.Option(help="error, warning or notice.")] = None,
    owner: Annotated[str | None, typer.Option(help="Those of one owner, such as registrar.")] = None,
    again: Annotated[bool, typer.Option("--ask", help="Ask them again first, without a run.")] = False,
    as_json: JsonOption = False,
) -> None:
    """The business rules, and how many findings each has in the record; or one of them, with its findings."""
    from homeroom.access.business_rules import counts, of_rule
    from homeroom.access.door import ask
    from homeroom.access.permissions import Action

    place = Workspace.open(workspace)
    url = record_of(place)
    if again:
        from homeroom.consolidate.business_rules.asking import ask_rules

        for refused in ask_rules(url, place.root / "rules").refused:
            typer.echo(refused.sentence, err=True)
    if name:
        one_rule = asyncio.run(ask(url, Action.SEE_FINDINGS, lambda use: of_rule(use, name)))
        if one_rule is None:
            raise WrongUse(f"There is no rule {name!r}. homeroom rules lists them.")
        typer.echo(json.dumps(_told(one_rule)) if as_json else "\n".join(_lines(one_rule)))
        return
    found = asyncio.run(ask(url, Action.SEE_COUNTS, lambda use: counts(use, severity, owner)))
    if as_json:
        typer.echo(json.dumps([dict(one) for one in found]))
        return
    for one in found:
        count = "not asked" if one["findings"] is None else f"{one['findings']:,}"
        typer.echo(f"{count:>9}  {one['severity']:<8} {one['name']:<38} {one['owner']}")
        if one["failure"]:
            typer.echo(f"{'':>11}{one['failure']}")


def _lines(rule: OfRule) -> Iterator[str]:
    words = rule.words
    yield f"{words['means']} ({words['severity']}; the {words['owner']} mends it)"
    yield words["advice"]
    if words["reason"]:
        yield f"Why it matters: {words['reason']}"
    if words["failure"]:
        yield words["failure"]
    for run in rule.history:
        yield f"  {run['rows']:>9,}  after run {run['run']}, {run['finished_at']:%Y-%m-%d}"
    if rule.findings:
        yield f"The first {len(rule.findings):,} of {rule.kept:,}:"
    for one in rule.findings:
        place = f"{one['file']}, {one['place']}" if one["file"] else None
        said = [one["name"], one["student_unique_id"], one["organization"], place]
        yield "  " + " · ".join(word for word in said if word)


def _told(rule: OfRule) -> dict[str, Any]:
    history = [{**run, "finished_at": run["finished_at"].isoformat()} for run in rule.history]
    findings = [{**one, "record_id": str(one["record_id"]) if one["record_id"] else None} for one in rule.findings]
    return {**rule.words, "history": history, "kept": rule.kept, "first_findings": findings}
