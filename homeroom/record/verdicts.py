"""What becomes of a row that its sources don't say any more, in one statement for each resource."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import LiteralString

import psycopg
from psycopg import sql

from homeroom.model import columns as shape
from homeroom.model.declaration import Kind
from homeroom.record.identifiers import equal, table

PERSONS = ("Student", "Contact", "Staff")
# In `doubtful`, where a row could not be used so early that nobody knows of which resource it was.
ANY_RESOURCE = "*"

# What holds now and has no time of its own: it goes when it isn't said any more.
_OF_NOW = ("StudentContactAssociation", "StudentEducationOrganizationAssociation")
_SPANS = (("entry_date", "exit_withdraw_date"), ("begin_date", "end_date"))
_DAYS_OF_CORRECTION = 90


def decide(cursor: psycopg.Cursor, resource: str, day: date) -> None:
    """Write what becomes of each unsaid row of `resource`, `deleted`, `ended` or `kept`, into the table `verdict`.

    Reads the temporary tables that `homeroom.record.withdrawal` makes and names. `day`: that of the run.
    """
    cursor.execute(
        sql.SQL(
            """
            insert into verdict
            select {resource}, id, case
                when {moved} then 'deleted'
                when sources is null or exists (select from unnest(sources) as source where not exists
                    (select from speaking where speaking.source = source and speaking.resource = {resource}))
                    then 'kept'
                when {doubtful} then 'kept'
                when {left} then {when_left}
                when {outside} then 'kept'
                else {when_gone} end
            from (
                select present.*, (
                    select array_agg(distinct delivery.source) from unnest(source_rows) as source_row
                    join consolidation.delivered_file as file on file.number = source_row >> 32
                    join consolidation.delivery using (delivery_id)) as sources
                from {table} as present join unsaid on unsaid.resource = {resource} and unsaid.id = present.id
                -- So that the sources of a row are looked up once, not wherever they are named.
                offset 0
            ) as candidate
            """
        ).format(
            resource=sql.Literal(resource),
            table=table(resource),
            # Where others keep the id, what the sources of those said who moved is not theirs.
            moved=_any_person(
                resource,
                PERSONS,
                "(exists (select from moved as m where {same} and m.wholly) or sources <@"
                " (select array_agg(m.source) from moved as m where {same}))",
            ),
            doubtful=_any_person(
                resource, PERSONS, "exists (select from doubtful as m where m.resource in ({resource}, '*') and {same})"
            ),
            # A contact whom the school took off the list is one of a student who is still there.
            left=_any_person(
                resource,
                ("Student", "Staff"),
                "exists (select from unnest(sources) as source where not exists"
                " (select from known as m where {same} and m.source = source))",
            ),
            when_left=sql.SQL("'ended'" if span_of(resource) else "'kept'"),
            outside=_outside(resource),
            when_gone=_when_gone(resource, day),
        )
    )


@cache
def persons_of(resource: str) -> tuple[tuple[str, str], ...]:
    """The columns that name a person, each with the person's kind."""
    return tuple((c.name, c.identifies) for c in shape.columns(resource) if c.identifies in PERSONS)


@cache
def times_of(resource: str) -> tuple[str, ...]:
    """The columns that say of what time a row tells: its school year, and the dates of its key."""
    if resource == "StudentSchoolAssociation":
        # An enrollment lasts: that the others began later says nothing of it.
        return ()
    return tuple(
        c.name
        for c in shape.columns(resource)
        if c.name == "school_year"
        or (c.key and c.type is not None and c.type.kind in (Kind.DATE, Kind.DATETIME) and c.name != "begin_date")
    )


@cache
def span_of(resource: str) -> tuple[str, str] | None:
    """The columns of the first and the last day of something that lasts."""
    held = {column.name for column in shape.columns(resource)}
    return next((span for span in _SPANS if held.issuperset(span)), None)


def _any_person(resource: str, kinds: tuple[str, ...], test: LiteralString) -> sql.Composable:
    """Whether `test` holds for any of the row's persons; `{same}` stands for: `m` is that person."""
    tests = [
        sql.SQL(test).format(
            resource=sql.Literal(resource),
            same=sql.SQL("m.kind = {} and m.unique_id = {}").format(
                sql.Literal(kind), sql.Identifier("candidate", column)
            ),
        )
        for column, kind in persons_of(resource)
        if kind in kinds
    ]
    return sql.SQL("({})").format(sql.SQL(" or ").join(tests)) if tests else sql.SQL("false")


def _outside(resource: str) -> sql.Composable:
    """Whether the row tells of a time of which one of its sources doesn't speak now, or that is not known."""
    tests: list[sql.Composable] = [
        sql.SQL(
            "({column} is null or exists (select from speaking where speaking.source = any(sources)"
            " and speaking.resource = {resource} and speaking.field = {field}"
            " and not coalesce({column}::text between speaking.first and speaking.last, false)))"
        ).format(column=sql.Identifier("candidate", column), resource=sql.Literal(resource), field=sql.Literal(column))
        for column in times_of(resource)
    ]
    return sql.SQL("({})").format(sql.SQL(" or ").join(tests)) if tests else sql.SQL("false")


def _when_gone(resource: str, day: date) -> sql.Composable:
    span = span_of(resource)
    if resource in PERSONS or (span is None and not times_of(resource) and resource not in _OF_NOW):
        return sql.SQL("'kept'")
    if span is None:
        return sql.SQL("'deleted'")
    rest = [name for name in shape.key_columns(resource) if name != span[0]]
    return sql.SQL(
        """
        case when candidate.{begin} > {day} or exists (
            select from {table} as other where {same} and abs(other.{begin} - candidate.{begin}) <= {days}
                and not exists (select from unsaid where unsaid.resource = {resource} and unsaid.id = other.id))
            then 'deleted' else 'ended' end
        """
    ).format(
        begin=sql.Identifier(span[0]),
        day=sql.Literal(day),
        table=table(resource),
        same=equal(rest, "other", "candidate"),
        days=sql.Literal(_DAYS_OF_CORRECTION),
        resource=sql.Literal(resource),
    )
