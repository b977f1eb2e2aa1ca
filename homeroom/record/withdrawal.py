"""What the sources no longer say of a student or a member of staff, and what becomes of it.

A batch holds all that the sources say now. A row of the record that came from sources and is not in it any more was
withdrawn by them, and it depends on what it is and on who is silent:

- A person whose rows turned out to be another's: what the record held of them under the old id goes.
- A person who left a source keeps the record. What was still open, an enrollment above all, ends.
- Of a person whom the source still knows, a row that it doesn't say any more was corrected: it goes; or it ends, where
  it is something that lasts. One that begins up to 90 days earlier or later in its place is the same, corrected.
- What lies outside the time of which a source speaks now, such as last year's attendance, stays.
- Where a source did not deliver such rows at all, or delivered a row of that person that could not be used, all stays.

What goes is kept as history (`homeroom.record.earlier_days`) and leaves a tombstone for those who read changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import LiteralString

import psycopg
from psycopg import sql

from homeroom.model import columns as shape
from homeroom.model.declaration import Kind
from homeroom.record.changes import writing
from homeroom.record.deletion import delete_unreferenced
from homeroom.record.identifiers import SCHEMA, equal, table
from homeroom.record.order import dependency_order

PERSONS = ("Student", "Contact", "Staff")
# In `doubtful`, where a row could not be used so early that nobody knows of which resource it was.
ANY_RESOURCE = "*"

# What holds now and has no time of its own: it goes when it isn't said any more.
_OF_NOW = ("StudentContactAssociation", "StudentEducationOrganizationAssociation")
_SPANS = (("entry_date", "exit_withdraw_date"), ("begin_date", "end_date"))
_DAYS_OF_CORRECTION = 90
WRITER = "consolidation"


@dataclass(frozen=True)
class Withdrawn:
    """How many rows of each resource were ended, and how many were deleted."""

    ended: Mapping[str, int]
    deleted: Mapping[str, int]


def prepare_withdrawal(record: psycopg.Connection) -> None:
    """Make room for what the batch that comes will not say, until the transaction ends.

    `identity_before` is for the rows of `identity` that are written anew: who these rows of sources were until now.
    """
    record.execute(
        """
        create temporary table unsaid (resource text, id uuid) on commit drop;
        create temporary table identity_before on commit drop as
            select source, kind, source_id, unique_id from consolidation.identity with no data;
        create temporary table speaking (source text, resource text, field text, first text, last text) on commit drop;
        create temporary table doubtful (resource text, kind text, unique_id text) on commit drop
        """
    )


def withdraw(record: psycopg.Connection, day: date) -> Withdrawn:
    """End or delete what `unsaid` holds, as of `day`, the day of the run; the caller's transaction decides.

    After `prepare_withdrawal` and a batch, the caller has filled `speaking`: for each source that delivered rows of a
    resource now, a row for each of the resource's `times`, with the first and last that it holds as text, or one row
    without a field where it has none; and `doubtful`: persons of whom a source delivered rows of a resource that could
    not be used.
    """
    found = unsaid_resources(record)
    if not found:
        return Withdrawn({}, {})
    ended, deleted = {}, {}
    with writing(record), record.cursor() as cursor:
        _gather_persons(cursor, found)
        for resource in found:
            _decide(cursor, resource, day)
        for resource in found:
            if span_of(resource) and (count := _end(cursor, resource, day)):
                ended[resource] = count
        # What refers to a row goes before it.
        for resource in reversed(dependency_order()):
            chosen = sql.SQL("select id from verdict where resource = {} and verdict = 'deleted'")
            if resource in found and (
                count := delete_unreferenced(cursor, resource, chosen.format(sql.Literal(resource)), WRITER)
            ):
                deleted[resource] = count
    return Withdrawn(ended, deleted)


def unsaid_resources(record: psycopg.Connection) -> list[str]:
    """The resources of which the batch left rows unsaid."""
    return [name for (name,) in record.execute("select distinct resource from unsaid order by 1").fetchall()]


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


def note_unsaid(
    cursor: psycopg.Cursor, resource: str, received: sql.Identifier, gone: sql.Identifier | None = None
) -> None:
    """Write down which rows that came from sources are not said any more, where anybody asked for that.

    They are those that are not among the `received` ones. Where these are only what differs from the last batch, `gone`
    holds the keys of the rows that it had and this one has not; those that were unsaid before are so still.
    """
    asked = cursor.execute("select to_regclass('pg_temp.unsaid') is not null").fetchone()
    if not persons_of(resource) or not asked or not asked[0]:
        return
    key = shape.key_columns(resource)
    candidates = sql.SQL("select id from {}").format(table(resource))
    if gone is not None:
        candidates = sql.SQL(
            "select id from consolidation.unsaid where resource = {}"
            " union select id from {} as held join {} as gone on {}"
        ).format(sql.Literal(resource), table(resource), gone, equal(key, "held", "gone"))
    cursor.execute(
        sql.SQL(
            "insert into pg_temp.unsaid select {}, id from {} as present join ({}) as candidate using (id)"
            " where written_by is null and source_rows <> '{{}}'"
            " and not exists (select from {} as waiting where {})"
        ).format(sql.Literal(resource), table(resource), candidates, received, equal(key, "present", "waiting"))
    )


def keep_unsaid(record: psycopg.Connection) -> None:
    """Remember what is not said any more for the next batch; the caller's transaction decides."""
    record.execute(
        """
        delete from consolidation.unsaid;
        insert into consolidation.unsaid select resource, id from pg_temp.unsaid
        """
    )


