"""What was set aside and why: by rule, then row by row. Never the value itself: that stays in the source's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from homeroom.access.door import Use
from homeroom.source_rows import place_in_words

PAGE = 50


@dataclass(frozen=True)
class OfRule:
    """One rule of one source: its words, and one page of the places where it was broken."""

    source: str
    rule: str
    sentence: str
    advice: str
    severity: str
    total: int
    page: int
    places: Sequence[dict[str, Any]]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


async def of_rule(use: Use, source: str, rule: str, page: int = 1) -> OfRule | None:
    """Where a source broke a rule in the last run, or None where it did not."""
    found = await use.row(_RULE, source=source, rule=rule)
    if found is None or not found["total"]:
        return None
    page = min(max(page, 1), max(1, -(-found["total"] // PAGE)))
    places = await use.rows(_PLACES, source=source, rule=rule, most=PAGE, skip=(page - 1) * PAGE)
    for one in places:
        one["place"] = place_in_words(one["position_unit"], one["position"]) if one["position"] else ""
    return OfRule(
        source, rule, found["sentence"] or "", found["advice"] or "", found["severity"], found["total"], page, places
    )


_LAST = "run_id = (select max(id) from consolidation.run)"
_RULE = f"""
    select count(*) as total, coalesce(max(rule.sentence), min(q.sentence)) as sentence, max(rule.advice) as advice,
        min(q.severity) as severity
    from consolidation.quarantine as q left join consolidation.rule on rule.name = q.rule
    where {_LAST} and source = %(source)s and q.rule = %(rule)s
"""
_PLACES = f"""
    select q.field, q.sentence, file.path, file.position_unit, (q.source_row & 4294967295) as position
    from consolidation.quarantine as q left join consolidation.delivered_file as file on file.number = q.file_number
    where {_LAST} and source = %(source)s and rule = %(rule)s
    order by file.path, position, q.field limit %(most)s offset %(skip)s
"""
