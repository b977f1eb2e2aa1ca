"""What goes from DuckDB to PostgreSQL and back is what it was, whatever signs it holds."""

from collections.abc import Iterator

import duckdb
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeroom.consolidate.copied_rows import copy_rows, rows_of, take_in

# PostgreSQL has no NUL byte in a text.
WORDS = st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
ROWS = st.lists(st.tuples(WORDS, WORDS, st.none() | st.floats(0, 1)), max_size=6)


@pytest.fixture(scope="module")
def postgres(postgres_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("create temporary table kept (one text, other text, share double precision)")
        yield connection


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create table sent (one varchar, other varchar, share double)")
        connection.execute("create table back (one varchar, other varchar, share double)")
        yield connection


@given(rows=ROWS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_rows_come_back_as_they_went(duck, postgres, rows):
    duck.execute("truncate sent; truncate back")
    postgres.execute("truncate kept")
    if rows:
        duck.executemany("insert into sent values (?, ?, ?)", rows)
    with postgres.cursor() as cursor:
        copy_rows(duck, "from sent", cursor, "kept (one, other, share)")
    take_in(duck, "back", rows_of(postgres, "select one, other, share from kept"))
    in_order = "select * from {} order by all"
    assert duck.execute(in_order.format("back")).fetchall() == duck.execute(in_order.format("sent")).fetchall()
