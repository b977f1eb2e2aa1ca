"""A program that looks after a district's apps over the Admin API, in the name of a data manager."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx
from served_pages import Pages

from homeroom.access.accounts import kept as accounts
from homeroom.access.administration.administrators import add_administrator
from homeroom.access.agreements import kept
from homeroom.access.agreements.keys import Key
from homeroom.access.agreements.states import State
from homeroom.access.door import Use, ask
from homeroom.access.permissions import Action, Role

MANAGER, SOMEBODY_ELSE = "Ines Duarte", "Tom Becker"
VENDOR = {
    "company": "Reading Trail, Inc.",
    "namespacePrefixes": "uri://ed-fi.org, uri://reading-trail.example/",
    "contactName": "Ada Privacy",
    "contactEmailAddress": "privacy@reading-trail.example",
}
GRANT = {"grant_type": "client_credentials", "scope": "edfi_admin_api/full_access"}


@dataclass
class Program:
    """The program: the record behind, its credential, the account whose work it does, and a client with its token."""

    served: Pages
    key: Key
    account: int | None
    http: httpx.Client

    @classmethod
    def of(cls, served: Pages, *, with_account: bool = True) -> Program:
        async def given(use: Use) -> tuple[int | None, Key]:
            number = None
            if with_account:
                role = Role.DISTRICT_DATA_MANAGER
                number = (await accounts.add(use, MANAGER, SOMEBODY_ELSE, role=role)).number
            return number, await add_administrator(use, number, SOMEBODY_ELSE)

        account, key = asyncio.run(ask(served.record, Action.LOOK_AFTER_ACCOUNTS, given))
        http = httpx.Client(base_url=f"{served.address}api/admin/", timeout=60)
        answered = http.post("connect/token", data={**GRANT, "client_id": key.key, "client_secret": key.secret})
        http.headers["Authorization"] = f"Bearer {answered.json()['access_token']}"
        return cls(served, key, account, http)

    def made(self, place: str, sent: dict[str, Any]) -> int:
        """The number of what was made."""
        answered = self.http.post(f"v2/{place}", json=sent)
        assert answered.status_code == 201, answered.text
        where = answered.headers["Location"]
        assert where.startswith(f"{self.http.base_url}v2/")
        return int(where.rpartition("/")[2])

    def vendor(self, company: str, **other: str) -> int:
        return self.made("vendors", {**VENDOR, "company": company, **other})

    def application(self, vendor: int, organizations: list[int], claim_set: str, **other: Any) -> dict[str, Any]:
        """What is answered to who asks for an application: its number, key and secret."""
        answered = self.http.post("v2/applications", json=application(vendor, organizations, claim_set, **other))
        assert answered.status_code == 201, answered.text
        return answered.json()

    def got(self, place: str, **asked: Any) -> Any:
        answered = self.http.get(f"v2/{place}", params=asked)
        assert answered.status_code == 200, answered.text
        return answered.json()

    def put(self, place: str, sent: dict[str, Any] | None = None) -> httpx.Response:
        answered = self.http.put(f"v2/{place}", json=sent)
        assert answered.status_code == 200, answered.text
        return answered

    def deleted(self, place: str) -> None:
        assert self.http.delete(f"v2/{place}").status_code == 200
        assert self.http.get(f"v2/{place}").status_code == 404

    def agreement_of(self, application: int) -> kept.Agreement:
        """The agreement underneath an application."""
        question = "select agreement from access.application where id = %(id)s"

        async def found(use: Use) -> kept.Agreement:
            row = await use.row(question, id=application)
            assert row
            return await kept.agreement(use, row["agreement"])

        return asyncio.run(ask(self.served.record, Action.SEE_AGREEMENTS, found))

    def take(self, agreement: int, state: State, by: str = SOMEBODY_ELSE) -> None:
        """Take an agreement a step on, as `homeroom agreement` does."""
        asyncio.run(
            ask(self.served.record, Action.DECIDE_AGREEMENTS, lambda use: kept.change(use, agreement, state, by))
        )

    def approve(self, application: int) -> None:
        number = self.agreement_of(application).number
        self.take(number, State.APPROVED)
        self.take(number, State.ACTIVE)

    def app(self, key: dict[str, Any]) -> httpx.Client | None:
        """A client of the app with this key; None where the key opens nothing."""
        base = f"{self.served.address}api/"
        grant = {"grant_type": "client_credentials"}
        answered = httpx.post(f"{base}oauth/token", data=grant, auth=(key["key"], key["secret"]))
        if answered.status_code != 200:
            return None
        headers = {"Authorization": f"Bearer {answered.json()['access_token']}"}
        return httpx.Client(base_url=f"{base}data/v3/ed-fi/", headers=headers, timeout=60)


def application(vendor: int, organizations: list[int], claim_set: str, **other: Any) -> dict[str, Any]:
    """What is sent to ask for an application."""
    return {
        "applicationName": "Reading Trail",
        "vendorId": vendor,
        "claimSetName": claim_set,
        "educationOrganizationIds": organizations,
        "odsInstanceIds": [1],
        **other,
    }


def profile_sent(name: str, member: str = "FirstName") -> dict[str, str]:
    """What is sent to add a profile by which of students no more than one member is told."""
    definition = (
        f'<Profile name="{name}"><Resource name="Student"><ReadContentType memberSelection="IncludeOnly">'
        f'<Property name="{member}"/></ReadContentType></Resource></Profile>'
    )
    return {"name": name, "definition": definition}
