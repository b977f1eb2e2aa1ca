"""What a cleaned delivery holds, in counts: of each table and field, each code, and the students of each school.

They are made once for each delivery and kept beside its tables, so that comparing two deliveries reads a few hundred
numbers and no rows. They name no person; what a code column holds may be anything, so they stay in the staging.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from homeroom.consolidate.database import columns_held, connect, literal
from homeroom.consolidate.layered_table import LayeredTable
from homeroom.consolidate.rules import Severity, rules
from homeroom.consolidate.staging import StagedDelivery
from homeroom.consolidate.steps import once
from homeroom.model.columns import columns
from homeroom.model.declaration import Kind

_DAYS = (Kind.DATE, Kind.DATETIME)
_ENROLLMENT, _SCHOOL = "StudentSchoolAssociation", "School"


@dataclass(frozen=True)
class FieldCount:
    """A field of a table: its `rows`, those with a usable value (`valid`), and values that were set aside.

    Rows that tell of one thing (users and demographics of a student) count as one.

    `newest`: the latest day among its values up to today, for a date that is no birth date: a day as text.
    """

    rows: int
    valid: int
    set_aside: int
    newest: str | None = None

    @property
    def filled(self) -> int:
        """The rows for which the source said something."""
        return min(self.rows, self.valid + self.set_aside)


@dataclass(frozen=True)
class Measures:
    """What a delivery holds. `fields` and `codes` are by resource and column; `schools`: id to name and students.

    `rows`: by resource, the things that usable rows tell of; `landed` and `set_aside`: of all rows that came.
    """

    landed: int
    set_aside: int
    rows: Mapping[str, int]
    fields: Mapping[tuple[str, str], FieldCount]
    codes: Mapping[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)
    schools: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    # The schools of which the delivery has a row of their own.
    school_rows: frozenset[str] = frozenset()


def measure(item: StagedDelivery, staging: Path) -> Measures:
    """The counts of a staged delivery; what was counted before is read."""
    delivery_id, options = item.key
    return _read(once(staging / delivery_id / f"measured-{options}", lambda into: _measure(item, into)))


def _measure(item: StagedDelivery, into: Path) -> None:
    with connect() as connection:
        connection.execute(_problems(item))
        counted = connection.execute("select count(distinct source_row) from problem where severity = 'row'").fetchone()
        landed = sum(table.count() for table in item.landed)
        _write(into, "delivery", {"landed": [landed], "set_aside": [counted[0] if counted else 0]})
        fields = [row for resource, table in item.tables.items() for row in _fields(connection, resource, table)]
        names = ("resource", "field", "rows", "valid", "set_aside", "newest")
        _write(into, "fields", dict(zip(names, zip(*fields, strict=True), strict=True)) if fields else {})
        for name, query in (("codes", _codes(connection, item)), ("schools", _schools(connection, item))):
            connection.execute(f"copy ({query}) to {literal(into / f'{name}.parquet')} (format parquet)")


def _problems(item: StagedDelivery) -> str:
    """`problem`: each row and value that was set aside, with its resource where that is known.

    `of_value`: whether a value was what was wrong; where the standard requires it, its row was set aside with it.
    """
    selects = ["select 0 as source_row, '' as severity, '' as resource, '' as field, true as of_value where false"]
    of_value = ", ".join(literal(rule.name) for rule in rules().values() if rule.severity is Severity.VALUE)
    by_rule = {rule.name: rule.resource for rule in rules().values() if rule.resource}
    of_rule = " ".join(f"when {literal(name)} then {literal(resource)}" for name, resource in by_rule.items())
    for path in item.problems:
        # Cleaning writes the problems of a table under its name.
        own = path.parent.name == "problems"
        resource = literal(path.stem) if own else f"case rule {of_rule} end"
        selects.append(
            f"select source_row, severity, {resource}, split_part(field, '.', 1), rule in ({of_value})"
            f" from {literal(path)}"
            " where severity in ('row', 'value') and source_row is not null"
        )
    return f"create temp table problem as {' union all '.join(selects)}"


def _fields(
    connection: duckdb.DuckDBPyConnection, resource: str, table: LayeredTable
) -> Iterator[tuple[str, str, int, int, int, str | None]]:
    """A row for each column of a table. Rows about one thing, of several files, count once."""
    held = columns_held(connection, table.base)
    shape = [column for column in columns(resource) if column.name in held]
    if not shape:
        return
    # The newest birth date says nothing of how new a table is.
    dates = sorted(c.name for c in shape if c.type and c.type.kind in _DAYS and "birth" not in c.name)
    key = ", ".join(f'"{column.name}"' for column in shape if column.key) or "source_row"
    asked = [f'count("{column.name}")' for column in shape]
    asked += [f'max("{name}") filter ("{name}" <= current_date)::date::varchar' for name in dates]
    found = connection.execute(
        f"select count(*), count(distinct hash({key})), {', '.join(asked)} from {table.sql}"
    ).fetchone() or (0, 0)
    rows, things, valid = int(found[0]), int(found[1]), list(found[2 : 2 + len(shape)])
    newest = dict(zip(dates, found[2 + len(shape) :], strict=True))
    if things < rows:
        any_of = ", ".join(f'count("{column.name}") > 0 as "{column.name}"' for column in shape if not column.key)
        counts = ", ".join(f'count(*) filter ("{c.name}")' if not c.key else "count(*)" for c in shape)
        grouped = f"select {key}{', ' if any_of else ''}{any_of} from {table.sql} group by {key}"
        valid = list(connection.execute(f"select {counts} from ({grouped})").fetchone() or valid)
    aside = _values_set_aside(connection, resource, table)
    for column, count in zip(shape, valid, strict=True):
        name = column.name
        yield resource, name, things, int(count), aside.get(name, 0), newest.get(name)


def _values_set_aside(connection: duckdb.DuckDBPyConnection, resource: str, table: LayeredTable) -> dict[str, int]:
    """How many rows lost their value, by column; without those that were set aside for something else."""
    own = f"from problem where of_value and resource = {literal(resource)}"
    if not connection.execute(f"select 1 {own} limit 1").fetchall():
        return {}
    kept = f"(severity = 'row' or source_row in (select source_row from {table.sql}))"
    query = f"select field, count(distinct source_row) {own} and {kept} group by 1"
    return {str(name): int(count) for name, count in connection.execute(query).fetchall()}


def _codes(connection: duckdb.DuckDBPyConnection, item: StagedDelivery) -> str:
    selects = ["select '' as resource, '' as field, '' as code, 0::bigint as rows where false"]
    for resource, table in item.tables.items():
        held = columns_held(connection, table.base)
        selects += [
            f'select {literal(resource)}, {literal(column.name)}, "{column.name}", count(*) from {table.sql}'
            f' where "{column.name}" is not null group by 3'
            for column in columns(resource)
            if column.type is not None and column.type.kind is Kind.DESCRIPTOR and column.name in held
        ]
    return " union all ".join(selects)


def _schools(connection: duckdb.DuckDBPyConnection, item: StagedDelivery) -> str:
    enrolled = "select '' as school_id, 0::bigint as students where false"
    named = "select '' as school_id, '' as name where false"
    if table := item.tables.get(_ENROLLMENT):
        enrolled = f"select school_id, count(distinct student_unique_id) as students from {table.sql} group by 1"
    if table := item.tables.get(_SCHOOL):
        name = (
            "any_value(name_of_institution)"
            if "name_of_institution" in columns_held(connection, table.base)
            else "null"
        )
        named = f"select school_id, {name} as name from {table.sql} group by 1"
    return f"""
        select school_id::varchar as school_id, coalesce(name, '')::varchar as name, coalesce(students, 0) as students,
            named.school_id is not null as has_row
        from ({named}) as named full join ({enrolled}) as enrolled using (school_id)
    """


def _write(into: Path, name: str, values: Mapping[str, object]) -> None:
    pq.write_table(pa.table(values), into / f"{name}.parquet")


def _read(folder: Path) -> Measures:
    (totals,) = pq.read_table(folder / "delivery.parquet").to_pylist()
    fields, rows = {}, {}
    for one in pq.read_table(folder / "fields.parquet").to_pylist():
        rows[one["resource"]] = one["rows"]
        fields[one["resource"], one["field"]] = FieldCount(one["rows"], one["valid"], one["set_aside"], one["newest"])
    codes: dict[tuple[str, str], dict[str, int]] = {}
    for one in pq.read_table(folder / "codes.parquet").to_pylist():
        codes.setdefault((one["resource"], one["field"]), {})[one["code"]] = one["rows"]
    schools = pq.read_table(folder / "schools.parquet").to_pylist()
    return Measures(
        totals["landed"],
        totals["set_aside"],
        rows,
        fields,
        codes,
        {one["school_id"]: (one["name"], one["students"]) for one in schools},
        frozenset(one["school_id"] for one in schools if one["has_row"]),
    )
