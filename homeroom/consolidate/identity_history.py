"""The ids that rows of sources had before, so that persons who are taken apart again have theirs again."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg


def write_history(record: psycopg.Connection, kinds: Sequence[str]) -> None:
    """Write down each row of a source that had another id until now, or is not delivered now.

    Who they were before stands in `identity_before` (`homeroom.record.withdrawal.prepare_withdrawal`).
    """
    record.execute("analyze identity_before")
    record.execute(
        """
        insert into consolidation.identity_history (source, kind, source_id, unique_id, valid_until)
        select b.source, b.kind, b.source_id, b.unique_id, now() from identity_before as b
        left join consolidation.identity as i using (source, kind, source_id)
        where b.kind = any(%s) and i.unique_id is distinct from b.unique_id
        """,
        [list(kinds)],
    )
