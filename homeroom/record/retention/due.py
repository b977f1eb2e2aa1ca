"""What is due: the rows whose time has come and that nothing needs which stays.

The statements here make temporary tables, which end with the transaction, and change nothing else. Afterwards `due`
holds a row for each row of the record that can be let go of: `resource`, `id`, and `since`, the day on which its time
had come. `departed` says who has left, and when; `held` whose rows stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from psycopg import sql

from homeroom.model.columns import Column, columns, foreign_keys
from homeroom.record.deletion import referring
from homeroom.record.identifiers import table
from homeroom.record.nested_references import nested_to
from homeroom.record.order import dependency_order
from homeroom.record.retention.schedules import After, Schedule, Schedules, persons_in

# How a column names a person of each kind.
_KINDS = ("Student", "Staff", "Contact")


def due_statements(schedules: Schedules, day: date, held_students: Iterable[str]) -> Iterator[sql.SQL | sql.Composed]:
    """The statements that find what is due on `day`; `held_students`: the unique ids of those whose rows stay."""
    yield _PREPARE
    yield departed_statement(day)
    yield sql.SQL("insert into held select 'Student', unnest({}::text[])").format(sql.Literal(sorted(held_students)))
    yield _HOLD_CONTACTS
    yield sql.SQL("analyze departed, held")
    timed = [schedules[resource] for resource in dependency_order() if resource in schedules]
    for one in timed:
        if not one.permanent and one.after is not After.UNUSED:
            yield _candidates(one, day)
    yield sql.SQL("analyze due")
    # What names a row goes before it, or it stays as well.
    for resource in reversed(dependency_order()):
        if resource in schedules and not schedules[resource].permanent:
            if schedules[resource].after is After.UNUSED:
                yield _unused(resource, day)
            yield from _keep_what_is_named(resource)


def departed_statement(day: date) -> sql.Composed:
    """The table `departed` (kind, unique_id, left_on): who has left by `day`.

    A student, when the last enrollment has an exit and none is open; a member of staff, when the last employment and
    assignment have ended; a contact, when the last of their students left. Of whom the record has none of these nobody
    knows that they left.
    """
    return sql.SQL(
        """
        insert into departed
        with student as (
            select student_unique_id as unique_id, max(exit_withdraw_date) as left_on from {enrollment} group by 1
            having bool_and(coalesce(exit_withdraw_date <= {day}, false))
        ), staff as (
            select staff_unique_id as unique_id, max(end_date) as left_on from (
                select staff_unique_id, end_date from {employment}
                union all select staff_unique_id, end_date from {assignment}) as held
            group by 1 having bool_and(coalesce(end_date <= {day}, false))
        ), contact as (
            select contact_unique_id as unique_id, max(left_on) as left_on
            from {contact} as association left join student on unique_id = student_unique_id
            group by 1 having bool_and(left_on is not null)
        )
        select 'Student', * from student union all select 'Staff', * from staff
        union all select 'Contact', * from contact
        """
    ).format(
        enrollment=table("StudentSchoolAssociation"),
        employment=table("StaffEducationOrganizationEmploymentAssociation"),
        assignment=table("StaffEducationOrganizationAssignmentAssociation"),
        contact=table("StudentContactAssociation"),
        day=sql.Literal(day),
    )


def since(one: Schedule, row: str) -> sql.Composable:
    """The day on which a row's time had come, as an expression; NULL where nothing says when. `row`: its alias."""
    if one.after is After.LEFT:
        begin: sql.Composable = _last_left(one.resource, row)
    elif one.after is After.SCHOOL_YEAR:
        begin = sql.SQL(
            "coalesce((select max(end_date) from {session} where school_year = {row}.school_year),"
            " make_date({row}.school_year, 6, 30))"
        ).format(session=table("Session"), row=sql.Identifier(row))
    else:
        begin = sql.SQL("{}::date").format(sql.Identifier(row, one.date))
    return sql.SQL("({begin} + make_interval(years => {years}))::date").format(
        begin=begin, years=sql.Literal(one.years)
    )


def is_held(resource: str, row: str) -> sql.Composable:
    """Whether a row names somebody whose rows stay."""
    named = [
        sql.SQL("({}, {}) in (select kind, unique_id from held)").format(
            sql.Literal(column.identifies), sql.Identifier(row, column.name)
        )
        for column in _naming(resource)
    ]
    return sql.SQL("({})").format(sql.SQL(" or ").join(named)) if named else sql.SQL("false")


def _naming(resource: str) -> list[Column]:
    return [column for column in columns(resource) if column.identifies in _KINDS]