def _gather_persons(cursor: psycopg.Cursor, resources: Sequence[str]) -> None:
    """`known`: which sources know, now, whom the unsaid rows of `resources` name; `moved`: the ids of which a source's
    rows are another's now."""
    # Ids of the record's tables are ordered by their bytes: an index in another order is of no use to them.
    named = [
        sql.SQL(
            "select {}, {} from {} as present join unsaid on unsaid.resource = {} and unsaid.id = present.id"
        ).format(sql.Literal(kind), sql.Identifier(column), table(resource), sql.Literal(resource))
        for resource in resources
        for column, kind in persons_of(resource)
    ]
    cursor.execute(
        """
        create temporary table changed on commit drop as
            select before.kind, before.unique_id collate "C" as unique_id, before.source
            from identity_before as before join consolidation.identity as now using (source, kind, source_id)
            where now.unique_id <> before.unique_id;
        create index on unsaid (resource, id);
        create index on doubtful (resource, unique_id);
        analyze unsaid, doubtful
        """
    )
    cursor.execute(
        sql.SQL(
            """
            create temporary table known on commit drop as
                with named (kind, unique_id) as (select kind, unique_id from changed union {named})
                select distinct kind, unique_id collate "C" as unique_id, source from consolidation.identity
                where (kind, unique_id collate "C") in (select kind, unique_id from named);
            create index on known (unique_id, kind, source);
            create temporary table moved on commit drop as
                select distinct kind, unique_id, source, not exists (
                    select from known where known.kind = changed.kind and known.unique_id = changed.unique_id) as wholly
                from changed;
            create temporary table verdict (resource text, id uuid, verdict text) on commit drop;
            analyze known, moved, speaking
            """
        ).format(named=sql.SQL(" union ").join(named))
    )


def _decide(cursor: psycopg.Cursor, resource: str, day: date) -> None:
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


def _end(cursor: psycopg.Cursor, resource: str, day: date) -> int:
    """Give what lasts its last day: the run's, or, for an enrollment between two sessions, the last day of school."""
    begin, end = span_of(resource) or ("", "")
    last_day: sql.Composable = sql.Literal(day)
    if resource == "StudentSchoolAssociation":
        last_day = sql.SQL(
            """
            coalesce((
                select max(session.end_date) from {session} as session
                where session.school_id = present.school_id and session.end_date >= present.entry_date
                having bool_and(session.begin_date > {day} or session.end_date < {day})
                    and max(session.end_date) < {day}
            ), {day})
            """
        ).format(session=table("Session"), day=sql.Literal(day))
    cursor.execute(
        sql.SQL(
            """
            update {table} as present set {end} = {last_day}, change_version = nextval({sequence}),
                last_modified = now(), said = coalesce(said, '{{}}') || jsonb_build_object({name}, '[[0]]'::jsonb)
            from verdict where verdict.resource = {resource} and verdict.id = present.id
                and verdict.verdict = 'ended' and present.{end} is null and present.{begin} <= {day}
            """
        ).format(
            table=table(resource),
            end=sql.Identifier(end),
            name=sql.Literal(end),
            begin=sql.Identifier(begin),
            last_day=last_day,
            day=sql.Literal(day),
            resource=sql.Literal(resource),
            sequence=sql.Literal(f"{SCHEMA}.change_version"),
        )
    )
    return cursor.rowcount
