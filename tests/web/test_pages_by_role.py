"""Which pages are shown to whom: each page, to each role, and to nobody who may not."""

import re

import psycopg
import pytest
from people_of_the_record import GIVEN, account, somebody
from served_pages import as_account, hold_form_word

from homeroom.access.permissions import OF_THE_RECORD, Role

MANAGER, OFFICER = GIVEN
EDUCATORS = (Role.PRINCIPAL, Role.COUNSELOR, Role.TEACHER)
FAMILY = (Role.CONTACT, Role.STUDENT)
ROLES = (*GIVEN, *OF_THE_RECORD)
NOBODY = "00000000-0000-4000-8000-000000000000"
# What is asked, and to whom it is shown. `{student}`: somebody within the reach of whoever asks.
SHOWN: dict[tuple[str, str], tuple[Role, ...]] = {
    ("GET", "/sources"): (MANAGER,),
    ("GET", "/sources/deliveries/{delivery}"): (MANAGER,),
    ("GET", "/students"): ROLES,
    ("POST", "/students"): ROLES,
    ("GET", "/students/{student}"): (MANAGER, *EDUCATORS, *FAMILY),
    ("GET", "/students/{student}/attendance/2025"): (MANAGER, *EDUCATORS, *FAMILY),
    ("GET", "/students/{student}?as_of=2026-01-05"): (MANAGER,),
    ("GET", "/students/{student}/seen"): (*GIVEN, *FAMILY),
    ("GET", "/students/{student}/disclosures"): (*GIVEN, *FAMILY),
    ("GET", "/matches"): (MANAGER,),
    ("GET", "/matches/decisions"): (MANAGER,),
    ("GET", "/quality"): GIVEN,
    ("GET", "/quality/sis/Student"): GIVEN,
    ("GET", "/quality/sis/Student/birth_date"): GIVEN,
    ("GET", "/rules"): GIVEN,
    ("GET", "/rules/{rule}"): (MANAGER,),
    ("GET", "/quarantine"): (MANAGER,),
    ("GET", "/quarantine/{broken}"): (MANAGER,),
    ("GET", "/agreements"): GIVEN,
    ("GET", "/access"): GIVEN,
}
# What changes something or gives rows out: of these it is asked only whether they are refused.
REFUSED: tuple[tuple[str, dict[str, str]], ...] = (
    ("/matches", {"kind": "Student", "left_source": "a", "left_id": "1", "right_source": "b", "right_id": "2",
                  "decision": "together"}),
    ("/matches/take-apart", {"kind": "Student", "row": '["sis", "1"]'}),
    ("/matches/undo", {"number": "1"}),
    ("/sources/deliveries/1", {"source": "sis", "decision": "pass"}),
    ("/sources/sis/mapping", {"do": "use"}),
    ("/quarantine/sis/birth-date/rows", {}),
)  # fmt: skip
# The same of what is for both who are given their roles, and of what is for a family alone.
REFUSED_TO_THOSE_OF_THE_RECORD = (
    "/agreements/1",
    "/agreements/1/state",
    "/agreements/1/keys/a-key/reinstate",
    "/access",
)
REFUSED_TO_EDUCATORS = "/students/{student}/apps/1"


@pytest.fixture(scope="module")
def visitors(pages):
    """Of each role somebody who is signed in: their client, and a student within reach."""
    signed_in = {}
    with psycopg.connect(pages.record) as record:
        anybody = record.execute("select student_unique_id from edfi.student order by 1 limit 1").fetchone()[0]
    for role in ROLES:
        student = min(somebody(pages.record, role)[1]) if role in OF_THE_RECORD else anybody
        context = as_account(pages, account(pages.record, role))
        client = context.__enter__()
        hold_form_word(client)
        signed_in[role] = (context, client, id_of(pages.record, student))
    yield {role: (client, student) for role, (_, client, student) in signed_in.items()}
    for context, _, _ in signed_in.values():
        context.__exit__(None, None, None)


def id_of(url: str, unique_id: str) -> str:
    with psycopg.connect(url) as record:
        return str(
            record.execute("select id from edfi.student where student_unique_id = %s", [unique_id]).fetchone()[0]
        )


def address(pages, path: str, student: str) -> str:
    with psycopg.connect(pages.record) as record:
        (delivery,) = record.execute("select delivery_id from consolidation.delivery limit 1").fetchone()
        (rule,) = record.execute("select name from consolidation.business_rule order by 1 limit 1").fetchone()
        broken = record.execute("select source || '/' || rule from consolidation.quarantine limit 1").fetchone()[0]
    return path.format(student=student, delivery=delivery, rule=rule, broken=broken)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("method", "path"), SHOWN)
def test_a_page_is_shown_to_whom_it_is_for_and_to_nobody_else(pages, visitors, method, path, role):
    client, student = visitors[role]
    answer = client.request(method, address(pages, path, student), data={"words": ""} if method == "POST" else None)
    if role in SHOWN[method, path]:
        assert answer.status_code == 200, answer.text
    else:
        assert answer.status_code == 403
        assert "You may not see this" in answer.text
        assert "ask the district’s office" in answer.text


