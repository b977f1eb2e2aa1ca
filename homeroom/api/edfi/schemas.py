"""The shapes of resources as JSON Schema, in the form of OpenAPI 3.0, made from the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
# What every code says.
REQUIRED_OF_CODES = ("codeValue", "namespace", "shortDescription")
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


def readable(name: str) -> str:
    """The name of the schema of an answer, beside that of what is sent; as the ODS/API calls them for its profiles."""
    return f"{name}_readable"


def narrowed(schemas: dict[str, Schema], name: str, fields: frozenset[str], prefix: str = "") -> dict[str, Schema]:
    """Of the schema `name` and those in it what is made of some `fields` alone, by their JSON paths."""
    own = schemas[name]
    found: dict[str, Schema] = {}
    kept: Schema = {}
    for member, shape in own["properties"].items():
        inner, dot = (shape["items"], "[*].") if shape.get("type") == "array" else (shape, ".")
        if "$ref" in inner:
            below = narrowed(schemas, inner["$ref"].rpartition("/")[2], fields, f"{prefix}{member}{dot}")
            if not any(below[one]["properties"] for one in below):
                continue
            found |= below
        elif f"{prefix}{member}" not in fields and (prefix or member not in _OF_THE_ANSWER):
            continue
        kept[member] = shape
    told = {**own, "properties": kept}
    if required := [one for one in own.get("required", ()) if one in kept]:
        told["required"] = required
    else:
        told.pop("required", None)
    return {**found, name: told}


def resource_schemas(resource: str) -> dict[str, Schema]:
    """The schemas of a resource and those of the references and items in it, by name: of what is sent and of answers.

    Of what an agreement does not name nothing is in an answer: only who writes has to send what is required. What makes
    a row or an item unique is marked as the ODS/API marks it.
    """
    definition = RESOURCES[resource]
    found: dict[str, Schema] = {}
    for named in (str, readable):
        own = _object(found, schema_name(resource), definition.members, definition.key, named)
        own["properties"] = {"id": _OF_THE_ANSWER["id"], **own["properties"]}
        own["properties"] |= {name: one for name, one in _OF_THE_ANSWER.items() if name != "id"}
        own["description"] = definition.description
        found[named(schema_name(resource))] = own
    return found


def descriptor_schema(descriptor: str) -> Schema:
    """The schema of the values of a descriptor type."""
    return {
        "type": "object",
        "description": DESCRIPTORS[descriptor].description,
        "required": list(REQUIRED_OF_CODES),
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


def _object(
    found: dict[str, Schema], owner: str, members: Mapping[str, Member], key: Sequence[str], named: Callable[[str], str]
) -> Schema:
    """`key`: the names of the members that make it unique; `named`: how a schema that begins with `owner` is called."""
    properties = {}
    for name, member in members.items():
        if isinstance(member, Collection):
            inner = owner + "_" + member.element.__name__
            unique_by = [one.partition(".")[0] for one in member.unique_by]
            found[named(inner)] = _object(found, inner, member.element.members, unique_by, named)
            shape: Schema = {"$ref": f"#/components/schemas/{named(inner)}"}
            properties[name] = shape if member.single else {"type": "array", "items": shape}
        elif isinstance(member, Reference):
            properties[name] = {"$ref": f"#/components/schemas/{_reference(found, owner, name, member, key, named)}"}
        else:
            properties[name] = _marked(value_schema(member.type), name in key)
    schema: Schema = {"type": "object", "properties": properties}
    required = [name for name, member in members.items() if member.required]
    if required and named is not readable:
        schema["required"] = required
    return schema


def _reference(
    found: dict[str, Schema],
    owner: str,
    name: str,
    member: Reference,
    key: Sequence[str],
    named: Callable[[str], str],
) -> str:
    """A reference's schema goes by its owner, since two to one target may carry their parts under other names."""
    own = named(f"{owner}_{name}")
    parts = {part: _marked(value_schema(type_), name in key) for part, type_ in member.parts}
    found[own] = {"type": "object", "properties": parts}
    if named is not readable:
        found[own]["required"] = list(parts)
    return own


def _marked(schema: Schema, identifies: bool) -> Schema:
    return schema | {"x-Ed-Fi-isIdentity": True} if identifies else schema
