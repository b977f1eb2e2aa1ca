"""What people decide holds in linking, whatever else speaks for or against it; undone, everything is as it was."""

import datetime
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import link_district

from homeroom.consolidate.database import connect
from homeroom.consolidate.link import link
from homeroom.consolidate.link.schools import link_schools
from homeroom.record.match_decisions import Decision, in_effect

BORN = datetime.date(2012, 3, 4)
RANK = {"sis": 0, "warehouse": 1, "vendor": 2}


def person(source, source_id, first, last="Reyes"):
    return {
        "source": source,
        "source_id": source_id,
        "rank": RANK[source],
        "kind": "Student",
        "first_name": first,
        "last_name": last,
        "birth_date": BORN,
        "preferred_id": source_id,
    }


# Two children whom all three systems know, one of them twice in one of them, and a third whom nobody else knows.
DISTRICT = [
    person("sis", "1", "Ana"),
    person("sis", "2", "Lucia"),
    person("warehouse", "71", "Ana"),
    person("warehouse", "72", "Lucia"),
    person("vendor", "x", "Ana"),
    person("vendor", "y", "Lucy"),
    person("vendor", "z", "Bruno", "Okafor"),
]
ROWS = [(row["source"], row["source_id"]) for row in DISTRICT]


class Runs:
    """One run after another, which remember what the run before said, as publishing does."""

    def __init__(self, connection):
        self.connection = connection
        self.moment = 0

    def run(self, rows, decisions=()):
        ask = self.connection.execute
        link_district.load(self.connection, rows)
        before = {} if self.moment == 0 else self.identities()
        if self.moment:
            ask("delete from match_decision")
            for one in decisions:
                ask(
                    "insert into match_decision values ('Student', ?, ?, ?, ?, ?, ?)",
                    [*one.left, *one.right, one.decision, one.number],
                )
        link(self.connection, kinds=("Student",))
        self.moment += 1
        now = self.identities()
        for (source, source_id), unique_id in before.items():
            if now.get((source, source_id)) != unique_id:
                ask(
                    "insert into identity_history values (?, 'Student', ?, ?, ?)",
                    [source, source_id, unique_id, datetime.datetime.fromtimestamp(self.moment, datetime.UTC)],
                )
        return now

    def identities(self):
        found = self.connection.execute("select source, source_id, unique_id from identity where kind = 'Student'")
        return {(source, source_id): unique_id for source, source_id, unique_id in found.fetchall()}


@pytest.fixture
def runs():
    with connect() as connection:
        yield Runs(connection)


def decided(*decisions):
    return [Decision(number, left, right, what) for number, (left, what, right) in enumerate(decisions)]


def test_merging_joins_what_each_was_joined_with(runs):
    before = runs.run(DISTRICT)
    assert before["sis", "1"] == before["warehouse", "71"] == before["vendor", "x"]
    after = runs.run(DISTRICT, decided((("vendor", "z"), "together", ("vendor", "x"))))
    assert after["vendor", "z"] == after["sis", "1"] == after["warehouse", "71"] == "1"


def test_rows_kept_apart_are_not_joined_through_a_third(runs):
    runs.run(DISTRICT)
    after = runs.run(DISTRICT, decided((("sis", "1"), "apart", ("vendor", "x"))))
    assert after["sis", "1"] != after["vendor", "x"]
    assert runs.connection.execute("select count(*) from match where state = 'review'").fetchone() == (0,)


def test_a_decision_about_a_row_that_goes_and_comes_back_holds_again(runs):
    first = runs.run(DISTRICT)
    decisions = decided((("sis", "1"), "apart", ("vendor", "x")))
    with_it = runs.run(DISTRICT, decisions)
    runs.run([row for row in DISTRICT if row["source_id"] != "x"], decisions)
    again = runs.run(DISTRICT, decisions)
    assert again == with_it != first


def test_rows_are_one_through_a_row_that_is_not_delivered_now(runs):
    decisions = decided((("vendor", "z"), "together", ("vendor", "x")), (("vendor", "x"), "together", ("sis", "1")))
    runs.run(DISTRICT)
    after = runs.run([row for row in DISTRICT if row["source_id"] != "x"], decisions)
    assert after["vendor", "z"] == after["sis", "1"]


def test_a_small_group_that_kept_its_id_keeps_it_when_a_larger_one_leaves(runs):
    runs.run(DISTRICT)
    runs.run(DISTRICT, decided((("sis", "1"), "together", ("vendor", "y"))))
    after = runs.run(DISTRICT)
    assert after["sis", "1"] == "1"
    assert after["sis", "2"] == "2"


@st.composite
def decisions(draw):
    pair = st.tuples(st.sampled_from(ROWS), st.sampled_from(["together", "apart"]), st.sampled_from(ROWS))
    return decided(*draw(st.lists(pair.filter(lambda one: one[0] != one[2]), max_size=5)))


@settings(max_examples=12, deadline=None)
@given(decisions())
def test_what_counts_holds_and_undone_everybody_has_their_id_again(taken):
    with connect() as connection:
        runs = Runs(connection)
        before = runs.run(DISTRICT)
        after = runs.run(DISTRICT, taken)
        contradicted = in_effect(taken).contradicted
        for one in taken:
            if one.number not in contradicted:
                assert (after[one.left] == after[one.right]) == (one.decision == "together")
        assert runs.run(DISTRICT) == before


def test_schools_are_kept_apart_and_joined_by_a_person_and_have_their_numbers_again():
    def school(source, source_id, name):
        return f"('{source}', '{source_id}', {RANK[source]}, 'School', '{name}', null, null, 'Springfield', null, null)"

    rows = [school("sis", "10", "Lincoln Elementary"), school("vendor", "20", "Lincoln Elementary School"),
            school("vendor", "30", "Oak Hill")]  # fmt: skip
    with connect() as connection:
        connection.execute(
            f"""
            create temp table school as from (values {", ".join(rows)}) as t (source, source_id, rank, kind, name,
                identifiers, street, city, postal_code, grade_levels)
            """
        )
        connection.execute(
            "create or replace temp table school as select * replace (identifiers::varchar[] as identifiers,"
            " grade_levels::varchar[] as grade_levels, postal_code::varchar as postal_code) from school"
        )

        def ids():
            link_schools(connection)
            return dict(connection.execute("select source_id, unique_id from identity").fetchall())

        before = ids()
        assert before["10"] == before["20"] == "10"
        decision = "insert into match_decision values ('EducationOrganization', "
        connection.execute(f"{decision} 'sis', '10', 'vendor', '20', 'apart', 1)")
        connection.execute(f"{decision} 'vendor', '20', 'vendor', '30', 'together', 2)")
        after = ids()
        assert after["10"] == "10"
        assert after["20"] == after["30"] != "10"
