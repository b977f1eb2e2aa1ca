"""Objects as finished JSON, in the shape of OneRoster: expressions that a statement selects."""

from __future__ import annotations

from collections.abc import Sequence

from homeroom.access.oneroster.agreed import Open
from homeroom.access.oneroster.collections import ALL_CLASSES, place_of
from homeroom.access.oneroster.declaration import SOURCED_ID, Field, Kind, Version
from homeroom.access.oneroster.rows import field_value, item_value


def document(one: Open, fields: Sequence[Field], version: Version) -> str:
    """A row's document as text, with those of the fields that may be told and have a value.

    The parameter `root` is the address below which the services are, to which references lead.
    """
    members = []
    for field in fields:
        value = field_value(one, field)
        if value is not None:
            members.append(f"'{field.name}' value {_json(one, field, value, version)}")
    return f"json_object({', '.join(members)} absent on null returning text)" if members else "'{}'"


def as_text(kind: Kind, value: str) -> str:
    """A single value as an answer has it, as text."""
    if kind is Kind.REFERENCE:
        return f"encode(uuid_send({value}), 'hex')"
    if kind is Kind.MOMENT:
        return f"to_char({value} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
    if kind is Kind.DATE:
        return f"to_char({value}, 'YYYY-MM-DD')"
    if kind is Kind.NUMBER:
        return f"trim_scale({value})::text"
    return f"({value})::text"


def _json(one: Open, field: Field, value: str, version: Version) -> str:
    if field.name == SOURCED_ID:
        return as_text(Kind.REFERENCE, value)
    if field.kind is Kind.REFERENCE:
        return _reference(field, value, version)
    if field.kind is Kind.REFERENCES:
        return f"(select json_agg({_reference(field, 'one', version)}) from unnest({value}) as one)"
    if field.kind is Kind.TEXTS:
        return f"to_json(nullif({value}, '{{}}'))"
    if field.kind is Kind.NUMBER:
        return f"trim_scale({value})"
    if field.kind is Kind.OBJECTS:
        return f"(select json_agg({_item(one, field, version)}) from jsonb_array_elements({value}) as one)"
    return as_text(field.kind, value)


def _item(one: Open, field: Field, version: Version) -> str:
    """An object in a list, of the parts that may be told."""
    members = []
    for inner in field.parts:
        told = item_value(one, field, inner)
        if told is not None and inner.kind is Kind.REFERENCE:
            told = _reference(inner, told, version)
        if told is not None:
            members.append(f"'{inner.name}' value {told}")
    return f"json_object({', '.join(members)} absent on null)"


def _reference(field: Field, id_: str, version: Version) -> str:
    to = ALL_CLASSES[field.to]
    place = place_of(to.service, version)
    told = as_text(Kind.REFERENCE, id_)
    return (
        f"case when {id_} is not null then json_object('href' value %(root)s::text || '/{place}/{to.name}/' || {told},"
        f" 'sourcedId' value {told}, 'type' value '{to.single}') end"
    )
