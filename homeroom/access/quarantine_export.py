"""The rows in quarantine, handed out to be mended: whose they are is logged in the same moment."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from homeroom.access.door import Use
from homeroom.errors import CannotRun
from homeroom.record.provenance import NOTHING_TO_MEND
from homeroom.source_rows import POSITION

# By delivery, path and position: the reason.
Deliveries = dict[str, dict[str, dict[int, str]]]


class Exported(Protocol):
    """What whoever writes the rows says of them: files, rows, what was left out in sentences, and each word written."""

    files: list[Path]
    rows: int
    left_out: list[str]
    words: set[str]


Write = Callable[[str, Mapping[str, Mapping[str, Mapping[int, str]]], Path], Exported]


async def export_bad_rows(use: Use, source: str, rule: str | None, into: Path, write: Write) -> Exported:
    """Have `write(source, deliveries, into)` write the rows and values of a source that the last run set aside.

    `rule`: only those that broke it; else what nobody can mend is left out. Every student whose id in the source is
    among the words that were written is logged: one too many rather than one too few. Raises CannotRun where there is
    nothing to export.
    """
    deliveries: Deliveries = {}
    for row in await use.rows(_BAD_ROWS, source=source, rule=rule):
        deliveries.setdefault(row["delivery_id"], {}).setdefault(row["path"], {})[row["position"]] = row["reason"]
    if not deliveries:
        broken = f" by the rule {rule}" if rule else ""
        raise CannotRun(
            f"No row of {source} that somebody could mend is in quarantine{broken}. See: homeroom quarantine"
        )
    exported = await asyncio.to_thread(write, source, deliveries, into)
    try:
        await use.disclose(await _students(use, source, sorted(exported.words)))
    except BaseException:
        # No entry, no rows.
        shutil.rmtree(into, ignore_errors=True)
        raise
    return exported


async def _students(use: Use, source: str, words: Sequence[str]) -> list[str]:
    rows = await use.rows(
        "select distinct unique_id from consolidation.identity"
        " where kind = 'Student' and source = %(source)s and source_id = any(%(words)s)",
        source=source,
        words=list(words),
    )
    return [row["unique_id"] for row in rows]


_BAD_ROWS = f"""
    with told as (
        select distinct delivery_id, path, (source_row & {POSITION})::bigint as position, q.severity, q.rule,
            case when rule.advice is null or position(rule.advice in q.sentence) > 0 then q.sentence
                else concat(q.sentence, ' ', rule.advice) end as words
        from consolidation.quarantine as q
        join consolidation.delivered_file as file on file.number = q.file_number
        left join consolidation.rule on rule.name = q.rule
        where q.run_id = (select max(id) from consolidation.run) and q.source = %(source)s and source_row is not null
            and (%(rule)s::text is null or q.rule = %(rule)s)
    )
    select delivery_id, path, position, string_agg(distinct words, ' ') as reason
    from told
    where %(rule)s::text is not null or (severity in ('row', 'value') and words not like '%%{NOTHING_TO_MEND}%%')
    group by 1, 2, 3 order by 1, 2, 3
"""
