"""Each rule of the catalogue finds what was planted, and nothing in a school where all is well."""

import psycopg
import pytest
from world import CASES, WORLD, planted, source_row

from homeroom.consolidate.business_rules.asking import ask
from homeroom.consolidate.business_rules.catalogue import catalogue
from homeroom.record.publish import publish


def published(record: str, rows: dict) -> None:
    with psycopg.connect(record) as connection:
        assert publish(connection, planted(rows)).refused == ()


def test_a_school_where_all_is_well_breaks_no_rule(record):
    published(record, WORLD)
    answers = ask(record, catalogue().values())
    assert [answer.failure for answer in answers if answer.failure] == []
    assert [answer.rule.name for answer in answers if answer.count] == []


def test_every_rule_has_a_planted_case():
    assert sorted(CASES) == sorted(catalogue())


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_rule_finds_exactly_what_was_planted(record, name):
    case = CASES[name]
    published(record, case.rows())
    (answer,) = ask(record, [catalogue()[name]])
    assert answer.failure is None
    assert sorted(row[3] for row in answer.findings) == sorted(source_row(*found) for found in case.found)
