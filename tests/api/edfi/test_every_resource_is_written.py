"""A valid document of any resource is written over HTTP and read back the same; what is wrong with another is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import psycopg
import pytest
from app_of_agreement import App
from documents import Maker, add_codes, any_document, nearly_right, organization, write_what_it_refers_to
from hypothesis import HealthCheck, given, settings
from own_database import own_database
from served_pages import Pages, serving

from homeroom.access.agreements.terms import fields_of
from homeroom.access.resources.namespaces import namespace_column
from homeroom.model import RESOURCES
from homeroom.model.columns import EDUCATION_ORGANIZATION, columns

ALL_READ = "\n".join(f"{resource} = {json.dumps(sorted(fields_of(resource)))}" for resource in RESOURCES)
ALL_WRITTEN = "\n".join(f'{resource} = "all"' for resource in RESOURCES)
NAMESPACE = "uri://maple-grove.example/ours"


@pytest.fixture(scope="module")
def empty(postgres_url: str, template_database: str, tmp_path_factory) -> Iterator[Pages]:
    """A record that holds nothing but codes, served."""
    with own_database(postgres_url, template_database) as url:
        with psycopg.connect(url) as record:
            add_codes(record)
        yield from serving(url, tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="module")
def client(empty: Pages, tmp_path_factory) -> httpx.Client:
    """The client of an app that may write everything of the whole district."""
    folder = tmp_path_factory.mktemp("agreement")
    return App.under_agreement(
        empty, folder, ALL_READ, writes=ALL_WRITTEN, namespaces='["uri://maple-grove.example"]'
    ).client


class Tidy(Maker):
    """Makes documents in a namespace of the agreement, whose text has no space at its ends."""

    def value(self, type_):
        made = super().value(type_)
        return made.strip() or "x" if isinstance(made, str) else made

    def document(self, resource: str, fixed: dict | None = None) -> dict:
        own = {column: NAMESPACE for column in [namespace_column(resource)] if column}
        return super().document(resource, {**own, **(fixed or {})})


def of_its_own(resource: str) -> dict[str, Any]:
    """A document whose key names nobody and nothing that another test names."""
    number = list(RESOURCES).index(resource) + 1
    fixed: dict[str, Any] = {}
    for column in columns(resource):
        if column.identifies == EDUCATION_ORGANIZATION:
            fixed[column.name] = organization(column.paths) + 1000 * number
        elif column.identifies or (column.key and column.type and column.type.length and column.name != "namespace"):
            fixed[column.name] = f"of {number}"
        elif resource == "SchoolYearType" and column.key:
            fixed[column.name] = 3000
    return Tidy().document(resource, fixed)


def held(empty: Pages, resource: str, document: dict[str, Any]) -> None:
    """What the document refers to is in the record."""
    with psycopg.connect(empty.record) as record:
        write_what_it_refers_to(record, resource, document)


def path(client: httpx.Client, answered: httpx.Response) -> str:
    """The address of a row, below that of the client."""
    return answered.headers["Location"].removeprefix(str(client.base_url))


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_document_is_created_read_changed_and_deleted(empty, client, resource):
    document, endpoint = of_its_own(resource), f"data/v3/ed-fi/{RESOURCES[resource].endpoint}"
    held(empty, resource, document)
    created = client.post(endpoint, json=document)
    assert created.status_code == 201, created.text
    assert created.content == b""
    place = path(client, created)
    read = client.get(place)
    assert read.json().items() >= document.items()
    assert read.headers["ETag"] == created.headers["ETag"]
    again = client.post(endpoint, json=document)
    assert (again.status_code, again.headers["ETag"]) == (200, created.headers["ETag"])
    put = client.put(place, json=read.json(), headers={"If-Match": created.headers["ETag"]})
    assert (put.status_code, put.headers["ETag"]) == (204, created.headers["ETag"]), put.text
    deleted = client.delete(place)
    assert deleted.status_code == 204, deleted.text
    assert client.get(place).status_code == 404
    assert read.json()["id"] in {one["id"] for one in client.get(f"{endpoint}/deletes", params={"limit": 500}).json()}


@given(pair=any_document())
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_whatever_is_valid_is_read_back_as_it_was_sent(empty, client, pair):
    resource = pair[0]
    document = tidied(pair[1], resource)
    held(empty, resource, document)
    answered = client.post(f"data/v3/ed-fi/{RESOURCES[resource].endpoint}", json=document)
    assert answered.status_code in (200, 201), answered.text
    told = client.get(path(client, answered)).json()
    assert {name: told.get(name) for name in document} == document


def tidied(document: Any, resource: str) -> Any:
    """The document with no space around any text, in a namespace of the agreement where it belongs to one."""
    inside = stripped(document)
    column = next((c for c in columns(resource) if c.name == namespace_column(resource)), None)
    for one in column.paths if column else ():
        owner, _, part = one.rpartition(".")
        if not owner:
            inside[part] = NAMESPACE
        elif owner in inside:
            inside[owner][part] = NAMESPACE
    return inside


def stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: stripped(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [stripped(inner) for inner in value]
    return value.strip() or "x" if isinstance(value, str) else value


@given(pair=nearly_right())
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_is_written_or_told_by_path_what_is_wrong(client, pair):
    resource, document = pair
    body = json.dumps(document)
    headers = {"Content-Type": "application/json"}
    answered = client.post(f"data/v3/ed-fi/{RESOURCES[resource].endpoint}", content=body, headers=headers)
    assert answered.status_code in (200, 201, 400, 403, 409), answered.text
    if answered.status_code == 400 and "validationErrors" in answered.json():
        for place, sentences in answered.json()["validationErrors"].items():
            assert place.startswith("$")
            assert all(sentence.endswith(".") for sentence in sentences)
