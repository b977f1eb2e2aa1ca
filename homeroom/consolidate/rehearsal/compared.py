"""What a delivery says otherwise than the one before it, resource by resource."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from homeroom.consolidate.database import columns_held, literal
from homeroom.consolidate.layered_table import LayeredTable
from homeroom.model.columns import columns, key_columns


@dataclass(frozen=True)
class Compared:
    """How many things of one resource are new, changed, gone and the same, and how many would be set aside.

    A thing is what has one key, whichever and however many rows speak of it.
    """

    resource: str
    new: int
    changed: int
    gone: int
    same: int
    set_aside: int


def compare(
    connection: duckdb.DuckDBPyConnection,
    before: Mapping[str, LayeredTable],
    after: Mapping[str, LayeredTable],
    cleaned: Mapping[str, LayeredTable],
) -> list[Compared]:
    """Compare the tables of two deliveries, those first in which most is otherwise.

    `cleaned`: the tables `after` with the rows that were set aside on the way; `fallen` says which others would be.
    What is set aside is neither changed nor gone.
    """
    found = []
    for resource in sorted({*before, *after, *cleaned}):
        every = cleaned.get(resource, after.get(resource))
        connection.execute(
            f"create or replace temp table earlier as {_said(connection, resource, before.get(resource))};"
            f"create or replace temp table later as {_said(connection, resource, after.get(resource))};"
            f"create or replace temp table every as {_said(connection, resource, every)};"
        )
        new, changed, same, set_aside, gone = connection.execute(
            """
            with used as (select * from later where not aside)
            select count(*) filter (used.key is not null and earlier.key is null),
                count(*) filter (used.said <> earlier.said),
                count(*) filter (used.said = earlier.said),
                (select count(*) from every anti join used using (key)),
                (select count(*) from earlier anti join every using (key))
            from used full join earlier using (key)
            """
        ).fetchone() or (0, 0, 0, 0, 0)
        found.append(Compared(resource, new, changed, gone, same, set_aside))
    return sorted(found, key=lambda one: (-(one.new + one.changed + one.gone + one.set_aside), -one.same))


def _said(connection: duckdb.DuckDBPyConnection, resource: str, table: LayeredTable | None) -> str:
    """A query of each key (as a hash), what all its rows say (as a hash), and whether all of them are set aside."""
    if table is None:
        return "select null::ubigint as key, null::hugeint as said, false as aside where false"
    present = columns_held(connection, table.base)
    key = ", ".join(f'"{n}"::varchar' if n in present else "null::varchar" for n in key_columns(resource))
    said = ", ".join(f'"{c.name}"::varchar' if c.name in present else "null::varchar" for c in columns(resource))
    return f"""
        select hash({key}) as key, sum(hash({said})::hugeint) as said,
            bool_and(source_row in (
                select source_row from fallen where resource = {literal(resource)} and severity = 'row')) as aside
        from {table.sql} group by 1
    """
