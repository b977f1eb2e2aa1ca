"""The statements that make answers: one for a page, in which the database makes the finished JSON.

First the ids of the page's rows are found, with nothing read but what it is filtered and sorted by; then these rows
alone are told. Of each part no more ids are looked at than the page can hold, unless there is a filter. Each resource
that a statement names stands for its rows within reach, so that no condition can be forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from homeroom.access.agreements.terms import Extent
from homeroom.access.oneroster.agreed import Open, open_parts
from homeroom.access.oneroster.collections import Collection
from homeroom.access.oneroster.declaration import MODIFIED, SOURCED_ID, STATUS, Field, Kind, Version
from homeroom.access.oneroster.documents import as_text, document
from homeroom.access.oneroster.filters import condition
from homeroom.access.oneroster.rows import field_value, gathered, item_value, select_rows

# So many statements are kept as they were made.
_KEPT = 1_000
# How many rows lie before the end of a page, as a number that PostgreSQL takes.
_UNTIL = "least(%(limit)s::numeric + %(offset)s::numeric, 9223372036854775807)::bigint"
# What a column begins with that says whether a row fulfils a clause.
_SOUGHT = "fulfils_"
# From when on something has to be changed that is told in whole milliseconds, for it to lie behind a moment.
_MILLISECOND = "interval '1 millisecond'"
_SINCE = {
    ">": f"(date_trunc('milliseconds', {{0}}) + {_MILLISECOND})",
    ">=": f"date_trunc('milliseconds', {{0}} + {_MILLISECOND} - interval '1 microsecond')",
}
# Rows that were deleted, as parameters: their ids, when, and whom each told about.
GONE = ("gone_ids", "gone_at", "gone_students")


@dataclass(frozen=True)
class Compared:
    """A clause of a filter without its value. `parameter`: the name under which that comes."""

    field: Field
    inner: Field | None
    operator: str
    parameter: str

    @property
    def path(self) -> str:
        """How a filter names it."""
        return f"{self.field.name}.{self.inner.name}" if self.inner else self.field.name


@dataclass(frozen=True)
class Asked:
    """What a statement is made of. `filters`: groups of clauses, all clauses of one of which have to hold."""

    collection: Collection
    version: Version
    agreed: frozenset[str]
    extent: Extent
    fields: tuple[Field, ...] = ()
    filters: tuple[tuple[Compared, ...], ...] = ()
    sort: Field | None = None
    descending: bool = False
    with_gone: bool = False
    # The parts of which no row fulfils the filters, by their resources.
    without: frozenset[str] = frozenset()

    @property
    def parts(self) -> list[Open]:
        """The parts that the collection has and the agreement opens."""
        opened = open_parts(self.collection.of, self.agreed)
        return [
            one
            for one in opened
            if one.part.resource in self.collection.conditions
            and one.part.resource not in self.without
            and self.collection.told_by_path(one.part.resource) <= self.agreed
        ]

    def within(self, one: Open) -> str:
        """What a row of a part has to fulfil to be in the collection."""
        return f"({self.collection.conditions[one.part.resource]})"


@lru_cache(_KEPT)
def page_statement(asked: Asked) -> str:
    """A page's body, how many rows it has, how many there are in all, whom they are about, and of which parts they are.

    How many there are is told only where there are filters (`count_statement`). Parameters: `root` (the address below
    which the services are), `limit`, `offset`, the ids in the path, the values of the filters, and those of `GONE`.
    """
    told = [_full(asked, number, one) for number, one in enumerate(asked.parts)]
    if asked.with_gone:
        told.append(_gone_in_full(asked))
    # Each part's order is known by itself: so an index gives it, and the rest is not even read.
    first = f" order by {_order(asked)} limit {_UNTIL}"
    matched = " union all ".join(f"(select * from ({one}) as part{first})" for one in _lean(asked))
    total = "null::bigint"
    if asked.filters:
        matched, total = " union all ".join(_lean(asked)), "(select count(*) from matched)"
    return f"""
        with matched as {"materialized" if asked.filters else "not materialized"} (
            select * from ({matched}) as found where {_where(asked)}
        ), chosen as materialized (
            select id, row_number() over () as place from (
                select id from matched order by {_order(asked)} limit %(limit)s offset %(offset)s
            ) as sorted
        ), {_gathered(asked, "(select id from chosen)")}told as materialized ({" union all ".join(told)})
        select convert_to('{{"{asked.collection.of.name}":[' || coalesce(string_agg(document, ',' order by place), '')
                || ']}}', 'UTF8'),
            count(*), {total},
            (select array_agg(distinct one) from told, unnest(students) as one where one is not null),
            array_agg(distinct part)
        from told join chosen using (id)
    """


@lru_cache(_KEPT)
def count_statement(asked: Asked) -> str:
    """How many objects a collection has, without filters."""
    return f"select count(*) from ({' union all '.join(_lean(replace(asked, sort=None)))}) as found"


@lru_cache(_KEPT)
def single_statement(asked: Asked) -> str:
    """The body of one object, by `id`, whom it is about, and of which part it is; the `root` as above."""
    told = " union all ".join(_full(asked, number, one) for number, one in enumerate(asked.parts))
    return f"""
        with chosen as (select %(id)s::uuid as id), {_gathered(asked, "(select %(id)s::uuid)")}
            told as materialized ({told})
        select convert_to('{{"{asked.collection.of.single}":' || document || '}}', 'UTF8'), students, part from told
    """


@lru_cache(_KEPT)
def exists_statement(asked: Asked) -> str:
    """Whether there is an object with `id`."""
    return f"select exists (select from ({' union all '.join(_lean(asked))}) as found where id = %(id)s)"


def _lean(asked: Asked) -> list[str]:
    """The ids of the rows of each part, with the fields that they are filtered and sorted by."""
    clauses = [clause for group in asked.filters for clause in group]
    sought = [clause for clause in clauses if _is_sought(asked, clause)]
    fields = [clause.field for clause in clauses if clause not in sought] + [asked.sort] * bool(asked.sort)
    used = {f'"{field.name}"': field for field in fields if field}
    found = [
        select_rows(
            one,
            {
                "id": one.part.id,
                **{column: _column(one, field) for column, field in used.items()},
                **{f"{_SOUGHT}{clause.parameter}": _found(one, clause) for clause in sought},
            },
            asked.within(one),
            asked.extent,
        )
        for one in asked.parts
    ]
    if asked.with_gone:
        columns = [f"{_gone_column(field)} as {column}" for column, field in used.items()]
        columns += [f"{_of_gone(clause)} as {_SOUGHT}{clause.parameter}" for clause in sought]
        found.append(f"select {', '.join(['id', *columns])} from {_gone()}")
    return found


def _is_sought(asked: Asked, clause: Compared) -> bool:
    """Whether a part finds its rows for a clause faster than by what would be told."""
    if clause.path == MODIFIED:
        return clause.operator in _SINCE and any(one.part.changed_since for one in asked.parts)
    return clause.operator == "=" and any(one.part.sought.get(clause.path) for one in asked.parts)


def _of_gone(clause: Compared) -> str:
    """Whether a deleted row fulfils a clause that `_is_sought`: all that it has is when it was deleted."""
    if clause.path != MODIFIED:
        return "false"
    return condition(clause.field, None, clause.operator, _gone_column(clause.field), f"%({clause.parameter})s")


def _found(one: Open, clause: Compared) -> str:
    """Whether a row fulfils a clause that `_is_sought`."""
    value = f"%({clause.parameter})s"
    if clause.path == MODIFIED and (changed := _changed(one, _SINCE[clause.operator].format(f"{value}::timestamptz"))):
        return changed
    ways = [way.sql for way in one.part.sought.get(clause.path, ()) if one.agreed.issuperset(way.made_of)]
    if ways:
        return ways[0].replace("{value}", f"{value}::text")
    return condition(clause.field, clause.inner, clause.operator, _column(one, clause.field), value)


def _changed(one: Open, since: str) -> str:
    """Whether anything that a row is made of was changed at a moment or later; nothing where that isn't declared."""
    named = [resource for resource in one.part.modified if one.names(resource)]
    if not one.part.changed_since or any(resource not in one.part.changed_since for resource in named):
        return ""
    others = [one.part.changed_since[resource].replace("{since}", since) for resource in named]
    return f"({' or '.join([f'row.last_modified >= {since}', *others])})"


