"""After a large batch the record's tables are tidied up, and what asks them knows what they hold."""

import psycopg
import pytest
from own_database import own_database

from homeroom.record.publish import publish
from homeroom.record.vacuum import vacuum_changed
from tests.record.batches import batch

STUDENTS = [
    {"student_unique_id": str(number), "first_name": "Noah", "last_surname": "Reyes", "birth_date": "2010-01-31"}
    for number in range(3000)
]


@pytest.fixture
def connection(postgres_url, template_database):
    """A connection to a record of its own, as nothing is vacuumed before it is committed."""
    with own_database(postgres_url, template_database) as url, psycopg.connect(url) as connection:
        yield connection


def analyzed(record):
    """How many first names the planner knows of; None before anybody told it."""
    (count,) = record.execute(
        "select n_distinct from pg_stats where schemaname = 'edfi' and tablename = 'student' and attname = 'first_name'"
    ).fetchone() or (None,)
    return count


def test_a_table_with_many_new_rows_is_analyzed(connection):
    publish(connection, {"Student": batch("Student", *STUDENTS)})
    connection.commit()
    assert analyzed(connection) is None, "publishing looks at keys alone"
    connection.commit()
    assert vacuum_changed(connection) > 0
    assert analyzed(connection) == 1


def test_what_was_tidied_up_is_not_due_again(connection):
    publish(connection, {"Student": batch("Student", *STUDENTS)})
    connection.commit()
    vacuum_changed(connection)
    publish(connection, {"Student": batch("Student", STUDENTS[0] | {"first_name": "Noe"})}, {"Student": []})
    connection.commit()
    assert vacuum_changed(connection) == 0
