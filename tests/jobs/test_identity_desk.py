"""The desk that finds students for apps: ready once, and anew when the record has changed."""

from datetime import date

import psycopg
import pytest

from homeroom.access.identities import Description
from homeroom.jobs.identity_desk import WorkspaceIdentityDesk
from homeroom.settings import Workspace

MAYA = Description("Maya", None, "Okafor-Quistorp", None, date(2014, 3, 9))


@pytest.fixture
def desk(maple_grove, copied_record):
    desk = WorkspaceIdentityDesk(maple_grove, copied_record)
    yield desk
    desk.close()


def write(url, statement, *values):
    with psycopg.connect(url) as record:
        record.execute(statement, values)


def ids(desk, *asked):
    return [[match.unique_id for match in found] for found in desk.matches(asked)]


def test_what_was_made_ready_serves_until_the_record_changes(desk, copied_record):
    assert ids(desk, MAYA) == [[]]
    ready = desk._known
    assert ids(desk, MAYA) == [[]]
    assert desk._known is ready
    write(copied_record, "insert into edfi.student (student_unique_id, first_name, last_surname, birth_date)"
                         " values ('maya-1', 'Maya', 'Okafor-Quistorp', '2014-03-09')")  # fmt: skip
    assert ids(desk, MAYA) == [["maya-1"]]
    assert desk._known is not ready
    write(copied_record, "update edfi.student set birth_date = '2001-01-01', change_version ="
                         " nextval('edfi.change_version') where student_unique_id = 'maya-1'")  # fmt: skip
    assert ids(desk, MAYA) == [[]]


def test_whom_an_app_asked_an_id_for_is_known_at_once_and_beside_the_others(desk, copied_record):
    (first,) = ids(desk, MAYA)
    ready = desk._known
    for number, last_name in enumerate(("Okafor-Quistorp", "Berger-Quistorp")):
        write(copied_record, "insert into consolidation.created_identity (unique_id, kind, first_name, last_name,"
              " birth_date, agreement, created_by) values (%s, 'Student', 'Maya', %s, '2014-03-09', 1, 'an app')",
              f"H{number}", last_name)  # fmt: skip
    other = Description("Maya", None, "Berger-Quistorp", None, date(2014, 3, 9))
    found = ids(desk, MAYA, other)
    assert (first, [one[0] for one in found]) == ([], ["H0", "H1"])
    assert desk._known is ready
    assert ids(desk, MAYA, other) == found


def test_former_and_other_last_names_are_names_of_the_student(desk, copied_record):
    write(copied_record, "insert into edfi.student (student_unique_id, first_name, last_surname, birth_date,"
          " maiden_name, other_names) values ('maya-2', 'Maya', 'Lindqvist', '2014-03-09', 'Okafor-Quistorp',"
          """ '[{"otherNameTypeDescriptor": "x", "firstName": "Maya", "lastSurname": "Zwart"}]')""")  # fmt: skip
    zwart = Description("Maya", None, "Zwart", None, date(2014, 3, 9))
    assert ids(desk, MAYA, zwart) == [["maya-2"], ["maya-2"]]


def test_the_weights_are_those_that_the_last_run_learned(maple_grove, copied_record):
    desk = WorkspaceIdentityDesk(maple_grove, copied_record)
    with psycopg.connect(copied_record) as record:
        learned = desk._learned(record)
    assert learned is not None
    assert {one["output_column_name"] for one in learned.comparisons} >= {"first_name", "last_name", "birth_date"}


def test_where_nothing_of_a_run_is_left_the_expected_weights_stand(tmp_path, maple_grove, copied_record):
    desk = WorkspaceIdentityDesk(Workspace.create(tmp_path / "other", "Maple Grove"), copied_record)
    try:
        with psycopg.connect(copied_record) as record:
            assert desk._learned(record) is None
            (row,) = record.execute("select first_name, last_surname, birth_date, student_unique_id from edfi.student"
                                    " order by student_unique_id limit 1").fetchall()  # fmt: skip
        ((found, *_),) = ids(desk, Description(row[0], None, row[1], None, row[2]))
        assert found == row[3]
    finally:
        desk.close()
