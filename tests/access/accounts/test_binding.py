"""Whoever the provider tells of is found by issuer and subject, bound once by an address that one person alone has."""

import pytest
from asking import change, rows
from people_of_the_record import at_the_door, somebody

from homeroom.access.accounts import binding, kept
from homeroom.access.door import Refused
from homeroom.access.permissions import Role

ISSUER = "https://accounts.example"
TYPE = "uri://ed-fi.org/ElectronicMailTypeDescriptor#Work"
MAIL = '[{{"electronicMailAddress": "{}", "electronicMailTypeDescriptor": "' + TYPE + '"}}]'


def bound(url: str, subject: str, email: str | None = None, issuer: str = ISSUER) -> int:
    return at_the_door(url, lambda use: binding.account_of(use, issuer, subject, email))


def give_address(url: str, kind: str, unique_id: str, address: str) -> None:
    change(
        url,
        f"update edfi.{kind} set electronic_mails = '{MAIL.format(address)}' where {kind}_unique_id = '{unique_id}'",
    )


@pytest.fixture
def teacher(copied_record):
    """The record, and a teacher whose address is ruth@springfield.example."""
    unique_id, _ = somebody(copied_record, Role.TEACHER)
    give_address(copied_record, "staff", unique_id, "ruth@springfield.example")
    return copied_record, unique_id


@pytest.mark.parametrize("address", ["ruth@springfield.example", "Ruth@Springfield.Example"])
def test_the_first_time_a_verified_address_of_the_record_tells_who_it_is(teacher, address):
    url, unique_id = teacher
    number = bound(url, "4711", address)
    made = at_the_door(url, lambda use: kept.account(use, number))
    assert made.persons == {"staff": unique_id}
    assert made.added_by == binding.BY_EMAIL
    assert made.ways == [ISSUER]


def test_from_then_on_issuer_and_subject_tell_it_whatever_the_address(teacher):
    url, _ = teacher
    number = bound(url, "4711", "ruth@springfield.example")
    change(url, "update edfi.staff set electronic_mails = null")
    assert bound(url, "4711", "another@springfield.example") == number
    assert bound(url, "4711") == number


def test_an_address_that_came_to_another_user_of_the_provider_opens_nothing(teacher):
    url, _ = teacher
    bound(url, "4711", "ruth@springfield.example")
    with pytest.raises(Refused, match="as another user of the provider"):
        bound(url, "4712", "ruth@springfield.example")


def test_the_same_subject_of_another_issuer_is_another(teacher):
    url, _ = teacher
    bound(url, "4711", "ruth@springfield.example")
    with pytest.raises(Refused, match="does not say that your e-mail address was verified"):
        bound(url, "4711", issuer="https://evil.example")


@pytest.mark.parametrize(
    "address", ["nobody@springfield.example", "%", "", None, "ruth@springfield.example.evil.example"]
)
def test_an_address_that_nobody_has_opens_nothing(teacher, address):
    url, _ = teacher
    with pytest.raises(Refused, match="Ask the district's office"):
        bound(url, "4711", address)
    assert rows(url, "select from access.account") == []


def test_an_address_that_two_have_tells_of_neither(teacher):
    url, _ = teacher
    give_address(url, "contact", somebody(url, Role.CONTACT)[0], "ruth@springfield.example")
    with pytest.raises(Refused, match="Several people"):
        bound(url, "4711", "ruth@springfield.example")


def test_an_account_that_was_made_for_both_of_them_is_found_by_the_address(teacher):
    url, unique_id = teacher
    parent = somebody(url, Role.CONTACT)[0]
    give_address(url, "contact", parent, "ruth@springfield.example")
    persons = {"staff": unique_id, "contact": parent}
    made = at_the_door(url, lambda use: kept.add(use, "Ruth", "Ines Duarte", persons=persons))
    assert bound(url, "4711", "ruth@springfield.example") == made.number


def test_a_student_is_known_by_the_address_at_school(copied_record):
    student = somebody(copied_record, Role.STUDENT)[0]
    change(
        copied_record,
        "update edfi.student_education_organization_association set electronic_mails ="
        f" '{MAIL.format('maya@students.springfield.example')}' where student_unique_id = '{student}'",
    )
    number = bound(copied_record, "1", "maya@students.springfield.example")
    found = at_the_door(copied_record, lambda use: kept.account(use, number))
    assert found.persons == {"student": student}


def test_an_administrator_is_known_by_the_address_that_the_district_said(record):
    made = at_the_door(
        record,
        lambda use: kept.add(use, "Ines", "Tom", role=Role.DISTRICT_DATA_MANAGER, email="ines@springfield.example"),
    )
    assert bound(record, "1", "INES@springfield.example") == made.number


def test_an_account_that_has_ended_is_not_opened_again_by_its_address_nor_its_subject(teacher):
    url, _ = teacher
    number = bound(url, "4711", "ruth@springfield.example")
    at_the_door(url, lambda use: kept.end(use, number, "Ines"))
    for subject in ("4711", "4712"):
        with pytest.raises(Refused, match="has ended"):
            bound(url, subject, "ruth@springfield.example")
