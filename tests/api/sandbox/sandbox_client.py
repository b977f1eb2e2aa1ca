"""A client of a sandbox, as `homeroom client add --claim-set` gives it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import httpx
from served_pages import Pages

from homeroom.access.agreements.keys import Key
from homeroom.access.door import ask
from homeroom.access.permissions import Action
from homeroom.access.sandbox.clients import add_sandbox_client

GRAND_BEND = 255901
STANDARD = "uri://ed-fi.org"


@dataclass(frozen=True)
class SandboxClient:
    """A key, the address under which its app finds the interface, and a client of HTTP that asks with its token."""

    key: Key
    base_url: str
    http: httpx.Client

    @classmethod
    def of(
        cls,
        sandbox: Pages,
        claim_set: str = "SIS Vendor",
        organizations: Sequence[int] = (GRAND_BEND,),
        namespaces: Sequence[str] = (STANDARD,),
    ) -> SandboxClient:
        async def give(use):
            return await add_sandbox_client(use, claim_set, organizations, namespaces, "Vera Vendor")

        key = asyncio.run(ask(sandbox.record, Action.GIVE_KEYS, give))
        base = f"{sandbox.address}api"
        grant = {"grant_type": "client_credentials"}
        token = httpx.post(f"{base}/oauth/token", data=grant, auth=(key.key, key.secret)).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        return cls(key, base, httpx.Client(base_url=f"{base}/data/v3/ed-fi/", headers=headers, timeout=60))
