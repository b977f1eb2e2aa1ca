"""Who asks for changes learns what is gone, as far as they may know of it."""

from uuid import UUID

import psycopg
import pytest
from app_of_agreement import held
from roster_app import V1P1, V1P2, elements, every, get

from homeroom.record.deletion import delete

CHANGES = "dateLastModified>'2020-01-01'"


def a_seat(url: str, school: int | None = None) -> dict:
    """A student's place in a class for which there is no grade."""
    return held(
        url,
        "select seat.* from edfi.student_section_association as seat where not exists (select from edfi.grade"
        " where grade.student_unique_id = seat.student_unique_id"
        " and grade.section_identifier = seat.section_identifier)"
        " and school_id = coalesce(%s, school_id) order by id limit 1",
        school,
    )[0]


def drop(url: str, resource: str, id_: UUID) -> None:
    with psycopg.connect(url) as record:
        delete(record, resource, id_, "a test")


@pytest.fixture
def client(own_app):
    return own_app(elements=elements()).client


@pytest.mark.parametrize("place", [V1P2, V1P1])
def test_a_deleted_row_is_told_as_to_be_deleted_to_who_asks_for_changes(client, own_served, place):
    seat = a_seat(own_served.record)
    before = len(every(client, f"{place}/enrollments", limit=10_000))
    drop(own_served.record, "StudentSectionAssociation", seat["id"])
    (gone,) = every(client, f"{place}/enrollments", filter="status='tobedeleted'")
    assert gone == {"sourcedId": seat["id"].hex, "status": "tobedeleted", "dateLastModified": gone["dateLastModified"]}
    told = every(client, f"{place}/enrollments", filter=CHANGES, limit=10_000)
    assert (len(told), [one for one in told if one["status"] != "active"]) == (before, [gone])
    assert every(client, f"{place}/enrollments", filter=f"dateLastModified>'{gone['dateLastModified']}'") == []


def test_who_asks_for_what_is_there_is_told_of_nothing_that_is_gone(client, own_served):
    seat = a_seat(own_served.record)
    drop(own_served.record, "StudentSectionAssociation", seat["id"])
    for asked in ({}, {"filter": "role='student'"}):
        told = every(client, f"{V1P2}/enrollments", limit=10_000, **asked)
        assert {one["status"] for one in told} == {"active"}
    get(client, f"{V1P2}/enrollments/{seat['id'].hex}", 404)


def test_whose_row_is_told_as_gone_is_on_the_log(own_app, own_served):
    app = own_app(elements=elements())
    seat = a_seat(own_served.record)
    drop(own_served.record, "StudentSectionAssociation", seat["id"])
    get(app.client, f"{V1P2}/enrollments", filter="status='tobedeleted'")
    (entry,) = held(own_served.record, "select * from access.disclosure where agreement is not null")
    assert entry["student_unique_ids"] == [seat["student_unique_id"]]


def test_what_is_gone_at_another_school_is_not_told(own_app, own_served):
    question = "select distinct school_id from edfi.student_section_association order by 1 limit 2"
    one, other = [row["school_id"] for row in held(own_served.record, question)]
    drop(own_served.record, "StudentSectionAssociation", a_seat(own_served.record, other)["id"])
    mine = a_seat(own_served.record, one)
    drop(own_served.record, "StudentSectionAssociation", mine["id"])
    client = own_app(elements=elements(), schools=[one]).client
    told = every(client, f"{V1P2}/enrollments", filter="status='tobedeleted'")
    assert [row["sourcedId"] for row in told] == [mine["id"].hex]
