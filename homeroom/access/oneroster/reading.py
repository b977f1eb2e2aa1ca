"""Objects of OneRoster, as an app may read them under its agreement: finished JSON, a page or one.

Which rows is asked in the statement itself and once more by the database, as for the Ed-Fi Resources API
(`homeroom.access.resources.reading`); a field is told only where the agreement names all that it is made of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from psycopg.rows import tuple_row

from homeroom.access.door import Refused, Use
from homeroom.access.oneroster.agreed import elements_of
from homeroom.access.oneroster.collections import WHOLE, Collection
from homeroom.access.oneroster.declaration import MODIFIED, SOURCED_ID, STATUS, Field, Kind, Version
from homeroom.access.oneroster.filters import Filter, changed_since, value_of
from homeroom.access.oneroster.gone import Gone, gone
from homeroom.access.oneroster.statements import (
    Asked,
    Compared,
    exists_statement,
    page_statement,
    single_statement,
)
from homeroom.access.resources.agreed import terms_of, under_agreement

_OF_EVERY_ROW = (SOURCED_ID, STATUS, MODIFIED)


class UnknownField(Exception):
    """There is no such field, or it is none that can be asked for in this way."""


@dataclass(frozen=True)
class Page:
    """A collection in UTF-8, how many objects it holds, and how many there are in all."""

    body: bytes
    rows: int
    total: int


@dataclass(frozen=True)
class Selection:
    """Which objects of a collection are asked for. `fields`: their names, all where there are none."""

    limit: int
    offset: int = 0
    fields: Sequence[str] = ()
    filter: Filter = field(default_factory=Filter)
    sort: str = ""
    descending: bool = False


async def page(
    use: Use, collection: Collection, version: Version, ids: Mapping[str, UUID], root: str, selection: Selection
) -> Page | None:
    """Objects of a collection; None where one that its path names is not there. `ids`: those in the path, by name.

    `root`: the address below which the services are. Whoever is in the answer is logged as shown. Raises Refused where
    the agreement names nothing of the class, or not what is filtered or sorted by; UnknownField; and WrongFilter.
    """
    if not collection.conditions:
        return _nothing(collection) if await _are_there(use, collection, version, ids) else None
    asked, values = _asked(use, collection, version, selection)
    if not await _are_there(use, collection, version, ids):
        return None
    left = Gone()
    if asked.with_gone:
        left = await gone(use, asked, changed_since(selection.filter, list(values.values())))
    parameters = {
        "root": root,
        "limit": selection.limit,
        "offset": selection.offset,
        **ids,
        **values,
        **left.parameters,
    }
    async with under_agreement(use, as_app=True):
        found = await _row(use, page_statement(asked), parameters)
    if found is None:
        return _nothing(collection)
    body, rows, total, students, parts = found
    await _disclose(use, asked, students, parts)
    return Page(bytes(body), rows, total)


async def single(
    use: Use, collection: Collection, version: Version, id_: UUID, root: str, fields: Sequence[str] = ()
) -> bytes | None:
    """An object by its id; None where there is none that may be known of. Raises Refused and UnknownField, as above."""
    if not collection.conditions:
        return None
    asked, _ = _asked(use, collection, version, Selection(1, fields=fields))
    async with under_agreement(use, as_app=True):
        found = await _row(use, single_statement(asked), {"root": root, "id": id_})
    if found is None:
        return None
    await _disclose(use, asked, found[1], [found[2]])
    return bytes(found[0])


def _nothing(collection: Collection) -> Page:
    return Page(f'{{"{collection.of.name}":[]}}'.encode(), 0, 0)


def _asked(use: Use, collection: Collection, version: Version, selection: Selection) -> tuple[Asked, dict[str, Any]]:
    """What is asked for, and the values of the filter by their parameters. Raises as `page` does."""
    terms = terms_of(use)
    known = collection.of.fields_of(version)
    fields = [known.get(name) for name in dict.fromkeys(selection.fields)]
    if None in fields:
        raise UnknownField
    values: dict[str, Any] = {}
    groups = []
    for group in selection.filter.groups:
        compared = []
        for clause in group:
            outer, inner = _field(known, clause.path)
            parameter = f"value_{len(values)}"
            values[parameter] = value_of(outer, inner, clause)
            compared.append(Compared(outer, inner, clause.operator, parameter))
        groups.append(tuple(compared))
    asked = Asked(
        collection,
        version,
        elements_of(terms),
        terms.schools is None,
        tuple(one for one in fields if one) or tuple(known.values()),
        tuple(groups),
        _sorting(known, selection.sort),
        selection.descending,
        selection.filter.asks_for_changes,
    )
    if not asked.parts:
        raise Refused(f"The agreement names nothing of which {collection.of.name} are made.")
    for clause in (clause for group in groups for clause in group):
        _check_agreed(asked, clause.field, clause.inner)
    if asked.sort:
        _check_agreed(asked, asked.sort, None)
    return asked, values


def _field(known: Mapping[str, Field], path: str) -> tuple[Field, Field | None]:
    """The field that a path names, and the part of it. Raises UnknownField."""
    name, _, rest = path.partition(".")
    found = known.get(name)
    if found is None:
        raise UnknownField
    if found.kind is Kind.OBJECTS:
        inner = next((one for one in found.parts if rest in (one.name, f"{one.name}.{SOURCED_ID}")), None)
        if inner is None or (inner.kind is Kind.REFERENCE) != rest.endswith(f".{SOURCED_ID}"):
            raise UnknownField
        return found, inner
    refers = found.kind in (Kind.REFERENCE, Kind.REFERENCES) and name != SOURCED_ID
    if rest != (SOURCED_ID if refers else ""):
        raise UnknownField
    return found, None


def _sorting(known: Mapping[str, Field], path: str) -> tuple[Field, Field | None] | None:
    if not path:
        return None
    found, inner = _field(known, path)
    if found.kind in (Kind.OBJECTS, Kind.REFERENCES):
        raise UnknownField
    return found, inner


def _check_agreed(asked: Asked, outer: Field, inner: Field | None) -> None:
    """Raises Refused where the agreement does not name all that a field is made of: it could be found out by asking."""
    if outer.name in _OF_EVERY_ROW:
        return
    names = [outer.given_as, *([f"{outer.name}.{inner.name}"] if inner else [])]
    if not any(all(one.values(name) for name in names) for one in asked.parts):
        raise Refused(f"The agreement does not name all that {outer.name} is made of: nothing can be asked for by it.")


async def _are_there(use: Use, collection: Collection, version: Version, ids: Mapping[str, UUID]) -> bool:
    """Whether all objects that the path names may be known of."""
    terms = terms_of(use)
    for name, of in collection.within:
        asked = Asked(WHOLE[of], version, elements_of(terms), terms.schools is None, ())
        if not asked.parts:
            raise Refused(f"The agreement names nothing of which {of} are made.")
        async with under_agreement(use, as_app=True):
            found = await _row(use, exists_statement(asked), {"id": ids[name]})
        if not found or not found[0]:
            return False
    return True


async def _row(use: Use, statement: str, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
    async with use.record.cursor(binary=True, row_factory=tuple_row) as cursor:
        return await (await cursor.execute(statement, values, prepare=True)).fetchone()


async def _disclose(use: Use, asked: Asked, students: Sequence[str] | None, parts: Sequence[int | None] | None) -> None:
    """Log whom the answer showed, with what the parts that are in it are made of."""
    if not students:
        return
    shown: dict[str, set[str]] = {}
    opened = asked.parts
    for number in parts or ():
        if number is not None and opened[number].part.students != "null::text[]":
            for resource, paths in opened[number].elements(asked.fields).items():
                shown.setdefault(resource, set()).update(paths)
    await use.disclose(students, shown)
