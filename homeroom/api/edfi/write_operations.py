"""The operations that write, described as OpenAPI 3.0: POST, PUT and DELETE of each resource and descriptor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from homeroom.access.resources.changed_key import KEYS_THAT_CHANGE

Schema = dict[str, Any]

# Beside those that any operation has.
WRITE_PROBLEMS: Mapping[str, str] = {
    "409": "What is there stands in the way: a reference that names nothing, or another row.",
    "412": "The row is not any more the version that If-Match names.",
    "413": "More was sent than is taken.",
    "415": "What was sent is not said to be JSON.",
    "503": "The record is being written by a run; Retry-After says when to ask again.",
}
_EVERYWHERE = ("400", "401", "403")
_PLACE: Mapping[str, Schema] = {
    "Location": {"schema": {"type": "string"}, "description": "The row's address."},
    "ETag": {"schema": {"type": "string"}},
}
_BY_ID: Schema = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
_IF_MATCH: Schema = {"name": "If-Match", "in": "header", "schema": {"type": "string"}}


def write_operations(endpoint: str, schema: str, words: str, resource: str) -> dict[str, dict[str, Any]]:
    """The operations by their paths. `schema`: the name of that of what is sent."""
    title = schema.removeprefix("edFi_")
    name = title[0].upper() + title[1:]
    shape: Schema = {"$ref": f"#/components/schemas/{schema}"}
    body: Schema = {"required": True, "content": {"application/json": {"schema": shape}}}
    put: dict[str, Any] = {
        "tags": [endpoint],
        "operationId": f"put{name}",
        "summary": f"Changes a row by its id: {words}",
        "parameters": [_BY_ID, _IF_MATCH],
        "requestBody": body,
        "responses": _answers({"204": _said("It is written.", _PLACE)}, "404", "409", "412", "413", "415", "503"),
    }
    if resource in KEYS_THAT_CHANGE:
        put["x-Ed-Fi-isUpdatable"] = True
    return {
        f"/ed-fi/{endpoint}": {
            "post": {
                "tags": [endpoint],
                "operationId": f"post{name}",
                "summary": f"Creates or changes a row by its natural key: {words}",
                "requestBody": body,
                "responses": _answers(
                    {"200": _said("It was there.", _PLACE), "201": _said("It is new.", _PLACE)},
                    "409", "413", "415", "503",
                ),
            }
        },
        f"/ed-fi/{endpoint}/{{id}}": {
            "put": put,
            "delete": {
                "tags": [endpoint],
                "operationId": f"delete{name}ById",
                "summary": f"Deletes a row by its id: {words}",
                "parameters": [_BY_ID, _IF_MATCH],
                "responses": _answers({"204": _said("It is gone.", {})}, "404", "409", "412", "503"),
            },
        },
    }  # fmt: skip


def _said(words: str, headers: Mapping[str, Schema]) -> Schema:
    return {"description": words, "headers": dict(headers)} if headers else {"description": words}


def _answers(own: Mapping[str, Schema], *problems: str) -> dict[str, Schema]:
    refused = {status: {"$ref": f"#/components/responses/{status}"} for status in (*_EVERYWHERE, *problems)}
    return {**own, **refused}
