"""SQL for what a mapping makes of a landed table: for each document a select of the resource's columns."""

from __future__ import annotations

from collections.abc import Collection as Some
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from homeroom.consolidate.clean.cleaned_table import quoted
from homeroom.consolidate.clean.codes import understood
from homeroom.consolidate.database import literal
from homeroom.consolidate.mapping_file.declaration import (
    FILLED,
    Condition,
    Document,
    Item,
    Items,
    TableMapping,
    Value,
)
from homeroom.model.columns import columns, own_path

# In their order, for the ranges in which schools' grades are written.
GRADES = (
    "Preschool/Prekindergarten",
    "Kindergarten",
    *(f"{number} grade" for number in ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")),
    *(f"{number} grade" for number in ("Seventh", "Eighth", "Ninth", "Tenth", "Eleventh", "Twelfth")),
)


@dataclass(frozen=True)
class DocumentSelect:
    """`rows`: the documents whose key is whole, as `source_row` and the resource's columns.

    `lacking`: the rows that say something of such a document, but not its whole key: `source_row`, and the `field` that
    is missing.
    """

    resource: str
    rows: str
    lacking: str


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make, on the connection, what the selects call: `grade_levels_through(first, last)`, a list of grade levels.

    Where one of the two is not understood, the list has the other, as it was written.
    """
    spelled = understood("GradeLevelDescriptor")
    places = {word: GRADES.index(level) + 1 for word, level in spelled.items() if level in GRADES}
    listed = ", ".join(f"{literal(word)}: {place}" for word, place in places.items())
    connection.execute(
        f"""
        create temp macro grade_levels() as [{", ".join(map(literal, GRADES))}];
        create temp macro grade_place(level) as
            map {{{listed}}}[regexp_replace(lower(level), '[^a-z0-9]', '', 'g')];
        create temp macro grade_levels_through(first, last) as case
            when grade_place(first) <= grade_place(last)
                then list_slice(grade_levels(), grade_place(first), grade_place(last))
            else list_filter([first, last], lambda level: level is not null) end;
        """
    )


def selects(mapping: TableMapping, relation: str, present: Some[str]) -> list[DocumentSelect]:
    """What the mapping makes of a table (`relation`, in SQL) that has the columns `present`.

    Columns are named without regard to case; one that is not there is an empty one.
    """
    names = {name.strip().lower(): name for name in present}
    writer = _Writer(names)
    counting = f"(from {relation} where {writer.condition(mapping.condition)})"
    return [_select(document, _own(mapping, document), writer, counting) for document in mapping.documents]


def column_named(name: str, present: Iterable[str]) -> str | None:
    """The column of a table that a mapping's name means."""
    return {one.strip().lower(): one for one in present}.get(name.strip().lower())


def _own(mapping: TableMapping, document: Document) -> list[str]:
    """The columns that only this document of the table is made of; all of its own where it shares them."""
    others = {column for other in mapping.documents if other is not document for column in other.item.read()}
    read = list(dict.fromkeys(document.item.read()))
    return [column for column in read if column not in others] or read


def _select(document: Document, own: list[str], writer: _Writer, relation: str) -> DocumentSelect:
    expressions: dict[str, str] = {}
    for column in columns(document.resource):
        ways = [sql for path in column.paths if (sql := writer.at(document.item, path))]
        if ways:
            expressions[column.name] = ways[0] if len(ways) == 1 else f"coalesce({', '.join(ways)})"
    picked = ", ".join(f"{sql} as {quoted(name)}" for name, sql in expressions.items())
    # A row of a wide table that leaves all of a document's own cells empty says nothing of it.
    said = " or ".join(f"{writer.cell(column)} is not null" for column in own) or "true"
    where = f"where {writer.condition(document.item.condition)} and ({said})"
    keys = [column for column in columns(document.resource) if column.key]
    whole = " and ".join(f"{quoted(column.name)} is not null" for column in keys)
    named = {column.name: own_path(document.resource, column) for column in keys}
    missing = ", ".join(f"case when {quoted(name)} is null then {literal(path)} end" for name, path in named.items())
    rows = f"select source_row, {picked} from {relation} {where}"
    return DocumentSelect(
        document.resource,
        f"select * from ({rows}) where {whole}",
        f"select source_row, concat_ws(', ', {missing}) as field from ({rows}) where not ({whole})",
    )


class _Writer:
    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def at(self, item: Item, path: str) -> str | None:
        """SQL for what stands at the path of a column, if the document says anything there."""
        name, _, part = path.partition(".")
        value = item.values.get(name)
        if isinstance(value, Value):
            return self._value(value)
        if isinstance(value, Items):
            return self._items(value)
        return self._value(value[part]) if value and part in value else None

    def cell(self, column: str) -> str:
        """SQL for a cell without the blanks around it; null where it is empty."""
        name = self._names.get(column.strip().lower())
        return "null::varchar" if name is None else f"nullif(trim({quoted(name)}), '')"

    def condition(self, condition: Condition) -> str:
        """SQL for whether a row counts."""
        asked = [self._holds(column, values) for column, values in condition.where.items()]
        asked += [f"not {self._holds(column, values)}" for column, values in condition.unless.items()]
        return " and ".join(asked) or "true"

    def _holds(self, column: str, values: tuple[str, ...]) -> str:
        cell = self.cell(column)
        if FILLED in values:
            return f"({cell} is not null)"
        return f"coalesce(lower({cell}) in ({', '.join(map(literal, values))}), false)"

    def _value(self, value: Value) -> str:
        if value.constant is not None:
            sql = literal(value.constant)
        elif value.parts:
            # Without one of its parts it would be the same for two rows that it has to tell apart.
            each = [self._value(part) for part in value.parts]
            sql = f" || {literal(value.between)} || ".join(each)
        else:
            cells = [self.cell(column) for column in value.columns]
            sql = cells[0] if len(cells) == 1 else f"coalesce({', '.join(cells)})"
        if value.match is not None:
            sql = f"nullif(trim(regexp_extract({sql}, {literal(value.match)}, 1)), '')"
        if value.date is not None:
            # What is not of that form goes on as it is: cleaning will say so.
            sql = f"coalesce(try_strptime({sql}, {literal(value.date)})::date::varchar, {sql})"
        if value.codes:
            cases = " ".join(f"when {literal(code)} then {_or_null(said)}" for code, said in value.codes.items())
            sql = f"case lower({sql}) {cases} else {sql} end"
        return sql if value.otherwise is None else f"coalesce({sql}, {literal(value.otherwise)})"

    def _items(self, items: Items) -> str:
        """SQL for a collection as JSON text: the items that a column fills, or null where none does."""
        if items.single:
            return f"({self._item(items.items[0])})::varchar"
        made = ", ".join(self._several(item) for item in items.items)
        kept = f"list_filter(flatten([{made}]), lambda item: item is not null)"
        return f"case when len({kept}) > 0 then to_json({kept})::varchar end"

    def _several(self, item: Item) -> str:
        """SQL for the list of items that one of the mapping stands for: one, but for a range of grade levels."""
        for name, value in item.values.items():
            if isinstance(value, Value) and value.through:
                levels = f"grade_levels_through({self._value(value)}, {self.cell(value.through)})"
                return f"list_transform({levels}, lambda level: {self._item(item, {name: 'level'})})"
        return f"[{self._item(item)}]"

    def _item(self, item: Item, given: Mapping[str, str] | None = None) -> str:
        """SQL for one item as JSON; null where the condition does not hold or no column fills it.

        `given`: SQL of values that are known already, by name.
        """
        filled = [f"{self.cell(column)} is not null" for column in dict.fromkeys(item.read())]
        values = {name: self._json(value) for name, value in item.values.items()} | dict(given or {})
        pairs = ", ".join(f"{literal(name)}, {sql}" for name, sql in values.items())
        when = " and ".join([self.condition(item.condition), f"({' or '.join(filled) or 'true'})"])
        return f"case when {when} then json_object({pairs}) end"

    def _json(self, value: Value | Items | Mapping[str, Value]) -> str:
        if isinstance(value, Value):
            return self._value(value)
        if isinstance(value, Items):
            return f"({self._items(value)})::json"
        pairs = ", ".join(f"{literal(part)}, {self._value(said)}" for part, said in value.items())
        return f"json_object({pairs})"


def _or_null(text: str) -> str:
    return literal(text) if text else "null"
