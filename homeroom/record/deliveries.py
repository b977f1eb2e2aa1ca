"""Which delivery of each source was accepted, what people decided of held ones, and what became of each in a run.

All of it stands in the record, so that it is written in the transaction that publishes, or not at all, and goes where
the record goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import psycopg

PASS = "pass"  # noqa: S105 - it lets a delivery pass
REFUSE = "refuse"


class Outcome(StrEnum):
    """What a run did with what a source delivered."""

    PUBLISHED = "published"
    HELD = "held"
    REFUSED = "refused"


def accepted(record: psycopg.Connection) -> dict[str, str]:
    """The id of the last accepted delivery of each source.

    It is what the last run published for the source, or what somebody let pass since: the next one is compared with it.
    """
    return dict([*record.execute(_PUBLISHED).fetchall(), *record.execute(_LET_PASS).fetchall()])


def decisions(record: psycopg.Connection) -> dict[str, str]:
    """What counts of what people decided: `pass` or `refuse`, by the delivery's id."""
    return dict(record.execute(_DECISIONS).fetchall())


def held(record: psycopg.Connection) -> dict[str, list[str]]:
    """The ids of the deliveries that the last run held, by source."""
    return dict(record.execute(_HELD).fetchall())


def refused(record: psycopg.Connection) -> set[str]:
    """The ids of the deliveries that people refused."""
    return {delivery_id for delivery_id, decision in decisions(record).items() if decision == REFUSE}


def write_outcome(record: psycopg.Connection, run: int, source: str, delivery_id: str, outcome: Outcome) -> None:
    """Keep what a run did with a delivery, in the caller's transaction."""
    record.execute(
        "insert into consolidation.run_delivery (run_id, source, delivery_id, outcome) values (%s, %s, %s, %s)"
        " on conflict do nothing",
        [run, source, delivery_id, outcome],
    )


def write_findings(
    record: psycopg.Connection, delivery_id: str, compared_with: str, findings: Sequence[Sequence[object]]
) -> None:
    """Keep wherein a delivery differs from the one accepted before it, in place of what was found earlier.

    Each finding: what, about, before, before_of, now, now_of, holds, sentence.
    """
    with record.cursor() as cursor:
        cursor.execute("delete from consolidation.delivery_finding where delivery_id = %s", [delivery_id])
        cursor.executemany(
            "insert into consolidation.delivery_finding (delivery_id, compared_with, position, what, about, before,"
            " before_of, now, now_of, holds, sentence) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [(delivery_id, compared_with, position, *one) for position, one in enumerate(findings)],
        )


# Of a log that was let pass late, two were published at once: the newest is what the next one is compared with.
_PUBLISHED = """
    select distinct on (source) source, delivery_id
    from consolidation.run_delivery join consolidation.delivery using (delivery_id, source)
    where outcome = 'published' order by source, run_id desc, received_at desc
"""
_HELD = """
    select source, array_agg(delivery_id order by received_at)
    from consolidation.run_delivery join consolidation.delivery using (delivery_id, source)
    where outcome = 'held' and run_id = (select max(id) from consolidation.run) group by 1
"""
_DECISIONS = """
    select distinct on (delivery_id) delivery_id, decision from consolidation.delivery_decision
    order by delivery_id, decision_number desc
"""
_LET_PASS = f"""
    select source, delivery_id from consolidation.run_delivery join ({_DECISIONS}) as decided using (delivery_id)
        join consolidation.delivery using (delivery_id, source)
    where run_id = (select max(id) from consolidation.run) and outcome <> 'published' and decision = 'pass'
        and not exists (
            select from consolidation.run_delivery as other
            join consolidation.delivery as newer on newer.delivery_id = other.delivery_id
            where other.run_id = run_delivery.run_id and other.source = run_delivery.source
                and other.outcome = 'published' and newer.received_at > delivery.received_at)
"""
