"""The statements that make answers: one for a page, in which the database makes the finished JSON.

First the ids of the page's rows are found, with nothing read but what it is filtered and sorted by; then these rows
alone are told. Each resource that a statement names stands for its rows within reach, so that no condition can be
forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from psycopg import sql

from homeroom.access.oneroster.agreed import Open, open_parts
from homeroom.access.oneroster.collections import ALL_CLASSES, Collection
from homeroom.access.oneroster.declaration import (
    MODIFIED,
    SOURCED_ID,
    STATUS,
    Field,
    Kind,
    OneRosterClass,
    Part,
    Version,
)
from homeroom.access.oneroster.filters import as_text, condition
from homeroom.access.resources.scope import scope_of
from homeroom.record.identifiers import table

# So many statements are kept as they were made.
_KEPT = 1_000
_RESOURCE = re.compile(r"\{([A-Z]\w+)\}")
# Rows that were deleted, as parameters: their ids, when, and whom each told about.
GONE = ("gone_ids", "gone_at", "gone_students")


@dataclass(frozen=True)
class Compared:
    """A clause of a filter without its value. `parameter`: the name under which that comes."""

    field: Field
    inner: Field | None
    operator: str
    parameter: str


@dataclass(frozen=True)
class Asked:
    """What a statement is made of. `alone`: one object, by its id. `filters`: groups of clauses, one of which holds."""

    collection: Collection
    version: Version
    agreed: frozenset[str]
    whole_district: bool
    fields: tuple[Field, ...]
    filters: tuple[tuple[Compared, ...], ...] = ()
    sort: tuple[Field, Field | None] | None = None
    descending: bool = False
    with_gone: bool = False
    alone: bool = False

    @property
    def parts(self) -> list[Open]:
        """The parts that the collection has and the agreement opens."""
        return [
            one
            for one in open_parts(self.collection.of, self.agreed)
            if one.part.resource in self.collection.conditions
        ]


@lru_cache(_KEPT)
def page_statement(asked: Asked) -> str:
    """A page's body, how many rows it has, how many there are in all, whom they are about, and of which parts they are.

    Parameters: `root` (the address below which the services are), `limit`, `offset`, the ids in the path, the values of
    the filters, and those of `GONE`.
    """
    lean = _lean(asked)
    where = _where(asked)
    order = _order(asked)
    told = " union all ".join(_full(asked, number, one) for number, one in enumerate(asked.parts))
    gathered = {name: query for one in asked.parts for name, query in _gathered(asked, one, "(select id from chosen)")}
    if asked.with_gone:
        told += f" union all {_gone_in_full(asked)}"
    made = "".join(f"{name} as materialized ({query}), " for name, query in gathered.items())
    name = asked.collection.of.name
    return f"""
        with chosen as materialized (
            select id, row_number() over () as place from (
                select id from ({lean}) as found where {where} order by {order} limit %(limit)s offset %(offset)s
            ) as sorted
        ), {made}told as materialized ({told})
        select convert_to('{{"{name}":[' || coalesce(string_agg(document, ',' order by place), '') || ']}}', 'UTF8'),
            count(*), (select count(*) from ({lean}) as found where {where}),
            (select array_agg(distinct one) from told, unnest(students) as one where one is not null),
            array_agg(distinct part)
        from told join chosen using (id)
    """


@lru_cache(_KEPT)
def single_statement(asked: Asked) -> str:
    """The body of one object, by `id`, whom it is about, and of which part it is; the `root` as above."""
    gathered = {name: query for one in asked.parts for name, query in _gathered(asked, one, "(select %(id)s::uuid)")}
    made = "".join(f"{name} as materialized ({query}), " for name, query in gathered.items())
    told = " union all ".join(_full(asked, number, one) for number, one in enumerate(asked.parts))
    return f"""
        with chosen as (select %(id)s::uuid as id), {made}told as materialized ({told})
        select convert_to('{{"{asked.collection.single}":' || document || '}}', 'UTF8'), students, part from told
    """


@lru_cache(_KEPT)
def exists_statement(asked: Asked) -> str:
    """Whether there is an object with `id`."""
    return f"select exists (select from ({_lean(asked)}) as found where id = %(id)s)"


def _lean(asked: Asked) -> str:
    """The ids of all rows, with the fields that they are filtered and sorted by."""
    used = _used(asked)
    found = [
        _select(
            asked,
            one,
            {"id": one.part.id, **{column: _column(one, field) for column, field in used.items()}},
            "true",
            None,
        )
        for one in asked.parts
    ]
    if asked.with_gone:
        columns = [f"{_gone_column(field)} as {column}" for column, field in used.items()]
        found.append(f"select {', '.join(['id', *columns])} from {_gone()}")
    return " union all ".join(found)


def _used(asked: Asked) -> dict[str, Field]:
    """The columns by which rows are filtered and sorted."""
    fields = [clause.field for group in asked.filters for clause in group]
    if asked.sort:
        fields.append(asked.sort[0])
    return {f'"{field.name}"': field for field in fields}


def _column(one: Open, field: Field) -> str:
    value = _value(one, field)
    if value and field.kind is Kind.OBJECTS:
        # Compared is what would be told, not what it is made from.
        told = [(inner.name, item_value(one, field, inner)) for inner in field.parts]
        members = ", ".join(f"'{name}', {shown}" for name, shown in told if shown)
        value = f"select jsonb_agg(jsonb_build_object({members})) from jsonb_array_elements({value}) as one"
    return f"({value or 'null'})::{field.kind}"


def _value(one: Open, field: Field) -> str | None:
    """The value of a field as SQL, of the type of its kind."""
    if field.name == SOURCED_ID:
        return one.part.id
    if field.name == STATUS:
        return "'active'"
    if field.name == MODIFIED:
        changes = [sql_ for resource, sql_ in one.part.changes.items() if one.names(resource)]
        return f"date_trunc('milliseconds', greatest({', '.join(changes)}))"
    return one.sql(field.given_as)


def _where(asked: Asked) -> str:
    groups = [
        "("
        + " and ".join(
            condition(one.field, one.inner, one.operator, f'"{one.field.name}"', f"%({one.parameter})s")
            for one in group
        )
        + ")"
        for group in asked.filters
    ]
    return " or ".join(groups) or "true"


def _order(asked: Asked) -> str:
    if asked.sort is None:
        return "id"
    field = asked.sort[0]
    column = f'"{field.name}"'
    if field.kind is Kind.TEXTS:
        column = f"array_to_string({column}, ',')"
    if field.kind in (Kind.TEXT, Kind.TEXTS):
        column += ' collate "C"'
    return f"{column} {'desc' if asked.descending else 'asc'} nulls last, id"


def _full(asked: Asked, number: int, one: Open) -> str:
    """The rows of a part that were chosen, as finished JSON."""
    columns = {
        "id": one.part.id,
        "document": _document(asked, one),
        "students": f"{one.part.students}::text[]",
        "part": str(number),
    }
    return _select(asked, one, columns, f"{one.part.id} in (select id from chosen)", "chosen")


def _document(asked: Asked, one: Open) -> str:
    members = []
    for field in asked.fields:
        value = _value(one, field)
        if value is not None:
            members.append(f"'{field.name}' value {_json(asked, one, field, value)}")
    return f"json_object({', '.join(members)} absent on null returning text)" if members else "'{}'"


def _json(asked: Asked, one: Open, field: Field, value: str) -> str:
    """A value as an answer has it."""
    if field.name == SOURCED_ID:
        return as_text(Kind.REFERENCE, value)
    if field.kind is Kind.REFERENCE:
        return f"case when {value} is not null then {_reference(asked, field, value)} end"
    if field.kind is Kind.REFERENCES:
        return f"(select json_agg({_reference(asked, field, 'one')}) from unnest({value}) as one)"
    if field.kind is Kind.TEXTS:
        return f"to_json(nullif({value}, '{{}}'))"
    if field.kind is Kind.NUMBER:
        return f"trim_scale({value})"
    if field.kind is Kind.OBJECTS:
        return f"(select json_agg({_item(asked, one, field)}) from jsonb_array_elements({value}) as one)"
    return value if field.kind is Kind.DATE else as_text(field.kind, value)


def _item(asked: Asked, one: Open, field: Field) -> str:
    """An object in a list, of the parts that may be told."""
    members = []
    for inner in field.parts:
        told = item_value(one, field, inner)
        if told is not None:
            shown = f"case when {told} is not null then {_reference(asked, inner, told)} end"
            members.append(f"'{inner.name}' value {shown if inner.kind is Kind.REFERENCE else told}")
    return f"json_object({', '.join(members)} absent on null)"


def item_value(one: Open, field: Field, inner: Field) -> str | None:
    """The value of a part of an object in a list, which SQL knows as `one`; None where it may not be told."""
    return one.sql(f"{field.name}.{inner.name}")


def _reference(asked: Asked, field: Field, id_: str) -> str:
    to = ALL_CLASSES[field.to]
    place = "v1p1" if asked.version is Version.V1P1 else f"{to.service}/v1p2"
    told = as_text(Kind.REFERENCE, id_)
    return (
        f"json_object('href' value %(root)s::text || '/{place}/{to.name}/' || {told},"
        f" 'sourcedId' value {told}, 'type' value '{to.single}')"
    )


def _select(asked: Asked, one: Open, columns: Mapping[str, str], where: str, chosen: str | None) -> str:
    """Some columns of a part's rows, with the joins that they need."""
    part = one.part
    text = " ".join([*columns.values(), where, asked.collection.conditions[part.resource]])
    joins = [part.joins[name] for name in joins_of(part, text)]
    if chosen is None:
        gathered = dict(_gathered(asked, one, f"(select id from {{{part.resource}}})"))
        joins = [_inlined(join, gathered) for join in joins]
    listed = ", ".join(f"{value} as {name}" for name, value in columns.items())
    conditions = f"({asked.collection.conditions[part.resource]}) and {where}"
    return within_reach(f"select {listed} from {part.rows} {' '.join(joins)} where {conditions}", asked.whole_district)


