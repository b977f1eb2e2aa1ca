"""Whom a row names beside its key: an app names nobody out of its reach, and takes nobody out whom it can't see.

Few resources name anybody so: a disciplinary action the staff who were there, a report card its grades.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from psycopg import AsyncCursor, sql

from homeroom.access.door import Refused
from homeroom.access.resources.scope import persons_besides
from homeroom.access.resources.write_reach import reaches
from homeroom.model.columns import EDUCATION_ORGANIZATION, columns, part_identity
from homeroom.record.document import Document
from homeroom.record.identifiers import table
from homeroom.record.shown_document import ways_to_persons


async def check_named_persons(
    cursor: AsyncCursor[tuple[Any, ...]],
    taken: Document,
    written: Sequence[str],
    found_by: Mapping[str, Any],
) -> None:
    """Raises Refused where the document names somebody out of reach, or the row that is there does.

    `written`: the columns that are; `found_by`: the columns that find the row, with their values.
    """
    if unseen := await _out_of_reach(cursor, taken):
        raise Refused(
            f"{', '.join(unseen)}: nobody with this id is within the agreement's reach. A row names nobody else."
        )
    asked = _hidden(taken.resource, tuple(written), tuple(found_by))
    if asked and await (await cursor.execute(asked, found_by)).fetchone():
        raise Refused(
            f"The {taken.resource} names people out of the agreement's reach, whom this would take out of it. Somebody "
            "who sees them has to change it."
        )


def names_persons(resource: str) -> bool:
    """Whether a row can name somebody beside its key."""
    return bool(persons_besides(resource)) or any(True for _ in _ways(resource))


async def _out_of_reach(cursor: AsyncCursor[tuple[Any, ...]], taken: Document) -> list[str]:
    named = list(_named(taken))
    if not named:
        return []
    rows = await cursor.execute(
        "select path from unnest(%s::text[], %s::text[], %s::text[]) as named(path, kind, id)"
        " where not access.reaches(kind, id) order by 1",
        [list(column) for column in zip(*named, strict=True)],
    )
    return [path for (path,) in await rows.fetchall()]


def _named(taken: Document) -> Iterator[tuple[str, str, str]]:
    """Path, kind and id of each person whom the document names beside its key."""
    for column in persons_besides(taken.resource):
        if taken.values[column.name] is not None:
            yield column.paths[0], str(column.identifies), taken.values[column.name]
    for path, (_, parts) in taken.nested.items():
        for part, value in parts.items():
            kind = part_identity(part)
            if kind and kind != EDUCATION_ORGANIZATION:
                yield f"{path}.{part}", kind, value


def _ways(resource: str) -> Iterator[tuple[str, str, str]]:
    """The column, the way inside of it and the kind, for each reference in a collection that names a person."""
    for column in columns(resource):
        if column.collection is not None:
            for steps, kind in ways_to_persons(column.collection):
                yield column.name, "$" + "".join(f'."{step}"' for step in steps), kind


@cache
def _hidden(resource: str, written: tuple[str, ...], found_by: tuple[str, ...]) -> sql.Composed | None:
    """A question for the row, where it names somebody out of reach in a column that is written."""
    hidden = [
        sql.SQL("({} is not null and not {})").format(
            sql.Identifier("row", column.name), reaches(sql.Identifier("row", column.name), str(column.identifies))
        )
        for column in persons_besides(resource)
        if column.name in written
    ]
    hidden += [
        sql.SQL("exists (select from jsonb_path_query({}, {}) as one where not {})").format(
            sql.Identifier("row", column), sql.Literal(way), reaches(sql.SQL("(one #>> '{{}}')").format(), kind)
        )
        for column, way, kind in _ways(resource)
        if column in written
    ]
    if not hidden:
        return None
    return sql.SQL("select true from {} as row where {} and ({})").format(
        table(resource),
        sql.SQL(" and ").join(
            sql.SQL("{} = {}").format(sql.Identifier("row", name), sql.Placeholder(name)) for name in found_by
        ),
        sql.SQL(" or ").join(hidden),
    )
