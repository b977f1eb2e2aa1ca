"""What apps wrote into the record, for whoever looks after agreements: who, which row, what and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from homeroom.access.door import Use


async def written_rows(use: Use, agreement: int, most: int) -> Sequence[dict[str, Any]]:
    """The latest `most` rows that apps of an agreement wrote, the newest first: `at`, `client`, `resource`, `id` as the
    interface has it, `what` was done. No value of a row is among them."""
    return await use.rows(_WRITTEN, agreement=agreement, most=most)


_WRITTEN = """
    select at, client, resource, encode(uuid_send(row_id), 'hex') as id, what from access.record_write
    where agreement = %(agreement)s order by record_write.id desc limit %(most)s
"""
