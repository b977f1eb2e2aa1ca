"""Tokens for a key and its secret: the client credentials grant of OAuth 2.0 (RFC 6749, 4.4), and what a token opens
(RFC 7662), both as the Ed-Fi ODS/API has them.
"""

from __future__ import annotations

import json

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.background import BackgroundTask

from homeroom.access.agreements.kept import schools_of
from homeroom.access.agreements.keys import TOKEN_LIFE, Client, client_of, is_key, keep_token, new_token
from homeroom.access.oneroster.scopes import granted as granted_scopes
from homeroom.access.oneroster.scopes import with_scopes
from homeroom.access.permissions import GATEKEEPER, Action, Purpose, actions_of
from homeroom.api.callers import basic_of, caller_of, door_of, holder_of, note_failure
from homeroom.api.client_credentials import granted
from homeroom.api.identity.desk import get_ready
from homeroom.api.problems import Problem
from homeroom.api.received import fields_of

router = APIRouter(prefix="/oauth")


@router.post("/token")
async def token(request: Request) -> Response:
    """A new token, for 30 minutes. Key and secret come as HTTP Basic, in a form, or in an object of JSON."""
    fields = await fields_or_refusal(request)
    if isinstance(fields, Response):
        return fields
    sent = dict(fields)
    key, secret = basic_of(request) or (sent.get("client_id", ""), sent.get("client_secret", ""))
    async with door_of(request).use(GATEKEEPER, Action.CHECK_KEYS, Purpose.ADMISSION) as use:
        client = await client_of(use, key, secret)
        headers, text, status = _granted(fields, client)
        if client is not None and status == 200:
            await keep_token(use, client, json.loads(text)["access_token"])
        known = client is None and await is_key(use, key)
    if status == 401:
        if seconds := note_failure(request, key if known else None):
            return too_many(seconds)
        headers["WWW-Authenticate"] = 'Basic realm="Homeroom"'
    return Response(text, status, headers, background=BackgroundTask(get_ready, request) if status == 200 else None)


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
            "assigned_profiles": [],
            "claim_set": {"name": f"Agreement {client.agreement.number}"},
            "resources": [],
            "services": [{"service": "identity", "operations": _operations(client)}],
        }
    )


def _granted(fields: list[tuple[str, str]], client: Client | None) -> tuple[dict[str, str], str, int]:
    """The answer of the grant. What a token opens is in the agreement; scopes are those of OneRoster, and can only make
    it less."""

    def scopes(asked: list[str]) -> list[str]:
        return granted_scopes(client.agreement.terms, asked) if client else []

    key = client.key if client else None
    return granted(fields, key, scopes, lambda scopes: with_scopes(new_token(), scopes), TOKEN_LIFE)


async def fields_or_refusal(request: Request) -> list[tuple[str, str]] | Response:
    """What was sent to be let in; where it can't be read, the answer, as this standard says it."""
    try:
        return await fields_of(request)
    except Problem as problem:
        told = {"error": "invalid_request", "error_description": problem.detail}
        return JSONResponse(told, problem.status, {"Cache-Control": "no-store"})


def too_many(seconds: int) -> JSONResponse:
    """That somebody tried too often with a wrong secret, as this standard says it."""
    words = f"Too many attempts failed. Look at the key and the secret, and try again in {seconds} seconds."
    return JSONResponse(
        {"error": "invalid_client", "error_description": words},
        429,
        {"Retry-After": str(seconds), "Cache-Control": "no-store"},
    )


def _operations(client: Client) -> list[str]:
    may = actions_of(client.principal)
    names = {Action.CREATE_IDENTITIES: "Create", Action.FIND_IDENTITIES: "Read"}
    return [name for action, name in names.items() if action in may]
