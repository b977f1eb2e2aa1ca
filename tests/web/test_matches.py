"""A person decides about a pair on its page, sees what was decided, and undoes it; another site can't."""

import psycopg
import pytest

OWN = {"Sec-Fetch-Site": "same-origin"}


def asked(url, question):
    with psycopg.connect(url) as record:
        return record.execute(question).fetchall()


@pytest.fixture
def waiting(own_pages):
    """Pages on which two pairs of students wait."""
    with psycopg.connect(own_pages.record) as record:
        record.execute("delete from consolidation.match where state = 'review'")
        record.execute(
            """
            with a as (select source, source_id, row_number() over (order by source_id) as n
                from consolidation.identity where kind = 'Student' and source = 'sis' limit 4)
            insert into consolidation.match
            select 'Student', l.source, l.source_id, r.source, r.source_id, 0.7 + l.n * 0.05, 'review',
                '{"first_name": {"level": "same", "weight": 5.5}, "birth_date": {"level": "differ", "weight": -4.25}}'
            from a as l join a as r on r.n = l.n + 1 where l.n in (1, 3)
            """
        )
    return own_pages


def test_both_persons_stand_side_by_side_with_the_weight_of_each_comparison(waiting):
    page = waiting.client.get("/matches").text
    assert page.count('class="pair"') == 2
    for words in ("+5.5", "-4.2", "Birth date", "Enrolled", "At the same address", "differ"):
        assert words in page


def test_a_person_decides_sees_the_next_pair_and_undoes_it(waiting, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{waiting.address}matches?kind=Student")
    page.get_by_label("Note (optional)").first.fill("their mother says so")
    page.get_by_role("button", name="Two persons").first.click()
    page.get_by_text("takes effect in the next run").wait_for()
    assert page.locator(".pair").count() == 1
    assert "mother" not in page.url
    page.get_by_role("link", name="Look at it or undo it").click()
    page.get_by_text("their mother says so").wait_for()
    page.get_by_role("button", name="Undo 1").click()
    page.get_by_text("undone").first.wait_for()
    page.goto(f"{waiting.address}matches")
    assert page.locator(".pair").count() == 2
    context.close()
    assert asked(waiting.record, "select decision, note, undone_at is not null from consolidation.match_decision") == [
        ("apart", "their mother says so", True)
    ]
    assert "mother" not in waiting.written()


def pair_of(waiting):
    return dict(
        zip(
            ("kind", "left_source", "left_id", "right_source", "right_id"),
            asked(
                waiting.record,
                "select kind, left_source, left_id, right_source, right_id from consolidation.match"
                " where state = 'review' limit 1",
            )[0],
            strict=True,
        )
    )


def test_what_is_put_off_comes_behind_the_others(waiting):
    first = pair_of(waiting)
    waiting.client.post("/matches", data=first | {"decision": "later"}, headers=OWN)
    page = waiting.client.get("/matches").text
    assert page.count('class="pair"') == 2
    assert page.index("Put off until") > page.rindex('class="pair"')


@pytest.mark.parametrize("address", ["/matches", "/matches/undo", "/matches/take-apart"])
def test_another_site_decides_nothing(waiting, address):
    form = pair_of(waiting) | {"decision": "together", "number": 1, "row": '["sis", "1"]'}
    answer = waiting.client.post(address, data=form, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert asked(waiting.record, "select count(*) from consolidation.match_decision") == [(0,)]


@pytest.mark.parametrize("change", [{"decision": "perhaps"}, {"kind": "Parent"}, {"left_id": "nobody"}])
def test_what_is_no_decision_is_refused_in_a_sentence(waiting, change):
    answer = waiting.client.post("/matches", data=pair_of(waiting) | {"decision": "apart"} | change, headers=OWN)
    assert answer.status_code == 400
    assert asked(waiting.record, "select count(*) from consolidation.match_decision") == [(0,)]


def test_rows_that_were_joined_without_asking_are_taken_apart_on_the_students_page(waiting):
    ((student, source, source_id),) = asked(
        waiting.record,
        "select s.id, min(source), (array_agg(source_id order by source))[1] from edfi.student as s"
        " join consolidation.identity as i on i.kind = 'Student' and i.unique_id = s.student_unique_id"
        " group by 1 having count(*) > 2 limit 1",
    )
    assert "One of these is somebody else" in waiting.client.get(f"/students/{student}").text
    form = {"kind": "Student", "row": f'["{source}", "{source_id}"]'}
    answer = waiting.client.post("/matches/take-apart", data=form, headers=OWN, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.text.count("waits for the next run") == 2
