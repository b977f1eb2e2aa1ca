"""What is kept for how long, what is due, and its deletion by two people: `homeroom retention`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, ask_record, new_private_file, record_of
from homeroom.errors import WrongUse
from homeroom.settings import Workspace

if TYPE_CHECKING:
    from homeroom.access.door import Use

retention = typer.Typer(help="For how long what is kept, and the deletion of what is due.", no_args_is_help=True)
app.add_typer(retention, name="retention")

ByOption = Annotated[str, typer.Option("--by", help="Who does it: your name.")]
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The number of the request and its certificate.")]


@retention.command()
def schedules(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """For how long each resource is kept, and what says so."""
    from homeroom.record.retention.schedules import schedules_of

    found = schedules_of(Workspace.open(workspace).retention_file)
    if as_json:
        told = [{"resource": one.resource, "years": one.years, "after": one.after and str(one.after), "kept": one.words,
                 "source": one.source, "own": one.own} for one in found.values()]  # fmt: skip
        typer.echo(json.dumps({"schedules": told}))
        return
    for one in found.values():
        typer.echo(f"{one.resource}: {one.words}. {'The district' if one.own else 'Default'}, after: {one.source}")


@retention.command()
def due(
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="What is due on a day to come, as 2027-07-01.")] = "",
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """What would be deleted. Nothing is."""
    from homeroom.access.retention import deletion
    from homeroom.access.retention.holds import held_students
    from homeroom.record.retention.schedules import schedules_of

    day = _day(on)
    counting = schedules_of(Workspace.open(workspace).retention_file)

    async def asked(use: Use) -> tuple[Any, Any, int]:
        return await deletion.due(use, counting, day), await held_students(use), await deletion.never_left(use)

    found, held, unknown = ask_record(workspace, "SEE_RETENTION", asked)
    if as_json:
        rows = [{"resource": one.resource, "rows": one.rows, "students": one.students,
                 "oldest": one.oldest.isoformat()} for one in found]  # fmt: skip
        told = {"as_of": day.isoformat(), "due": rows, "everything_held": held is None,
                "students_held": len(held or ()), "students_without_enrollment": unknown}  # fmt: skip
        typer.echo(json.dumps(told))
        return
    for one in found:
        typer.echo(
            f"{one.resource}: {one.rows:,} rows about {one.students:,} students, the oldest due since {one.oldest}. "
            f"Kept {counting[one.resource].words}."
        )
    if held is None:
        typer.echo("Everything is held: nothing is deleted while that stands. See: homeroom retention holds")
    elif not found:
        typer.echo(f"Nothing is due on {day}.")
    else:
        typer.echo("Nothing was deleted. To ask for it: homeroom retention delete --by NAME")
    if unknown:
        typer.echo(f"Of {unknown:,} students the record has no enrollment, so that nobody knows whether they left.")


@retention.command()
def delete(by: ByOption, workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """Ask for what is due today to be deleted. Somebody else has to approve it."""
    from homeroom.access.retention.deletion import ask
    from homeroom.record.retention.schedules import schedules_of

    counting = schedules_of(Workspace.open(workspace).retention_file)
    number = ask_record(workspace, "DECIDE_RETENTION", lambda use: ask(use, counting, date.today(), by))
    if as_json:
        typer.echo(json.dumps({"request": number}))
    else:
        typer.echo(
            f"Request {number} waits for somebody else, who looks at what is due and deletes it: "
            f"homeroom retention approve {number} --by NAME"
        )


@retention.command()
def approve(number: Number, by: ByOption, workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """Approve a request of somebody else: what it asked for is deleted, for good."""
    from homeroom.jobs.retention import carry_out

    place = Workspace.open(workspace)
    made = carry_out(place, record_of(place), number, by)
    if as_json:
        typer.echo(json.dumps({"certificate": made}))
        return
    print_certificate(made)
    typer.echo(f"Keep it: homeroom retention certificate {number} FILE.json")


@retention.command()
def certificate(
    number: Number,
    file: Annotated[Path | None, typer.Argument(metavar="FILE.json", help="Where to write it, signed.")] = None,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """What was deleted, by which schedules, and who said so; as a signed file that `homeroom verify` checks."""
    from homeroom.access.disclosure_log.signing_key import signing_key
    from homeroom.access.retention import certificate as signing
    from homeroom.access.retention.deletion import certificate as kept

    place = Workspace.open(workspace)
    made = ask_record(workspace, "SEE_RETENTION", lambda use: kept(use, number))
    signed = signing.signed(made, signing_key(place.disclosure_log_key, place.settings().district))
    if file is not None:
        with new_private_file(file) as out:
            out.write(json.dumps(signed, ensure_ascii=False, indent=1) + "\n")
    if as_json:
        typer.echo(json.dumps(signed))
    elif file is None:
        print_certificate(made)
    else:
        typer.echo(f"The certificate is in {file}. Anybody checks it with: homeroom verify {file.name}")


@retention.command()
def certificates(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """All certificates, the newest first, and the requests that wait for somebody to approve them."""
    from homeroom.access.retention import deletion

    async def asked(use: Use) -> tuple[Any, Any]:
        return await deletion.certificates(use), await deletion.open_requests(use)

    made, waiting = ask_record(workspace, "SEE_RETENTION", asked)
    if as_json:
        requests = [{"number": one["number"], "as_of": one["as_of"].isoformat(), "by": one["by"]} for one in waiting]
        typer.echo(json.dumps({"certificates": made, "requests": requests}))
        return
    for one in waiting:
        typer.echo(f"{one['number']}  asked for by {one['by']}, of what was due on {one['as_of']}: not approved yet")
    for one in made:
        rows = sum(gone["rows"] for gone in one["deleted"])
        typer.echo(f"{one['number']}  {rows:,} rows deleted, approved by {one['approved_by']}, {one['approved_at']}")
    if not made and not waiting:
        typer.echo("Nothing was deleted yet.")


@retention.command()
def hold(
    by: ByOption,
    why: Annotated[str, typer.Option("--why", help="Why, such as an open request to inspect, or a court's order.")],
    student: Annotated[str | None, typer.Argument(metavar="STUDENT", help="The student's id in the record.")] = None,
    everything: Annotated[bool, typer.Option("--everything", help="Nothing at all may be deleted.")] = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Delete nothing of a student, or nothing at all, until the hold is released."""
    from homeroom.access.retention.holds import hold

    if (student is None) != everything:
        raise WrongUse("Name a student, or say --everything.")
    found = ask_record(workspace, "DECIDE_RETENTION", lambda use: hold(use, student, by, why))
    what = "Everything is" if everything else "This student's rows are"
    typer.echo(f"{what} held. To end it: homeroom retention release {found.number} --by NAME")


