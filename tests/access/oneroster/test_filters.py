"""A filter finds what plain Python finds; what is none is refused, and nothing of it is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from operator import eq, ge, gt, le, lt
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeroom.access.oneroster.declaration import Field, Kind
from homeroom.access.oneroster.filters import (
    MOST_CLAUSES,
    OPERATORS,
    Clause,
    WrongFilter,
    changed_since,
    condition,
    read_filter,
    value_of,
)

ORG = Field("org", Kind.REFERENCE, to="orgs")
ROLE = Field("role")
SINCE = Field("since", Kind.DATE)
FIELDS = (
    Field("title"),
    Field("begin", Kind.DATE),
    Field("changed", Kind.MOMENT),
    Field("primary", Kind.TRUTH),
    Field("score", Kind.NUMBER),
    Field("grades", Kind.TEXTS),
    ORG,
    Field("terms", Kind.REFERENCES, to="academicSessions"),
    Field("roles", Kind.OBJECTS, parts=(ROLE, SINCE)),
)
# Few values, so that two are often the same; signs that mean something elsewhere are among them.
WORDS = st.text(st.sampled_from("aBé'%_\\ ß"), min_size=1, max_size=3).filter(lambda word: word.strip() == word)
IDS = st.sampled_from([UUID(int=number) for number in (1, 2, 255 << 120)])
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 4))
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: WORDS,
    Kind.DATE: DAYS,
    Kind.MOMENT: st.integers(0, 3).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(milliseconds=n)),
    Kind.TRUTH: st.booleans(),
    Kind.NUMBER: st.integers(-2, 2).map(lambda n: Decimal(n) / 2),
    Kind.TEXTS: st.lists(WORDS, min_size=1, max_size=3),
    Kind.REFERENCE: IDS,
    Kind.REFERENCES: st.lists(IDS, min_size=1, max_size=2),
    Kind.OBJECTS: st.lists(
        st.fixed_dictionaries({}, optional={"role": WORDS, "since": DAYS.map(date.isoformat)}), min_size=1, max_size=2
    ),
}


def written(kind: Kind, value: Any) -> str:
    """A value as an answer has it."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return ",".join(value) if kind is Kind.TEXTS else str(value)


COMPARED: dict[str, Callable[[Any, Any], bool]] = {"=": eq, ">": gt, "<": lt, ">=": ge, "<=": le}


def single(kind: Kind, held: Any, operator: str, asked: Any) -> bool:
    """Whether a single value fulfils a clause, in plain Python."""
    if operator == "!=":
        return held is None or held != asked
    if held is None:
        return False
    as_words = operator == "~" or (kind is Kind.REFERENCE and operator != "=") or kind is Kind.TRUTH
    left, right = (written(kind, held), written(kind, asked)) if as_words else (held, asked)
    return right in left if operator == "~" else COMPARED[operator](left, right)


def fulfils(field: Field, inner: Field | None, held: Any, operator: str, asked: Any) -> bool:
    if field.kind is Kind.TEXTS:
        same = held is not None and set(held) == set(asked)
        return {"=": same, "!=": not same, "~": held is not None and bool(set(held) & set(asked))}[operator]
    if field.kind is Kind.REFERENCES:
        items, kind = held or [], Kind.REFERENCE
    elif inner is not None:
        items, kind = [item[inner.name] for item in held or [] if inner.name in item], inner.kind
        items = [date.fromisoformat(item) for item in items] if kind is Kind.DATE else items
    else:
        return single(field.kind, held, operator, asked)
    if operator == "!=":
        return asked not in items
    return any(single(kind, item, operator, asked) for item in items)


@st.composite
def clauses(draw: st.DrawFn) -> tuple[Field, Field | None, str, Any]:
    field = draw(st.sampled_from(FIELDS))
    operator = draw(st.sampled_from(["=", "!=", "~"] if field.kind is Kind.TEXTS else OPERATORS))
    inner = draw(st.sampled_from(field.parts)) if field.parts else None
    kind = Kind.REFERENCE if field.kind is Kind.REFERENCES else inner.kind if inner else field.kind
    return field, inner, operator, draw(VALUES[kind])


ROWS = st.lists(
    st.fixed_dictionaries({field.name: st.none() | VALUES[field.kind] for field in FIELDS}), min_size=1, max_size=5
)