def _last_left(resource: str, row: str) -> sql.Composable:
    """The day on which the last of those left whom a row is about; NULL where one of them is here."""
    persons = persons_in(resource)
    left = [
        sql.SQL("(select left_on from departed where kind = {} and unique_id = {})").format(
            sql.Literal(kind), sql.Identifier(row, column)
        )
        for column, kind in persons
    ]
    here = [
        sql.SQL("({} is not null and {} is null)").format(sql.Identifier(row, column), gone)
        for (column, _), gone in zip(persons, left, strict=True)
    ]
    return sql.SQL("case when {} then null else greatest({}) end").format(
        sql.SQL(" or ").join(here), sql.SQL(", ").join(left)
    )


def _candidates(one: Schedule, day: date) -> sql.Composed:
    """The rows of a resource whose time has come."""
    if one.after is After.WITH:
        foreign = next(f for f in foreign_keys(one.resource) if f.target == one.with_)
        return sql.SQL(
            "insert into due select {resource}, own.id, due.since from {table} as own join {whole} as named on {same}"
            " join due on due.resource = {named} and due.id = named.id where not {held}"
        ).format(
            resource=sql.Literal(one.resource),
            table=table(one.resource),
            whole=table(one.with_),
            same=_same(zip(foreign.columns, foreign.target_columns, strict=True), "own", "named"),
            named=sql.Literal(one.with_),
            held=is_held(one.resource, "own"),
        )
    return sql.SQL(
        "insert into due select {resource}, id, since from (select own.id, {since} as since from {table} as own"
        " where not {held}) as candidate where since <= {day}"
    ).format(
        resource=sql.Literal(one.resource),
        since=since(one, "own"),
        table=table(one.resource),
        held=is_held(one.resource, "own"),
        day=sql.Literal(day),
    )


def _unused(resource: str, day: date) -> sql.Composed:
    """The rows of a resource that somebody named who goes."""
    named = [
        sql.SQL(
            "select own.id from {own} as own join {holder} as holder on {same}"
            " join due on due.resource = {name} and due.id = holder.id"
        ).format(
            own=table(resource),
            holder=table(holder),
            same=_same(named_by, "holder", "own"),
            name=sql.Literal(holder),
        )
        for holder, named_by in referring(resource)
    ]
    return sql.SQL("insert into due select {}, id, {}::date from ({}) as named").format(
        sql.Literal(resource), sql.Literal(day), sql.SQL(" union ").join(named)
    )


def _keep_what_is_named(resource: str) -> Iterator[sql.Composed]:
    """Take the rows out of `due` that a row names which stays."""
    stays = sql.SQL("not exists (select from due as other where other.resource = {} and other.id = holder.id)")
    for holder, named_by in referring(resource):
        yield sql.SQL(
            "delete from due using {own} as own where due.resource = {resource} and due.id = own.id"
            " and exists (select from {holder} as holder where {same} and {stays})"
        ).format(
            own=table(resource),
            resource=sql.Literal(resource),
            holder=table(holder),
            same=_same(named_by, "holder", "own"),
            stays=stays.format(sql.Literal(holder)),
        )
    for nested in nested_to(resource):
        # What collections name is unfolded once: to look each row up in all of them would take for ever.
        yield sql.SQL(
            """
            with named as materialized (
                select distinct reference from {holder} as holder
                cross join lateral jsonb_path_query(holder.{column}, {path}) as reference where {stays}
            )
            delete from due using {own} as own, named where due.resource = {resource} and due.id = own.id and {same}
            """
        ).format(
            holder=table(nested.resource),
            column=sql.Identifier(nested.column),
            path=sql.Literal(nested.path),
            stays=stays.format(sql.Literal(nested.resource)),
            own=table(resource),
            resource=sql.Literal(resource),
            same=sql.SQL(" and ").join(
                sql.SQL("to_jsonb({}) = reference -> {}").format(sql.Identifier("own", column), sql.Literal(part))
                for part, column in nested.parts
            ),
        )


def _same(pairs: Iterable[tuple[str, str]], left: str, right: str) -> sql.Composed:
    return sql.SQL(" and ").join(
        sql.SQL("{} = {}").format(sql.Identifier(left, mine), sql.Identifier(right, theirs)) for mine, theirs in pairs
    )


_PREPARE = sql.SQL(
    """
    create temporary table due (resource text, id uuid, since date, primary key (resource, id)) on commit drop;
    create temporary table departed (
        kind text, unique_id text collate "C", left_on date, primary key (kind, unique_id)) on commit drop;
    create temporary table held (kind text, unique_id text collate "C", primary key (kind, unique_id)) on commit drop
    """
)
# Whoever stands for a held student stays with them.
_HOLD_CONTACTS = sql.SQL(
    "insert into held select distinct 'Contact', contact_unique_id from {} join held on kind = 'Student'"
    " and unique_id = student_unique_id"
).format(table("StudentContactAssociation"))
