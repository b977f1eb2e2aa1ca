"""What is due is deleted when two people say so of the same, and apps that had it are told to do so too."""

import asyncio
from datetime import date

import psycopg
import pytest
from made_up_agreement import agreement_file, made_active

from homeroom.access.door import ask
from homeroom.access.permissions import Action
from homeroom.access.retention import deletion
from homeroom.access.retention.apps import confirm, notices
from homeroom.access.retention.deletion import Files
from homeroom.access.retention.holds import hold
from homeroom.errors import WrongUse
from homeroom.record.retention.schedules import schedules_of

TODAY = date.today()
POLICY = """
[[schedule]]
resources = [{resources}]
years = {years}
after = "left"
source = "A policy of the board"
"""
ATTENDANCE = '"StudentSchoolAttendanceEvent", "StudentSectionAttendanceEvent"'
CONTACTS = '"Contact", "StudentContactAssociation"'


@pytest.fixture
def policy(tmp_path):
    """The schedules of a district that says otherwise of some resources."""

    def said(resources: str, years: int = 0):
        file = tmp_path / "retention.toml"
        file.write_text(POLICY.format(resources=resources, years=years))
        return schedules_of(file)

    return said


def asked(record, question, action=Action.DECIDE_RETENTION):
    return asyncio.run(ask(record, action, question))


def requested(record, schedules) -> int:
    return asked(record, lambda use: deletion.ask(use, schedules, TODAY, "Ada"))


def approved(record, schedules, number: int) -> dict:
    async def nothing_lies_there() -> Files:
        return Files(0, 0, {})

    return asked(
        record, lambda use: deletion.approve(use, schedules, number, "Grace", "Maple Grove", nothing_lies_there)
    )


def counted(record, question: str) -> int:
    with psycopg.connect(record) as connection:
        return connection.execute(question).fetchone()[0]


LEFT = """
    select student_unique_id from edfi.student_school_association group by 1
    having bool_and(coalesce(exit_withdraw_date <= current_date, false))
"""


def test_contacts_go_when_the_last_of_their_students_has_left_and_no_others(copied_record, policy):
    schedules = policy(CONTACTS)
    gone = f"""
        select count(distinct contact_unique_id) from edfi.student_contact_association as tie where not exists (
            select from edfi.student_contact_association as other where other.contact_unique_id = tie.contact_unique_id
                and other.student_unique_id not in ({LEFT}))
    """
    expected, all_of_them = counted(copied_record, gone), counted(copied_record, "select count(*) from edfi.contact")
    assert 0 < expected < all_of_them
    certificate = approved(copied_record, schedules, requested(copied_record, schedules))
    assert {one["resource"]: one["rows"] for one in certificate["deleted"]}["Contact"] == expected
    assert counted(copied_record, "select count(*) from edfi.contact") == all_of_them - expected
    who = """
        select count(*) from consolidation.identity where kind = 'Contact'
            and unique_id not in (select contact_unique_id from edfi.contact)
            and exists (select from consolidation.let_go where resource = 'Contact'
                and key_hash = consolidation.let_go_hash('Contact', jsonb_build_object('contactUniqueId', unique_id)))
    """
    assert counted(copied_record, who) == 0


def test_while_everything_is_held_nothing_is_due_and_nothing_is_deleted(copied_record, policy):
    schedules = policy(ATTENDANCE)
    number = requested(copied_record, schedules)
    assert asked(copied_record, lambda use: deletion.due(use, schedules, TODAY))
    asked(copied_record, lambda use: hold(use, None, "Ada", "A court asks."))
    assert asked(copied_record, lambda use: deletion.due(use, schedules, TODAY)) == []
    with pytest.raises(WrongUse, match="Everything is held"):
        approved(copied_record, schedules, number)


def test_what_was_asked_for_by_other_schedules_is_not_approved(copied_record, policy):
    number = requested(copied_record, policy(ATTENDANCE, years=0))
    with pytest.raises(WrongUse, match="schedules are others"):
        approved(copied_record, policy(ATTENDANCE, years=1), number)


def test_apps_that_were_given_it_are_told_until_their_provider_confirms(copied_record, policy, tmp_path):
    schedules = policy(ATTENDANCE)
    named = 'StudentSchoolAttendanceEvent = ["eventDate", "attendanceEventCategoryDescriptor"]'
    webhook = '[webhook]\nurl = "https://app.example/notices"'
    told = asked(
        copied_record,
        lambda use: made_active(use, agreement_file(tmp_path, elements=named, writes=f"\n{webhook}")),
        Action.DECIDE_AGREEMENTS,
    )
    (tmp_path / "other").mkdir()
    asked(copied_record, lambda use: made_active(use, agreement_file(tmp_path / "other")), Action.DECIDE_AGREEMENTS)
    number = requested(copied_record, schedules)
    certificate = approved(copied_record, schedules, number)
    assert [one["agreement"] for one in certificate["apps"]] == [told]
    (notice,) = asked(copied_record, notices, Action.SEE_RETENTION)
    assert (notice.agreement, notice.resources, notice.state(TODAY)) == (told, ["StudentSchoolAttendanceEvent"], "open")
    assert notice.state(date(9999, 1, 1)) == "overdue"
    sent = "select count(*) from access.webhook_message where body like '%record.retention%' and agreement = "
    assert counted(copied_record, f"{sent}{told}") == 1
    confirmed = asked(copied_record, lambda use: confirm(use, number, told, "Sam of the provider"))
    assert confirmed.state(TODAY) == "confirmed"
    with pytest.raises(WrongUse, match="Nothing is open"):
        asked(copied_record, lambda use: confirm(use, number, told, "Sam of the provider"))
