"""Change versions count up by one sequence, and a reader who has read up to the newest has missed nothing."""

import json

import psycopg
import pytest
from batches import batch
from district import MAYA
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeroom.record.change_queries import deletes, key_changes
from homeroom.record.changes import newest
from homeroom.record.deletion import delete
from homeroom.record.key_change import change_key
from homeroom.record.publish import publish
from homeroom.record.query import count, one, page
from homeroom.record.upsert import upsert

NUMBERS = st.sampled_from(["900", "901", "902"])
NAMES = st.sampled_from(["Maya", "Noor", "Ada"])
WRITES = st.lists(st.tuples(st.sampled_from(["upsert", "publish", "delete", "renumber"]), NUMBERS, NAMES), max_size=12)


def held(connection: psycopg.Connection) -> dict[str, tuple[str, str, int]]:
    """Each student's id, first name and change version, by number."""
    rows = connection.execute("select student_unique_id, id, first_name, change_version from edfi.student").fetchall()
    return {number: (str(id_), name, version) for number, id_, name, version in rows}


def write(connection: psycopg.Connection, how: str, number: str, name: str) -> None:
    document = MAYA | {"studentUniqueId": number, "firstName": name}
    present = held(connection).get(number)
    if how == "upsert":
        upsert(connection, "Student", document, "test")
    elif how == "publish":
        row = {"student_unique_id": number, "first_name": name, "last_surname": "Okafor", "birth_date": "2016-03-01"}
        publish(connection, {"Student": batch("Student", row)})
    elif present and how == "delete":
        delete(connection, "Student", present[0], "test")
    elif present and "999" not in held(connection):
        change_key(connection, "Student", present[0], document | {"studentUniqueId": "999"}, "test")


@given(writes=WRITES)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_change_takes_a_higher_change_version_than_all_before_and_what_is_equal_takes_none(connection, writes):
    with connection.transaction(force_rollback=True):
        last = newest(connection)
        for how, number, name in writes:
            before = held(connection)
            write(connection, how, number, name)
            after = held(connection)
            for row in set(after.values()) - set(before.values()):
                assert row[2] > last
            unchanged = {(id_, n, value) for n, (id_, value, _) in before.items()} & {
                (id_, n, value) for n, (id_, value, _) in after.items()
            }
            assert all(after[n][2] == before[n][2] for _, n, _ in unchanged)
            deleted = connection.execute("select max(change_version) from edfi.tombstone").fetchone()[0] or 0
            if len(after) < len(before):
                assert deleted > last
            last = max([last, deleted, *(version for _, _, version in after.values())])


def test_the_newest_change_version_is_known_when_everybody_who_writes_is_done(record):
    with psycopg.connect(record) as writer, psycopg.connect(record) as reader:
        written = upsert(writer, "Student", MAYA, "test")
        reader.execute("set lock_timeout = '100ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            newest(reader)
        reader.rollback()
        writer.commit()
        assert newest(reader) == written.change_version


def test_a_reader_asks_for_what_changed_between_two_versions(connection):
    versions = [
        upsert(connection, "Student", MAYA | {"studentUniqueId": str(number)}, "test").change_version
        for number in range(5)
    ]
    found = page(connection, "Student", min_change_version=versions[1], max_change_version=versions[3])
    assert sorted(student["studentUniqueId"] for student in json.loads(found.body)) == ["1", "2", "3"]


def test_pages_one_after_another_hold_every_row_once(connection):
    for number in range(7):
        upsert(connection, "Student", MAYA | {"studentUniqueId": str(number)}, "test")
    seen, last = [], None
    while (found := page(connection, "Student", limit=3, after=last)).rows:
        seen += [student["studentUniqueId"] for student in json.loads(found.body)]
        last = found.last
    assert sorted(seen) == [str(number) for number in range(7)]
    assert page(connection, "Student", limit=3, offset=6).rows == 1


def test_rows_are_found_by_a_value_and_by_a_part_of_a_reference(connection):
    upsert(connection, "Student", MAYA, "test")
    upsert(connection, "Student", MAYA | {"studentUniqueId": "901", "firstName": "Noor"}, "test")
    assert count(connection, "Student", {"firstName": "Noor"}) == 1
    assert page(connection, "StudentSchoolAssociation", {"schoolReference.schoolId": 1001}).body == b"[]"


def test_an_answer_leaves_out_what_has_no_value_and_says_when_it_changed(connection):
    written = upsert(connection, "Student", MAYA, "test")
    answer = json.loads(one(connection, "Student", written.id))
    assert answer.keys() - MAYA.keys() == {"id", "_etag", "_lastModifiedDate"}
    assert answer["_etag"] == str(written.change_version)
    assert answer["_lastModifiedDate"].endswith("Z")


def test_a_reader_is_told_what_was_deleted_and_which_keys_changed_since(connection):
    maya = upsert(connection, "Student", MAYA, "test")
    noor = upsert(connection, "Student", MAYA | {"studentUniqueId": "901", "firstName": "Noor"}, "test")
    seen = newest(connection)
    change_key(connection, "Student", maya.id, MAYA | {"studentUniqueId": "902"}, "test")
    gone = delete(connection, "Student", noor.id, "test")
    (changed,) = json.loads(key_changes(connection, "Student", after=seen))
    assert (changed["id"], changed["oldKeyValues"], changed["newKeyValues"]) == (
        maya.id.hex,
        {"studentUniqueId": "900"},
        {"studentUniqueId": "902"},
    )
    assert json.loads(deletes(connection, "Student", after=seen)) == [
        {"id": noor.id.hex, "changeVersion": gone, "keyValues": {"studentUniqueId": "901"}}
    ]
    assert deletes(connection, "Student", after=gone) == b"[]"
    assert deletes(connection, "Student", until=seen) == b"[]"
    assert deletes(connection, "School") == b"[]"
