"""Who has the same content is compared in the same way."""

import duckdb
import pytest

from homeroom.consolidate.link.content import content_of

SHAPE = [("name", "varchar"), ("born", "date"), ("mails", "varchar[]"), ("phones", "varchar[]")]
SAME = "('Maya', date '2012-05-01', ['a', 'b'], ['c'])"


def content(row: str) -> int:
    query = f"select {content_of(SHAPE)} from (values {row}) as row (name, born, mails, phones)"
    return duckdb.sql(query).fetchall()[0][0]


def test_the_same_has_the_same_content():
    assert content(SAME) == content(SAME)


@pytest.mark.parametrize(
    "other",
    [
        "('Maja', date '2012-05-01', ['a', 'b'], ['c'])",
        "('Maya', date '2012-01-05', ['a', 'b'], ['c'])",
        "('Maya', null, ['a', 'b'], ['c'])",
        "('Maya', date '2012-05-01', ['a'], ['b', 'c'])",
        "('Maya', date '2012-05-01', ['b', 'a'], ['c'])",
        "('Maya', date '2012-05-01', ['c'], ['a', 'b'])",
        "('Maya', date '2012-05-01', ['a', 'b', ''], ['c'])",
        "('Maya', date '2012-05-01', ['a', 'b'], [])",
        "('Maya', date '2012-05-01', ['a', 'b'], null)",
    ],
)
def test_whatever_is_another_has_another_content(other):
    assert content(other) != content(SAME)


def test_no_list_is_not_an_empty_one():
    without, empty = ("('Maya', date '2012-05-01', " + mails + ", ['c'])" for mails in ("null", "[]"))
    assert content(without) != content(empty)
