"""Letting go of what is due, with all that the record holds beside a row: history, who is who, findings, events.

A row that was let go of leaves a tombstone, for those who read changes, and the hash of its key. By that the next run
knows it when a system sends it still, and takes it out again before anybody has seen it. What was let go of because
somebody had left counts again as soon as they are back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import psycopg
from psycopg import sql

from homeroom.model import RESOURCES
from homeroom.model.columns import columns, table_name
from homeroom.record.changes import WRITING, key_values
from homeroom.record.deletion import delete_chosen_statement, referring
from homeroom.record.identifiers import SCHEMA, names, table
from homeroom.record.keys import BASE_KEYS, base_key
from homeroom.record.order import dependency_order
from homeroom.record.retention.due import departed_statement, is_held, since
from homeroom.record.retention.let_go_events import event_statements
from homeroom.record.retention.schedules import After, Schedule, Schedules

# Who stands in the tombstones.
WRITER = "retention"
PERSONS = ("Student", "Contact", "Staff")


def let_go_statements(schedules: Schedules, day: date) -> Iterator[sql.SQL | sql.Composed]:
    """The statements that let go of all that is in `due`, after `due_statements`; nobody publishes meanwhile.

    Afterwards the temporary table `let_go_count` (what, resource, rows) says how much of what is gone.
    """
    yield sql.SQL("select pg_advisory_xact_lock_shared({})").format(sql.Literal(WRITING))
    yield _PREPARE
    yield sql.SQL("insert into let_go_count select 'rows', resource, count(*) from due group by 2")
    order = [resource for resource in reversed(dependency_order()) if resource in schedules]
    for resource in order:
        one = schedules[resource]
        if not one.permanent:
            yield from _let_go(one)
    yield _BESIDE
    for resource in order:
        one = schedules[resource]
        if one.after in (After.LEFT, After.SCHOOL_YEAR, After.EVENT):
            yield _history(one, day)
    yield from _who_is_who()
    yield from event_statements(schedules, day)


def leave_let_go(record: psycopg.Connection, before: int, day: date) -> int:
    """Take out of the record again what was let go of and came with a batch; gives how many rows.

    It is part of the batch's transaction: nobody has seen them. `before`: the newest change version before the batch.
    """
    listed = record.execute("select resource, bool_or(waits) from consolidation.let_go group by 1").fetchall()
    if not listed:
        return 0
    with record.cursor() as cursor:
        cursor.execute(
            'create temporary table departed (kind text, unique_id text collate "C", left_on date,'
            " primary key (kind, unique_id)) on commit drop;"
            "create temporary table come (resource text, id uuid, key_hash bytea, waits boolean,"
            " primary key (resource, id)) on commit drop"
        )
        for resource, _ in listed:
            cursor.execute(_come(resource), {"before": before})
        cursor.execute(departed_statement(day))
        for resource, waits in listed:
            if waits:
                for statement in _returned(resource):
                    cursor.execute(statement)
        taken_out = 0
        for resource in [one for one in reversed(dependency_order()) if one in dict(listed)]:
            cursor.execute(_take_out(resource))
            taken_out += cursor.rowcount
        # What is there still is named by something new: it counts again.
        for resource, _ in listed:
            cursor.execute(
                sql.SQL(
                    "delete from consolidation.let_go as gone using come join {} as own using (id)"
                    " where come.resource = {} and gone.resource = come.resource and gone.key_hash = come.key_hash"
                ).format(table(resource), sql.Literal(resource))
            )
        for statement in _who_is_who(counted=False):
            cursor.execute(statement)
        cursor.execute("drop table come, departed")
    return taken_out


def _let_go(one: Schedule) -> Iterator[sql.SQL | sql.Composed]:
    resource = sql.Literal(one.resource)
    chosen = sql.SQL("select id from due where resource = {}").format(resource)
    yield sql.SQL(
        "insert into consolidation.let_go select {resource}, {hash}, {waits} from {table} as own"
        " where own.id in ({chosen}) on conflict do nothing"
    ).format(
        resource=resource,
        hash=_hash(one.resource, "own"),
        waits=sql.Literal(one.after is After.LEFT),
        table=table(one.resource),
        chosen=chosen,
    )
    # Where a row came from is not told: `leave_deleted` would keep it out after its student has come back.
    yield _filled(delete_chosen_statement(one.resource, chosen), one.resource)
    yield sql.SQL(
        "with gone as (delete from {history} where table_name = {name} and id in ({chosen}) returning 1)"
        " insert into let_go_count select 'history', {resource}, count(*) from gone"
    ).format(
        history=sql.Identifier(SCHEMA, "replaced_row"),
        name=sql.Literal(table_name(one.resource)),
        chosen=chosen,
        resource=resource,
    )


def _filled(statement: sql.Composed, resource: str) -> sql.Composed:
    """The statement of a deletion with its two parameters in it."""
    text = statement.as_string(None).replace("%(resource)s", sql.Literal(resource).as_string(None))
    return sql.Composed([sql.SQL(text.replace("%(source)s", sql.Literal(WRITER).as_string(None)))])


def _history(one: Schedule, day: date) -> sql.Composed:
    """What rows said that are not in the record any more, such as those that were corrected, by the same schedule."""
    return sql.SQL(
        """
        with gone as (
            delete from {history} as replaced using (
                select kept.ctid as place from {history} as kept,
                    lateral jsonb_populate_record(null::{table}, kept.document) as said
                where kept.table_name = {name} and {since} <= {day} and not {held}
                    and not exists (select from {table} as own where own.id = kept.id)) as found
            where replaced.ctid = found.place returning 1
        ) insert into let_go_count select 'history', {resource}, count(*) from gone
        """
    ).format(
        history=sql.Identifier(SCHEMA, "replaced_row"),
        table=table(one.resource),
        name=sql.Literal(table_name(one.resource)),
        since=since(one, "said"),
        day=sql.Literal(day),
        held=is_held(one.resource, "said"),
        resource=sql.Literal(one.resource),
    )


def _who_is_who(counted: bool = True) -> Iterator[sql.Composed]:
    """The ids, pairs and decisions of persons who were let go of and are not in the record."""
    for kind in PERSONS:
        column = next(c.name for c in columns(kind) if c.key)
        gone = sql.SQL(
            "with known as materialized (select source, source_id, unique_id,"
            " consolidation.let_go_hash({kind}, jsonb_build_object({name}, unique_id)) as key_hash from ("
            " select source, source_id, unique_id from consolidation.identity where kind = {kind}"
            " union select source, source_id, unique_id from consolidation.identity_history where kind = {kind}"
            ") as one where not exists (select from {table} where {column} = one.unique_id)"
            " and exists (select from consolidation.let_go where resource = {kind}))"
            " select source, source_id, unique_id from known where exists (select from consolidation.let_go as gone"
            " where gone.resource = {kind} and gone.key_hash = known.key_hash)"
        ).format(
            kind=sql.Literal(kind),
            table=table(kind),
            column=sql.Identifier(column),
            name=sql.Literal(next(c.paths[0] for c in columns(kind) if c.key)),
        )
        yield sql.SQL(
            "create temporary table gone_person on commit drop as {gone};"
            "delete from consolidation.match as pair using gone_person as gone where pair.kind = {kind}"
            " and (pair.left_source, pair.left_id) = (gone.source, gone.source_id);"
            "delete from consolidation.match as pair using gone_person as gone where pair.kind = {kind}"
            " and (pair.right_source, pair.right_id) = (gone.source, gone.source_id);"
            "delete from consolidation.match_decision as pair using gone_person as gone where pair.kind = {kind}"
            " and (pair.left_source, pair.left_id) = (gone.source, gone.source_id);"
            "delete from consolidation.match_decision as pair using gone_person as gone where pair.kind = {kind}"
            " and (pair.right_source, pair.right_id) = (gone.source, gone.source_id);"
            "delete from consolidation.created_identity as made using gone_person as gone"
            " where made.kind = {kind} and made.unique_id = gone.unique_id;"
            "delete from consolidation.identity as known using gone_person as gone where known.kind = {kind}"
            " and (known.source, known.source_id) = (gone.source, gone.source_id);"
            "delete from consolidation.identity_history as known using gone_person as gone where known.kind = {kind}"
            " and (known.source, known.source_id) = (gone.source, gone.source_id);"
            "{count}drop table gone_person"
        ).format(
            gone=gone,
            kind=sql.Literal(kind),
            count=sql.SQL("insert into let_go_count select 'identities', {}, count(*) from gone_person;").format(
                sql.Literal(kind)
            )
            if counted
            else sql.SQL(""),
        )


def _come(resource: str) -> sql.Composed:
    # Each row's hash is made once: in a join it would be made for each pair.
    return sql.SQL(
        "with own as materialized (select own.id, {hash} as key_hash from {table} as own"
        " where own.change_version > %(before)s)"
        " insert into come select {resource}, own.id, gone.key_hash, gone.waits from own"
        " join consolidation.let_go as gone on gone.resource = {resource} and gone.key_hash = own.key_hash"
    ).format(resource=sql.Literal(resource), table=table(resource), hash=_hash(resource, "own"))


def _returned(resource: str) -> Iterable[sql.Composed]:
    """What waits for somebody's leaving counts where they have not left: they are back."""
    for column in [c for c in columns(resource) if c.key and c.identifies in ("Student", "Staff")]:
        yield sql.SQL(
            "delete from come using {table} as own where come.resource = {resource} and come.id = own.id"
            " and come.waits and exists (select from {open} as here where here.{same} = own.{column})"
            " and not exists (select from departed where kind = {kind} and unique_id = own.{column})"
        ).format(
            table=table(resource),
            resource=sql.Literal(resource),
            open=table("StudentSchoolAssociation" if column.identifies == "Student" else _OF_STAFF),
            same=sql.Identifier("student_unique_id" if column.identifies == "Student" else "staff_unique_id"),
            column=sql.Identifier(column.name),
            kind=sql.Literal(column.identifies),
        )


