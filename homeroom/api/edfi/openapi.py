"""What the interface serves, described as OpenAPI 3.0 from the model: all resources, and all descriptors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from homeroom.access.profiles.definition import Profile
from homeroom.access.resources.descriptors import DESCRIPTOR_FIELDS
from homeroom.access.resources.queryable import query_fields
from homeroom.api.edfi.parameters import MOST_PARTITIONS, MOST_ROWS, USUAL_ROWS
from homeroom.api.edfi.profiles import Usage, media_type_of
from homeroom.api.edfi.schemas import (
    Schema,
    descriptor_schema,
    narrowed,
    readable,
    resource_schemas,
    schema_name,
    value_schema,
)
from homeroom.api.edfi.write_operations import WRITE_PROBLEMS, write_operations
from homeroom.model import DESCRIPTORS, RESOURCES
from homeroom.model.declaration import Definition
from homeroom.model.descriptor import Descriptor

_PARAMETERS: Mapping[str, tuple[str, Schema]] = {
    "limit": ("How many rows a page has at most.",
              {"type": "integer", "minimum": 0, "maximum": MOST_ROWS, "default": USUAL_ROWS}),
    "offset": ("How many rows are passed over before the page.", {"type": "integer", "minimum": 0, "default": 0}),
    "totalCount": ("Whether to tell in the header Total-Count how many rows there are in all.",
                   {"type": "boolean", "default": False}),
    "pageToken": ("Where the page begins: from partitions, or from the header Next-Page-Token.", {"type": "string"}),
    "pageSize": ("How many rows a page by token has at most.",
                 {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": USUAL_ROWS}),
    "minChangeVersion": ("The lowest change version of a row.", {"type": "integer", "format": "int64", "minimum": 0}),
    "maxChangeVersion": ("The highest change version of a row.", {"type": "integer", "format": "int64", "minimum": 0}),
    "number": ("Into how many parts the rows are divided.",
               {"type": "integer", "minimum": 1, "maximum": MOST_PARTITIONS, "default": 1}),
}  # fmt: skip
_PAGED = ("limit", "offset", "totalCount", "pageToken", "pageSize", "minChangeVersion", "maxChangeVersion")
_DIVIDED = ("number", "minChangeVersion", "maxChangeVersion")
_OF_CHANGES = ("limit", "offset", "totalCount", "minChangeVersion", "maxChangeVersion")
_PROBLEMS = {
    "400": "Something is wrong with the request; all of it is told.",
    "401": "The token opens nothing.",
    "403": "The agreement does not let the app do this; what is missing is told.",
    "404": "There is no such row, or none that the agreement lets the app see; or the snapshot has ended.",
}


def resources_document(base: str) -> dict[str, Any]:
    """The description of all resources, which are served under `base`."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Schema] = {}
    for resource, definition in RESOURCES.items():
        schemas |= resource_schemas(resource)
        asked = {name: value_schema(field.type) for name, field in query_fields(resource).items()}
        paths |= _paths(definition.endpoint, readable(schema_name(resource)), asked, definition.description)
        _add(paths, write_operations(definition.endpoint, schema_name(resource), _gist(definition), resource))
    tags = {definition.endpoint: definition.description for definition in RESOURCES.values()}
    return _document(f"{base}/data/v3", base, "Resources of the record", paths, schemas, tags)


def profile_document(base: str, profile: Profile) -> dict[str, Any]:
    """The description of what a profile tells and takes of its resources, which are served under `base`."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Schema] = {}
    tags: dict[str, str] = {}
    for resource, said in profile.resources.items():
        definition, name = RESOURCES[resource], schema_name(resource)
        every, own = resource_schemas(resource), {}
        asked = {one: value_schema(field.type) for one, field in query_fields(resource).items()}
        if said.read:
            schemas |= narrowed(every, readable(name), said.read.fields)
            own = _paths(definition.endpoint, readable(name), asked, definition.description)
            own = {path: told for path, told in own.items() if path.endswith((definition.endpoint, "{id}"))}
        if said.write:
            schemas |= narrowed(every, name, said.write.fields)
            for path, told in write_operations(definition.endpoint, name, _gist(definition), resource).items():
                own.setdefault(path, {}).update(told)
        for usage, methods in ((Usage.READABLE, ("get",)), (Usage.WRITABLE, ("post", "put"))):
            for operations in own.values():
                for method in methods:
                    _by_media_type(operations.get(method, {}), media_type_of(resource, profile.name, usage))
        paths |= own
        tags[definition.endpoint] = definition.description
    return _document(f"{base}/data/v3", base, profile.name, paths, schemas, tags)


def _by_media_type(operation: dict[str, Any], media_type: str) -> None:
    """Let an operation tell, or take, a profile's media type instead of JSON."""
    for place in (operation.get("requestBody", {}), operation.get("responses", {}).get("200", {})):
        content = place.get("content", {})
        if "application/json" in content:
            place["content"] = {media_type: content["application/json"]}


