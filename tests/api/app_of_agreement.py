"""An app that asks under an agreement, over HTTP; and what the record really holds."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
from made_up_agreement import NAMED, agreement_file, given_key
from psycopg.rows import dict_row
from served_pages import Pages

from homeroom.access.agreements.keys import Key
from homeroom.access.door import ask
from homeroom.access.permissions import Action

# All that this interface can tell of a student.
EVERYTHING = (
    'Student = ["studentUniqueId", "firstName", "middleName", "lastSurname", "generationCodeSuffix", "birthDate",'
    ' "birthCity", "birthStateAbbreviationDescriptor", "birthCountryDescriptor", "birthInternationalProvince"]\n'
    'StudentEducationOrganizationAssociation = ["sexDescriptor"]'
)


@dataclass
class App:
    """An app with its key; `client` asks with its token."""

    served: Pages
    key: Key
    client: httpx.Client

    @classmethod
    def under_agreement(cls, served: Pages, folder: Path, elements: str = NAMED, **terms: Any) -> App:
        """An app under a new agreement that is active."""
        file = agreement_file(folder, elements=elements, **terms)
        key = asyncio.run(ask(served.record, Action.GIVE_KEYS, lambda use: given_key(use, file)))
        client = httpx.Client(base_url=f"{served.address}api/", timeout=60)
        answered = client.post("oauth/token", data={"grant_type": "client_credentials"}, auth=(key.key, key.secret))
        if answered.status_code == 200:
            client.headers["Authorization"] = f"Bearer {answered.json()['access_token']}"
        return cls(served, key, client)

    def find(self, *ids: str) -> httpx.Response:
        return self.client.post("identity/v2/identities/find", json=ids)

    def search(self, *descriptions: dict[str, Any], **headers: str) -> httpx.Response:
        return self.client.post("identity/v2/identities/search", json=descriptions, headers=headers)

    def create(self, description: dict[str, Any]) -> httpx.Response:
        return self.client.post("identity/v2/identities", json=description)


def responses(answered: httpx.Response) -> list[list[dict[str, Any]]]:
    """The persons of each answer of a search."""
    assert answered.status_code == 200, answered.text
    found = answered.json()
    assert set(found) == {"SearchResponses", "Status"}
    assert found["Status"] == "Complete"
    return [one["Responses"] for one in found["SearchResponses"]]


def held(url: str, question: str, *values: Any) -> list[dict[str, Any]]:
    """What the record holds."""
    with psycopg.connect(url, row_factory=dict_row) as record:
        return record.execute(question, values).fetchall()


def students(url: str, most: int = 5) -> list[dict[str, Any]]:
    """Some students of the record, with a school at which they are enrolled now."""
    return held(
        url,
        "select s.*, min(school_id) as school_id, min(about.sex_descriptor) as sex from edfi.student as s"
        " join edfi.student_school_association using (student_unique_id)"
        " left join edfi.student_education_organization_association as about using (student_unique_id)"
        " where exit_withdraw_date is null group by s.id order by student_unique_id limit %s",
        most,
    )


def description(student: dict[str, Any]) -> dict[str, Any]:
    """What an app knows of a student: name and birth date."""
    return {
        "FirstName": student["first_name"],
        "LastSurname": student["last_surname"],
        "BirthDate": f"{student['birth_date']}T00:00:00",
    }
