"""What each source delivered: deliveries, files, and what became of their rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from homeroom.access.door import Use


async def sources(use: Use) -> list[dict[str, Any]]:
    """Each source of the last run with its counts, a failure's sentence, and its `deliveries`, the latest first.

    A delivery has `files`: path, bytes, sha256, and how many problems the last run found in each.
    """
    counted = await use.rows(_SOURCES)
    files = await use.rows(_FILES)
    for source in counted:
        own = [file for file in files if file["source"] == source["name"]]
        received: dict[str, dict[str, Any]] = {}
        for file in own:
            delivery = received.setdefault(
                file["delivery_id"],
                {"received_at": file["received_at"], "kind": file["kind"], "id": file["delivery_id"], "files": []},
            )
            delivery["files"].append(file)
        source["deliveries"] = list(received.values())
    return counted


async def disclose_rows_of(use: Use, source: str, source_ids: Iterable[str]) -> None:
    """Log that rows of a source were shown: of each student whom the record knows by an id of that source."""
    known = await use.rows(_KNOWN, source=source, source_ids=sorted(source_ids))
    await use.disclose(row["unique_id"] for row in known)


_KNOWN = """
    select unique_id from consolidation.identity
    where kind = 'Student' and source = %(source)s and source_id = any(%(source_ids)s)
"""
_SOURCES = """
    select source as name, landed, accepted, quarantined, failure from consolidation.source_count
    where run_id = (select max(id) from consolidation.run) order by landed desc, source
"""
_FILES = """
    select delivery.source, delivery.delivery_id, delivery.kind, delivery.received_at, file.number, file.path,
        file.bytes, file.sha256, coalesce(problem.rows, 0) as rows_quarantined
    from consolidation.delivery join consolidation.delivered_file as file using (delivery_id)
    left join (
        select file_number, count(distinct source_row) filter (where severity = 'row') as rows
        from consolidation.quarantine where run_id = (select max(id) from consolidation.run) group by 1
    ) as problem on problem.file_number = file.number
    order by delivery.received_at desc, file.path
"""
