"""The shapes of resources as JSON Schema, in the form of OpenAPI 3.0, made from the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from homeroom.model import DESCRIPTORS, RESOURCES
from homeroom.model.declaration import Collection, Kind, Member, Reference, ValueType
from homeroom.model.descriptor import LONGEST_URI

Schema = dict[str, Any]

_SIMPLE: Mapping[Kind, Schema] = {
    Kind.INTEGER: {"type": "integer", "format": "int32"},
    Kind.LONG: {"type": "integer", "format": "int64"},
    Kind.DECIMAL: {"type": "number", "format": "double"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.TIME: {"type": "string"},
    Kind.DATETIME: {"type": "string", "format": "date-time"},
    Kind.DESCRIPTOR: {"type": "string", "maxLength": LONGEST_URI},
}
# What each answer holds beside the resource's own fields.
_OF_THE_ANSWER: Mapping[str, Schema] = {
    "id": {"type": "string", "readOnly": True, "description": "32 hexadecimal digits, which never change."},
    "_etag": {"type": "string", "readOnly": True, "description": "Another one for each version of the row."},
    "_lastModifiedDate": {"type": "string", "format": "date-time", "readOnly": True},
}


def value_schema(type_: ValueType) -> Schema:
    """The schema of a single value."""
    if type_.kind is Kind.TEXT:
        return {"type": "string", "maxLength": type_.length}
    return dict(_SIMPLE[type_.kind])


def schema_name(resource: str) -> str:
    """The name of a resource's or a descriptor's schema: `edFi_studentSchoolAssociation`."""
    return f"edFi_{resource[0].lower()}{resource[1:]}"


def resource_schemas(resource: str) -> dict[str, Schema]:
    """The schema of a resource and those of the references and items in it, by name."""
    definition = RESOURCES[resource]
    found: dict[str, Schema] = {}
    own = _object(found, schema_name(resource), definition.members)
    own["properties"] = {"id": _OF_THE_ANSWER["id"], **own["properties"]}
    own["properties"] |= {name: one for name, one in _OF_THE_ANSWER.items() if name != "id"}
    own["description"] = definition.description
    # Of what an agreement does not name nothing is in an answer: only who writes has to send what is required.
    own["x-required-to-write"] = own.pop("required", [])
    found[schema_name(resource)] = own
    return found


def descriptor_schema(descriptor: str) -> Schema:
    """The schema of the values of a descriptor type."""
    return {
        "type": "object",
        "description": DESCRIPTORS[descriptor].description,
        "properties": {
            "id": _OF_THE_ANSWER["id"],
            "codeValue": {"type": "string", "maxLength": 50},
            "namespace": {"type": "string", "maxLength": 255},
            "shortDescription": {"type": "string", "maxLength": 75},
            "description": {"type": "string", "maxLength": 1024},
            "effectiveBeginDate": {"type": "string", "format": "date"},
            "effectiveEndDate": {"type": "string", "format": "date"},
            "_etag": _OF_THE_ANSWER["_etag"],
        },
    }


def _object(found: dict[str, Schema], owner: str, members: Mapping[str, Member]) -> Schema:
    properties = {}
    for name, member in members.items():
        if isinstance(member, Collection):
            inner = owner + "_" + member.element.__name__
            found[inner] = _partly(_object(found, inner, member.element.members))
            shape: Schema = {"$ref": f"#/components/schemas/{inner}"}
            properties[name] = shape if member.single else {"type": "array", "items": shape}
        elif isinstance(member, Reference):
            properties[name] = {"$ref": f"#/components/schemas/{_reference(found, owner, name, member)}"}
        else:
            properties[name] = value_schema(member.type)
    schema: Schema = {"type": "object", "properties": properties}
    if required := [name for name, member in members.items() if member.required]:
        schema["required"] = required
    return schema


def _partly(schema: Schema) -> Schema:
    schema["x-required-to-write"] = schema.pop("required", [])
    return schema


def _reference(found: dict[str, Schema], owner: str, name: str, member: Reference) -> str:
    """A reference's schema goes by its owner, since two to one target may carry their parts under other names."""
    own = f"{owner}_{name}"
    found[own] = {"type": "object", "properties": {part: value_schema(type_) for part, type_ in member.parts}}
    return own
