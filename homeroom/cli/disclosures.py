"""Who was shown what of a student, in a form that proves itself: `homeroom disclosures` and `homeroom verify`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, ask_record, new_private_file
from homeroom.errors import CannotRun, WrongUse
from homeroom.settings import Workspace

if TYPE_CHECKING:
    from homeroom.access.disclosure_log.checkpoint import SigningKey
    from homeroom.access.door import Use

disclosures = typer.Typer(help="The log of who was shown what of which student.", no_args_is_help=True)
app.add_typer(disclosures, name="disclosures")

StudentArgument = Annotated[str, typer.Argument(metavar="ID", help="The student's id in the record.")]


@disclosures.command()
def export(
    student_id: StudentArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help="Where to write it.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Every entry about a student with its proof, in a file that `homeroom verify` checks anywhere."""
    from homeroom.access.disclosure_log.export import export

    place = Workspace.open(workspace)
    key, district = _key(place), place.settings().district

    async def question(use: Use) -> dict[str, Any]:
        await _known(use, student_id)
        return await export(use, student_id, district, key)

    found = ask_record(workspace, "SEE_DISCLOSURES", question)
    _write(file, json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    typer.echo(
        f"{len(found['entries']):,} entries are in {file}. Anybody checks them with: homeroom verify {file.name}\n"
        f"The district's key, for --key: {key.verifier}"
    )


@disclosures.command("record")
def ferpa_record(
    student_id: StudentArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Where to write it.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """FERPA's record of disclosures (34 CFR 99.32) of a student, as a table."""
    from homeroom.access.disclosure_log.ferpa import record_of_disclosures

    async def question(use: Use) -> str:
        await _known(use, student_id)
        return await record_of_disclosures(use, student_id)

    table = ask_record(workspace, "SEE_DISCLOSURES", question)
    _write(file, table)
    typer.echo(f"{len(table.splitlines()) - 1:,} disclosures are in {file}.")


@disclosures.command()
def key(workspace: WorkspaceOption = HERE) -> None:
    """The public key of the log, for the district to publish: by it families know what the district signed."""
    typer.echo(str(_key(Workspace.open(workspace)).verifier))


@disclosures.command()
def checkpoint(workspace: WorkspaceOption = HERE) -> None:
    """How far the log has come, signed: whoever keeps it sees whether anything before it is changed later."""
    from homeroom.access.disclosure_log.sequencing import signed_checkpoint

    place = Workspace.open(workspace)
    key = _key(place)
    typer.echo(ask_record(workspace, "SEE_DISCLOSURES", lambda use: signed_checkpoint(use.record, key)), nl=False)


@disclosures.command()
def audit(
    kept: Annotated[
        Path | None, typer.Option("--checkpoint", help="A checkpoint that somebody kept, from which the log goes on.")
    ] = None,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Recompute the whole log, and say which entry was changed or is gone."""
    from homeroom.access.disclosure_log.audit import audit

    place = Workspace.open(workspace)
    key = _key(place)
    note = _read(kept) if kept else None
    found = ask_record(workspace, "SEE_DISCLOSURES", lambda use: audit(use, key.verifier, note))
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "entries": found.size,
                    "checkpoints": found.checkpoints,
                    "problems": found.problems,
                    "not_told": found.not_told,
                }
            )
        )
    else:
        typer.echo(
            f"{found.size:,} entries were looked at, and compared with what was signed {_times(found.checkpoints)}."
        )
        for sentence in found.problems:
            typer.echo(f"  ! {sentence}")
        if found.not_told:
            typer.echo(f"  ! and {found.not_told:,} more.")
    if found.problems:
        raise CannotRun(
            "The disclosure log is not what it was. Keep the database as it is for whoever looks into it, and tell the "
            "families concerned."
        )
    if not as_json:
        typer.echo("Every entry is as it was when it got its place.")


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help="A file of disclosures that a district gave out.")],
    key: Annotated[
        str | None, typer.Option("--key", help="The key that the district publishes; else the one in the file.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Check a file of disclosures, or a certificate of a deletion: it needs no workspace, and nobody is asked."""
    from homeroom.access.disclosure_log.verification import verify
    from homeroom.access.retention.certificate import is_certificate

    try:
        document = json.loads(_read(file))
    except ValueError:
        raise WrongUse(f"{file} is no file of disclosures, or it broke on the way.") from None
    if is_certificate(document):
        _verify_certificate(document, key, as_json)
        return
    found = verify(document, key)
    if as_json:
        told = {
            "student": found.student,
            "log": found.checkpoint.origin,
            "log_entries": found.checkpoint.size,
            "key_given": key is not None,
            "entries": found.entries,
        }
        typer.echo(json.dumps(told))
        return
    typer.echo(
        f"{len(found.entries):,} entries about student {found.student} stand in the log of {found.district}, each as "
        "the district signed it:"
    )
    for entry in found.entries:
        typer.echo(f"  {_line(entry)}")
    typer.echo(f"The log had {found.checkpoint.size:,} entries in all when this was signed.")
    if key is None:
        typer.echo(
            f"The file names its own key. Compare it with the one that {found.district} publishes, or give that with "
            f"--key: {found.key}"
        )


def _verify_certificate(document: Mapping[str, Any], key: str | None, as_json: bool) -> None:
    from homeroom.access.retention.certificate import check
    from homeroom.cli.retention import print_certificate

    found = check(document, key)
    if as_json:
        typer.echo(json.dumps({"certificate": found.certificate, "log": found.key.name, "key_given": key is not None}))
        return
    typer.echo(f"This certificate is as {found.certificate['district']} signed it:")
    print_certificate(found.certificate)
    if key is None:
        typer.echo(f"The file names its own key. Compare it with the one that the district publishes: {found.key}")


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise WrongUse(f"{file} can't be read as text. Look whether it is the right file.") from None


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _line(entry: Mapping[str, Any]) -> str:
    """An entry in plain words."""
    behalf = f", for {entry['on_behalf_of']}" if entry["on_behalf_of"] else ""
    agreement = f", under agreement {entry['agreement']}" if entry["agreement"] else ""
    fields = "; ".join(f"{resource}: {', '.join(names)}" for resource, names in entry["shown"].items())
    when = entry["at"].replace("T", " ")[:16]
    return f"{when} UTC  {entry['principal']}{behalf}{agreement}: {entry['action']}, for {entry['purpose']}" + (
        f" ({fields})" if fields else ""
    )


def _key(place: Workspace) -> SigningKey:
    from homeroom.access.disclosure_log.signing_key import signing_key

    return signing_key(place.disclosure_log_key, place.settings().district)


async def _known(use: Use, student_id: str) -> None:
    """Raises CannotRun where neither the record nor the log knows such a student."""
    from homeroom.access.disclosure_log.export import is_known

    if not await is_known(use, student_id):
        raise CannotRun(
            "The record holds no student by that id, and nothing of one was ever shown. homeroom identities --csv "
            "lists the ids that each source uses."
        )


def _write(file: Path, text: str) -> None:
    with new_private_file(file) as out:
        out.write(text)
