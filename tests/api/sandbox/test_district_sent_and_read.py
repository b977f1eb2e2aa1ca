"""A whole district goes into a sandbox by the sector's own tool for sending, and comes out by its own for reading.

Both are the packages of the index, as they are. What is sent is Maple Grove's record, as its own interface tells it.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from app_of_agreement import App
from edfi_api_client import EdFiClient
from sandbox_client import SandboxClient

from homeroom.access.agreements.terms import fields_of
from homeroom.model import DESCRIPTORS, RESOURCES

EVERYTHING = "\n".join(f"{resource} = {json.dumps(sorted(fields_of(resource)))}" for resource in RESOURCES)
OF_THE_ANSWER = ("id", "_etag", "_lastModifiedDate")
# Nothing that is sent refers to them, and there are thousands: of each a part is enough.
LEAVES, MOST = ("calendarDates", "grades", "studentAssessments", "studentSchoolAttendanceEvents"), 200
NAMESPACES = ("uri://ed-fi.org", "uri://maple-grove.example")
# Lightbeam finds everything by the address that `homeroom client add` prints.
SETTINGS = """
data_dir: {data}
edfi_api:
  base_url: {base_url}
  version: 3
  mode: null
  client_id: {key}
  client_secret: {secret}
connection:
  pool_size: 4
  timeout: 60
  num_retries: 3
  verify_ssl: false
log_level: INFO
"""


def rows(client: httpx.Client, endpoint: str) -> Iterator[dict[str, Any]]:
    """Every row, page by page, without what only an answer holds."""
    token = None
    while True:
        asked = {"pageSize": 500} | ({"pageToken": token} if token else {})
        answered = client.get(f"data/v3/ed-fi/{endpoint}", params=asked)
        assert answered.status_code == 200, answered.text
        yield from (told(row) for row in answered.json())
        token = answered.headers.get("Next-Page-Token")
        if not token:
            return


def told(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in OF_THE_ANSWER}


def counted(documents: list[dict[str, Any]]) -> Counter[str]:
    return Counter(json.dumps(one, sort_keys=True) for one in documents)


@pytest.fixture(scope="module")
def district(served, tmp_path_factory) -> dict[str, list[dict[str, Any]]]:
    """Maple Grove's rows by their endpoints, in a file each as Lightbeam takes them; its own codes among them."""
    app = App.under_agreement(served, tmp_path_factory.mktemp("reader"), elements=EVERYTHING)
    found = {one.endpoint: list(rows(app.client, one.endpoint)) for one in RESOURCES.values()}
    own = "select distinct descriptor_type from edfi.descriptor where namespace not like 'uri://ed-fi.org/%'"
    with psycopg.connect(served.record) as record:
        for (type_,) in record.execute(own).fetchall():
            endpoint = DESCRIPTORS[type_].endpoint
            found[endpoint] = [one for one in rows(app.client, endpoint) if "//ed-fi.org/" not in one["namespace"]]
    return {
        endpoint: documents[: MOST if endpoint in LEAVES else None]
        for endpoint, documents in found.items()
        if documents
    }


@pytest.fixture(scope="module")
def client(sandbox, district) -> SandboxClient:
    (agency,) = (one["localEducationAgencyId"] for one in district["localEducationAgencies"])
    own = {f"uri://{one['namespace'].split('/')[2]}" for codes in district.values() for one in codes
           if "codeValue" in one}  # fmt: skip
    own |= {one["namespace"] for one in district.get("assessments", []) if one["namespace"].startswith("uri://")}
    return SandboxClient.of(sandbox, organizations=[agency], namespaces=sorted({*NAMESPACES, *own}))


@pytest.fixture(scope="module")
def sent(district, client, tmp_path_factory) -> dict[str, Any]:
    """What Lightbeam says of each endpoint that it sent."""
    folder: Path = tmp_path_factory.mktemp("lightbeam")
    data = folder / "data"
    data.mkdir()
    for endpoint, documents in district.items():
        (data / f"{endpoint}.jsonl").write_text("".join(json.dumps(one) + "\n" for one in documents))
    settings = folder / "lightbeam.yaml"
    settings.write_text(
        SETTINGS.format(data=data, base_url=client.base_url, key=client.key.key, secret=client.key.secret)
    )
    results = folder / "results.json"
    command = [sys.executable, "-m", "lightbeam", "send", "-c", str(settings), "--results-file", str(results)]
    done = subprocess.run(command, cwd=folder, env=os.environ, capture_output=True, text=True, check=False, timeout=500)
    assert results.exists(), done.stdout + done.stderr
    return json.loads(results.read_text())


def test_every_record_of_the_district_is_taken(sent, district):
    assert sum(map(len, district.values())) > 3_000
    refused = {endpoint: of.get("failures") for endpoint, of in sent["resources"].items() if of["records_failed"]}
    assert refused == {}
    processed = {endpoint: of["records_processed"] for endpoint, of in sent["resources"].items()}
    assert processed == {endpoint: len(documents) for endpoint, documents in district.items()}


def test_what_was_sent_is_read_back_the_same(sent, district, client):
    reader = EdFiClient(client.base_url, client.key.key, client.key.secret)
    for endpoint, documents in district.items():
        if endpoint.endswith("Descriptors"):
            continue
        read = [told(row) for row in reader.resource(endpoint).get_rows(page_size=500)]
        assert counted(read) == counted(documents), endpoint


def test_what_changed_since_the_beginning_is_all_of_it(sent, district, client):
    reader = EdFiClient(client.base_url, client.key.key, client.key.secret)
    asked = {"minChangeVersion": 0, "maxChangeVersion": reader.get_newest_change_version()}
    pages = reader.resource("studentSchoolAssociations", **asked).get_pages(
        page_size=100, step_change_version=True, change_version_step_size=2_000
    )
    assert counted([told(row) for page in pages for row in page]) == counted(district["studentSchoolAssociations"])


def test_partitions_divide_all_rows(sent, district, client):
    tokens = client.http.get("sections/partitions", params={"number": 4}).json()["pageTokens"]
    parts = [client.http.get("sections", params={"pageToken": token, "pageSize": 500}).json() for token in tokens]
    assert all(parts)
    assert counted([told(row) for part in parts for row in part]) == counted(district["sections"])