@pytest.mark.parametrize("role", [role for role in ROLES if role is not MANAGER])
@pytest.mark.parametrize(("path", "form"), REFUSED, ids=[path for path, _ in REFUSED])
def test_nobody_but_a_data_manager_changes_the_record_or_is_given_rows(visitors, path, form, role):
    answer = visitors[role][0].post(path, data=form)
    assert answer.status_code == 403
    assert "You may not see this" in answer.text


@pytest.mark.parametrize("role", [role for role in ROLES if role is not MANAGER])
def test_nobody_but_a_data_manager_looks_into_a_source(visitors, role):
    assert visitors[role][0].get("/sources/sis/mapping").status_code == 403


@pytest.mark.parametrize("role", OF_THE_RECORD)
@pytest.mark.parametrize("path", REFUSED_TO_THOSE_OF_THE_RECORD)
def test_nobody_of_the_record_decides_of_agreements_or_asks_what_others_see(visitors, path, role):
    client, _ = visitors[role]
    form = {"state": "active", "why": "No reason.", "who": "somebody", "row": NOBODY}
    answer = client.get(path) if path == "/agreements/1" else client.post(path, data=form)
    assert answer.status_code == 403
    assert "You may not see this" in answer.text


@pytest.mark.parametrize("role", EDUCATORS)
def test_nobody_but_a_family_opts_a_child_out(visitors, role):
    client, student = visitors[role]
    answer = client.post(REFUSED_TO_EDUCATORS.format(student=student), data={"decision": "out"})
    assert answer.status_code == 403
    assert "You may not see this" in answer.text


def test_every_page_is_in_this_table(pages):
    """A page that comes to be without a line here is shown to nobody knows whom."""
    from homeroom.web import application

    known = (
        {path.partition("?")[0].replace("{broken}", "sis/a-rule") for _, path in SHOWN}
        | {path for path, _ in REFUSED}
        | {*REFUSED_TO_THOSE_OF_THE_RECORD, REFUSED_TO_EDUCATORS}
        | {"/"}
    )
    patterns = [re.sub(r"\{[^}]+\}", "[^/]+", route.path) for room in application._ROOMS for route in room.routes]
    assert [one for one in patterns if not any(re.fullmatch(one, path) for path in known)] == []


@pytest.mark.parametrize("role", OF_THE_RECORD)
@pytest.mark.parametrize("path", ["/students/{student}", "/students/{student}/attendance/2025"])
def test_somebody_out_of_reach_is_not_told_from_nobody(pages, visitors, role, path):
    client, _ = visitors[role]
    with psycopg.connect(pages.record) as record:
        (other,) = record.execute(
            "select id from edfi.student where not student_unique_id = any (%s) order by 1 limit 1",
            [sorted(somebody(pages.record, role)[1])],
        ).fetchone()
    answers = [client.get(path.format(student=student)) for student in (other, NOBODY)]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert answers[0].text == answers[1].text


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_leads_to_pages_that_are_shown(visitors, role):
    client, _ = visitors[role]
    page = client.get("/", follow_redirects=True)
    assert page.status_code == 200
    links = re.findall(r'<a href="([^"]+)"', page.text[page.text.index("<nav") : page.text.index("</nav>")])
    assert [client.get(link, follow_redirects=True).status_code for link in links] == [200] * len(links)
    assert ("/matches" in links) == (role is MANAGER)


@pytest.mark.parametrize("role", FAMILY)
def test_a_family_sees_its_own_without_searching_and_who_has_seen_it(visitors, role):
    client, student = visitors[role]
    page = client.get("/students").text
    assert f'href="/students/{student}"' in page
    assert 'role="search"' not in page
    shown = client.get(f"/students/{student}").text
    assert "Who has seen this" in shown
    assert "Earlier days" not in shown
    assert "One of these is somebody else" not in shown


@pytest.mark.parametrize("role", EDUCATORS)
def test_educators_see_no_log_of_others_looking(visitors, role):
    client, student = visitors[role]
    shown = client.get(f"/students/{student}").text
    assert "Who has seen this" not in shown
    assert ("not shown to teachers" in shown) == (role is Role.TEACHER)


def test_the_privacy_officer_goes_from_a_search_to_who_has_seen_a_student(visitors):
    client, _ = visitors[OFFICER]
    found = client.post("/students", data={"words": "a"}).text
    link = re.search(r'href="(/students/[0-9a-f-]{36}/seen)"', found)[1]
    shown = client.get(link).text
    assert "Who has seen what we hold about" in shown
    assert "privacy officer" in shown


def test_who_is_signed_in_stands_on_each_page_and_may_leave(visitors):
    for role, (client, _) in visitors.items():
        page = client.get("/students").text
        assert f", {role}</span>" in page
        assert 'action="/sign-out"' in page
