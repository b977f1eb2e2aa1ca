"""Find the rows of a batch whose references mean nothing, whole tables at a time, and take them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from psycopg import sql

from homeroom.model import RESOURCES
from homeroom.model.columns import ForeignKey, foreign_keys
from homeroom.record.identifiers import names, table
from homeroom.record.incoming import Incoming
from homeroom.record.keys import BASE_KEYS, base_key


@dataclass(frozen=True)
class RefusedRow:
    """A row that could not be published, with the path of the reference, code or key that is to blame."""

    resource: str
    source_rows: tuple[int, ...]
    field: str


def refuse_dangling(cursor: psycopg.Cursor, group: Sequence[Incoming]) -> list[RefusedRow]:
    """Take out the rows that refer to nothing, until none is left that refers to one taken out.

    `group` is all of the batch that may refer to each other; whatever else they refer to is in the record already.
    """
    refused: list[RefusedRow] = []
    while True:
        found = [
            row
            for incoming in group
            for foreign in foreign_keys(incoming.resource)
            for row in take_out_dangling(cursor, incoming, foreign, group)
        ]
        refused += found
        if not found or not any(_may_refer_to(incoming, group) for incoming in group):
            return refused


def take_out_dangling(
    cursor: psycopg.Cursor, incoming: Incoming, foreign: ForeignKey, group: Sequence[Incoming]
) -> list[RefusedRow]:
    """Take out the rows that refer by one foreign key to what neither the record nor the group holds."""
    own = tuple(dict.fromkeys(foreign.columns))
    target_of = dict(zip(foreign.columns, foreign.target_columns, strict=True))
    whole = sql.SQL(" and ").join(sql.SQL("{} is not null").format(sql.Identifier(column)) for column in own)
    # Few keys are named by many rows: what is not held is found among the distinct ones.
    held = [
        sql.SQL("except select {} from {}").format(
            names([dict(zip(foreign.target_columns, target, strict=True))[target_of[column]] for column in own]), place
        )
        for place, target in _places(foreign, group)
    ]
    cursor.execute(
        sql.SQL(
            """
            with named as (select distinct {own} from {place} where {whole}),
            dangling as (select * from named {held})
            delete from {place} as incoming using dangling where row({mine}) = row({theirs})
            returning incoming.source_rows
            """
        ).format(
            own=names(own),
            place=incoming.place,
            whole=whole,
            held=sql.SQL(" ").join(held),
            mine=names(own, "incoming"),
            theirs=names(own, "dangling"),
        )
    )
    return [RefusedRow(incoming.resource, tuple(rows), foreign.path) for (rows,) in cursor.fetchall()]


def _may_refer_to(incoming: Incoming, group: Sequence[Incoming]) -> bool:
    held = {other.resource for other in group} | {RESOURCES[other.resource].subclass_of for other in group}
    return any(foreign.target in held for foreign in foreign_keys(incoming.resource))


def _places(foreign: ForeignKey, group: Sequence[Incoming]) -> list[tuple[sql.Identifier, tuple[str, ...]]]:
    """Where the target of a reference may be held, with the columns of its key there: the record, and this batch."""
    places = [(table(foreign.target), foreign.target_columns)]
    if foreign.target in RESOURCES:
        return places + [(i.place, foreign.target_columns) for i in group if i.resource == foreign.target]
    order = [BASE_KEYS[foreign.target].index(column) for column in foreign.target_columns]
    return places + [
        (incoming.place, tuple(base_key(incoming.resource)[i] for i in order))
        for incoming in group
        if RESOURCES[incoming.resource].subclass_of == foreign.target
    ]
