"""The rows in quarantine, handed out to be mended: whose they are is logged in the same moment."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from homeroom.access.door import Use
from homeroom.errors import CannotRun
from homeroom.record.provenance import NOTHING_TO_MEND
from homeroom.source_rows import POSITION

# By delivery, path and position: the reason.
Deliveries = dict[str, dict[str, dict[int, str]]]


class Exported(Protocol):
    """What whoever writes the rows says of them: files, rows, what was left out in sentences, each word in them, and
    the sources whose ids may be among the words (`record` for the record's own)."""

    files: list[Path]
    rows: int
    left_out: list[str]
    words: set[str]
    ids_of: set[str]


Write = Callable[[str, Mapping[str, Mapping[str, Mapping[int, str]]], Path], Exported]


async def export_bad_rows(use: Use, source: str, rule: str | None, into: Path, write: Write) -> Exported:
    """Have `write(source, deliveries, into)` write the rows and values of a source that the last run set aside.

    `rule`: only those that broke it; else what nobody can mend is left out. Every student whose id in the source,
    e-mail or login is among the words that were written is logged: one too many rather than one too few. Raises
    CannotRun where there is nothing to export.
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
        await use.disclose(await _students(use, exported))
    except BaseException:
        # No entry, no rows.
        shutil.rmtree(into, ignore_errors=True)
        raise
    return exported


async def _students(use: Use, exported: Exported) -> list[str]:
    words = {word.lower() for word in exported.words}
    words |= {_IN_AN_ADDRESS.sub("", word) for word in words}
    rows = await use.rows(_STUDENTS, ids_of=sorted(exported.ids_of), words=sorted(words))
    return [row["student"] for row in rows]


# An id may be the last of an address: mailto:ana@example.org, https://tool.example/users/ana. A time is none.
_IN_AN_ADDRESS = re.compile(r"^[a-z].*[/#:](?=.)")

_STUDENTS = """
    select unique_id as student from consolidation.identity
        where kind = 'Student' and source = any(%(ids_of)s) and lower(source_id) = any(%(words)s)
    union select student_unique_id from edfi.student
        where 'record' = any(%(ids_of)s) and lower(student_unique_id) = any(%(words)s)
    union select student_unique_id from edfi.student_education_organization_association
        where lower(login_id) = any(%(words)s)
    union select student_unique_id
        from edfi.student_education_organization_association, jsonb_array_elements(electronic_mails) as mail
        where lower(mail ->> 'electronicMailAddress') = any(%(words)s)
"""

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
