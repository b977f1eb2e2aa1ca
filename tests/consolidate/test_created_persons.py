"""Whom an app asked an id for is found again when a system delivers them, and keeps that id."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import link_district

from homeroom.consolidate.created_persons import gather_created, know_created
from homeroom.consolidate.database import connect
from homeroom.consolidate.link import link
from homeroom.consolidate.link.tables import create_tables
from homeroom.record.created_identities import SOURCE

BORN = datetime.date(2014, 3, 9)
MAYA = {"first_name": "Maya", "last_name": "Okafor", "birth_date": BORN, "sex": "uri://x/SexDescriptor#Female"}
OTHER = {"first_name": "Liam", "last_name": "Berger", "birth_date": datetime.date(2013, 7, 21)}


def ids_after(delivered: list[dict]) -> dict[tuple[str, str], str]:
    """The record's ids of `delivered` students of the source sis, where Maya was given the id H1 before."""
    with connect() as connection:
        create_tables(connection)
        connection.execute("insert into created_identity values ('H1', 'Student', 'Maya', null, 'Okafor', null,"
                           " '2014-03-09', 'Female')")  # fmt: skip
        know_created(connection)
        rows = [one | {"source": "sis", "kind": "Student", "rank": 0, "preferred_id": one["source_id"]}
                for one in delivered]  # fmt: skip
        link_district.load(connection, rows)
        gather_created(connection, "Student")
        link(connection, kinds=("Student",))
        found = connection.execute("select source, source_id, unique_id from identity").fetchall()
    return {(source, source_id): unique_id for source, source_id, unique_id in found}


@pytest.mark.parametrize("written", [{}, {"last_name": "Okafor-Smith"}, {"birth_date": datetime.date(2014, 9, 3)}])
def test_the_student_who_is_delivered_has_the_id_that_was_given(written):
    assert ids_after([MAYA | written | {"source_id": "77"}, OTHER | {"source_id": "78"}]) == {
        (SOURCE, "H1"): "H1",
        ("sis", "77"): "H1",
        ("sis", "78"): "78",
    }


def test_a_twin_is_somebody_else():
    twin = MAYA | {"first_name": "Nadia", "source_id": "77"}
    assert ids_after([twin])[("sis", "77")] == "77"


def test_the_id_never_goes_to_another_who_has_it_in_a_source():
    found = ids_after([OTHER | {"source_id": "H1"}])
    assert found[(SOURCE, "H1")] == "H1"
    assert found[("sis", "H1")] != "H1"


def test_who_is_not_delivered_yet_keeps_the_id():
    assert ids_after([OTHER | {"source_id": "78"}])[(SOURCE, "H1")] == "H1"
