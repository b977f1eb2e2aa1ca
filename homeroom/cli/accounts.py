"""Who may sign in to the pages: `homeroom account`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, ask_record
from homeroom.errors import WrongUse
from homeroom.settings import Workspace

if TYPE_CHECKING:
    from homeroom.access.accounts.kept import Account
    from homeroom.access.door import Use
    from homeroom.access.permissions import Role

account = typer.Typer(help="Who may sign in to the pages, and as what.", no_args_is_help=True)
app.add_typer(account, name="account")

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The account's number.")]
ByOption = Annotated[str, typer.Option("--by", help="Who does it: your name.")]
_ROLES = {"data manager": "DISTRICT_DATA_MANAGER", "privacy officer": "PRIVACY_OFFICER"}


@account.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The person's name, as the log of disclosures tells it.")],
    by: ByOption,
    role: Annotated[
        str, typer.Option("--role", help="What the district makes them: data manager or privacy officer.")
    ] = "",
    approved_by: Annotated[str, typer.Option("--approved-by", help="Who else decides it, for a privacy officer.")] = "",
    email: Annotated[str, typer.Option("--email", help="By which your OpenID provider will know them.")] = "",
    staff: Annotated[str, typer.Option("--staff", help="The unique id by which the record knows them as staff.")] = "",
    contact: Annotated[str, typer.Option("--contact", help="The unique id as a parent or guardian.")] = "",
    student: Annotated[str, typer.Option("--student", help="The unique id as a student.")] = "",
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Add an account. Whoever the record knows by an e-mail address needs none: it is made when they sign in."""
    from homeroom.access.accounts.kept import add

    persons = {"staff": staff, "contact": contact, "student": student}
    given = _role(role)
    made = ask_record(
        workspace,
        "LOOK_AFTER_ACCOUNTS",
        lambda use: add(
            use, name, by, role=given, approved_by=approved_by or None, persons=persons, email=email or None
        ),
    )
    if as_json:
        typer.echo(json.dumps(_told(made)))
    else:
        next_step = "They sign in with your provider, or" if email else "Next:"
        typer.echo(f"Account {made.number} is {made.name}'s. {next_step} homeroom account invite {made.number}")


@account.command("list")
def list_accounts(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """All accounts, the newest first: who added them, and how they sign in."""
    from homeroom.access.accounts.kept import accounts

    found = ask_record(workspace, "LOOK_AFTER_ACCOUNTS", accounts)
    if as_json:
        typer.echo(json.dumps({"accounts": [_told(one) for one in found]}))
        return
    for one in found:
        what = [str(one.role)] if one.role else []
        what += [f"{kind} {unique_id}" for kind, unique_id in one.persons.items()]
        gone = f", ended {one.ended_at.astimezone():%Y-%m-%d} by {one.ended_by}" if one.ended_at else ""
        second = f" and {one.approved_by}" if one.approved_by else ""
        typer.echo(
            f"{one.number}  {one.name}, {', '.join(what)}; added {one.added_at.astimezone():%Y-%m-%d} by "
            f"{one.added_by}{second}; signs in with {', '.join(one.ways) or 'nothing yet'}{gone}"
        )
    if not found:
        typer.echo('There is no account yet. Add one: homeroom account add "NAME" --role "data manager" --by NAME')


@account.command()
def invite(number: Number, workspace: WorkspaceOption = HERE) -> None:
    """Print a link by which somebody makes a passkey for an account. It is good once, for a week."""
    from homeroom.access.accounts import kept, one_time

    async def invited(use: Use) -> tuple[Account, str]:
        whose = await kept.account(use, number)
        if whose.ended_at:
            raise WrongUse(f"Account {number} has ended. Add a new one: homeroom account add")
        return whose, await one_time.give(use, one_time.Kind.INVITATION, number)

    whose, word = ask_record(workspace, "LOOK_AFTER_ACCOUNTS", invited)
    # A browser ties a passkey to a name, and takes no number for one.
    address = Workspace.open(workspace).settings().pages_address or "http://localhost:8000"
    typer.echo(f"{address}/sign-in/invitation/{word}")
    typer.echo(
        f"Whoever opens this link first makes a passkey as {whose.name}. Send it in a way that nobody else can read. "
        "It is good once, for a week."
    )


@account.command()
def end(number: Number, by: ByOption, workspace: WorkspaceOption = HERE) -> None:
    """End an account: whoever is signed in with it is out at once, and nothing lets them in again."""
    from homeroom.access.accounts.kept import end

    ask_record(workspace, "LOOK_AFTER_ACCOUNTS", lambda use: end(use, number, by))
    typer.echo(f"Account {number} has ended.")


def _role(words: str) -> Role | None:
    from homeroom.access.permissions import Role

    if words and words not in _ROLES:
        raise WrongUse(f"The district gives these roles: {', '.join(_ROLES)}. What else people are, the record says.")
    return Role[_ROLES[words]] if words else None


def _told(one: Account) -> dict[str, Any]:
    return {
        "account": one.number,
        "name": one.name,
        "role": one.role,
        "persons": dict(one.persons),
        "email": one.email,
        "added_by": one.added_by,
        "approved_by": one.approved_by,
        "added_at": one.added_at.isoformat(),
        "ended_by": one.ended_by,
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
        "ways": list(one.ways),
    }
