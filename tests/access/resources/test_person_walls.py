"""A person is shown those alone who are within reach, by either of two walls: the statement's and the database's."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import psycopg
import pytest
from own_database import own_database
from people_of_oak import AT_OAK, MADE_SO
from people_of_the_record import at_the_door, principal, somebody
from two_schools import fill

from homeroom.access.accounts.kept import add, end
from homeroom.access.accounts.reach import KINDS, within
from homeroom.access.accounts.scope import condition
from homeroom.access.accounts.wall import ACCOUNT, PERSON, ROLE
from homeroom.access.attendance import attendance_of_year
from homeroom.access.contacts import contact_known_as
from homeroom.access.disclosure_log.export import export_of
from homeroom.access.disclosure_log.signing_key import signing_key
from homeroom.access.door import Door, Refused, Use, prepare
from homeroom.access.permissions import OF_THE_RECORD, Action, Principal, Role, purpose_of
from homeroom.access.search import search
from homeroom.access.students import student
from homeroom.model import RESOURCES, PrivacyClass
from homeroom.model.columns import columns
from homeroom.record.identifiers import table

SIDES = ("oak", "elm")
# The kinds of persons at Oak whom each role reaches.
REACHES = {
    Role.TEACHER: {"Student", "Contact", "Staff"},
    Role.PRINCIPAL: {"Student", "Contact", "Staff"},
    Role.COUNSELOR: {"Student", "Contact", "Staff"},
    Role.CONTACT: {"Student", "Contact"},
    Role.STUDENT: {"Student"},
}


@pytest.fixture(scope="module")
def filled(
    postgres_url: str, template_database: str
) -> Iterator[tuple[psycopg.Connection, dict[str, dict[str, UUID]], dict[str, int]]]:
    """A connection to a record of two schools, the ids of its rows, and accounts of the people of Oak by their kind."""
    with own_database(postgres_url, template_database) as url:
        prepare(url)
        with psycopg.connect(url) as record:
            rows = fill(record)
            record.execute(MADE_SO)
            record.commit()
            accounts = {
                kind: at_the_door(
                    url,
                    lambda use, kind=kind: add(use, kind, "a test", persons={kind.lower(): AT_OAK[kind]}),
                ).number
                for kind in AT_OAK
            }
            yield record, rows, accounts


def expected(resource: str, role: Role, rows: dict[str, dict[str, UUID]]) -> set[UUID]:
    """Of the two rows those that somebody at Oak in a role may see. The least that a row says names nobody beside its
    key."""
    own = columns(resource)
    kinds = {str(column.identifies) for column in own if column.key and column.identifies in AT_OAK}
    if kinds:
        return {rows[resource]["oak"]} if kinds <= REACHES[role] else set()
    public = all(column.privacy is PrivacyClass.PUBLIC for column in own)
    return set(rows[resource].values()) if public else set()


@contextmanager
def as_person(record: psycopg.Connection, account: int, role: Role) -> Iterator[None]:
    with record.transaction(force_rollback=True):
        settings = [ACCOUNT, str(account), ROLE, str(role), PERSON]
        record.execute(
            "select set_config(%s, %s, true), set_config(%s, %s, true), set_config('role', %s, true)", settings
        )
        yield


def told(record: psycopg.Connection, resource: str, rows: dict[str, dict[str, UUID]], where: str = "true") -> set[UUID]:
    """Which of the two rows a statement gives."""
    found = record.execute(f"select id from {table(resource).as_string()} as row where {where}").fetchall()
    return {row[0] for row in found} & set(rows[resource].values())


@pytest.mark.parametrize("role", OF_THE_RECORD)
@pytest.mark.parametrize("resource", RESOURCES)
def test_the_statement_alone_keeps_to_whom_the_person_reaches(filled, resource, role):
    record, rows, _ = filled
    whose = f"'{KINDS[role].capitalize()} at oak'"
    asks = condition(resource, "row", lambda column, kind: within(role, column, kind, whose))
    assert told(record, resource, rows, asks) == expected(resource, role, rows)


@pytest.mark.parametrize("role", OF_THE_RECORD)
@pytest.mark.parametrize("resource", RESOURCES)
def test_without_the_statement_the_database_keeps_to_whom_the_person_reaches(filled, resource, role):
    record, rows, accounts = filled
    with as_person(record, accounts[KINDS[role].capitalize()], role):
        assert told(record, resource, rows) == expected(resource, role, rows)


@pytest.mark.parametrize("role", [*OF_THE_RECORD, Role.DISTRICT_DATA_MANAGER])
def test_an_account_that_is_nobodys_reaches_nobody_as_whatever_it_asks(filled, role):
    record, rows, _ = filled
    with as_person(record, 0, role):
        assert told(record, "Student", rows) == set()


def test_an_account_reaches_nobody_as_what_it_is_not(filled):
    record, rows, accounts = filled
    with as_person(record, accounts["Contact"], Role.PRINCIPAL):
        assert told(record, "Student", rows) == set()


@pytest.mark.parametrize("kept", ["access.disclosure", "access.account", "access.session", "edfi.replaced_row",
                                  "consolidation.quarantine", "edfi_earlier.student"])  # fmt: skip
def test_a_person_reads_nothing_that_lies_beside_the_record(filled, kept):
    record, _, accounts = filled
    with as_person(record, accounts["Staff"], Role.TEACHER), pytest.raises(psycopg.errors.InsufficientPrivilege):
        record.execute(f"select from {kept}")


def test_a_person_writes_nothing(filled):
    record, _, accounts = filled
    with as_person(record, accounts["Staff"], Role.TEACHER), pytest.raises(psycopg.errors.InsufficientPrivilege):
        record.execute("delete from edfi.student")


# The pages' own questions, of Maple Grove.


def asked(url: str, who: Principal, action: Action, question, as_of: date | None = None):
    async def answered():
        async with Door(url) as door, door.use(who, action, purpose_of(who, action), as_of) as use:
            return await question(use)

    return asyncio.run(answered())


def everybody_found(url: str, who: Principal) -> set[str]:
    found, after = set(), None
    while True:
        page = asked(url, who, Action.SEARCH_STUDENTS, lambda use, after=after: search(use, "", after=after))
        found |= {one["student_unique_id"] for one in page.students}
        after = page.after
        if after is None:
            assert page.total == len(found)
            return found


@pytest.fixture(params=["both walls", "the database alone", "the statement alone"])
def one_wall(request, monkeypatch):
    """Each of the walls taken away, in turn."""
    if request.param == "the database alone":
        monkeypatch.setattr(Use, "within", lambda self, column, kind: "true")
    if request.param == "the statement alone":

        async def no_wall(record, principal):
            pass

        monkeypatch.setattr("homeroom.access.door.stand_behind", no_wall)


@pytest.mark.parametrize("role", OF_THE_RECORD)
def test_a_search_finds_exactly_those_within_reach(copied_record, one_wall, role):
    who = principal(copied_record, role)
    assert everybody_found(copied_record, who) == somebody(copied_record, role)[1]


@pytest.mark.parametrize("role", OF_THE_RECORD)
def test_pages_of_somebody_out_of_reach_are_pages_of_nobody(copied_record, one_wall, role, tmp_path):
    who = principal(copied_record, role)
    other = out_of_reach(copied_record, role)
    key = signing_key(tmp_path / "key", "Maple Grove")
    assert asked(copied_record, who, Action.SEE_STUDENT, lambda use: student(use, other)) is None
    assert asked(copied_record, who, Action.SEE_STUDENT, lambda use: attendance_of_year(use, other, 2025)) is None
    if role in (Role.CONTACT, Role.STUDENT):
        given = asked(copied_record, who, Action.SEE_DISCLOSURES, lambda use: export_of(use, other, "Maple Grove", key))
        assert given is None


@pytest.mark.parametrize("role", OF_THE_RECORD)
def test_the_page_of_a_student_within_reach_is_shown_and_logged(copied_record, role):
    who = principal(copied_record, role)
    with psycopg.connect(copied_record) as record:
        record_id, unique_id = record.execute(
            "select id, student_unique_id from edfi.student where student_unique_id = %s",
            [min(somebody(copied_record, role)[1])],
        ).fetchone()
    shown = asked(copied_record, who, Action.SEE_STUDENT, lambda use: student(use, record_id))
    assert shown.unique_id == unique_id
    with psycopg.connect(copied_record) as record:
        logged = record.execute("select principal, role, purpose from access.disclosure").fetchall()
    assert (who.name, str(role), str(purpose_of(who, Action.SEE_STUDENT))) in logged


def test_a_parent_sees_no_other_adult_of_the_child(copied_record, one_wall):
    parent, children = somebody(copied_record, Role.CONTACT)
    who = principal(copied_record, Role.CONTACT)
    with psycopg.connect(copied_record) as record:
        (record_id,) = record.execute(
            "select id from edfi.student where student_unique_id = %s", [min(children)]
        ).fetchone()
        (name,) = record.execute(
            "select first_name from edfi.contact where contact_unique_id = %s", [parent]
        ).fetchone()
        # Somebody whom the parent must not find.
        record.execute(
            "insert into edfi.contact (contact_unique_id, first_name, last_surname) values ('hidden', 'Not', 'Theirs')"
        )
        record.execute(
            "insert into edfi.student_contact_association (contact_unique_id, student_unique_id, legal_guardian)"
            " values ('hidden', %s, true)",
            [min(children)],
        )
    shown = asked(copied_record, who, Action.SEE_STUDENT, lambda use: student(use, record_id))
    adults = [entry.title for section in shown.sections if "contacts" in section.title for entry in section.entries]
    assert len(adults) == 1
    assert name in adults[0]


def test_a_teacher_is_shown_nothing_sensitive(copied_record):
    who = principal(copied_record, Role.TEACHER)
    found = []
    for unique_id in sorted(somebody(copied_record, Role.TEACHER)[1]):
        with psycopg.connect(copied_record) as record:
            (record_id,) = record.execute(
                "select id from edfi.student where student_unique_id = %s", [unique_id]
            ).fetchone()
        shown = asked(copied_record, who, Action.SEE_STUDENT, lambda use, id_=record_id: student(use, id_))
        entries = [shown.person, *(entry for section in shown.sections for entry in section.entries)]
        found += [value.privacy for entry in entries for value in entry.values]
        assert shown.disclosures == ()
    assert PrivacyClass.SENSITIVE not in found
    assert PrivacyClass.EDUCATION in found


@pytest.mark.parametrize("role", OF_THE_RECORD)
def test_earlier_days_are_shown_to_nobody_who_has_a_reach(copied_record, role):
    who = principal(copied_record, role)
    with pytest.raises(Refused, match="earlier day"):
        asked(copied_record, who, Action.SEE_STUDENT, lambda use: use.row("select 1"), date(2026, 1, 1))


def test_an_account_that_has_ended_reaches_nobody(copied_record):
    who = principal(copied_record, Role.TEACHER)
    at_the_door(copied_record, lambda use: end(use, who.account, "a test"))
    with psycopg.connect(copied_record) as record, as_person(record, who.account, Role.TEACHER):
        assert record.execute("select count(*) from edfi.student").fetchone() == (0,)


def test_staff_and_contacts_have_no_page_for_somebody_with_a_reach(copied_record):
    who = principal(copied_record, Role.TEACHER)
    with pytest.raises(Refused):
        asked(copied_record, who, Action.SEE_CONTACT, lambda use: contact_known_as(use, "anybody"))


def out_of_reach(url: str, role: Role) -> UUID:
    with psycopg.connect(url) as record:
        row = record.execute(
            "select id from edfi.student where not student_unique_id = any (%s) order by student_unique_id limit 1",
            [sorted(somebody(url, role)[1])],
        ).fetchone()
    assert row, f"a {role} reaches everybody"
    return row[0]
