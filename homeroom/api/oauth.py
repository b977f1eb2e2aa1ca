"""Tokens for a key and its secret: the client credentials grant of OAuth 2.0 (RFC 6749, 4.4), and what a token opens
(RFC 7662), both as the Ed-Fi ODS/API has them.
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.background import BackgroundTask

from homeroom.access.agreements.kept import schools_of
from homeroom.access.agreements.keys import TOKEN_LIFE, Client, client_of, is_key, keep_token, new_token
from homeroom.access.oneroster.scopes import granted, with_scopes
from homeroom.access.permissions import GATEKEEPER, Action, Purpose, actions_of
from homeroom.api.callers import caller_of, door_of, holder_of
from homeroom.api.client_credentials import Tokens, token_answer
from homeroom.api.identity.desk import get_ready
from homeroom.api.received import fields_of

router = APIRouter(prefix="/oauth")


# What a token opens is in the agreement; scopes are those of OneRoster, and can only make it less.
_TOKENS: Tokens[Client] = Tokens(
    holder_of=client_of,
    is_key=is_key,
    keep=keep_token,
    scopes=lambda client, asked: granted(client.agreement.terms, asked),
    new=lambda scopes: with_scopes(new_token(), scopes),
    life=TOKEN_LIFE,
)


@router.post("/token")
async def token(request: Request) -> Response:
    """A new token, for 30 minutes. Key and secret come as HTTP Basic, in a form, or in an object of JSON."""
    answered = await token_answer(request, _TOKENS)
    if answered.status_code == 200:
        answered.background = BackgroundTask(get_ready, request)
    return answered


@router.post("/token_info")
async def token_info(request: Request) -> JSONResponse:
    """What a token opens, told to the client that it belongs to; of any other it is told that it is not active."""
    caller = await caller_of(request)
    found = await holder_of(request, dict(await fields_of(request)).get("token", ""))
    if found is None or found[0].key != caller.key:
        return JSONResponse({"active": False})
    client, ends = found
    async with door_of(request).use(GATEKEEPER, Action.CHECK_KEYS, Purpose.ADMISSION) as use:
        schools = await schools_of(use, client.agreement)
    return JSONResponse(
        {
            "active": True,
            "exp": int(ends.timestamp()),
            "client_id": client.key,
            "namespace_prefixes": list(client.agreement.terms.namespaces),
            "education_organizations": [
                {"education_organization_id": number, "name_of_institution": name, "type": "edfi.School"}
                for number, name in schools
            ],
            "assigned_profiles": list(client.agreement.terms.profiles),
            "claim_set": {"name": f"Agreement {client.agreement.number}"},
            "resources": [],
            "services": [{"service": "identity", "operations": _operations(client)}],
        }
    )


def _operations(client: Client) -> list[str]:
    may = actions_of(client.principal)
    names = {Action.CREATE_IDENTITIES: "Create", Action.FIND_IDENTITIES: "Read"}
    return [name for action, name in names.items() if action in may]
