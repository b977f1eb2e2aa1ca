"""What was set aside is told by source, rule, file and field, with how long that has been so."""

from datetime import UTC, datetime

import psycopg
import pytest
from asking import answer

from homeroom.access.quarantine import groups, of_rule, reasons

FIRST, SECOND, THIRD = (datetime(2026, 3, day, 3, tzinfo=UTC) for day in (1, 2, 3))


@pytest.fixture
def runs(record):
    """Three nights. `counts` are (run, rule, file, severity, rows), all of the source sis."""

    def write(*counts):
        with psycopg.connect(record) as connection:
            for number, moment in enumerate((FIRST, SECOND, THIRD), 1):
                connection.execute(
                    "insert into consolidation.run (id, started_at, finished_at) values (%s, %s, %s)",
                    [number, moment, moment],
                )
            for run, rule, file, severity, rows in counts:
                connection.execute(
                    "insert into consolidation.quarantine_count values (%s, 'sis', %s, %s, '', %s, %s, 'Words.')",
                    [run, rule, file, severity, rows],
                )
        return record

    return write


def test_a_group_is_told_with_the_rows_of_the_run_before(runs):
    record = runs((1, "a", "users.csv", "row", 9), (2, "a", "users.csv", "row", 4), (3, "a", "users.csv", "row", 3))
    (group,) = answer(record, groups)
    assert (group.source, group.file, group.rows, group.before, group.since) == ("sis", "users.csv", 3, 4, FIRST)


def test_what_was_mended_for_a_night_is_in_quarantine_since_it_came_back(runs):
    record = runs((1, "a", "users.csv", "row", 9), (1, "b", "x.csv", "row", 1), (3, "a", "users.csv", "row", 3))
    (group,) = answer(record, groups)
    assert (group.since, group.before) == (THIRD, 0)


def test_where_the_run_before_was_not_counted_nothing_is_said_of_it(runs):
    (group,) = answer(runs((3, "a", "users.csv", "row", 3)), groups)
    assert group.before is None


def test_what_costs_most_comes_first(runs):
    record = runs(
        (3, "notice", "users.csv", "notice", 100),
        (3, "value", "users.csv", "value", 50),
        (3, "few", "users.csv", "row", 1),
        (3, "many", "users.csv", "row", 2),
        (3, "file", "users.csv", "file", 1),
    )
    assert [group.rule for group in answer(record, groups)] == ["file", "many", "few", "value", "notice"]


def test_the_files_of_one_rule_are_told_together(runs):
    record = runs((3, "a", "users.csv", "row", 2), (3, "b", "x.csv", "row", 3), (3, "a", "roles.csv", "row", 2))
    found = reasons(answer(record, groups))
    assert [(reason.first.rule, reason.rows, len(reason.groups)) for reason in found] == [("a", 4, 2), ("b", 3, 1)]


def test_a_rules_rows_are_told_for_each_run_with_the_nights_on_which_there_were_none(runs):
    record = runs((1, "a", "users.csv", "row", 9), (3, "a", "users.csv", "row", 3))
    with psycopg.connect(record) as connection:
        connection.execute(
            "insert into consolidation.quarantine (run_id, source, rule, severity) values (3, 'sis', 'a', 'row')"
        )
    history = answer(record, lambda use: of_rule(use, "sis", "a")).history
    assert [(one["run"], one["rows"]) for one in history] == [(1, 9), (2, 0), (3, 3)]
