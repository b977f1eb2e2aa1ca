"""What a delivery would do, before it is done: `homeroom check`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app
from homeroom.errors import WrongUse
from homeroom.progress import TerminalProgress
from homeroom.settings import ArchiveSettings, Settings, SourceSettings, Workspace
from homeroom.source_rows import place_in_words

if TYPE_CHECKING:
    from homeroom.consolidate.rehearsal import Cause, Rehearsal, ValueProblem

_MOST = 20


@app.command("check")
def check_delivery(
    name: Annotated[str, typer.Argument(help="The source; any name where --kind is given.")],
    path: Annotated[Path, typer.Argument(help="The folder, the file or the zip to look at.")],
    kind: Annotated[str | None, typer.Option(help="What it holds, for files of no source: oneroster-csv, say.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 where anything would be set aside.")] = False,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Tell what a delivery would do, without doing it. With --kind it needs no workspace."""
    from homeroom.consolidate.delivered import limits_of
    from homeroom.consolidate.outages import told_in_words
    from homeroom.consolidate.rehearsal import rehearse

    place = None if kind else Workspace.open(workspace)
    settings = place.settings() if place else None
    source = _source(name, path, kind, settings)
    limits = limits_of(settings.archive if settings else ArchiveSettings())
    record = _record(place, settings) if place and settings else None
    with told_in_words(place or Workspace(path)), TerminalProgress(quiet=as_json) as progress:
        found = rehearse(source, path, limits, place, record, progress)
    if as_json:
        told = asdict(found) | {"faultless": found.faultless}
        for part in ("causes", "values"):
            for one, entry in zip(getattr(found, part), told[part], strict=True):
                entry["as_it_should_be"] = one.as_it_should_be
        typer.echo(json.dumps(told))
    else:
        _print(found)
    if strict and not found.faultless:
        raise typer.Exit(1)


def _source(name: str, path: Path, kind: str | None, settings: Settings | None) -> SourceSettings:
    if settings is None:
        return SourceSettings(name, str(kind), path, 1)
    for source in settings.sources:
        if source.name == name:
            return source
    known = ", ".join(source.name for source in settings.sources) or "none yet"
    raise WrongUse(
        f"There is no source {name!r} in this workspace. Its sources are: {known}. "
        "For files of no source say what they are: --kind oneroster-csv"
    )


def _record(workspace: Workspace, settings: Settings) -> str | None:
    """The URL of the record, where there is one: looking must not make one."""
    from homeroom.record.server import url_of

    if settings.record_url is None and not workspace.postgres.exists():
        return None
    return url_of(workspace.postgres, settings.record_url)


def _print(found: Rehearsal) -> None:
    if not found.rows:
        typer.echo("No row could be read. Nothing was changed.")
    elif found.set_aside:
        typer.echo(f"Of {found.rows:,} rows {found.set_aside:,} would be set aside. Nothing was changed.")
    else:
        below = "" if found.faultless else ", but see below"
        typer.echo(f"All {found.rows:,} rows would be used{below}. Nothing was changed.")
    if found.files:
        typer.echo("\nOf whole files:")
        for sentence in found.files:
            typer.echo(f"  {sentence}")
    _print_causes([cause for cause in found.causes if not cause.as_it_should_be])
    mendable = [one for one in found.values if not one.as_it_should_be]
    _print_values("Single values that would be left out:", [one for one in mendable if one.severity == "value"])
    _print_values("Worth a look; it would be taken as it is:", [one for one in mendable if one.severity == "notice"])
    _print_as_it_should_be(found)
    for table, names in found.unknown_columns.items():
        typer.echo(f"\nColumns of {table} that the standard doesn't know are kept and not used: {', '.join(names)}.")
    _print_compared(found)


def _print_causes(causes: Sequence[Cause]) -> None:
    if causes:
        typer.echo("\nWhat to mend, what explains most first:")
    for cause in causes[:_MOST]:
        typer.echo(f"{cause.rows:>9,}  {_words(cause)}")
        typer.echo(f"{'':>11}{_where(cause)}")
    if len(causes) > _MOST:
        typer.echo(f"{'':>11}and {len(causes) - _MOST:,} more causes; --json tells all.")


def _words(cause: Cause) -> str:
    if cause.missing is None:
        depend = cause.rows - cause.own
        others = f" {depend:,} more {'row depends' if depend == 1 else 'rows depend'} on it." if depend > 0 else ""
        return f"{cause.sentence} {cause.advice}".rstrip() + others
    one = cause.rows == 1
    if cause.key is None:
        what = f"a {cause.missing} that is" if cause.keys == 1 else f"{cause.keys:,} {_many(cause.missing)} that are"
        return f"{'The row names' if one else 'The rows name'} {what} in no file."
    return f"{'The row names' if one else 'The rows name'} the {cause.missing} {cause.key}, which is in no file."


def _many(noun: str) -> str:
    return noun.replace("row of", "rows of") if noun.startswith("row of") else f"{noun}s"


def _where(cause: Cause) -> str:
    first = f"First in {cause.file}, {place_in_words(cause.unit, cause.position)}."
    if len(cause.files) < 2:
        return first
    return f"{first} In all: {_listed([f'{path} {rows:,}' for path, rows in cause.files.items()], 'file')}."


def _print_values(heading: str, values: Sequence[ValueProblem]) -> None:
    said: dict[str, list[ValueProblem]] = {}
    for one in values:
        said.setdefault(one.sentence, []).append(one)
    if said:
        typer.echo(f"\n{heading}")
    for sentence, own in list(said.items())[:_MOST]:
        typer.echo(f"{sum(one.rows for one in own):>9,}  {sentence}")
        typer.echo(f"{'':>11}In {_listed(list(dict.fromkeys(one.file for one in own)), 'file')}.")
    if len(said) > _MOST:
        typer.echo(f"{'':>11}and {len(said) - _MOST:,} more; --json tells all.")


def _print_as_it_should_be(found: Rehearsal) -> None:
    """What nobody can mend is told by the rule alone."""
    said: Counter[str] = Counter()
    for cause in found.causes:
        if cause.as_it_should_be:
            said[f"{cause.sentence} {cause.advice}".rstrip()] += cause.rows
    for one in found.values:
        if one.as_it_should_be:
            said[one.sentence] += one.rows
    if said:
        typer.echo("\nNothing to mend:")
    for sentence, rows in said.most_common(_MOST):
        typer.echo(f"{rows:>9,}  {sentence}")


def _listed(names: Sequence[str], what: str) -> str:
    """Five of the names, and how many more there are."""
    more = len(names) - 5
    return ", ".join(names[:5]) + (f" and {more:,} more {what}{'s' if more > 1 else ''}" if more > 0 else "")


def _print_compared(found: Rehearsal) -> None:
    if found.compared is None:
        typer.echo("\nWhat is new or gone can't be told: there is no earlier delivery to compare with.")
        return
    other = [one for one in found.compared if one.new + one.changed + one.gone + one.set_aside]
    same = [one for one in found.compared if one not in other]
    if other:
        typer.echo("\nAgainst the last delivery:")
        typer.echo(f"{'new':>9}{'changed':>9}{'gone':>9}{'the same':>10}{'set aside':>11}")
    for one in other:
        typer.echo(f"{one.new:>9,}{one.changed:>9,}{one.gone:>9,}{one.same:>10,}{one.set_aside:>11,}  {one.resource}")
    if same:
        total = sum(one.same for one in same)
        typer.echo(
            f"\nThe same as in the last delivery: {_listed([one.resource for one in same], 'kind')} ({total:,})."
        )
