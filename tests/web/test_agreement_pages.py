"""Pages of agreements: families see which apps get what and opt out, the district approves, explains and reinstates."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import httpx
import psycopg
import pytest
from made_up_agreement import agreement_file, made_active
from own_database import own_database
from people_of_the_record import account, at_the_door, somebody
from served_pages import Pages, as_account, hold_form_word, serving

from homeroom.access.accounts.kept import add
from homeroom.access.agreements import kept, keys
from homeroom.access.agreements.file import read_file
from homeroom.access.door import ask
from homeroom.access.permissions import Action, Role

ROLES = (Role.DISTRICT_DATA_MANAGER, Role.PRIVACY_OFFICER, Role.TEACHER, Role.CONTACT)


@dataclass
class District:
    """A copy of Maple Grove, served; a client of each role, and agreements: an optional one, one for all, one asked."""

    pages: Pages
    clients: dict[Role, httpx.Client]
    accounts: dict[Role, int]
    optional: int
    for_all: int
    asked: int
    child: str
    child_id: str

    def held(self, question: str) -> list[tuple]:
        with psycopg.connect(self.pages.record) as record:
            return record.execute(question).fetchall()


@pytest.fixture(scope="module")
def district(postgres_url, maple_grove, tmp_path_factory) -> Iterator[District]:
    folder = tmp_path_factory.mktemp("agreement-pages")
    with own_database(postgres_url, "maple_grove_template") as url, ExitStack() as signed_in:
        for pages in serving(url, folder):

            async def made(use) -> list[int]:
                active = [await made_active(use, agreement_file(folder, more=more)) for more in ("optional = true", "")]
                return [*active, (await kept.ask(use, read_file(agreement_file(folder)), "Ines Duarte")).number]

            numbers = asyncio.run(ask(url, Action.DECIDE_AGREEMENTS, made))
            accounts = {role: account(url, role) for role in ROLES}
            clients = {role: signed_in.enter_context(as_account(pages, number)) for role, number in accounts.items()}
            for client in clients.values():
                hold_form_word(client)
            child = min(somebody(url, Role.CONTACT)[1])
            with psycopg.connect(url) as record:
                (id_,) = record.execute("select id from edfi.student where student_unique_id = %s", [child]).fetchone()
            yield District(pages, clients, accounts, *numbers, child, str(id_))


def test_a_parent_opts_a_child_out_on_its_page_and_in_again(district):
    parent, path = district.clients[Role.CONTACT], f"/students/{district.child_id}"
    before = parent.get(path).text
    assert "Which apps get what" in before
    assert before.count("Opt out of Reading Trail") == 1
    assert "First name" in before
    where = f"{path}/apps/{district.optional}"
    assert parent.post(where, data={"decision": "out"}).status_code == 303
    after = parent.get(path).text
    assert "gets nothing: opted out" in after
    assert "Let Reading Trail be used again" in after
    assert parent.post(where, data={"decision": "in"}).status_code == 303
    assert "gets nothing: opted out" not in parent.get(path).text
    decided = district.held("select decision, student_unique_id from access.opt_out order by id")
    assert decided == [("opted out", district.child), ("opted in", district.child)]


def test_nobody_opts_out_of_what_is_for_all_nor_for_another_child(district):
    parent = district.clients[Role.CONTACT]
    refused = parent.post(f"/students/{district.child_id}/apps/{district.for_all}", data={"decision": "out"})
    assert refused.status_code == 400
    assert "not optional" in refused.text
    (other,) = district.held(f"select id from edfi.student where student_unique_id <> '{district.child}' and"
                             " student_unique_id not in (select student_unique_id from"
                             " edfi.student_contact_association) limit 1") or [(None,)]  # fmt: skip
    if other[0]:
        refused = parent.post(f"/students/{other[0]}/apps/{district.optional}", data={"decision": "out"})
        assert refused.status_code == 400


@pytest.mark.parametrize("path", ["/agreements", "/agreements/{optional}", "/access"])
@pytest.mark.parametrize("role", ROLES)
def test_agreements_and_explanations_are_shown_to_who_looks_after_them(district, role, path):
    answered = district.clients[role].get(path.format(optional=district.optional))
    district_staff = role in (Role.DISTRICT_DATA_MANAGER, Role.PRIVACY_OFFICER)
    assert answered.status_code == (200 if district_staff else 403)
    assert ("Reading Trail" in answered.text) == district_staff


def test_who_asked_for_an_agreement_does_not_approve_it_and_somebody_else_does(district):
    officer = at_the_door(district.pages.record, lambda use: add(
        use, "Tom Becker", "a test", role=Role.PRIVACY_OFFICER, approved_by="another")).number  # fmt: skip
    where = f"/agreements/{district.asked}/state"
    # The account of a data manager has the name of whoever asked.
    refused = district.clients[Role.DISTRICT_DATA_MANAGER].post(where, data={"state": "approved"})
    assert refused.status_code == 400
    assert "Somebody else of the district has to" in refused.text
    with as_account(district.pages, officer) as client:
        hold_form_word(client)
        assert client.post(where, data={"state": "approved", "why": "Looked at."}).status_code == 303
        assert "approved, by Tom Becker. Looked at." in client.get(f"/agreements/{district.asked}").text


def test_an_explanation_says_yes_or_no_and_what_decided_and_no_value(district):
    officer = district.clients[Role.PRIVACY_OFFICER]
    asked = {"who": f"agreement:{district.for_all}", "resource": "students", "row": district.child}
    (name,) = district.held(f"select last_surname from edfi.student where student_unique_id = '{district.child}'")[0]
    answered = officer.post("/access", data=asked)
    assert "is shown 3 fields of it" in answered.text
    assert "The agreement is for the whole district." in answered.text
    assert name not in answered.text
    answered = officer.post("/access", data=asked | {"field": "birthDate"})
    assert "is shown nothing of it" in answered.text
    assert "The agreement does not name Student.birthDate." in answered.text
    parent = asked | {"who": f"account:{district.accounts[Role.CONTACT]}", "field": "firstName"}
    assert "of the student" in officer.post("/access", data=parent).text
    assert officer.post("/access", data=asked | {"row": "nobody"}).status_code == 400


def test_a_suspended_key_stands_on_the_overview_until_it_is_reinstated(district):
    key = asyncio.run(
        ask(district.pages.record, Action.GIVE_KEYS, lambda use: keys.add_client(use, district.for_all, "a test"))
    ).key
    with psycopg.connect(district.pages.record) as record:
        record.execute("insert into access.client_change (client, state, by, why) values (%s, 'suspended',"
                       " 'Homeroom', 'too many')", [key])  # fmt: skip
        record.execute("insert into access.notice (client, window_of, allowed, asked) values (%s, 'day', 250, 1300)",
                       [key])  # fmt: skip
    officer = district.clients[Role.PRIVACY_OFFICER]
    told = officer.get("/").text
    assert "1,300 different students in a day, and may be shown 250" in told
    where = f"/agreements/{district.for_all}/keys/{key}/reinstate"
    assert officer.post(where, data={"why": "A new class."}).status_code == 303
    assert "is suspended" not in officer.get("/").text
    assert district.clients[Role.TEACHER].post(where, data={"why": "x"}).status_code == 403