def _column(one: Open, field: Field) -> str:
    value = field_value(one, field)
    if value and field.kind is Kind.OBJECTS:
        # Compared is what would be told, not what it is made from.
        told = [(inner.name, item_value(one, field, inner)) for inner in field.parts]
        members = ", ".join(f"'{name}', {shown}" for name, shown in told if shown)
        value = f"select jsonb_agg(jsonb_build_object({members})) from jsonb_array_elements({value}) as one"
    return f"({value or 'null'})::{field.kind}"


def _where(asked: Asked) -> str:
    return (
        " or ".join(f"({' and '.join(_clause(asked, clause) for clause in group)})" for group in asked.filters)
        or "true"
    )


def _clause(asked: Asked, one: Compared) -> str:
    if _is_sought(asked, one):
        return f"{_SOUGHT}{one.parameter}"
    return condition(one.field, one.inner, one.operator, f'"{one.field.name}"', f"%({one.parameter})s")


def _order(asked: Asked) -> str:
    if asked.sort is None:
        return "id"
    column = f'"{asked.sort.name}"'
    if asked.sort.kind is Kind.TEXTS:
        column = f"array_to_string({column}, ',')"
    if asked.sort.kind in (Kind.TEXT, Kind.TEXTS):
        column += ' collate "C"'
    return f"{column} {'desc' if asked.descending else 'asc'} nulls last, id"


def _full(asked: Asked, number: int, one: Open) -> str:
    """The rows of a part that were chosen, as finished JSON."""
    columns = {
        "id": one.part.id,
        "document": document(one, asked.fields, asked.version),
        "students": f"{one.part.students}::text[]",
        "part": str(number),
    }
    where = f"{one.part.id} in (select id from chosen) and {asked.within(one)}"
    return select_rows(one, columns, where, asked.extent, gathered_before=True)


def _gathered(asked: Asked, chosen: str) -> str:
    queries = {name: query for one in asked.parts for name, query in gathered(one, chosen, asked.extent).items()}
    return "".join(f"{name} as materialized ({query}), " for name, query in queries.items())


def _gone() -> str:
    ids, at, students = GONE
    return (
        f"unnest(%({ids})s::uuid[], %({at})s::timestamptz[], %({students})s::text[]) as gone (id, deleted_at, student)"
    )


def _gone_column(field: Field) -> str:
    known = {SOURCED_ID: "id", STATUS: "'tobedeleted'::text", MODIFIED: "date_trunc('milliseconds', deleted_at)"}
    return known.get(field.name, f"null::{field.kind}")


def _gone_in_full(asked: Asked) -> str:
    """Deleted rows as finished JSON: of what they said nothing is left."""
    members = [
        f"'{field.name}' value {as_text(field.kind, _gone_column(field))}"
        for field in asked.fields
        if field.name in (SOURCED_ID, STATUS, MODIFIED)
    ]
    document = f"json_object({', '.join(members)} returning text)" if members else "'{}'"
    return f"select id, {document}, array[student], null::int from {_gone()} where id in (select id from chosen)"