_OF_STAFF = "StaffEducationOrganizationAssignmentAssociation"


def _take_out(resource: str) -> sql.Composed:
    """Delete what has come, but what another row names; nobody is told of what nobody has seen."""
    free = sql.SQL(" and ").join(
        [
            sql.SQL("true"),
            *(
                sql.SQL("not exists (select from {} as holder where {})").format(
                    table(holder),
                    sql.SQL(" and ").join(
                        sql.SQL("holder.{} = own.{}").format(sql.Identifier(theirs), sql.Identifier(ours))
                        for theirs, ours in named_by
                    ),
                )
                for holder, named_by in referring(resource)
            ),
        ]
    )
    base = RESOURCES[resource].subclass_of
    statement = sql.SQL("delete from {} as own using come where come.resource = {} and come.id = own.id and {}").format(
        table(resource), sql.Literal(resource), free
    )
    return _with_base(statement, resource, base) if base else statement


def _with_base(statement: sql.Composed, resource: str, base: str) -> sql.Composed:
    return sql.SQL("with gone as ({} returning own.*) delete from {} as base using gone where ({}) = ({})").format(
        statement, table(base), names(BASE_KEYS[base], "base"), names(base_key(resource), "gone")
    )


def _hash(resource: str, row: str) -> sql.Composed:
    return sql.SQL("consolidation.let_go_hash({}, {})").format(sql.Literal(resource), key_values(resource, row))


_PREPARE = sql.SQL("create temporary table let_go_count (what text, resource text, rows bigint) on commit drop")
# What stands beside the record of its rows, by their ids.
_BESIDE = sql.SQL(
    """
    delete from edfi.key_change as changed using due where changed.resource = due.resource and changed.id = due.id;
    delete from consolidation.unsaid as unsaid using due where unsaid.resource = due.resource and unsaid.id = due.id;
    delete from consolidation.business_rule_finding as finding using due where finding.id = due.id;
    update edfi.tombstone as gone set source_rows = null from due
        where gone.resource = due.resource and gone.id = due.id
    """
)