@pytest.fixture(scope="module")
def connection(postgres_url: str):
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        yield connection


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.lists(st.lists(clauses(), min_size=1, max_size=3), min_size=1, max_size=3))
def test_a_filter_finds_what_plain_python_finds(connection, rows, groups):
    text = " OR ".join(
        " AND ".join(
            f"{path(field, inner)}{operator}'{written(kind_of(field, inner), asked).replace(chr(39), chr(39) * 2)}'"
            for field, inner, operator, asked in group
        )
        for group in groups
    )
    expected = [
        number
        for number, row in enumerate(rows)
        if any(all(fulfils(field, inner, row[field.name], *rest) for field, inner, *rest in group) for group in groups)
    ]
    assert found(connection, rows, text) == expected


def kind_of(field: Field, inner: Field | None) -> Kind:
    return inner.kind if inner else field.kind


def path(field: Field, inner: Field | None) -> str:
    if field.kind in (Kind.REFERENCE, Kind.REFERENCES):
        return f"{field.name}.sourcedId"
    return f"{field.name}.{inner.name}" if inner else field.name


def found(connection: psycopg.Connection, rows: list[dict[str, Any]], text: str) -> list[int]:
    """The numbers of the rows that a filter finds, in the database."""
    known = {path(field, inner): (field, inner) for field in FIELDS for inner in field.parts or (None,)}
    values: dict[str, Any] = {}
    groups = []
    for group in read_filter(text).groups:
        conditions = []
        for clause in group:
            field, inner = known[clause.path]
            name = f"value_{len(values)}"
            values[name] = value_of(field, inner, clause)
            conditions.append(condition(field, inner, clause.operator, f'"{field.name}"', f"%({name})s"))
        groups.append(f"({' and '.join(conditions)})")
    told = []
    for number, row in enumerate(rows):
        columns = []
        for field in FIELDS:
            name = f"held_{number}_{field.name}"
            held = row[field.name]
            values[name] = json.dumps(held) if field.kind is Kind.OBJECTS and held is not None else held
            columns.append(f'%({name})s::{field.kind} as "{field.name}"')
        told.append(f"select {number} as number, {', '.join(columns)}")
    statement = f"select number from ({' union all '.join(told)}) as held where {' or '.join(groups)} order by 1"
    return [number for (number,) in connection.execute(statement, values).fetchall()]


def test_and_binds_before_or():
    (first, second) = read_filter("a='1' AND b='2' or c='3'").groups
    assert [clause.path for clause in first] == ["a", "b"]
    assert second == (Clause("c", "=", "3"),)


@pytest.mark.parametrize(
    "text",
    ["", "title", "title='a", "title==='a'", "title='a' 'b'", "title='a' AND", "title='a' XOR grade='b'", "='a'",
     "title = Okafor", " AND ".join(["title='Okafor'"] * (MOST_CLAUSES + 1)), "(title='a')", "title;drop='a'"],
)  # fmt: skip
def test_what_is_no_filter_is_refused_and_nothing_of_it_is_said(text):
    with pytest.raises(WrongFilter) as refused:
        read_filter(text)
    assert "Okafor" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "operator", "value"),
    [("begin", "=", "Okafor"), ("changed", ">", "Okafor"), ("score", "<", "Okafor"), ("score", "<", "NaN"),
     ("grades", ">", "01"), ("title", "=", "\0")],
)  # fmt: skip
def test_a_value_of_another_kind_is_refused_and_not_repeated(name, operator, value):
    field = next(field for field in FIELDS if field.name == name)
    with pytest.raises(WrongFilter) as refused:
        value_of(field, None, Clause(name, operator, value))
    assert value not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("dateLastModified>'2026-01-02'", "2026-01-02"),
        ("dateLastModified>='2026-01-02' AND status='active' AND dateLastModified>'2026-01-03'", "2026-01-03"),
        ("dateLastModified>'2026-01-03' OR dateLastModified>'2026-01-02'", "2026-01-02"),
        ("dateLastModified>'2026-01-03' OR status='tobedeleted'", None),
        ("dateLastModified<'2026-01-03'", None),
        ("status='active'", None),
    ],
)
def test_from_when_on_changes_are_asked_for_is_known_where_every_way_says_so(text, since):
    filter_ = read_filter(text)
    kinds = {"dateLastModified": Field("dateLastModified", Kind.MOMENT), "status": Field("status")}
    values = [value_of(kinds[clause.path], None, clause) for clause in filter_.clauses]
    found = changed_since(filter_, values)
    assert found == (datetime.fromisoformat(since).replace(tzinfo=UTC) if since else None)
