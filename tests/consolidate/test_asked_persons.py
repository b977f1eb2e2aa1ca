"""Who is asked for is found as a run would link them: the same comparisons, the same weights, the same doubts."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import link_district

from homeroom.consolidate.database import connect
from homeroom.consolidate.link import link
from homeroom.consolidate.link.asked_persons import SAID, KnownPersons
from homeroom.consolidate.link.known_scores import KnownScores
from homeroom.consolidate.link.students import STUDENTS

MAYA = {"first_name": "Maya", "middle_name": "Ngozi", "last_name": "Okafor", "birth_date": datetime.date(2014, 3, 9),
        "sex": "uri://ed-fi.org/SexDescriptor#Female", "source_id": "1"}  # fmt: skip
TWIN = MAYA | {"first_name": "Nadia", "middle_name": "Adaeze", "source_id": "2"}
ELIZABETH = {"first_name": "Elizabeth", "last_name": "Berger", "birth_date": datetime.date(2013, 11, 2),
             "source_id": "3"}  # fmt: skip


def said(one: dict) -> dict:
    return {name: one[name] for name in SAID if name in one}


def found(known: list[dict], asked: list[dict], lowest: float = 0.6) -> list[list[str]]:
    """The ids of those who may be meant by each of `asked`, the most probable first."""
    with connect() as connection:
        link_district.load(connection, [one | {"source": "record", "kind": "Student", "rank": 0} for one in known])
        persons = KnownPersons(connection, STUDENTS)
        return [[one.unique_id for one in found] for found in persons.candidates(asked, lowest)]


@pytest.mark.parametrize("written", [
    {},
    {"middle_name": None, "sex": None},
    {"birth_date": datetime.date(2014, 9, 3)},
    {"last_name": "Okafor-Smith"},
    {"first_name": "MAYA", "last_name": "O'Kafor"},
])  # fmt: skip
def test_a_student_is_found_however_they_are_written(written):
    assert found([MAYA, TWIN, ELIZABETH], [said(MAYA) | written]) == [["1"]]


def test_a_nickname_is_the_same_student():
    assert found([MAYA, ELIZABETH], [said(ELIZABETH) | {"first_name": "Liz"}]) == [["3"]]


def test_the_twin_is_found_only_by_the_own_name():
    assert found([MAYA, TWIN], [said(TWIN), said(MAYA), said(MAYA) | {"first_name": "Zoe"}], 0.05) == [["2"], ["1"], []]


def test_each_who_is_asked_for_has_an_answer_of_their_own_in_the_same_order():
    nobody = {"first_name": "Otto", "last_name": "Quist", "birth_date": datetime.date(2012, 1, 1)}
    assert found([MAYA, TWIN, ELIZABETH], [said(ELIZABETH), nobody, said(MAYA)]) == [["3"], [], ["1"]]


def test_nobody_is_found_among_nobody():
    with connect() as connection:
        link_district.load(connection, [MAYA])
        connection.execute("delete from person")
        assert KnownPersons(connection, STUDENTS).candidates([said(MAYA)], 0.6) == [[]]


def test_whoever_comes_later_is_known_as_well():
    with connect() as connection:
        link_district.load(connection, [MAYA | {"source": "record", "kind": "Student", "rank": 0}])
        persons = KnownPersons(connection, STUDENTS)
        link_district.load(connection, [ELIZABETH | {"source": "record", "kind": "Student", "rank": 0}])
        persons.add()
        answers = persons.candidates([said(MAYA), said(ELIZABETH)], 0.6)
    assert [[one.unique_id for one in found] for found in answers] == [["1"], ["3"]]


def test_the_probability_is_that_of_a_run():
    """Of those whom a run scores, each pair has the probability that asking for the one gives for the other."""
    nodes = 200
    with connect() as connection:
        link_district.fill(connection, nodes)
        # Who says nothing but what may be asked, and no full name twice: then all pairs are scored.
        connection.execute("delete from person where source = 'warehouse'")
        unsaid = ("street", "city", "postal_code", "grade_level", "shared_ids", "phones")
        connection.execute(f"update person set {', '.join(f'{name} = null' for name in unsaid)}")
        connection.execute("update person set middle_name = null, birth_date = birth_date + 31 where source = 'vendor'")
        connection.execute("create table all_persons as from person")
        link(connection, kinds=("Student",))
        scored = connection.execute(
            "select left_id, right_id, probability from match where comparison->>'rule' is null"
            " and left_source <> right_source and probability >= 0.05"
        ).fetchall()
        (persons,) = connection.execute("select count(*) from node").fetchone() or (0,)
        vendor = connection.execute(f"select source_id, {', '.join(SAID)} from all_persons where source = 'vendor'")
        asked = {row[0]: dict(zip(SAID, row[1:], strict=True)) for row in vendor.fetchall()}
        connection.execute("create or replace temp table person as from all_persons where source = 'sis'")
        known = KnownPersons(connection, STUDENTS, KnownScores(persons, list(STUDENTS.comparisons)))
        answers = known.candidates(list(asked.values()), 0.0)
    told = {(one.unique_id, source_id): one.probability for source_id, found in zip(asked, answers, strict=True)
            for one in found}  # fmt: skip
    assert len(scored) > 20
    for left, right, probability in scored:
        pair = (left, right) if left.startswith("s") else (right, left)
        assert told[pair] == pytest.approx(probability, abs=0.02), pair
