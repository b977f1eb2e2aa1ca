"""What is asked for of a collection, with the names of its fields, made into what statements are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from homeroom.access.agreements.terms import Terms
from homeroom.access.door import Refused
from homeroom.access.oneroster.agreed import Open, elements_of
from homeroom.access.oneroster.collections import Collection
from homeroom.access.oneroster.declaration import MODIFIED, SOURCED_ID, STATUS, Field, Kind, Version
from homeroom.access.oneroster.filters import Clause, Filter, value_of
from homeroom.access.oneroster.statements import Asked, Compared

_OF_EVERY_ROW = (SOURCED_ID, STATUS, MODIFIED)


class UnknownField(Exception):
    """There is no such field, or none that can be asked for so. `parameter`: the one that names it."""

    def __init__(self, parameter: str) -> None:
        super().__init__(parameter)
        self.parameter = parameter


@dataclass(frozen=True)
class Selection:
    """Which objects of a collection are asked for. `fields`: their names, all where there are none."""

    limit: int = 1
    offset: int = 0
    fields: Sequence[str] = ()
    filter: Filter = field(default_factory=Filter)
    sort: str = ""
    descending: bool = False


def ask_for(
    terms: Terms, collection: Collection, version: Version, selection: Selection
) -> tuple[Asked, dict[str, Any]]:
    """What is asked for under an agreement, and the values of the filter by their parameters.

    Raises Refused where the agreement names nothing of the class, or not all that a field is made of by which is
    filtered or sorted; UnknownField; and WrongFilter.
    """
    known = collection.of.fields_of(version)
    fields = [_known(known, name, "fields") for name in dict.fromkeys(selection.fields)]
    values: dict[str, Any] = {}
    groups = []
    for group in selection.filter.groups:
        compared = []
        for clause in group:
            outer, inner = _field(known, clause.path, "filter")
            parameter = f"value_{len(values)}"
            values[parameter] = value_of(outer, inner, clause)
            compared.append(Compared(outer, inner, clause.operator, parameter))
        groups.append(tuple(compared))
    asked = Asked(
        collection,
        version,
        elements_of(terms),
        terms.extent,
        tuple(fields or known.values()),
        tuple(groups),
        _sorting(known, selection.sort),
        selection.descending,
        selection.filter.asks_for_changes,
    )
    _check_agreed(asked)
    return replace(asked, without=_without(asked, selection.filter)), values


def _without(asked: Asked, filter_: Filter) -> frozenset[str]:
    """The parts of which no row can be meant, by their resources: each group of clauses wants a word none has."""
    if not filter_.groups:
        return frozenset()
    return frozenset(
        one.part.resource
        for one in asked.parts
        if all(any(_excludes(one, clause) for clause in group) for group in filter_.groups)
    )


def _excludes(one: Open, clause: Clause) -> bool:
    return clause.operator == "=" and not one.part.can_be(clause.path, clause.value)


def _known(known: Mapping[str, Field], name: str, parameter: str) -> Field:
    if name not in known:
        raise UnknownField(parameter)
    return known[name]


def _field(known: Mapping[str, Field], path: str, parameter: str) -> tuple[Field, Field | None]:
    """The field that a path names, and the part of it. Raises UnknownField."""
    name, _, rest = path.partition(".")
    found = _known(known, name, parameter)
    if found.kind is Kind.OBJECTS:
        inner = next((one for one in found.parts if rest == _path(one)), None)
        if inner is None:
            raise UnknownField(parameter)
        return found, inner
    if path != _path(found):
        raise UnknownField(parameter)
    return found, None


def _path(field: Field) -> str:
    """How a field is named where it is asked by: a reference by the id of what it leads to."""
    refers = field.kind in (Kind.REFERENCE, Kind.REFERENCES) and field.name != SOURCED_ID
    return f"{field.name}.{SOURCED_ID}" if refers else field.name


def _sorting(known: Mapping[str, Field], path: str) -> Field | None:
    if not path:
        return None
    found, _ = _field(known, path, "sort")
    if found.kind in (Kind.OBJECTS, Kind.REFERENCES):
        raise UnknownField("sort")
    return found


def _check_agreed(asked: Asked) -> None:
    """Raises Refused where something is asked by that the agreement does not name: it could be found out by asking."""
    if not asked.parts:
        ties = sorted({one for name in asked.collection.conditions for one in asked.collection.told_by_path(name)})
        besides = f", or not all by which they are found here ({', '.join(ties)})" if ties else ""
        raise Refused(f"The agreement names nothing of which {asked.collection.of.name} are made{besides}.")
    by: list[tuple[Field, Field | None]] = [(one.field, one.inner) for group in asked.filters for one in group]
    if asked.sort:
        by.append((asked.sort, None))
    for outer, inner in by:
        names = [outer.given_as, *([f"{outer.name}.{inner.name}"] if inner else [])]
        told = any(all(one.values(name) for name in names) for one in asked.parts)
        if not told and outer.name not in _OF_EVERY_ROW:
            raise Refused(f"The agreement does not name all that {outer.name} is made of: nothing can be asked by it.")
