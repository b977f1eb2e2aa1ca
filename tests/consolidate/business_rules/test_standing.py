"""After a run rules are asked of what has changed alone, and find what they find when all are asked anew."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from own_database import own_database
from world import CASES, WORLD, planted

from homeroom.consolidate.business_rules.asking import Answer, ask, ask_rules
from homeroom.consolidate.business_rules.catalogue import BusinessRule, catalogue
from homeroom.consolidate.business_rules.standing import (
    STUDENT,
    findings_that_stand,
    query_of_touched,
    read_standing,
    tables_read,
)
from homeroom.record.deletion import delete
from homeroom.record.publish import publish

# One or two of them are touched at a time: few enough that the others need not be asked about.
OTHERS = {
    "Student": {
        f"other-{number}": {
            "student_unique_id": f"other-{number}",
            "birth_date": "2011-03-01",
            "first_name": f"Ana {number}",
            "last_surname": "Reed",
        }
        for number in range(20)
    }
}


@pytest.fixture
def asked(record: str, tmp_path: Path) -> str:
    """A record where all is well but for what was found once, and asked about."""
    write(record, WORLD)
    write(record, OTHERS)
    with psycopg.connect(record) as connection:
        connection.execute("insert into consolidation.run (started_at) values (now())")
    ask_rules(record, tmp_path)
    return record


@pytest.fixture(scope="module")
def empty(postgres_url: str, template_database: str) -> Iterator[str]:
    """The URL of an empty record, in which nothing stays that a test writes."""
    with own_database(postgres_url, template_database) as url:
        yield url


def write(record: str, rows: dict) -> None:
    with psycopg.connect(record) as connection:
        assert publish(connection, planted(rows)).refused == ()


def found(answers: list[Answer]) -> dict[str, tuple]:
    return {a.rule.name: (a.count, sorted(map(str, a.findings)), a.failure) for a in answers}


def batched(names: list[str], size: int) -> list[list[str]]:
    return [names[at : at + size] for at in range(0, len(names), size)]


def about_students() -> list[BusinessRule]:
    return [rule for rule in catalogue().values() if rule.about == STUDENT]


def test_whatever_changes_the_same_is_found_as_when_all_are_asked(asked, tmp_path):
    for names in batched(sorted(CASES), 8):
        for name in names:
            write(asked, CASES[name].rows())
        going_on = found(ask_rules(asked, tmp_path, going_on=True).answers)
        assert going_on == found(ask(asked, catalogue().values())), names
    write(asked, WORLD)
    assert found(ask_rules(asked, tmp_path, going_on=True).answers) == found(ask(asked, catalogue().values()))


def test_a_deleted_row_is_a_change(asked, tmp_path):
    with psycopg.connect(asked) as connection:
        (gone,) = connection.execute("select id from edfi.student_school_association where school_id = 2").fetchone()
        delete(connection, "StudentSchoolAssociation", gone, "test")
    going_on = found(ask_rules(asked, tmp_path, going_on=True).answers)
    assert going_on["student-without-enrollment"][0] == 1 + len(OTHERS["Student"])
    assert going_on == found(ask(asked, catalogue().values()))


def test_a_rule_stands_until_a_table_that_it_reads_changes(asked):
    rule = catalogue()["attendance-outside-session"]
    with psycopg.connect(asked) as connection:
        assert read_standing(connection).holds(rule)
    absent = WORLD["StudentSchoolAttendanceEvent"]["maya"] | {"event_date": "2025-09-03"}
    write(asked, {"StudentSchoolAttendanceEvent": {"maya": absent}})
    with psycopg.connect(asked) as connection:
        standing = read_standing(connection)
        assert not standing.holds(rule)
        assert standing.holds_of_others(rule)
    write(asked, {"Session": {"fall": WORLD["Session"]["fall"] | {"end_date": "2025-12-20"}}})
    with psycopg.connect(asked) as connection:
        assert not read_standing(connection).holds_of_others(rule)


@pytest.mark.parametrize("name", ["attendance-in-future", "source-without-news", "code-without-mapping"])
def test_what_follows_from_the_day_or_from_other_tables_is_asked_each_time(asked, name):
    with psycopg.connect(asked) as connection:
        assert not read_standing(connection).known(catalogue()[name])


def test_of_which_not_all_is_kept_nothing_stands(asked):
    with psycopg.connect(asked) as connection:
        connection.execute("update consolidation.business_rule_count set findings = findings + 1")
        assert read_standing(connection) is None


@pytest.mark.parametrize("name", sorted(rule.name for rule in about_students()))
def test_what_a_rule_about_students_finds_of_each_adds_up_to_what_it_finds_of_all(empty, name):
    rule = catalogue()[name]
    with psycopg.connect(empty) as connection, connection.transaction(force_rollback=True):
        assert publish(connection, planted(CASES[name].rows())).refused == ()
        students = [row[0] for row in connection.execute("select student_unique_id from edfi.student").fetchall()]
        connection.execute("create temporary table touched (student_unique_id text)")
        each = []
        for student in students:
            connection.execute("delete from touched")
            connection.execute("insert into touched values (%s)", [student])
            rows = connection.execute(query_of_touched(rule).replace("%", "%%"), []).fetchall()
            assert {row[2] for row in rows} <= {student}
            each += rows
        every = connection.execute(rule.query.replace("%", "%%"), []).fetchall()
    assert every
    assert sorted(map(str, each)) == sorted(map(str, every))


def test_every_rule_about_students_finds_rows_of_its_own_table():
    for rule in about_students():
        assert rule.resource
        assert tables_read(rule)
        assert "business_rule_finding" in findings_that_stand(rule)
