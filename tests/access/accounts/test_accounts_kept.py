"""An account says who it is, who added it, and what the district made them; it is ended and never deleted."""

import pytest
from asking import rows
from people_of_the_record import at_the_door, somebody

from homeroom.access.accounts import kept, one_time
from homeroom.access.accounts.one_time import Kind
from homeroom.access.permissions import Role
from homeroom.errors import WrongUse


def add(url: str, name: str = "Ines Duarte", by: str = "Tom Becker", **said):
    return at_the_door(url, lambda use: kept.add(use, name, by, **said))


def end(url: str, number: int) -> None:
    at_the_door(url, lambda use: kept.end(use, number, "Tom Becker"))


def test_an_account_keeps_who_it_is_and_who_added_it(record):
    made = add(record, role=Role.DISTRICT_DATA_MANAGER, email=" Ines@Springfield.example ")
    (listed,) = at_the_door(record, kept.accounts)
    assert listed == made
    assert (made.name, made.role, made.added_by) == ("Ines Duarte", Role.DISTRICT_DATA_MANAGER, "Tom Becker")
    assert made.email == "ines@springfield.example"
    assert made.ways == []


@pytest.mark.parametrize("second", [None, "", "  ", "Tom Becker", " tom becker "])
def test_one_person_alone_makes_nobody_privacy_officer(record, second):
    with pytest.raises(WrongUse, match="two people"):
        add(record, role=Role.PRIVACY_OFFICER, approved_by=second)


def test_two_people_make_somebody_privacy_officer(record):
    assert add(record, role=Role.PRIVACY_OFFICER, approved_by="Ada").approved_by == "Ada"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Say what the person is"),
        ({"name": " ", "role": Role.DISTRICT_DATA_MANAGER}, "needs a name"),
        ({"by": "", "role": Role.DISTRICT_DATA_MANAGER}, "needs a name"),
        ({"persons": {"staff": "nobody"}}, "knows no staff"),
        ({"persons": {"student": ""}}, "Say what the person is"),
    ],
)
def test_what_says_nothing_of_a_person_is_no_account(record, said, words):
    with pytest.raises(WrongUse, match=words):
        add(record, **said)
    assert rows(record, "select from access.account") == []


def test_a_person_has_one_account_at_a_time(copied_record):
    persons = {"staff": somebody(copied_record, Role.TEACHER)[0]}
    first = add(copied_record, persons=persons)
    with pytest.raises(WrongUse, match="There is an account of this person"):
        add(copied_record, persons=persons)
    end(copied_record, first.number)
    assert add(copied_record, persons=persons).number != first.number


def test_an_account_ends_once_and_stays_written_down(record):
    number = add(record, role=Role.DISTRICT_DATA_MANAGER).number
    end(record, number)
    (ended,) = at_the_door(record, kept.accounts)
    assert ended.ended_by == "Tom Becker"
    with pytest.raises(WrongUse, match="or it has ended"):
        end(record, number)


@pytest.mark.parametrize("kind", Kind)
def test_a_word_that_is_good_once_is_good_once(record, kind):
    word = at_the_door(record, lambda use: one_time.give(use, kind, held={"to": "/students"}))
    assert at_the_door(record, lambda use: one_time.look_at(use, kind, word))["held"] == {"to": "/students"}
    assert at_the_door(record, lambda use: one_time.take(use, kind, word))["held"] == {"to": "/students"}
    assert at_the_door(record, lambda use: one_time.take(use, kind, word)) is None


def test_a_word_is_good_for_what_it_was_given_for_alone(record):
    word = at_the_door(record, lambda use: one_time.give(use, Kind.INVITATION))
    others = [kind for kind in Kind if kind is not Kind.INVITATION]
    assert [at_the_door(record, lambda use, kind=kind: one_time.take(use, kind, word)) for kind in others] == [None] * 3


def test_the_end_of_an_account_ends_its_invitations(record):
    number = add(record, role=Role.DISTRICT_DATA_MANAGER).number
    word = at_the_door(record, lambda use: one_time.give(use, Kind.INVITATION, number))
    end(record, number)
    assert at_the_door(record, lambda use: one_time.look_at(use, Kind.INVITATION, word)) is None
