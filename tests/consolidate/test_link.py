"""Who is who among students, contacts and staff."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import link_district

from homeroom.consolidate.database import connect
from homeroom.consolidate.link import LinkSettings, link
from homeroom.consolidate.link.evaluation import quality

BORN = datetime.date(2012, 3, 4)


def person(source, source_id, first, last, kind="Student", **more):
    rank = {"sis": 0, "warehouse": 1, "vendor": 2}[source]
    return {
        "source": source,
        "source_id": source_id,
        "rank": rank,
        "first_name": first,
        "last_name": last,
        "kind": kind,
        "preferred_id": source_id,
        **more,
    }


@pytest.fixture
def connection():
    with connect() as connection:
        yield connection


def linked(connection, *rows, settings=None):
    link_district.load(connection, list(rows))
    link(connection, settings or LinkSettings())
    return dict(connection.execute("select source || ' ' || source_id, unique_id from identity").fetchall())


@pytest.mark.parametrize(
    ("first", "last", "born"),
    [
        ("MARIA", "Garcia", BORN),
        ("María", "García Lopez", BORN),
        ("Maria", "Garcia", datetime.date(2012, 4, 3)),
        ("Mary", "Garcia", BORN),
    ],
    ids=["letters", "compound surname", "day and month swapped", "nickname"],
)
def test_the_same_student_written_differently_is_one(connection, first, last, born):
    ids = linked(
        connection,
        person("sis", "1", "Maria", "Garcia", birth_date=BORN, sex="Female"),
        person("vendor", "x", first, last, birth_date=born, sex="Female"),
    )
    assert ids["vendor x"] == ids["sis 1"] == "1"


def test_twins_at_one_address_stay_two(connection):
    home = {"birth_date": BORN, "street": "1 Elm Street", "postal_code": "12345", "phones": ["5551234567"]}
    ids = linked(
        connection,
        person("sis", "1", "Ana", "Reyes", **home),
        person("sis", "2", "Lucia", "Reyes", **home),
        person("vendor", "x", "Ana", "Reyes", **home),
        person("vendor", "y", "Lucia", "Reyes", **home),
    )
    assert ids == {"sis 1": "1", "sis 2": "2", "vendor x": "1", "vendor y": "2"}


def test_brothers_whose_names_begin_alike_before_a_hyphen_stay_two(connection):
    home = {"birth_date": BORN, "street": "1 Elm Street", "postal_code": "12345", "phones": ["5551234567"]}
    ids = linked(
        connection,
        person("sis", "1", "Min-jun", "Choi", **home),
        person("vendor", "y", "Min-seo", "Choi", **home),
    )
    assert ids["sis 1"] != ids["vendor y"]


def test_two_parents_elsewhere_who_share_no_more_than_a_name_stay_two_and_nobody_is_asked(connection):
    ids = linked(
        connection,
        person("sis", "1", "Ana", "Quillfeather", birth_date=BORN),
        person("warehouse", "8", "Ines", "Quillfeather", birth_date=BORN),
        person("sis", "c1", "Rui", "Quillfeather", kind="Contact", student_ids=["1"], phones=["5551234567"]),
        person("warehouse", "d1", "Rui", "Quillfeather", kind="Contact", student_ids=["8"], phones=["5557654321"]),
    )
    assert ids["sis c1"] != ids["warehouse d1"]
    assert connection.execute("select count(*) from match where kind = 'Contact'").fetchone() == (0,)


def test_contacts_of_the_same_children_are_one_but_two_parents_are_not(connection):
    home = {"phones": ["5551234567"], "kind": "Contact"}
    ids = linked(
        connection,
        person("sis", "1", "Ana", "Reyes", birth_date=BORN),
        person("warehouse", "7", "Ana", "Reyes", birth_date=BORN),
        person("sis", "c1", "Elizabeth", "Reyes", student_ids=["1"], **home),
        person("sis", "c2", "Carlos", "Reyes", student_ids=["1"], **home),
        person("warehouse", "d1", "Liz", "Reyes", student_ids=["7"], **home),
    )
    assert ids["warehouse d1"] == ids["sis c1"] != ids["sis c2"]


def test_staff_with_one_work_address_are_one(connection):
    ids = linked(
        connection,
        person("sis", "t1", "Robert", "Hall", kind="Staff", emails=["rhall@mg.example"]),
        person("vendor", "v9", "Bob", "Hall", kind="Staff", emails=["RHall@mg.example"]),
    )
    assert ids["vendor v9"] == "t1"


def test_staff_of_one_name_are_asked_about_or_one_by_where_they_teach(connection):
    def states(school):
        rows = [
            person("sis", f"s{n}", first, last, kind="Staff", school_ids=["A"])
            for n, (first, last) in enumerate([("Grace", "Hill"), ("Paige", "Cooper"), ("Kevin", "Davis")])
        ]
        linked(connection, *rows, person("warehouse", "w", "Grace", "Hill", kind="Staff", school_ids=[school]))
        return connection.execute("select max(probability) from match where kind = 'Staff'").fetchone()[0] or 0

    assert states("A") > states("B")


def test_a_persons_decision_holds(connection):
    rows = [person("sis", "1", "Ana", "Reyes", birth_date=BORN), person("vendor", "x", "Ana", "Reyes", birth_date=BORN)]
    linked(connection, *rows)
    connection.execute("insert into match_decision values ('Student', 'sis', '1', 'vendor', 'x', 'apart', 1)")
    ids = linked(connection, *rows)
    assert ids["sis 1"] != ids["vendor x"]


def test_ids_stay_when_a_better_source_comes_later(connection):
    late = person("warehouse", "7", "Ana", "Reyes", birth_date=BORN)
    linked(connection, late)
    ids = linked(connection, late, person("sis", "1", "Ana", "Reyes", birth_date=BORN))
    assert ids == {"warehouse 7": "7", "sis 1": "7"}


@pytest.fixture(scope="module")
def district():
    with connect() as connection:
        link_district.fill(connection, 1500)
        summary = link(connection)
        yield connection, summary


def test_a_district_is_linked_precisely_and_nearly_completely(district):
    connection, summary = district
    found = quality(connection, "select source, source_id, unique_id as person from identity", "select * from truth")
    assert found.precision >= 0.998
    assert found.recall >= 0.985
    assert summary.review <= 15


def test_every_row_has_one_identity(district):
    connection, _ = district
    assert connection.execute(
        "select (select count(*) from person) = count(*) and count(*) = count(distinct (source, source_id))"
        " from identity"
    ).fetchone() == (True,)


def test_the_same_input_gives_the_same_output(district):
    connection, _ = district
    before = connection.execute("select * from identity order by all").fetchall()
    connection.execute("delete from identity")
    link(connection)
    assert connection.execute("select * from identity order by all").fetchall() == before
