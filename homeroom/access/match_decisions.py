"""What people decide about two rows that may be one person: it holds in every later run, and can be undone.

A decision takes effect in the next run. Who decided what is written down and never overwritten.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from homeroom.access.door import Use

# How many days a pair that was put off waits before it stands among the others again.
LATER_DAYS = 14
_MOST = 200


class MatchDecision(StrEnum):
    """What can be said of a pair."""

    TOGETHER = "together"
    APART = "apart"
    LATER = "later"


@dataclass(frozen=True)
class PairKey:
    """Two rows of sources, by the ids that these gave, as `consolidation.match` names them."""

    kind: str
    left_source: str
    left_id: str
    right_source: str
    right_id: str


async def decide(use: Use, pair: PairKey, decision: MatchDecision, note: str = "") -> bool:
    """Write down a decision; whether there is such a pair. A decision of before gives way to it."""
    key = asdict(pair)
    if await use.row(_KNOWN, **key) is None:
        return False
    if decision is MatchDecision.LATER:
        await use.record.execute(_FORGET, key)
    else:
        await use.record.execute(_DECIDE, key | {"decision": str(decision), "who": use.principal.name})
    await _write_down(use, key, str(decision), note)
    return True


async def undo(use: Use, pair: PairKey) -> bool:
    """Take a decision back; whether there was one. The next run finds again what it would find by itself."""
    key = asdict(pair)
    undone = await use.record.execute(_FORGET, key)
    if not undone.rowcount:
        return False
    await _write_down(use, key, "undone", "")
    return True


async def decisions(use: Use) -> list[dict[str, Any]]:
    """The decisions that hold now, the newest first, with the names that the record has for both; at most 200."""
    found = await use.rows(_DECISIONS, most=_MOST)
    await use.disclose(
        row[f"{side}_unique_id"]
        for row in found
        if row["kind"] == "Student"
        for side in ("left", "right")
        if row[f"{side}_unique_id"]
    )
    return found


async def _write_down(use: Use, key: dict[str, str], action: str, note: str) -> None:
    await use.record.execute(
        _WRITE_DOWN, key | {"action": action, "note": note.strip() or None, "who": use.principal.name}
    )


_SAME = """
    kind = %(kind)s and left_source = %(left_source)s and left_id = %(left_id)s
    and right_source = %(right_source)s and right_id = %(right_id)s
"""
_KNOWN = f"""
    select 1 from consolidation.match where {_SAME} union all select 1 from consolidation.match_decision where {_SAME}
    limit 1
"""
_FORGET = f"delete from consolidation.match_decision where {_SAME}"
_DECIDE = """
    insert into consolidation.match_decision
        (kind, left_source, left_id, right_source, right_id, decision, decided_by)
    values (%(kind)s, %(left_source)s, %(left_id)s, %(right_source)s, %(right_id)s, %(decision)s, %(who)s)
    on conflict (kind, left_source, left_id, right_source, right_id) do update
    set decision = excluded.decision, decided_by = excluded.decided_by, decided_at = now()
"""
_WRITE_DOWN = """
    insert into consolidation.match_review
        (kind, left_source, left_id, right_source, right_id, action, note, reviewed_by)
    values (%(kind)s, %(left_source)s, %(left_id)s, %(right_source)s, %(right_id)s, %(action)s, %(note)s, %(who)s)
"""
_NAMES = """
    select 'Student' as kind, student_unique_id as unique_id, concat_ws(' ', first_name, last_surname) as name
    from edfi.student
    union all select 'Contact', contact_unique_id, concat_ws(' ', first_name, last_surname) from edfi.contact
    union all select 'Staff', staff_unique_id, concat_ws(' ', first_name, last_surname) from edfi.staff
    union all select 'EducationOrganization', school_id::text, name_of_institution from edfi.school
    union all select 'EducationOrganization', local_education_agency_id::text, name_of_institution
    from edfi.local_education_agency
"""
_DECISIONS = f"""
    select d.*, l.unique_id as left_unique_id, r.unique_id as right_unique_id, left_name.name as left_name,
        right_name.name as right_name, review.note, d.decided_at > coalesce(run.finished_at, '-infinity') as awaits_run
    from (select * from consolidation.match_decision order by decided_at desc limit %(most)s) as d
    left join consolidation.identity as l on l.source = d.left_source and l.kind = d.kind and l.source_id = d.left_id
    left join consolidation.identity as r on r.source = d.right_source and r.kind = d.kind and r.source_id = d.right_id
    left join lateral (select name from ({_NAMES}) as n where n.kind = d.kind and n.unique_id = l.unique_id limit 1)
        as left_name on true
    left join lateral (select name from ({_NAMES}) as n where n.kind = d.kind and n.unique_id = r.unique_id limit 1)
        as right_name on true
    left join lateral (
        select note from consolidation.match_review as m
        where (m.kind, m.left_source, m.left_id, m.right_source, m.right_id)
            = (d.kind, d.left_source, d.left_id, d.right_source, d.right_id)
        order by number desc limit 1
    ) as review on true
    left join lateral (select max(started_at) as finished_at from consolidation.run) as run on true
    order by d.decided_at desc
"""
