"""The client of Ed-Fi's community, as it comes from the package index, reads the record."""

import json

import pytest
from app_of_agreement import App, held
from edfi_api_client import EdFiClient

from homeroom.access.agreements.terms import fields_of
from homeroom.model import DESCRIPTORS, RESOURCES

NAMED = ("Student", "StudentSchoolAssociation")
ELEMENTS = "\n".join(f"{resource} = {json.dumps(sorted(fields_of(resource)))}" for resource in NAMED)


@pytest.fixture(scope="module")
def client(served, tmp_path_factory) -> EdFiClient:
    key = App.under_agreement(served, tmp_path_factory.mktemp("client"), elements=ELEMENTS).key
    return EdFiClient(f"{served.address}api", key.key, key.secret)


def in_record(served, table: str) -> set[str]:
    return {row["id"].hex for row in held(served.record, f"select id from edfi.{table}")}


def test_it_reads_every_row_in_pages(client, served):
    rows = list(client.resource("students").get_rows(page_size=30))
    assert len(rows) == client.resource("students").total_count() == len(in_record(served, "student"))
    assert {row["id"] for row in rows} == in_record(served, "student")


def test_it_reads_every_row_by_page_tokens(client, served):
    pages = list(client.resource("students").get_pages_cursor(page_size=30))
    assert len(pages) > 2
    assert sorted(row["id"] for page in pages for row in page) == sorted(in_record(served, "student"))


def test_it_reads_what_changed_in_steps_of_change_versions(client, served):
    asked = {"minChangeVersion": 0, "maxChangeVersion": client.get_newest_change_version()}
    rows = list(
        client.resource("studentSchoolAssociations", **asked).get_rows(
            page_size=100, step_change_version=True, change_version_step_size=2_000
        )
    )
    assert {row["id"] for row in rows} == in_record(served, "student_school_association")


def test_it_reads_what_was_deleted(client):
    asked = {"minChangeVersion": 0, "maxChangeVersion": client.get_newest_change_version()}
    assert list(client.resource("students", get_deletes=True, **asked).get_rows(page_size=100)) == []


def test_it_finds_out_what_there_is(client):
    assert {endpoint for _, endpoint in client.resources} == {one.endpoint for one in RESOURCES.values()}
    assert {endpoint for _, endpoint in client.descriptors} == {one.endpoint for one in DESCRIPTORS.values()}
