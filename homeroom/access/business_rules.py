"""What the business rules found in the record: counts by rule, which name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from homeroom.access.door import Use


async def counts(use: Use, severity: str | None = None, owner: str | None = None) -> Sequence[dict[str, Any]]:
    """Each rule's words, and its `findings` after the last run; None where it could not be asked, with `failure`."""
    return await use.rows(_COUNTS, severity=severity, owner=owner)


_COUNTS = """
    select rule.name, rule.severity, rule.owner, rule.domain, rule.means, rule.advice, rule.origin, rule.failure,
        count.findings
    from consolidation.business_rule as rule
    left join consolidation.business_rule_count as count
        on count.rule = rule.name and count.run_id = (select max(id) from consolidation.run)
    where (%(severity)s::text is null or rule.severity = %(severity)s)
        and (%(owner)s::text is null or rule.owner = %(owner)s)
    order by coalesce(count.findings, 0) = 0, array_position(array['error', 'warning', 'notice'], rule.severity),
        count.findings desc, rule.name
"""
