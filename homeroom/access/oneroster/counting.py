"""How many objects a collection has in all, which each page tells: counted anew when something was written since.

To count grows with the record, and a page does not. So under an agreement for the whole district a number is kept for
as long as no change version was given since, and a minute at most. Of some schools it is counted each time: whom the
agreement reaches changes with the day.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from time import monotonic
from typing import Any

from psycopg.rows import tuple_row

from homeroom.access.agreements.terms import Extent
from homeroom.access.door import Use
from homeroom.access.oneroster.statements import Asked, count_statement
from homeroom.access.resources.agreed import under_agreement
from homeroom.record.changes import WRITING

_SECONDS = 60.0
_MOST = 500
# By the record, the question and its values: the change version that was the newest, when, and the number.
_COUNTED: OrderedDict[Any, tuple[int, float, int]] = OrderedDict()


async def count_of(use: Use, asked: Asked, ids: Mapping[str, Any]) -> int:
    """How many objects there are of what is asked for, without filters; `ids`: those in the path, by name."""
    statement = count_statement(asked)
    newest = await _newest(use) if asked.extent is Extent.DISTRICT else None
    info = use.record.info
    key = (info.host, info.port, info.dbname, statement, tuple(sorted(ids.items())))
    known = _COUNTED.get(key)
    if known and known[0] == newest and monotonic() - known[1] < _SECONDS:
        return known[2]
    async with under_agreement(use, as_app=True), use.record.cursor(row_factory=tuple_row) as cursor:
        row = await (await cursor.execute(statement, ids, prepare=True)).fetchone()
    number = int(row[0]) if row else 0
    if newest is not None:
        _COUNTED[key] = (newest, monotonic(), number)
        _COUNTED.move_to_end(key)
        while len(_COUNTED) > _MOST:
            _COUNTED.popitem(last=False)
    return number


async def _newest(use: Use) -> int | None:
    """The newest change version; None while somebody writes, who has numbers that nobody can read yet."""
    row = await use.row(_NEWEST, high=WRITING >> 32, low=WRITING & 0xFFFFFFFF)
    return int(row["newest"]) if row and row["free"] else None


# The version is read first: whoever has one that can't be read yet holds the lock still when it is looked for.
_NEWEST = """
    select newest, not exists (select from pg_locks where locktype = 'advisory' and objsubid = 1
        and classid = %(high)s::bigint::oid and objid = %(low)s::bigint::oid and database = (select oid
            from pg_database where datname = current_database())) as free
    from (select last_value as newest from edfi.change_version offset 0) as read
"""
