"""An explanation says yes exactly where an answer holds the value, and where it says no, what decided so."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
import pytest
from asking import answer, change, rows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up_agreement import agreement_file, given_key, made_active
from own_database import own_database
from people_of_the_record import account, somebody

from homeroom.access.accounts.kept import end
from homeroom.access.accounts.sessions import principals_of
from homeroom.access.agreements import kept
from homeroom.access.agreements.states import State
from homeroom.access.agreements.terms import fields_of
from homeroom.access.door import Door, Refused, ask
from homeroom.access.explaining.explain import explain
from homeroom.access.explaining.fields import column_at
from homeroom.access.explaining.steps import Explanation, holds
from homeroom.access.opt_outs import kept as opt_outs
from homeroom.access.permissions import Action, Principal, Role, purpose_of
from homeroom.access.resources.reading import page
from homeroom.access.students import student_known_as
from homeroom.errors import WrongUse
from homeroom.model import RESOURCES
from homeroom.model.columns import columns, table_name

PEOPLE = (Role.TEACHER, Role.PRINCIPAL, Role.COUNSELOR, Role.CONTACT, Role.STUDENT, Role.DISTRICT_DATA_MANAGER,
          Role.PRIVACY_OFFICER)  # fmt: skip
READ = Action.READ_RESOURCES


def every(which: int, of: int) -> str:
    """Elements of an agreement: of each resource some of its fields, and of some resources none."""
    named = {
        resource: sorted(fields_of(resource))[which::of]
        for number, resource in enumerate(RESOURCES)
        if number % 7 != which
    }
    return "\n".join(f"{resource} = {json.dumps(fields)}" for resource, fields in named.items() if fields)


@dataclass
class District:
    """Maple Grove, with accounts of people by their roles, agreements by what they are, and rows of each resource."""

    url: str
    accounts: dict[Role, int]
    agreements: dict[str, int]
    rows: list[tuple[str, str]]
    answers: dict[tuple[str, str], dict[str, dict]] = field(default_factory=dict)

    def explain(self, who: str, resource: str, id_: str, path: str = "") -> list[Explanation]:
        return self.explain_all(who, [(resource, id_)], path)[0]

    def explain_all(self, who: str, about: list[tuple[str, str]], path: str = "") -> list[list[Explanation]]:
        """Several rows at once, in one use of the record."""

        async def all_of_them(use) -> list[list[Explanation]]:
            return [await explain(use, who, resource, id_, path) for resource, id_ in about]

        return asyncio.run(ask(self.url, Action.EXPLAIN_ACCESS, all_of_them))

    def told(self, kind: str, resource: str) -> dict[str, dict]:
        """What the API tells an app of a resource, by the ids of the rows."""
        if (kind, resource) not in self.answers:
            number = self.agreements[kind]
            agreement = answer(self.url, lambda use: kept.agreement(use, number), Action.SEE_AGREEMENTS)
            self.answers[kind, resource] = asyncio.run(self._all(Principal("an app", Role.APP, agreement), resource))
        return self.answers[kind, resource]

    async def _all(self, app: Principal, resource: str) -> dict[str, dict]:
        found, after = {}, None
        async with Door(self.url) as door:
            while True:
                try:
                    async with door.use(app, READ, purpose_of(app, READ)) as use:
                        one = await page(use, resource, {}, limit=500, after=after)
                except Refused:
                    return {}
                found |= {row["id"]: row for row in json.loads(one.body)}
                after = one.last
                if one.rows < 500:
                    return found


@pytest.fixture(scope="module")
def district(postgres_url, maple_grove, tmp_path_factory) -> Iterator[District]:
    with own_database(postgres_url, "maple_grove_template") as url:
        folder = tmp_path_factory.mktemp("agreements")

        def agreed(**terms) -> int:
            file = agreement_file(folder, **terms)
            return answer(url, lambda use: made_active(use, file), Action.DECIDE_AGREEMENTS)

        (school,) = rows(url, "select school_id from edfi.student_school_association group by 1"
                         " order by count(*) desc limit 1")[0]  # fmt: skip
        agreements = {
            "a school": agreed(schools=[school], elements=every(0, 2)),
            "the district": agreed(elements=every(1, 2)),
            "the willing": agreed(elements=every(0, 1), more="optional = true"),
            "a school's willing": agreed(schools=[school], elements=every(1, 3), more="optional = true"),
            "suspended": agreed(elements=every(0, 2)),
            "over": agreed(elements=every(0, 2), end="2021-01-01"),
        }
        answer(url, lambda use: kept.change(use, agreements["suspended"], State.SUSPENDED, "Tom"),
               Action.DECIDE_AGREEMENTS)  # fmt: skip
        out = rows(url, f"select distinct student_unique_id from edfi.student_school_association where school_id ="
                   f" {school} order by 1 limit 8")  # fmt: skip

        async def all_out(use) -> None:
            for (unique_id,) in out:
                for kind in ("the willing", "a school's willing"):
                    await opt_outs.decide(use, unique_id, agreements[kind], True, "a parent")

        answer(url, all_out, Action.DECIDE_OPT_OUTS)
        held = []
        with psycopg.connect(url) as record:
            for resource in RESOURCES:
                found = record.execute(f"select id from edfi.{table_name(resource)} order by id limit 12").fetchall()
                held += [(resource, id_.hex) for (id_,) in found]
            about = record.execute("select id from edfi.student where student_unique_id = any (%s)",
                                   [[one for (one,) in out]])  # fmt: skip
            held += [("Student", id_.hex) for (id_,) in about]
        yield District(url, {role: account(url, role) for role in PEOPLE}, agreements, held)


KINDS = ("a school", "the district", "the willing", "a school's willing", "suspended", "over")


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=3, suppress_health_check=list(HealthCheck))
def test_what_an_app_is_told_is_what_is_explained(district, kind, data):
    about = data.draw(st.lists(st.sampled_from(district.rows), min_size=10, max_size=10))
    explained = district.explain_all(f"agreement:{district.agreements[kind]}", about)
    for (resource, id_), (found,) in zip(about, explained, strict=True):
        told = district.told(kind, resource).get(id_, {})
        assert {one.field for one in found.fields if one.visible} == {
            path for path in fields_of(resource) if holds(told, path)
        }
        # What let the row through and what didn't is what decided.
        assert bool(told) == (not found.objections)
        for one in found.fields:
            assert one.visible == (not found.objections and all(step.passed for step in one.steps)), one


@pytest.mark.parametrize("role", PEOPLE)
def test_what_a_page_shows_a_person_is_what_is_explained(district, role):
    number = district.accounts[role]
    principals = answer(district.url, lambda use: principals_of(use, number), Action.EXPLAIN_ACCESS)
    who = next(one for one in principals if one.role is role)
    own = sorted(somebody(district.url, role)[1])[0] if who.person else "nobody"
    for (student,) in rows(district.url, f"select student_unique_id from edfi.student where student_unique_id <>"
                           f" '{own}' order by 1 limit 1") + [(own,)] * (own != "nobody"):  # fmt: skip
        shown = shown_on_page(district, who, student)
        explained: set[tuple[str, str]] = set()
        about = rows_about(district, student)
        for (resource, _), as_each in zip(about, district.explain_all(f"account:{number}", about), strict=True):
            found = next(one for one in as_each if one.role == role)
            for one in found.fields:
                passed = not found.objections and all(step.passed for step in one.steps)
                assert one.visible == passed, (found, one)
            explained |= {(resource, column_at(resource, one.field).paths[0])
                          for one in found.fields if one.visible}  # fmt: skip
        asked = {resource for resource, _ in about}
        assert explained == {one for one in shown if one[0] in asked}
        assert bool(explained) == (role is Role.DISTRICT_DATA_MANAGER or (student == own))


def shown_on_page(district: District, who: Principal, student: str) -> set[tuple[str, str]]:
    """Resource and field of all that the page of a student shows somebody, as the log has it."""

    async def seen() -> bool:
        async with Door(district.url) as door:
            try:
                async with door.use(who, Action.SEE_STUDENT, purpose_of(who, Action.SEE_STUDENT)) as use:
                    return await student_known_as(use, student) is not None
            except Refused:
                return False

    if not asyncio.run(seen()):
        return set()
    (logged,) = rows(district.url, "select shown from access.disclosure order by id desc limit 1")[0]
    return {(resource, path) for resource, paths in logged.items() for path in paths}


def rows_about(district: District, student: str) -> list[tuple[str, str]]:
    """All rows whose key names a student, of resources of which there are few."""
    found = []
    with psycopg.connect(district.url) as record:
        for resource in RESOURCES:
            key = next((c.name for c in columns(resource) if c.key and c.identifies == "Student"), None)
            if key is None:
                continue
            ids = record.execute(
                f"select id from edfi.{table_name(resource)} where {key} = %s limit 5", [student]
            ).fetchall()
            if 0 < len(ids) < 5:
                found += [(resource, one.hex) for (one,) in ids]
    return found


def says(found: list[Explanation]) -> str:
    return " ".join(step.says for one in found for step in one.steps)


def test_a_teacher_is_told_in_which_section_and_since_when(district):
    teacher, students = somebody(district.url, Role.TEACHER)
    found = district.explain(f"account:{district.accounts[Role.TEACHER]}", "students", min(students), "firstName")
    as_teacher = [one for one in found if one.role == Role.TEACHER]
    assert "They teach section" in says(as_teacher)
    assert "since" in says(as_teacher)
    change(district.url, f"update edfi.staff_section_association set end_date = current_date - 1"
           f" where staff_unique_id = '{teacher}'")  # fmt: skip
    try:
        found = district.explain(f"account:{district.accounts[Role.TEACHER]}", "students", min(students))
        assert not any(one.visible for one in found)
    finally:
        change(district.url, f"update edfi.staff_section_association set end_date = null"
               f" where staff_unique_id = '{teacher}'")  # fmt: skip


def test_a_restriction_of_custody_is_named_and_not_repeated(district):
    parent, children = somebody(district.url, Role.CONTACT)
    where = f"where contact_unique_id = '{parent}' and student_unique_id = '{min(children)}'"
    change(district.url, f"update edfi.student_contact_association set contact_restrictions = 'Court order 7' {where}")
    try:
        if len(children) > 1:
            found = district.explain(f"account:{district.accounts[Role.CONTACT]}", "students", min(children))
            assert "a restriction of custody or contact" in says(found)
            assert "Court order" not in says(found)
            assert not any(one.visible for one in found)
    finally:
        change(district.url, f"update edfi.student_contact_association set contact_restrictions = null {where}")


def test_an_ended_account_is_shown_nothing_and_told_why(district):
    number = account(district.url, Role.DISTRICT_DATA_MANAGER)
    answer(district.url, lambda use: end(use, number, "Tom"), Action.LOOK_AFTER_ACCOUNTS)
    resource, id_ = district.rows[0]
    (found,) = district.explain(f"account:{number}", resource, id_)
    assert not found.visible
    assert "ended" in says([found])


def test_a_suspended_key_is_told_with_what_happened(district, tmp_path):
    file = agreement_file(tmp_path, elements=every(0, 1))
    key = answer(district.url, lambda use: given_key(use, file), Action.GIVE_KEYS).key
    unique_id = rows(district.url, "select student_unique_id from edfi.student limit 1")[0][0]
    (before,) = district.explain(key, "Student", unique_id, "studentUniqueId")
    change(district.url, f"insert into access.client_change (client, state, by, why) values ('{key}', 'suspended',"
           " 'Homeroom', 'it may be shown 3 students in an hour, and asked for more.')")  # fmt: skip
    (after,) = district.explain(key, "Student", unique_id, "studentUniqueId")
    assert (before.visible, after.visible) == (True, False)
    assert "3 students in an hour" in says([after])


def test_whoever_asks_is_logged_and_gets_no_value(district):
    unique_id, name = rows(district.url, "select student_unique_id, last_surname from edfi.student limit 1")[0]
    found = district.explain(f"agreement:{district.agreements['the district']}", "students", unique_id)
    assert name not in json.dumps([one.told() for one in found])
    logged = rows(district.url, "select action, student_unique_ids from access.disclosure order by id desc limit 1")
    assert logged == [("explain who sees what, and why", [unique_id])]


@pytest.mark.parametrize(
    ("who", "resource", "id_", "field_", "words"),
    [
        ("Ines", "students", "1", "", "account:12"),
        ("agreement:1", "pupils", "1", "", "no resource"),
        ("agreement:1", "students", "nobody", "", "holds no Student"),
        ("agreement:1", "students", "nobody", "birthdate", "Is birthDate meant?"),
        ("agreement:99999", "students", "nobody", "", "no agreement 99999"),
    ],
)
def test_what_is_not_there_is_told_with_what_to_do(district, who, resource, id_, field_, words):
    with pytest.raises(WrongUse, match=words):
        district.explain(who, resource, id_, field_)
