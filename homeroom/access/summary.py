"""How the last run went and what the record holds, in counts."""

from __future__ import annotations

from typing import Any

from homeroom.access.door import Use
from homeroom.access.held_deliveries import noted, told, waiting

# What is counted, and the tables it is counted in.
RECORD = {
    "students": ("student",),
    "contacts": ("contact",),
    "staff": ("staff",),
    "schools": ("school",),
    "sections": ("section",),
    "enrollments": ("student_school_association",),
    "attendance_events": ("student_school_attendance_event", "student_section_attendance_event"),
    "grades": ("grade",),
    "assessment_results": ("student_assessment",),
}

IDENTITY_COLUMNS = ("source", "kind", "source_id", "unique_id", "probability", "decided_by")

_KINDS = {"Student": "students", "Contact": "contacts", "Staff": "staff", "EducationOrganization": "organizations"}


async def summary(use: Use) -> dict[str, Any] | None:
    """The summary as one JSON object, or None where no run was done yet.

    `sources`: rows landed, accepted and quarantined, with a failure's sentence. `record`: rows by what they are.
    `identity`: for each kind of who is who, the ids that sources gave, how many they turned out to be, and how many
    of those have several. `matches`: pairs. `quarantine`: by source and rule, with the rule's words. `steps`: rows and
    seconds. `held`: deliveries that wait for a person, with their reasons. `noted`: new ones that were
    published and differ from those before in what is worth a look.
    """
    last = await use.row("select id, started_at, finished_at from consolidation.run order by id desc limit 1")
    if last is None:
        return None
    states = {
        row["state"]: row["n"]
        for row in await use.rows("select state, count(*) as n from consolidation.match group by state")
    }
    return {
        "run": {
            "number": last["id"],
            "started_at": last["started_at"].isoformat(),
            "finished_at": last["finished_at"].isoformat(),
        },
        "sources": await use.rows(_SOURCES, run=last["id"]),
        "record": await record_counts(use),
        "identity": {_KINDS.get(row.pop("kind"), "others"): row for row in await use.rows(_IDENTITY)},
        "matches": {"pairs_matched": states.get("merged", 0), "awaiting_review": states.get("review", 0)},
        "quarantine": await use.rows(_QUARANTINE, run=last["id"]),
        "steps": await use.rows(_STEPS, run=last["id"]),
        "held": [told(one) for one in await waiting(use)],
        "noted": [told(one) for one in await noted(use)],
    }


async def record_counts(use: Use) -> dict[str, int]:
    """How many rows the record holds, by what they are."""
    counts = {}
    for name, tables in RECORD.items():
        total = " + ".join(f"(select count(*) from edfi.{table})" for table in tables)
        counts[name] = (await use.row(f"select {total} as n") or {"n": 0})["n"]
    return counts


async def identities(use: Use) -> list[dict[str, Any]]:
    """Who is who, a row for each source's id, in the columns `IDENTITY_COLUMNS`."""
    return await use.rows(f"select {', '.join(IDENTITY_COLUMNS)} from consolidation.identity order by 1, 2, 3")


_SOURCES = """
    select source as name, landed as rows_landed, accepted as rows_accepted, quarantined as rows_quarantined, failure
    from consolidation.source_count where run_id = %(run)s order by landed desc, source
"""
_IDENTITY = """
    select kind, sum(ids)::bigint as source_ids, count(*) as unique_ids,
        count(*) filter (where ids > 1) as found_in_several
    from (select kind, unique_id, count(*) as ids from consolidation.identity group by kind, unique_id) as known
    group by kind order by kind
"""
_QUARANTINE = """
    select q.source, q.rule, q.severity, count(*) as count,
        coalesce(min(q.sentence) filter (where q.severity = 'file'), max(rule.sentence), min(q.sentence)) as sentence,
        max(rule.advice) as advice
    from consolidation.quarantine as q left join consolidation.rule on rule.name = q.rule
    where run_id = %(run)s group by 1, 2, 3
    order by array_position(array['file', 'row', 'value'], q.severity) nulls last, 4 desc, 1, 2
"""
_STEPS = """
    select name, rows, round(seconds::numeric, 3)::double precision as seconds
    from consolidation.run_step where run_id = %(run)s order by position
"""
