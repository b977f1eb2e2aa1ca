"""A session is a word that only its owner's browser has; it ends by itself, and with its account."""

from datetime import timedelta

import pytest
from asking import change, rows
from people_of_the_record import GIVEN, account, at_the_door, principal, somebody

from homeroom.access.accounts import kept, sessions
from homeroom.access.accounts.one_time import hash_of
from homeroom.access.accounts.sessions import IDLE, LIFE
from homeroom.access.permissions import OF_THE_RECORD, THIS_MACHINE, Role
from homeroom.errors import WrongUse


def begun(url: str, number: int | None) -> str:
    return at_the_door(url, lambda use: sessions.begin(use, number))


def person(url: str, word: str):
    return at_the_door(url, lambda use: sessions.person_of(use, word))


def after(url: str, time: timedelta) -> None:
    """As if so much time had gone by."""
    change(
        url,
        "update access.session set begun_at = begun_at - interval '{0}', idle_until = idle_until - interval '{0}',"
        " ends_at = ends_at - interval '{0}'".format(f"{time.total_seconds()} seconds"),
    )


@pytest.mark.parametrize("role", [*GIVEN, *OF_THE_RECORD])
def test_somebody_who_is_signed_in_is_what_the_district_or_the_record_says(copied_record, role):
    found = person(copied_record, begun(copied_record, account(copied_record, role)))
    assert found.here.role is role
    assert found.here.person == (somebody(copied_record, role)[0] if role in OF_THE_RECORD else None)


def test_who_started_the_pages_is_whoever_works_at_this_machine(record):
    assert person(record, begun(record, None)).here == THIS_MACHINE


def test_the_log_tells_who_of_the_staff_it_was_and_no_name_of_a_parent_or_child(copied_record):
    for role in (Role.TEACHER, Role.CONTACT, Role.STUDENT):
        found = person(copied_record, begun(copied_record, account(copied_record, role)))
        assert (found.here.name == found.name) == (role is Role.TEACHER)


def test_a_word_is_kept_as_its_hash_alone(record):
    word = begun(record, None)
    ((kept_word,),) = rows(record, "select sha256 from access.session")
    assert bytes(kept_word) == hash_of(word)
    assert len(word) >= 43  # 256 bits
    assert begun(record, None) != word


@pytest.mark.parametrize("word", ["", "nobody's", "\ud800", "x" * 10_000])
def test_a_word_that_is_nobodys_lets_nobody_in(record, word):
    begun(record, None)
    assert person(record, word) is None


def test_a_session_ends_when_nothing_is_asked_for_long(copied_record):
    word = begun(copied_record, account(copied_record, Role.TEACHER))
    after(copied_record, IDLE - timedelta(minutes=2))
    assert person(copied_record, word)
    # Being asked for, it goes on.
    after(copied_record, IDLE - timedelta(minutes=2))
    assert person(copied_record, word)
    after(copied_record, IDLE + timedelta(minutes=1))
    assert person(copied_record, word) is None


def test_a_session_ends_at_last_however_much_is_asked(copied_record):
    word = begun(copied_record, account(copied_record, Role.TEACHER))
    step = timedelta(minutes=20)
    gone = timedelta()
    while gone + step < LIFE:
        after(copied_record, step)
        gone += step
        assert person(copied_record, word)
    after(copied_record, step)
    assert person(copied_record, word) is None


def test_signing_out_ends_it(record):
    word = begun(record, None)
    at_the_door(record, lambda use: sessions.end(use, word))
    assert person(record, word) is None


def test_the_end_of_an_account_ends_its_sessions_at_once(copied_record):
    number = account(copied_record, Role.TEACHER)
    word = begun(copied_record, number)
    at_the_door(copied_record, lambda use: kept.end(use, number, "a test"))
    assert person(copied_record, word) is None
    assert person(copied_record, begun(copied_record, number)) is None


def test_a_teacher_whose_classes_are_over_is_nothing_here_any_more(copied_record):
    who = principal(copied_record, Role.TEACHER)
    word = begun(copied_record, who.account)
    change(copied_record, "update edfi.staff_section_association set end_date = current_date - 1")
    assert person(copied_record, word).here is None


@pytest.fixture
def both(copied_record):
    """A session of somebody who teaches and is a parent: the record, and the word."""
    persons = {"staff": somebody(copied_record, Role.TEACHER)[0], "contact": somebody(copied_record, Role.CONTACT)[0]}
    made = at_the_door(copied_record, lambda use: kept.add(use, "Both", "a test", persons=persons))
    return copied_record, begun(copied_record, made.number)


def test_a_teacher_who_is_a_parent_is_one_of_them_at_a_time(both):
    url, word = both
    assert [one.role for one in person(url, word).principals] == [Role.TEACHER, Role.CONTACT]
    at_the_door(url, lambda use: sessions.act_as(use, word, "parent or guardian"))
    assert person(url, word).here.role is Role.CONTACT
    at_the_door(url, lambda use: sessions.act_as(use, word, "teacher"))
    assert person(url, word).here.role is Role.TEACHER


def test_nobody_becomes_what_they_are_not(both):
    url, word = both
    for role in ("principal", "district data manager", "", "nothing"):
        with pytest.raises(WrongUse):
            at_the_door(url, lambda use, role=role: sessions.act_as(use, word, role))
    assert person(url, word).here.role is Role.TEACHER


def test_each_session_has_a_word_of_its_own_for_forms(record):
    words = [begun(record, None) for _ in range(2)]
    first, second = (person(record, word).form_word for word in words)
    assert first != second
    assert first not in words
    assert person(record, words[0]).form_word == first