def _inlined(join: str, gathered: Mapping[str, str]) -> str:
    for name, query in gathered.items():
        join = join.replace(f"left join {name} on", f"left join ({query}) as {name} on")
    return join


def joins_of(part: Part, text: str) -> list[str]:
    """The joins of which some SQL speaks, in their order, and those of which these speak."""
    found: list[str] = []
    for name in reversed(part.joins):
        spoken = " ".join([text, *(part.joins[other] for other in found)])
        if re.search(rf"\b{name}(_\w+)?\.", spoken):
            found.append(name)
    return found[::-1]


def _gathered(asked: Asked, one: Open, chosen: str) -> Iterable[tuple[str, str]]:
    for name, query in one.part.gathered.items():
        yield name, within_reach(query.replace("{chosen}", chosen), asked.whole_district)


def within_reach(text: str, whole_district: bool) -> str:
    """SQL with each resource in braces as its table, or as those of its rows that are within reach."""
    return _RESOURCE.sub(lambda found: _rows(found[1], whole_district), text)


@cache
def _rows(resource: str, whole_district: bool) -> str:
    name = table(resource).as_string(None)
    if whole_district:
        return name
    return (
        sql.SQL("(select * from {} as row where {})")
        .format(table(resource), scope_of(resource).condition())
        .as_string(None)
    )


def _gone() -> str:
    ids, at, students = GONE
    return f"unnest(%({ids})s::uuid[], %({at})s::timestamptz[], %({students})s::text[]) as gone (id, at, student)"


def _gone_column(field: Field) -> str:
    known = {SOURCED_ID: "id", STATUS: "'tobedeleted'::text", MODIFIED: "date_trunc('milliseconds', at)"}
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


def all_fields(of: OneRosterClass, version: Version) -> Sequence[Field]:
    """The fields of a class in a version."""
    return tuple(of.fields_of(version).values())
