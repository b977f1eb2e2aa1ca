"""What a service of OneRoster serves here, described as OpenAPI 3.0 from the declarations of its classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from homeroom.access.oneroster.collections import ALL_CLASSES, Collection, collections, place_of
from homeroom.access.oneroster.declaration import SOURCED_ID, STATUS, Field, Kind, OneRosterClass, Version
from homeroom.access.oneroster.kept_as import RESOURCES_OF
from homeroom.access.oneroster.scopes import CREATE_AND_PUT, DELETE, PREFIXES
from homeroom.access.oneroster.writing import PLACES, Place
from homeroom.api.oneroster.parameters import MOST_ROWS, USUAL_ROWS

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_SIMPLE: Mapping[Kind, Schema] = {
    Kind.TEXT: _TEXT,
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.MOMENT: {"type": "string", "format": "date-time"},
    Kind.TRUTH: {"type": "string", "enum": ["true", "false"]},
    Kind.NUMBER: {"type": "number"},
    Kind.TEXTS: {"type": "array", "items": _TEXT},
}
_PARAMETERS: dict[str, tuple[str, Schema]] = {
    "limit": (f"How many objects a page has at most; {MOST_ROWS:,} where more are asked for.",
              {"type": "integer", "minimum": 1, "default": USUAL_ROWS}),
    "offset": ("How many objects are passed over before the page.", {"type": "integer", "minimum": 0, "default": 0}),
    "sort": ("The field by which the objects are sorted.", _TEXT),
    "orderBy": ("Whether the smallest comes first (asc) or the largest.", {"type": "string", "enum": ["asc", "desc"]}),
    "filter": ("Conditions, joined by AND and OR: familyName='Okafor' AND status='active'.", _TEXT),
    "fields": ("The fields that are told, with commas between them.", {"type": "array", "items": _TEXT}),
}  # fmt: skip
_PROBLEMS = {
    "400": "A parameter is wrong.",
    "401": "The token opens nothing.",
    "403": "The agreement, or the token's scope, does not let the app do this.",
    "404": "There is no such object, or none that the agreement lets the app see.",
}
_PROBLEMS_OF_WRITING = _PROBLEMS | {
    "400": "What was sent is no JSON.",
    "422": "What was sent can't be kept as it is. The description says all that is wrong.",
}


def document(base: str, service: str, version: Version) -> dict[str, Any]:
    """The description of a service, of all of them for 1.1, below the address `base` of the interface."""
    of_1p1 = version is Version.V1P1
    found = collections(service, version)
    name = "OneRoster 1.1" if of_1p1 else f"OneRoster 1.2 {service}"
    return {
        "openapi": "3.0.1",
        "info": {
            "title": name,
            "version": str(version),
            "description": "As far as a data-use agreement lets an app read them: a field is told where the agreement "
            "names all that it is made of, and nothing of students outside of its schools. Every answer that shows a "
            "student is logged.",
        },
        "servers": [{"url": f"{base}/ims/oneroster/{place_of(service, version)}"}],
        "paths": _all_paths(found, service, version),
        "components": {
            "schemas": _schemas({one.of.name: one.of for one in found}, version),
            "parameters": {
                name: {"name": name, "in": "query", "description": words, "schema": schema,
                       **({"style": "form", "explode": False} if name == "fields" else {})}
                for name, (words, schema) in _PARAMETERS.items()
            },
            "responses": {
                status: _response(words, _ref("imsx_StatusInfo"))
                for status, words in (_PROBLEMS_OF_WRITING | _PROBLEMS).items()
            },
            "securitySchemes": {
                "OAuth2CC": {
                    "type": "oauth2",
                    "flows": {
                        "clientCredentials": {
                            "tokenUrl": f"{base}/oauth/token",
                            "scopes": {
                                **{_scope(scope, version): "Read." for one in found for scope in one.scopes},
                                **(
                                    {_scope(CREATE_AND_PUT, version): "Write.", _scope(DELETE, version): "Delete."}
                                    if of_1p1 or service == "gradebook"
                                    else {}
                                ),
                            },
                        }
                    },
                }
            },
        },
    }  # fmt: skip


def _all_paths(found: list[Collection], service: str, version: Version) -> dict[str, Any]:
    paths: dict[str, Any] = {path: {"get": told} for one in found for path, told in _paths(one, version).items()}
    for one in found:
        if one.is_whole and one.path in RESOURCES_OF:
            paths[f"/{one.path}/{{{SOURCED_ID}}}"] |= _writes(one, version)
    if service == "gradebook":
        for place in PLACES:
            paths.setdefault(f"/{place.path}", {})["post"] = _post(place)
    return paths


def _writes(collection: Collection, version: Version) -> dict[str, Any]:
    """PUT and DELETE of one object."""
    of = collection.of
    name = of.single[0].upper() + of.single[1:]
    return {
        "put": {
            "operationId": f"put{name}",
            "tags": [of.name],
            "parameters": [_in_path(SOURCED_ID)],
            "requestBody": _body(_ref(f"{of.single}Single")),
            "responses": _written("201", {"description": "The record says it."}),
            "security": [{"OAuth2CC": [_scope(CREATE_AND_PUT, version)]}],
        },
        "delete": {
            "operationId": f"delete{name}",
            "tags": [of.name],
            "parameters": [_in_path(SOURCED_ID)],
            "responses": _written("204", {"description": "It is gone."}),
            "security": [{"OAuth2CC": [_scope(DELETE, version)]}],
        },
    }


def _post(place: Place) -> dict[str, Any]:
    name = "".join(part.strip("{}")[0].upper() + part.strip("{}")[1:] for part in place.path.split("/"))
    return {
        "operationId": f"post{name}",
        "tags": [place.of.name],
        "parameters": [_in_path(within) for within, _ in place.within],
        "requestBody": _body(_ref(f"{place.of.name}Set")),
        "responses": _written("201", _response("The ids that the objects have now.", _PAIRS)),
        "security": [{"OAuth2CC": [_scope(CREATE_AND_PUT, Version.V1P2)]}],
    }


def _written(status: str, told: dict[str, Any]) -> dict[str, Any]:
    return {status: told} | {one: {"$ref": f"#/components/responses/{one}"} for one in _PROBLEMS_OF_WRITING}


def _body(schema: Schema) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _paths(collection: Collection, version: Version) -> dict[str, Any]:
    of = collection.of
    in_path = [_in_path(name) for name, _ in collection.within]
    every: dict[str, Any] = {
        "200": _response("What was asked for.", _ref(f"{of.name}Set"), _HEADERS),
        **{status: {"$ref": f"#/components/responses/{status}"} for status in _PROBLEMS},
    }
    shared = [{"$ref": f"#/components/parameters/{name}"} for name in _PARAMETERS]
    security = [{"OAuth2CC": [_scope(scope, version)]} for scope in sorted(collection.scopes)]
    name = "".join(part.strip("{}")[0].upper() + part.strip("{}")[1:] for part in collection.path.split("/"))
    paths: dict[str, Any] = {
        f"/{collection.path}": {
            "operationId": f"getAll{name}",
            "tags": [of.name],
            "parameters": [*in_path, *shared],
            "responses": every,
            "security": security,
        }
    }
    if collection.is_whole:
        paths[f"/{collection.path}/{{sourcedId}}"] = {
            "operationId": f"get{name}BySourcedId",
            "tags": [of.name],
            "parameters": [_in_path(SOURCED_ID), {"$ref": "#/components/parameters/fields"}],
            "responses": {**every, "200": _response("What was asked for.", _ref(f"{of.single}Single"))},
            "security": security,
        }
    return paths


def _schemas(classes: Mapping[str, OneRosterClass], version: Version) -> dict[str, Schema]:
    schemas: dict[str, Schema] = {"imsx_StatusInfo": _STATUS_INFO}
    for of in classes.values():
        members = {name: _schema(field) | _made_of(of, field) for name, field in of.fields_of(version).items()}
        schemas[of.single] = {"type": "object", "properties": members}
        schemas[f"{of.name}Set"] = {
            "type": "object",
            "properties": {of.name: {"type": "array", "items": _ref(of.single)}},
        }
        schemas[f"{of.single}Single"] = {"type": "object", "properties": {of.single: _ref(of.single)}}
    return schemas


def _schema(field: Field) -> Schema:
    if field.name == SOURCED_ID:
        return {**_TEXT, "description": "32 hexadecimal digits, which never change."}
    if field.name == STATUS:
        return {"type": "string", "enum": ["active", "tobedeleted"]}
    if field.kind is Kind.REFERENCE:
        return _reference(field)
    if field.kind is Kind.REFERENCES:
        return {"type": "array", "items": _reference(field)}
    if field.kind is Kind.OBJECTS:
        parts = {inner.name: _schema(inner) for inner in field.parts}
        return {"type": "array", "items": {"type": "object", "properties": parts}}
    return dict(_SIMPLE[field.kind])


def _made_of(of: OneRosterClass, field: Field) -> Schema:
    """Of which elements a field is made: an agreement has to name all of one of the ways."""
    ways = {
        " and ".join(value.made_of): None
        for part in of.parts
        for value in part.values.get(field.given_as, ())
        if value.made_of
    }
    return {"description": f"Made of {'; or '.join(ways)}."} if ways else {}


def _reference(field: Field) -> Schema:
    return {
        "type": "object",
        "properties": {
            "href": {"type": "string", "format": "uri"},
            SOURCED_ID: _TEXT,
            "type": {"type": "string", "enum": [ALL_CLASSES[field.to].single]},
        },
    }


def _scope(scope: str, version: Version) -> str:
    return f"{PREFIXES[version is Version.V1P1]}{scope}"


def _in_path(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": _TEXT}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _response(words: str, schema: Schema, headers: Mapping[str, Schema] | None = None) -> dict[str, Any]:
    told: dict[str, Any] = {"description": words, "content": {"application/json": {"schema": schema}}}
    return {**told, "headers": headers} if headers else told


_HEADERS: Mapping[str, Schema] = {"X-Total-Count": {"schema": {"type": "integer"}}, "Link": {"schema": _TEXT}}
_PAIRS: Schema = {
    "type": "object",
    "properties": {
        "sourcedIdPairs": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"suppliedSourcedId": _TEXT, "allocatedSourcedId": _TEXT},
            },
        }
    },
}
_STATUS_INFO: Schema = {
    "type": "object",
    "required": ["imsx_codeMajor", "imsx_severity"],
    "properties": {
        "imsx_codeMajor": {"type": "string", "enum": ["failure"]},
        "imsx_severity": {"type": "string", "enum": ["error"]},
        "imsx_description": _TEXT,
        "imsx_CodeMinor": {
            "type": "object",
            "properties": {
                "imsx_codeMinorField": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {
                            "imsx_codeMinorFieldName": _TEXT,
                            "imsx_codeMinorFieldValue": _TEXT,
                        },
                    },
                }
            },
        },
    },
}
