"""Letting go of what learners did in their tools, and of what apps sent of it: these lie beside the record's tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from psycopg import sql

from homeroom.record.retention.schedules import LEARNING_EVENT, TOOL_USE, Schedule, Schedules


def event_statements(schedules: Schedules, day: date) -> Iterator[sql.Composed]:
    """The statements that delete the events whose time has come on `day`, but of those in `held`; they are counted."""
    for resource, place, moment in ((LEARNING_EVENT, "event", "happened_at"), (TOOL_USE, "tool_use", "used_on")):
        if not schedules[resource].permanent:
            yield _learning(schedules[resource], place, moment, day)
    if not schedules[LEARNING_EVENT].permanent:
        yield _received(schedules[LEARNING_EVENT], day)


def _learning(one: Schedule, place: str, moment: str, day: date) -> sql.Composed:
    return sql.SQL(
        "with gone as (delete from {table} as own where ({moment}::date + make_interval(years => {years}))::date"
        " <= {day} and not exists (select from held where kind = 'Student' and unique_id = own.student_unique_id)"
        " returning 1) insert into let_go_count select 'rows', {resource}, count(*) from gone"
    ).format(
        table=sql.Identifier("learning", place),
        moment=sql.Identifier("own", moment),
        years=sql.Literal(one.years),
        day=sql.Literal(day),
        resource=sql.Literal(one.resource),
    )


def _received(one: Schedule, day: date) -> sql.Composed:
    """What apps sent and a run has taken; whose it is nobody has looked up, so that a hold on one student keeps all."""
    return sql.SQL(
        """
        with old as (
            select received.id, received.source from learning.received join learning.sender using (source)
            where received.id <= published_up_to and not exists (select from held)
                and (received_at::date + make_interval(years => {years}))::date <= {day}
        ), events as (
            delete from learning.received_event as event using old
            where event.source = old.source and event.received = old.id returning 1
        ), gone as (delete from learning.received using old where received.id = old.id returning 1)
        insert into let_go_count select 'received', {resource}, count(*) from gone
        """
    ).format(years=sql.Literal(one.years), day=sql.Literal(day), resource=sql.Literal(one.resource))
