"""The quality of what each source says, by field, over time: completeness, validity, uniqueness, timeliness, agreement.

Shares are made here of the counts that each run kept; they name nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from homeroom.access.door import Use
from homeroom.access.quality_attention import needs_attention
from homeroom.access.quality_measures import Agreement, FieldQuality, ResourceQuality, SourceQuality, Uniqueness

# With how many measured runs of before the last one is compared.
RUNS_BEFORE = 10
# Of fewer deliveries nobody can say how often they come.
_LEAST_DELIVERIES = 3


async def quality(use: Use, source: str | None = None) -> list[SourceQuality]:
    """Each source that was measured, or one of them, with its tables and what needs attention, most needful first."""
    agreements: dict[tuple[str, str, str], list[Agreement]] = {}
    for row in await use.rows(_AGREEMENTS):
        for one, other in ((row["source"], row["other"]), (row["other"], row["source"])):
            agreements.setdefault((one, row["resource"], row["field"]), []).append(
                Agreement(other, row["compared"], row["equal"])
            )
    fields: dict[str, dict[str, list[FieldQuality]]] = {}
    for row in await use.rows(_FIELDS, runs=RUNS_BEFORE + 1, source=source):
        said = tuple(agreements.get((row["source"], row["resource"], row["field"]), ()))
        one_field = FieldQuality(
            row["resource"],
            row["field"],
            row["rows"] or 0,
            row["filled"] or 0,
            row["valid"] or 0,
            row["newest"],
            row["best_completeness"],
            row["best_validity"],
            said,
        )
        fields.setdefault(row["source"], {}).setdefault(row["resource"], []).append(one_field)
    identities: dict[str, list[Uniqueness]] = {}
    for row in await use.rows(_IDENTITIES):
        identities.setdefault(row.pop("source"), []).append(Uniqueness(**row))
    return [
        _as_source(row, fields.get(row["name"], {}), identities.get(row["name"], []))
        for row in await use.rows(_SOURCES, source=source)
    ]


def _as_source(
    row: dict[str, Any], fields: dict[str, list[FieldQuality]], uniqueness: Sequence[Uniqueness]
) -> SourceQuality:
    resources = [ResourceQuality(name, found) for name, found in fields.items()]
    found = SourceQuality(**row, resources=[one for one in resources if one.rows], uniqueness=uniqueness)
    return replace(found, attention=needs_attention(found, resources))


# Rows are set aside for their own faults when they are measured, and for what others lack when they are published: the
# last run that took the source knows both.
_SOURCES = f"""
    select measured.source as name, counted.landed, counted.quarantined as set_aside, run.finished_at as measured_at,
        delivery.received_at as said_new_at, wait.usual_days
    from (
        select distinct on (source) * from consolidation.quality_source order by source, run_id desc
    ) as measured join consolidation.run on run.id = measured.run_id
    join (
        select distinct on (source) source, landed, quarantined from consolidation.source_count
        where failure is null order by source, run_id desc
    ) as counted on counted.source = measured.source
    left join (
        select distinct on (source) source, delivery_id
        from consolidation.run_delivery join consolidation.delivery using (delivery_id, source)
        where outcome = 'published' order by source, run_id desc, received_at desc
    ) as current on current.source = measured.source
    left join consolidation.delivery on delivery.delivery_id = current.delivery_id
    left join (
        select source, extract(epoch from max(received_at) - min(received_at))::double precision / 86400
            / nullif(count(*) - 1, 0) as usual_days
        from consolidation.delivery group by 1 having count(*) >= {_LEAST_DELIVERIES}
    ) as wait on wait.source = measured.source
    where %(source)s::text is null or measured.source = %(source)s
    order by measured.source
"""
_FIELDS = """
    with measured as (
        select run_id, source, row_number() over (partition by source order by run_id desc) as age
        from consolidation.quality_source where %(source)s::text is null or source = %(source)s
    )
    select source, resource, field,
        max(rows) filter (where age = 1) as rows, max(filled) filter (where age = 1) as filled,
        max(valid) filter (where age = 1) as valid, max(newest) filter (where age = 1) as newest,
        max(filled::double precision / nullif(rows, 0)) filter (where age > 1) as best_completeness,
        max(valid::double precision / nullif(filled, 0)) filter (where age > 1) as best_validity
    from measured join consolidation.quality_field using (run_id, source)
    where age <= %(runs)s group by 1, 2, 3 order by 1, 2, 3
"""
_AGREEMENTS = """
    select source, other, resource, field, compared, equal from consolidation.quality_agreement
    where run_id = (select max(run_id) from consolidation.quality_source) order by 1, 2, 3, 4
"""
_IDENTITIES = """
    select source, kind, ids, unique_ids from consolidation.quality_identity
    where run_id = (select max(run_id) from consolidation.quality_source) order by 1, 2
"""
