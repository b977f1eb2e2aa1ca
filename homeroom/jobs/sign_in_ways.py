"""By which ways people sign in to the pages of a workspace, as its settings and secrets say."""

from __future__ import annotations

from homeroom.errors import CannotRun
from homeroom.jobs.demo_accounts import demo_accounts, is_demo
from homeroom.secrets_file import secrets_of
from homeroom.settings import Workspace
from homeroom.web.provider import Provider
from homeroom.web.sign_in_ways import SignInWays

_TABLE, _SECRET = "sign_in", "client_secret"


def sign_in_ways(workspace: Workspace) -> SignInWays:
    """The ways. Raises CannotRun where the provider's secret is not where it belongs."""
    settings = workspace.settings()
    return SignInWays(settings.pages_address, _provider(workspace), demo_accounts if is_demo(workspace) else None)


def _provider(workspace: Workspace) -> Provider | None:
    said = workspace.settings().sign_in
    if said is None:
        return None
    secret = secrets_of(_TABLE, workspace.secrets_file).get(_SECRET)
    if not secret:
        raise CannotRun(
            f"homeroom.toml names a provider under [{_TABLE}], and its secret is missing. Write it in secrets.toml of "
            f'the workspace, under [{_TABLE}], as {_SECRET} = "...", or into the variable '
            "HOMEROOM_SIGN_IN_CLIENT_SECRET."
        )
    return Provider(said.issuer, said.client_id, secret, said.name, said.email_domain)
