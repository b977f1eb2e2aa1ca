"""With which delivery of a source the next one is compared: what was published last, or let pass since."""

import psycopg
import pytest

from homeroom.record.deliveries import Outcome, accepted, refused, write_outcome


@pytest.fixture
def connection(record):
    """A record in whose second run the source's second delivery was held."""
    with psycopg.connect(record) as connection:
        for n in (1, 2, 3):
            connection.execute("insert into consolidation.delivery values (%s, 'sis', 'oneroster-csv')", [f"d{n}"])
        for _ in range(2):
            connection.execute("insert into consolidation.run (started_at) values (now())")
        for run in (1, 2):
            write_outcome(connection, run, "sis", "d1", Outcome.PUBLISHED)
        write_outcome(connection, 2, "sis", "d2", Outcome.HELD)
        yield connection


def decide(connection, delivery, decision):
    connection.execute(
        "insert into consolidation.delivery_decision (delivery_id, decision, decided_by) values (%s, %s, 'a test')",
        [delivery, decision],
    )


def test_it_is_what_the_last_run_published(connection):
    assert accepted(connection) == {"sis": "d1"}


def test_what_was_let_pass_since_is_accepted_before_it_is_published(connection):
    decide(connection, "d2", "pass")
    assert accepted(connection) == {"sis": "d2"}


def test_a_log_that_was_let_pass_after_the_next_one_was_published_is_not_what_the_next_is_compared_with(connection):
    connection.execute(
        "update consolidation.delivery set received_at = now() + interval '1 day' where delivery_id = 'd3'"
    )
    write_outcome(connection, 2, "sis", "d3", Outcome.PUBLISHED)
    decide(connection, "d2", "pass")
    assert accepted(connection) == {"sis": "d3"}


def test_the_newest_decision_counts(connection):
    decide(connection, "d2", "pass")
    decide(connection, "d2", "refuse")
    assert accepted(connection) == {"sis": "d1"}
    assert refused(connection) == {"d2"}


def test_what_was_let_pass_and_replaced_before_it_came_in_is_accepted_no_more(connection):
    decide(connection, "d2", "pass")
    connection.execute("insert into consolidation.run (started_at) values (now())")
    write_outcome(connection, 3, "sis", "d3", Outcome.PUBLISHED)
    assert accepted(connection) == {"sis": "d3"}
