"""What was set aside, why, since when and how often, and in which places. Never the value itself: that stays in the
source's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from homeroom.access.door import Use
from homeroom.record.provenance import NOTHING_TO_MEND
from homeroom.source_rows import POSITION, place_in_words

PAGE = 50
RUNS_SHOWN = 60


@dataclass(frozen=True)
class Group:
    """What one rule set aside in one field of one of a source's files, in the last run.

    `severity`: 'file', 'row' (it is not in the record), 'value' (its row is), or 'notice' (nothing is set aside).
    `before`: the rows of the run before, None where they were not counted. `since`: when the first of the runs ended
    that set it aside without a run between them that did not. `file` has a star for a day or moment in its name.
    """

    source: str
    rule: str
    file: str
    field: str
    severity: str
    rows: int
    before: int | None
    since: datetime
    sentence: str
    advice: str


@dataclass(frozen=True)
class Reason:
    """The groups of one rule of one source that cost the same: said once for all its files and fields."""

    groups: Sequence[Group]

    @property
    def first(self) -> Group:
        return self.groups[0]

    @property
    def rows(self) -> int:
        return sum(group.rows for group in self.groups)

    @property
    def before(self) -> int | None:
        return _sum([group.before for group in self.groups])

    @property
    def as_it_should_be(self) -> bool:
        return NOTHING_TO_MEND in f"{self.first.sentence} {self.first.advice}"

    @property
    def since(self) -> datetime:
        return min(group.since for group in self.groups)


@dataclass(frozen=True)
class OfRule:
    """One rule of one source: its words, its groups, its rows in each run, and one page of the places.

    `history`: `run`, `finished_at` and `rows` of each of the last runs, the oldest first.
    """

    source: str
    rule: str
    sentence: str
    advice: str
    severity: str
    total: int
    groups: Sequence[Group]
    history: Sequence[dict[str, Any]]
    page: int
    places: Sequence[dict[str, Any]]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def rows(self) -> int:
        return sum(group.rows for group in self.groups)


async def groups(use: Use, source: str | None = None, rule: str | None = None) -> list[Group]:
    """What the last run set aside, worst first: whole files, then rows, values and notices, the most rows first.

    What nobody can mend, such as a row for which the record has no place, comes behind the others of its severity.
    """
    return [Group(**row) for row in await use.rows(_GROUPS, source=source, rule=rule)]


def reasons(found: Sequence[Group]) -> list[Reason]:
    """The groups by severity, source and rule, worst first; what is wrong with a whole file stands by itself."""
    gathered: dict[tuple[str, ...], list[Group]] = {}
    for group in found:
        own = (group.file, group.sentence) if group.severity == "file" else ()
        gathered.setdefault((group.severity, group.source, group.rule, *own), []).append(group)
    severities = list(dict.fromkeys(group.severity for group in found))
    found_reasons = [Reason(own) for own in gathered.values()]
    return sorted(found_reasons, key=lambda one: (severities.index(one.first.severity), one.as_it_should_be, -one.rows))


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


async def of_rule(use: Use, source: str, rule: str, page: int = 1) -> OfRule | None:
    """Where a source broke a rule in the last run, or None where it did not."""
    found = await use.row(_RULE, source=source, rule=rule)
    if found is None or not found["total"]:
        return None
    page = min(max(page, 1), max(1, -(-found["total"] // PAGE)))
    places = await use.rows(_PLACES, source=source, rule=rule, most=PAGE, skip=(page - 1) * PAGE)
    for one in places:
        one["place"] = place_in_words(one["position_unit"], one["position"]) if one["position"] else ""
    own = await groups(use, source, rule)
    history = await use.rows(_HISTORY, source=source, rule=rule, most=RUNS_SHOWN)
    words = (found["sentence"] or "", found["advice"] or "", found["severity"])
    return OfRule(source, rule, *words, found["total"], own, history[::-1], page, places)


_LAST = "run_id = (select max(id) from consolidation.run)"
_RULE = f"""
    select count(*) as total, coalesce(max(rule.sentence), min(q.sentence)) as sentence, max(rule.advice) as advice,
        min(q.severity) as severity
    from consolidation.quarantine as q left join consolidation.rule on rule.name = q.rule
    where {_LAST} and source = %(source)s and q.rule = %(rule)s
"""
_PLACES = f"""
    select q.field, q.sentence, file.path, file.position_unit, (q.source_row & {POSITION}) as position
    from consolidation.quarantine as q left join consolidation.delivered_file as file on file.number = q.file_number
    where {_LAST} and source = %(source)s and rule = %(rule)s
    order by file.path, position, q.field limit %(most)s offset %(skip)s
"""
_KEY = "source, rule, file, field, severity"
# A group goes on without a break as long as its own runs, counted back, are the last runs of all, counted back.
_GROUPS = f"""
    with now as (
        select {_KEY}, rows, sentence from consolidation.quarantine_count where {_LAST}
            and (%(source)s::text is null or source = %(source)s) and (%(rule)s::text is null or rule = %(rule)s)
    ), ranked as (
        select id, finished_at, row_number() over (order by id desc) as back from consolidation.run
    ), told as (
        select {_KEY}, count.rows, ranked.back, ranked.finished_at,
            ranked.back = row_number() over (partition by {_KEY} order by run_id desc) as unbroken
        from consolidation.quarantine_count as count join (select {_KEY} from now) as wanted using ({_KEY})
        join ranked on ranked.id = count.run_id
    ), looked_back as (
        select {_KEY}, min(finished_at) filter (where unbroken) as since, max(rows) filter (where back = 2) as before
        from told group by {_KEY}
    )
    select {_KEY}, now.rows, since,
        case when (select id from ranked where back = 2) >= (select min(run_id) from consolidation.quarantine_count)
            then coalesce(before, 0) end as before,
        coalesce(now.sentence, '') as sentence,
        case when position(rule.advice in now.sentence) > 0 then '' else coalesce(rule.advice, '') end as advice
    from now join looked_back using ({_KEY})
    left join (select name, advice from consolidation.rule) as rule on rule.name = now.rule
    order by array_position(array['file', 'row', 'value', 'notice'], severity) nulls last,
        concat(now.sentence, ' ', rule.advice) like '%%{NOTHING_TO_MEND}%%', now.rows desc, {_KEY}
"""
_HISTORY = """
    select run.id as run, run.finished_at, coalesce(sum(rows), 0)::bigint as rows
    from consolidation.run left join consolidation.quarantine_count as count
        on count.run_id = run.id and source = %(source)s and rule = %(rule)s
    where run.id >= (select min(run_id) from consolidation.quarantine_count)
    group by 1, 2 order by 1 desc limit %(most)s
"""
