"""Each rule of the catalogue finds what was planted, and nothing in a school where all is well."""

import psycopg
import pytest
from world import CASES, WORLD, planted, source_row

from homeroom.consolidate.business_rules.asking import ask
from homeroom.consolidate.business_rules.catalogue import catalogue
from homeroom.record.publish import publish

# What they ask of is written by runs, not planted as rows of the record.
BESIDE_THE_RECORD = ("code-without-mapping", "source-without-news")


def published(record: str, rows: dict) -> None:
    with psycopg.connect(record) as connection:
        assert publish(connection, planted(rows)).refused == ()


def test_a_school_where_all_is_well_breaks_no_rule(record):
    published(record, WORLD)
    answers = ask(record, catalogue().values())
    assert [answer.failure for answer in answers if answer.failure] == []
    assert [answer.rule.name for answer in answers if answer.count] == []


def test_every_rule_has_a_planted_case():
    assert sorted([*CASES, *BESIDE_THE_RECORD]) == sorted(catalogue())


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_rule_finds_exactly_what_was_planted(record, name):
    case = CASES[name]
    published(record, case.rows())
    (answer,) = ask(record, [catalogue()[name]])
    assert answer.failure is None
    assert sorted(row[3] for row in answer.findings) == sorted(source_row(*found) for found in case.found)


def test_a_code_of_the_districts_own_is_found_until_a_mapping_says_what_it_means(record):
    published(record, WORLD)
    with psycopg.connect(record) as connection:
        connection.execute("delete from edfi.descriptor_mapping")
    (answer,) = ask(record, [catalogue()["code-without-mapping"]])
    assert (answer.failure, answer.count) == (None, 1)


@pytest.mark.parametrize(("days", "deliveries", "found"), [(20, 2, 1), (10, 2, 0), (20, 1, 0)])
def test_a_source_that_stopped_delivering_during_school_is_found(record, days, deliveries, found):
    with psycopg.connect(record) as connection:
        published(record, WORLD)
        connection.execute("update edfi.session set begin_date = now()::date - 60, end_date = now()::date + 60")
        for number in range(deliveries):
            connection.execute(
                "insert into consolidation.delivery (delivery_id, source, kind, received_at)"
                " values (%s, 'sis', 'oneroster-csv', now() - make_interval(days => %s))",
                [str(number), days + number],
            )
            connection.execute(
                "insert into consolidation.delivered_file values (%s, %s, 'users.csv', '', 0, 'line')",
                [number + 1, str(number)],
            )
    (answer,) = ask(record, [catalogue()["source-without-news"]])
    assert (answer.failure, [row[3] for row in answer.findings]) == (None, [(1 << 32) + 1] * found)