def descriptors_document(base: str) -> dict[str, Any]:
    """The description of all descriptors, which are served under `base`."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Schema] = {}
    for descriptor, type_ in DESCRIPTORS.items():
        schemas[schema_name(descriptor)] = descriptor_schema(descriptor)
        asked: dict[str, Schema] = {name: {"type": "string", "minLength": 1} for name in DESCRIPTOR_FIELDS}
        paths |= _paths(type_.endpoint, schema_name(descriptor), asked, type_.description)
        _add(
            paths,
            write_operations(type_.endpoint, schema_name(descriptor), _gist(type_), descriptor),
        )
    tags = {type_.endpoint: type_.description for type_ in DESCRIPTORS.values()}
    return _document(f"{base}/data/v3", base, "Descriptors of the record", paths, schemas, tags)


def _add(paths: dict[str, Any], operations: Mapping[str, Mapping[str, Any]]) -> None:
    for path, found in operations.items():
        paths[path] |= found


def _gist(definition: Definition | type[Descriptor]) -> str:
    return definition.description.partition(".")[0] + "."


def change_queries_document(base: str) -> dict[str, Any]:
    """The description of what tells a reader of changes up to when it can read, which is served under `base`."""
    tag = "availableChangeVersions"
    words = "The oldest and the newest change version that there are rows or deletions of"
    operation = _operation(tag, "", [], _ref(tag), {}, words)
    operation["responses"]["404"] = _problem(_OF_SNAPSHOTS["404"])
    operation["responses"]["503"] = _problem(
        "The record is being written right now; Retry-After says when to ask again."
    )
    schema: Schema = {"type": "object", "required": list(_VERSIONS), "properties": _VERSIONS}
    server = f"{base}/changeQueries/v1"
    return _document(
        server,
        base,
        "Change queries",
        {f"/{tag}": {"get": operation}, **_snapshot_paths()},
        {tag: schema, "snapshot": _SNAPSHOT},
        {tag: words, "snapshots": "States of the record that readers hold while they page"},
    )


def _snapshot_paths() -> dict[str, Any]:
    tag, of = "snapshots", {"schema": {"$ref": "#/components/schemas/snapshot"}}
    by_id = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}

    def operation(name: str, words: str, status: str, content: Schema | None, *others: str) -> dict[str, Any]:
        answer: Schema = {"description": words}
        if content:
            answer["content"] = {"application/json": content}
        told = {number: {"$ref": f"#/components/responses/{number}"} for number in ("401", "403")}
        told |= {number: _problem(_OF_SNAPSHOTS[number]) for number in others}
        return {"operationId": name, "tags": [tag], "summary": words, "responses": {status: answer, **told}}

    many: Schema = {"schema": {"type": "array", "items": of["schema"]}}
    return {
        "/snapshots": {
            "get": operation("get_snapshots", "The snapshots that the key holds.", "200", many),
            "post": operation("begin_snapshot", "Hold the record as it is now.", "201", of, "409", "503"),
        },
        "/snapshots/{id}": {
            "parameters": [by_id],
            "get": operation("get_snapshot", "A snapshot by its id.", "200", of, "404"),
            "delete": operation("end_snapshot", "Hold it no longer.", "204", None, "404"),
        },
    }


def _document(
    server: str,
    base: str,
    title: str,
    paths: Mapping[str, Any],
    schemas: Mapping[str, Schema],
    tags: Mapping[str, str],
) -> dict[str, Any]:
    return {
        "openapi": "3.0.1",
        "info": {
            "title": title,
            "version": "3",
            "description": "As far as a data-use agreement lets an app read and write them: fields that it does not "
            "name are not in an answer, nor rows of students outside of its schools. Every answer that shows a student "
            "is logged, and every write.",
        },
        "servers": [{"url": server}],
        "tags": [{"name": name, "description": words} for name, words in tags.items()],
        "paths": paths,
        "components": {
            "schemas": {**schemas, **_SHARED},
            "parameters": {
                name: {"name": name, "in": "query", "description": words, "schema": schema}
                for name, (words, schema) in _PARAMETERS.items()
            }
            | {_USE_SNAPSHOT["name"]: _USE_SNAPSHOT},
            "responses": {status: _problem(words) for status, words in {**_PROBLEMS, **WRITE_PROBLEMS}.items()},
            "securitySchemes": {
                "oauth2_client_credentials": {
                    "type": "oauth2",
                    "flows": {"clientCredentials": {"tokenUrl": f"{base}/oauth/token", "scopes": {}}},
                }
            },
        },
        "security": [{"oauth2_client_credentials": []}],
    }


def _paths(endpoint: str, schema: str, asked: Mapping[str, Schema], words: str) -> dict[str, Any]:
    row: Schema = {"$ref": f"#/components/schemas/{schema}"}
    place = f"/ed-fi/{endpoint}"
    fields = [{"name": name, "in": "query", "schema": one} for name, one in asked.items()]
    by_id = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    known = {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}
    found: dict[str, tuple[str, list[Schema], Schema, Mapping[str, Schema]]] = {
        place: ("", [*_shared(_PAGED), *fields], {"type": "array", "items": row}, _HEADERS),
        f"{place}/partitions": ("partitions", [*_shared(_DIVIDED), *fields], _ref("pageTokens"), {}),
        f"{place}/deletes": ("deletes", _shared(_OF_CHANGES), _list("deletedRow"), _HEADERS),
        f"{place}/keyChanges": ("keyChanges", _shared(_OF_CHANGES), _list("keyChange"), _HEADERS),
        f"{place}/{{id}}": ("byId", [by_id, known], row, {"ETag": _header("string")}),
    }
    return {
        path: {"get": _operation(endpoint, kind, parameters, answer, headers, words)}
        for path, (kind, parameters, answer, headers) in found.items()
    }


def _operation(
    endpoint: str, kind: str, parameters: list[Schema], answer: Schema, headers: Mapping[str, Schema], words: str
) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "200": {
            "description": "What was asked for.",
            "headers": headers,
            "content": {"application/json": {"schema": answer}},
        }
    }
    if kind == "byId":
        answers["304"] = {"description": "The client has it already."}
    answers |= {status: {"$ref": f"#/components/responses/{status}"} for status in _PROBLEMS}
    return {
        "operationId": f"get_{endpoint}{f'_{kind}' if kind else ''}",
        "tags": [endpoint],
        "summary": words.partition(". ")[0].rstrip(".")[:120],
        "parameters": [*parameters, *_shared((_USE_SNAPSHOT["name"],))],
        "responses": answers,
    }


def _header(type_: str) -> Schema:
    return {"schema": {"type": type_}}


def _shared(names: tuple[str, ...]) -> list[Schema]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _problem(words: str) -> dict[str, Any]:
    return {"description": words, "content": {"application/problem+json": {"schema": _ref("problemDetails")}}}


_USE_SNAPSHOT: Schema = {
    "name": "Use-Snapshot",
    "in": "header",
    "description": "Whether the record is read as the snapshot has it that the key holds.",
    "schema": {"type": "boolean", "default": False},
}
_OF_SNAPSHOTS = {
    "404": "The key holds no such snapshot.",
    "409": "The key holds one already.",
    "503": "The record is being written, or others hold as many as there may be; Retry-After says when to ask again.",
}
_SNAPSHOT: Schema = {
    "type": "object",
    "required": ["id", "snapshotIdentifier", "snapshotDateTime", "endsDateTime", "newestChangeVersion"],
    "properties": {
        "id": {"type": "string"},
        "snapshotIdentifier": {"type": "string"},
        "snapshotDateTime": {"type": "string", "format": "date-time"},
        "endsDateTime": {"type": "string", "format": "date-time"},
        "newestChangeVersion": {"type": "integer", "format": "int64"},
    },
}
_HEADERS = {"Total-Count": _header("integer"), "Next-Page-Token": _header("string")}
_VERSIONS: dict[str, Schema] = {
    name: {"type": "integer", "format": "int64"} for name in ("oldestChangeVersion", "newestChangeVersion")
}
_KEY: Schema = {"type": "object", "additionalProperties": True}
_CHANGED: dict[str, Schema] = {"id": {"type": "string"}, "changeVersion": {"type": "integer", "format": "int64"}}
_SHARED: Mapping[str, Schema] = {
    "pageTokens": {
        "type": "object",
        "required": ["pageTokens"],
        "properties": {"pageTokens": {"type": "array", "items": {"type": "string"}}},
    },
    "deletedRow": {
        "type": "object",
        "required": ["id", "changeVersion", "keyValues"],
        "properties": {**_CHANGED, "keyValues": _KEY},
    },
    "keyChange": {
        "type": "object",
        "required": ["id", "changeVersion", "oldKeyValues", "newKeyValues"],
        "properties": {**_CHANGED, "oldKeyValues": _KEY, "newKeyValues": _KEY},
    },
    "problemDetails": {
        "type": "object",
        "description": "RFC 9457.",
        "required": ["detail", "type", "title", "status"],
        "properties": {
            "detail": {"type": "string"},
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "errors": {"type": "array", "items": {"type": "string"}},
            "validationErrors": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
            },
        },
    },
}
