"""What the business rules found in the record: counts by rule, over time, and whom or what each finding is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from homeroom.access.door import Use
from homeroom.source_rows import POSITION, place_in_words

PAGE = 50
RUNS_SHOWN = 60


@dataclass(frozen=True)
class OfRule:
    """One rule: its `words` as `counts` gives them, its `history` (run, finished_at and rows, the earliest first), and
    one page of its findings, of which at most as many are kept as `kept` says."""

    words: dict[str, Any]
    history: Sequence[dict[str, Any]]
    kept: int
    page: int
    findings: Sequence[dict[str, Any]]

    @property
    def pages(self) -> int:
        return max(1, -(-self.kept // PAGE))


async def counts(use: Use, severity: str | None = None, owner: str | None = None) -> Sequence[dict[str, Any]]:
    """Each rule's words, and its `findings` after the last run and `before` it; None where it could not be asked, with
    `failure`."""
    return await use.rows(_COUNTS, severity=severity, owner=owner, name=None)


async def of_rule(use: Use, name: str, page: int = 1) -> OfRule | None:
    """What a rule found, or None where there is no such rule. The students whom it names are logged as shown.

    A finding: `student_unique_id` with the student's `record_id` and `name`, `organization`, `file` and `place`, each
    None where the rule does not tell it.
    """
    words = await use.row(_COUNTS, severity=None, owner=None, name=name)
    if words is None:
        return None
    counted = await use.row(_KEPT, name=name)
    kept = counted["kept"] if counted else 0
    page = min(max(page, 1), max(1, -(-kept // PAGE)))
    findings = await use.rows(_FINDINGS, name=name, most=PAGE, skip=(page - 1) * PAGE)
    for one in findings:
        row = one.pop("source_row")
        one["place"] = place_in_words(one.pop("unit"), row & POSITION) if one["file"] else None
    await use.disclose((one["student_unique_id"] for one in findings if one["student_unique_id"]), _OF_STUDENTS)
    history = await use.rows(_HISTORY, name=name, most=RUNS_SHOWN)
    return OfRule(words, history[::-1], kept, page, findings)


_OF_STUDENTS = {"Student": ("studentUniqueId", "firstName", "lastSurname")}
_COUNTS = """
    select rule.name, rule.severity, rule.owner, rule.domain, rule.means, rule.advice, rule.reason, rule.origin,
        rule.failure, count.findings, earlier.findings as before
    from consolidation.business_rule as rule
    left join consolidation.business_rule_count as count
        on count.rule = rule.name and count.run_id = (select max(id) from consolidation.run)
    left join consolidation.business_rule_count as earlier
        on earlier.rule = rule.name and earlier.run_id = (
            select max(id) from consolidation.run where id < (select max(id) from consolidation.run))
    where (%(severity)s::text is null or rule.severity = %(severity)s)
        and (%(owner)s::text is null or rule.owner = %(owner)s)
        and (%(name)s::text is null or rule.name = %(name)s)
    order by coalesce(count.findings, 0) = 0, array_position(array['error', 'warning', 'notice'], rule.severity),
        count.findings desc, rule.name
"""
_KEPT = "select count(*) as kept from consolidation.business_rule_finding where rule = %(name)s"
_HISTORY = """
    select run.id as run, run.finished_at, count.findings as rows
    from consolidation.business_rule_count as count join consolidation.run on run.id = count.run_id
    where count.rule = %(name)s order by 1 desc limit %(most)s
"""
_FINDINGS = """
    select found.student_unique_id, student.id as record_id,
        concat_ws(' ', student.first_name, student.last_surname) as name,
        coalesce(school.name_of_institution, agency.name_of_institution, found.education_organization_id::text)
            as organization,
        found.source_row, file.path as file, file.position_unit as unit
    from consolidation.business_rule_finding as found
    left join edfi.student using (student_unique_id)
    left join edfi.school on school.school_id = found.education_organization_id
    left join edfi.local_education_agency as agency
        on agency.local_education_agency_id = found.education_organization_id
    left join consolidation.delivered_file as file on file.number = found.source_row >> 32
    where found.rule = %(name)s
    order by organization nulls last, student.last_surname, student.first_name, found.student_unique_id,
        found.source_row limit %(most)s offset %(skip)s
"""
