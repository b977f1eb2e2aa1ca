"""Objects of OneRoster, as an app may read them under its agreement: finished JSON, a page or one.

Which rows is asked in the statement itself and once more by the database, as for the Ed-Fi Resources API
(`homeroom.access.resources.reading`); a field is told only where the agreement names all that it is made of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.rows import tuple_row

from homeroom.access.door import Refused, Use
from homeroom.access.oneroster.agreed import elements_of
from homeroom.access.oneroster.collections import WHOLE, Collection
from homeroom.access.oneroster.counting import count_of
from homeroom.access.oneroster.declaration import Version
from homeroom.access.oneroster.filters import changed_since
from homeroom.access.oneroster.gone import Gone, gone
from homeroom.access.oneroster.selection import Selection, ask_for
from homeroom.access.oneroster.statements import Asked, exists_statement, page_statement, single_statement
from homeroom.access.resources.agreed import terms_of, under_agreement


@dataclass(frozen=True)
class Page:
    """A collection in UTF-8, how many objects it holds, and how many there are in all."""

    body: bytes
    rows: int
    total: int


async def page(
    use: Use, collection: Collection, version: Version, ids: Mapping[str, UUID], root: str, selection: Selection
) -> Page | None:
    """Objects of a collection; None where one that its path names is not there. `ids`: those in the path, by name.

    `root`: the address below which the services are. Whoever is in the answer is logged as shown. Raises Refused where
    the agreement names nothing of the class, or not what is filtered or sorted by; UnknownField; and WrongFilter.
    """
    if not collection.conditions:
        return _nothing(collection) if await _are_there(use, collection, version, ids) else None
    asked, values = ask_for(terms_of(use), collection, version, selection)
    if not await _are_there(use, collection, version, ids):
        return None
    if not asked.parts:
        return _nothing(collection)
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
    if total is None:
        total = await count_of(use, asked, ids)
    await _disclose(use, asked, students, parts)
    return Page(bytes(body), rows, total)


async def single(
    use: Use, collection: Collection, version: Version, id_: UUID, root: str, fields: Sequence[str] = ()
) -> bytes | None:
    """An object by its id; None where there is none that may be known of. Raises Refused and UnknownField, as above."""
    if not collection.conditions:
        return None
    asked, _ = ask_for(terms_of(use), collection, version, Selection(fields=fields))
    async with under_agreement(use, as_app=True):
        found = await _row(use, single_statement(asked), {"root": root, "id": id_})
    if found is None:
        return None
    await _disclose(use, asked, found[1], [found[2]])
    return bytes(found[0])


def _nothing(collection: Collection) -> Page:
    return Page(f'{{"{collection.of.name}":[]}}'.encode(), 0, 0)


async def _are_there(use: Use, collection: Collection, version: Version, ids: Mapping[str, UUID]) -> bool:
    """Whether all objects that the path names may be known of."""
    terms = terms_of(use)
    for name, of in collection.within:
        asked = Asked(WHOLE[of], version, elements_of(terms), terms.extent, ())
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