@retention.command()
def release(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The hold's number.")],
    by: ByOption,
    workspace: WorkspaceOption = HERE,
) -> None:
    """End a hold."""
    from homeroom.access.retention.holds import release

    ask_record(workspace, "DECIDE_RETENTION", lambda use: release(use, number, by))
    typer.echo(f"Hold {number} is released. What is due is deleted when two people say so.")


@retention.command("holds")
def list_holds(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """All holds that stand. Students in them are logged as shown."""
    from homeroom.access.retention.holds import holds

    found = ask_record(workspace, "DECIDE_RETENTION", holds)
    if as_json:
        told = [{"hold": one.number, "student": one.student_unique_id, "by": one.by, "why": one.why,
                 "at": one.at.isoformat()} for one in found]  # fmt: skip
        typer.echo(json.dumps({"holds": told}))
        return
    for one in found:
        typer.echo(f"{one.number}  {one.student_unique_id or 'everything'}, by {one.by}, {one.at:%Y-%m-%d}. {one.why}")
    if not found:
        typer.echo("Nothing is held.")


@retention.command()
def apps(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """Which apps have to delete what was deleted, until when, and whose provider said that it did."""
    from homeroom.access.retention.apps import notices

    found = ask_record(workspace, "SEE_AGREEMENTS", notices)
    today = date.today()
    if as_json:
        told = [{"certificate": one.request, "agreement": one.agreement, "delete_by": one.delete_by.isoformat(),
                 "state": one.state(today), "resources": one.resources} for one in found]  # fmt: skip
        typer.echo(json.dumps({"apps": told}))
        return
    for one in found:
        typer.echo(
            f"Agreement {one.agreement}, certificate {one.request}: {one.state(today)}, to delete by {one.delete_by}. "
            f"{', '.join(one.resources)}"
        )
    if not found:
        typer.echo("No app has anything to delete.")


@retention.command()
def confirm(
    number: Number,
    agreement: Annotated[int, typer.Argument(metavar="AGREEMENT", help="The agreement's number.")],
    by: Annotated[str, typer.Option("--by", help="Who of the provider said so.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Write down that a provider said its app deleted what a certificate names."""
    from homeroom.access.retention.apps import confirm

    ask_record(workspace, "DECIDE_AGREEMENTS", lambda use: confirm(use, number, agreement, by))
    typer.echo(f"Agreement {agreement} has confirmed certificate {number}.")


def print_certificate(made: Mapping[str, Any]) -> None:
    """A certificate in plain words."""
    typer.echo(
        f"Certificate {made['number']} of {made['district']}: what was due on {made['as_of']} was deleted. Asked for "
        f"by {made['asked_by']}, {made['asked_at']}; approved by {made['approved_by']}, {made['approved_at']}."
    )
    for one in made["deleted"]:
        typer.echo(
            f"  {one['resource']}: {one['rows']:,} rows and {one['history']:,} of their history. Kept {one['kept']}: "
            f"{one['source']}"
        )
    if not made["deleted"]:
        typer.echo("  Nothing was due.")
    landing = made["landing"]
    typer.echo(f"  Deliveries as they were sent: {landing['deliveries']:,}, with {landing['files']:,} files")
    for one in made["apps"]:
        typer.echo(f"  Told to delete the same: {one['app']} of {one['provider']}, agreement {one['agreement']}")
    typer.echo(f"Not covered: {made['not_covered']}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        raise WrongUse("Write the day as year, month and day: --on 2027-07-01") from None
