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

import psycopg
from psycopg import sql

from homeroom.model import columns as shape
from homeroom.record.changes import writing
from homeroom.record.deletion import delete_unreferenced
from homeroom.record.identifiers import SCHEMA, equal, table
from homeroom.record.order import dependency_order
from homeroom.record.verdicts import decide, persons_of, span_of

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
            decide(cursor, resource, day)
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
            " where source_rows <> '{{}}'"
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
