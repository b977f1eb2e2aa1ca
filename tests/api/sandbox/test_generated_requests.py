"""Whatever is asked, by the descriptions of the interface itself: nothing breaks, and answers are as described.

Schemathesis makes the requests from the OpenAPI documents, right ones and wrong ones. With HOMEROOM_REQUESTS=20000, as
`make schemathesis` has it, so many are made, of all operations and other ones each time; here of a share, always the
same ones.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator

import psycopg
import pytest
import requests
import schemathesis
from documents import Maker, add_codes, organization, write_what_it_refers_to
from hypothesis import HealthCheck, Phase, given, settings
from sandbox_client import SandboxClient
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks as openapi

from homeroom.model import RESOURCES
from homeroom.record.upsert import upsert

REQUESTS = int(os.environ.get("HOMEROOM_REQUESTS", "0"))
DOCUMENTS = ("data/v3/resources", "data/v3/descriptors", "changeQueries/v1")
CHECKS = [
    not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_headers_conformance,
    openapi.response_schema_conformance,
]
# Each path has up to four operations and each resource eight: so each kind of operation is in the share.
SHARE = 1 if REQUESTS else 13
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.fixture(scope="module")
def client(sandbox) -> SandboxClient:
    """An app that may do everything, in a sandbox with a row of each resource."""
    with psycopg.connect(sandbox.record) as record:
        add_codes(record)
        for number, resource in enumerate(RESOURCES):
            # Two kinds of one thing have no key in common.
            kind = RESOURCES[resource].subclass_of == "GeneralStudentProgramAssociation"
            fixed = {"begin_date": f"{1800 + number}-01-01"} if kind else {}
            document = Maker().document(resource, fixed)
            write_what_it_refers_to(record, resource, document)
            upsert(record, resource, document, "test")
    places = sorted({organization((f"{name[0].lower()}{name[1:]}Id",)) for name in RESOURCES})
    return SandboxClient.of(sandbox, "Ed-Fi Sandbox", places, ["uri://maple-grove.example"])


@pytest.fixture(scope="module")
def session(client) -> Iterator[requests.Session]:
    with requests.Session() as opened:
        opened.headers["Authorization"] = client.http.headers["Authorization"]
        yield opened


@pytest.fixture(scope="module")
def operations(client):
    """The operations of the three documents, or the share of them."""
    found = []
    for place in DOCUMENTS:
        schema = schemathesis.openapi.from_url(f"{client.base_url}/metadata/{place}/swagger.json")
        found += [one.ok() for one in schema.get_all_operations()]
    return found[::-SHARE]


@pytest.fixture(scope="module")
def known(client) -> dict[str, list[str]]:
    """Ids of rows, by the path of their collection: one that is made up is hardly ever a row's."""
    rows = {f"/ed-fi/{one.endpoint}": client.http.get(one.endpoint).json() for one in RESOURCES.values()}
    return {path: [row["id"] for row in found] for path, found in rows.items()}


def modes_of(operation) -> tuple[GenerationMode, ...]:
    """Any text is a right id and a right header: only what has more than those can be asked wrongly."""
    return MODES if operation.query or operation.body else MODES[:1]


def by_shape(operations) -> list[list]:
    """The operations that take the same, together, as those of all types of descriptors do: what is made for one of
    them is as good for the others, and takes a tenth of the time."""
    found: dict[str, list] = {}
    for operation in operations:
        told = operation.definition.raw
        body = re.sub(r'edFi_\w+Descriptor"', 'edFi_anyDescriptor"', json.dumps(told.get("requestBody")))
        found.setdefault(json.dumps([operation.method, told.get("parameters"), body]), []).append(operation)
    return list(found.values())


def made_for(operation, mode: GenerationMode, most: int) -> list[Case]:
    """So many requests of an operation, or all that there can be."""
    made: list[Case] = []

    @settings(
        max_examples=most, database=None, derandomize=not REQUESTS, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def keep(case: Case) -> None:
        made.append(case)

    keep()
    return made


def requests_of(alike: list, turn: int) -> Iterator[Case]:
    """What is asked of operations that take the same: of each once, or its part of as many as are to be made."""
    modes = modes_of(alike[0])
    if not REQUESTS:
        modes = modes[turn % len(modes) :][:1]
    each = max(1, REQUESTS // 2_700 // len(modes))
    for mode in modes:
        made = made_for(alike[0], mode, each * len(alike))
        for number in range(each * len(alike)):
            case = made[number % len(made)]
            yield alike[number % len(alike)].Case(
                path_parameters=case.path_parameters,
                headers=case.headers,
                query=case.query,
                body=case.body,
                media_type=case.media_type,
            )


def test_each_operation_answers_as_it_is_described(operations, session, known):
    statuses: Counter[int] = Counter()
    asked: set[str] = set()
    for turn, alike in enumerate(by_shape(operations)):
        for number, case in enumerate(requests_of(alike, turn)):
            rows = known.get(case.path.rpartition("/")[0])
            if rows and number % 2:
                case.path_parameters["id"] = rows[0]
            response = case.call(session=session)
            statuses[response.status_code] += 1
            asked.add(case.operation.label)
            case.validate_response(response, checks=CHECKS)
    print(sum(statuses.values()), sorted(statuses.items()))
    assert asked == {operation.label for operation in operations}
    assert sum(statuses.values()) >= REQUESTS
    assert {200, 400, 404} <= set(statuses)
