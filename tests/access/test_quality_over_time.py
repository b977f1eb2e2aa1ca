"""What is told of quality: shares of what was counted, what got worse, and a field's history."""

import asyncio

import psycopg
import pytest

from homeroom.access.door import ask
from homeroom.access.permissions import Action
from homeroom.access.quality import quality
from homeroom.access.quality_history import history


@pytest.fixture
def district(record):
    """Two sources, measured in two runs: birth dates got fewer, and the sources agree on few first names."""
    with psycopg.connect(record) as connection:
        for run, filled, valid in ((1, 100, 99), (2, 60, 50)):
            connection.execute(
                "insert into consolidation.run (started_at, finished_at)"
                " values (now(), '2026-03-01'::timestamptz + %s * interval '1 day')",
                [run],
            )
            connection.execute("insert into consolidation.quality_source values (%s, 'sis', 'x', 200, 4)", [run])
            connection.execute("insert into consolidation.source_count values (%s, 'sis', 200, 194, 6)", [run])
            for name, there, usable in (("birth_date", filled, valid), ("first_name", 100, 100), ("middle_name", 0, 0)):
                connection.execute(
                    "insert into consolidation.quality_field values ('sis', 'Student', %s, %s, 100, %s, %s, null)",
                    [name, run, there, usable],
                )
            connection.execute(
                "insert into consolidation.quality_agreement"
                " values ('Student', 'first_name', 'assessments', 'sis', %s, 80, 60)",
                [run],
            )
            connection.execute(
                "insert into consolidation.quality_identity values ('sis', 'Student', %s, 100, 95)", [run]
            )
        connection.execute(
            "insert into consolidation.quality_field values ('sis', 'Session', 'session_name', 1, 40, 40, 40, null)"
        )
        connection.execute("insert into consolidation.quality_source values (1, 'assessments', 'y', 10, 0)")
        connection.execute("insert into consolidation.source_count values (1, 'assessments', 10, 10, 0)")
    return record


@pytest.fixture
def sis(district):
    (found,) = asyncio.run(ask(district, Action.SEE_COUNTS, lambda use: quality(use, "sis")))
    return found


def test_what_needs_attention_is_told_with_the_worst_first(sis):
    assert [(one.dimension, one.sentence) for one in sis.attention] == [
        ("completeness", "Session does not come any more."),
        ("completeness", "Student: birth date is filled in 60 % of the rows; it was in 100 %."),
        ("validity", "Student: birth date: 83.3 % of the values can be used; it was 99 %."),
        ("agreement", "Student: first name is the same as in assessments in 75 % of 80 cases."),
        ("uniqueness", "100 ids of students turned out to be 95."),
    ]


def test_rows_that_are_set_aside_for_what_others_lack_are_counted_too(sis):
    assert (sis.landed, sis.set_aside) == (200, 6)


def test_a_table_is_as_complete_as_the_fields_that_its_source_sends(sis):
    (students,) = sis.resources
    assert (students.rows, students.completeness, students.agreement) == (100, 0.8, 0.75)
    assert students.validity == pytest.approx(150 / 160)
    assert [one.name for one in students.fields if not one.sent] == ["middle_name"]


def test_both_sources_are_told_whether_they_agree(district):
    found = asyncio.run(ask(district, Action.SEE_COUNTS, quality))
    assert [one.name for one in found] == ["assessments", "sis"]


def test_a_source_that_says_nothing_new_for_long_is_told(district):
    with psycopg.connect(district) as connection:
        connection.execute(
            "insert into consolidation.delivery select 'd' || n, 'sis', 'oneroster-csv', now() - (20 - n) * interval"
            " '1 day' from generate_series(1, 5) as n"
        )
        connection.execute("insert into consolidation.run_delivery values (2, 'sis', 'd5', 'published')")
    (found,) = asyncio.run(ask(district, Action.SEE_COUNTS, lambda use: quality(use, "sis")))
    assert "Nothing new came for 15 days; usually something comes every 1." in [o.sentence for o in found.attention]


def test_the_history_of_a_field_holds_each_measured_run(district):
    told = asyncio.run(ask(district, Action.SEE_COUNTS, lambda use: history(use, "sis", "Student", "birth_date")))
    assert [(one.run, one.completeness, one.valid) for one in told] == [(1, 1.0, 99), (2, 0.6, 50)]
    agreed = asyncio.run(ask(district, Action.SEE_COUNTS, lambda use: history(use, "sis", "Student", "first_name")))
    assert [one.agreement_with("assessments") for one in agreed] == [0.75, 0.75]


def test_a_field_that_does_not_come_any_more_is_told_as_nothing(district):
    told = asyncio.run(ask(district, Action.SEE_COUNTS, lambda use: history(use, "sis", "Session", "session_name")))
    assert [(one.run, one.rows) for one in told] == [(1, 40), (2, 0)]
