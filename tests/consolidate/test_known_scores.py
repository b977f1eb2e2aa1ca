"""Linking goes on from the last time: what nobody says anything new of is as probable as it was."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import link_district

from homeroom.consolidate.database import connect
from homeroom.consolidate.link import link

# Enough that Splink learns how often true pairs agree.
STUDENTS = 2_500
# A name is written differently, a birth date is another, a telephone number is new, and somebody is gone.
CHANGES = """
    update person set last_name = last_name || 's' where kind = 'Student' and hash(source_id) % 97 = 1;
    update person set birth_date = birth_date + 1 where kind = 'Student' and hash(source_id) % 97 = 2;
    update person set phones = ['5550001111'] where hash(source_id) % 97 = 3;
    delete from person where kind = 'Student' and hash(source_id) % 97 = 4;
"""
MATCHES = "select left_source, left_id, right_source, right_id, state, round(probability, 6) from match order by all"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the first run kept, and `persons.parquet`, of whom it was told."""
    folder = tmp_path_factory.mktemp("first")
    with connect() as connection:
        link_district.fill(connection, STUDENTS)
        link(connection, kinds=("Student",), into=folder)
        connection.execute(f"copy person to '{folder / 'persons.parquet'}'")
        connection.execute(f"copy match to '{folder / 'matches.parquet'}'")
    return folder


def linked(first: Path, changes: str, into: Path, before: Path | None) -> list[tuple]:
    with connect() as connection:
        connection.execute(f"create table person as from '{first / 'persons.parquet'}'")
        connection.execute(changes)
        link(connection, kinds=("Student",), before=before, into=into)
        return connection.execute(MATCHES).fetchall()


def learned(folder: Path) -> str:
    return (folder / "learned-Student.json").read_text()


def test_the_same_persons_are_linked_in_the_same_way(first, tmp_path):
    assert (
        linked(first, "", tmp_path, first)
        == duckdb.sql(MATCHES.replace("from match", f"from '{first / 'matches.parquet'}'")).fetchall()
    )


def test_changes_are_linked_as_if_all_were_scored_with_what_was_learned(first, tmp_path):
    going_on, anew = tmp_path / "going-on", tmp_path / "anew"
    for folder in (going_on, anew):
        folder.mkdir()
    # What was learned, without any pair or node that is known.
    all_new = tmp_path / "all-new"
    all_new.mkdir()
    (all_new / "learned-Student.json").write_text(learned(first))
    for name in ("nodes", "scores"):
        file = f"{name}-Student.parquet"
        duckdb.sql(f"copy (from '{first / file}' limit 0) to '{all_new / file}'")
    found, expected = linked(first, CHANGES, going_on, first), linked(first, CHANGES, anew, all_new)
    assert [row[:5] for row in found] == [row[:5] for row in expected]
    # How rare a name is counts among those of now.
    assert [row[5] for row in found] == pytest.approx([row[5] for row in expected], abs=0.03)


def test_what_was_learned_stands_while_about_as_many_are_linked(first, tmp_path):
    linked(first, CHANGES, tmp_path, first)
    assert learned(tmp_path) == learned(first)


def test_all_is_learned_anew_where_half_are_gone(first, tmp_path):
    linked(first, "delete from person where hash(source_id) % 2 = 1", tmp_path, first)
    assert learned(tmp_path) != learned(first)
