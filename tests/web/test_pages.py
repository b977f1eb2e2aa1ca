"""Each page answers its question; nobody's name stands in an address or in what the server writes."""

import io
import re
import zipfile

import psycopg
import pytest
from served_pages import serving

from homeroom.access.disclosure_log.verification import verify
from homeroom.access.door import prepare


def changed(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement)


def asked(url: str, question: str) -> list[tuple]:
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchall()


def words_of(page: str) -> str:
    """The text of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_overview_answers_in_a_sentence_with_the_records_own_counts(pages):
    students = asked(pages.record, "select count(*) from edfi.student")[0][0]
    page = words_of(pages.client.get("/").text)
    assert "What is in our record?" in page
    assert f"The record holds {students:,} students in" in page
    assert "from 3 sources" in page
    assert re.search(r"As of \d+ \w+ \d{4}", page)


def test_a_students_attendance_has_a_page_for_each_year(pages):
    record_id, year, events = asked(
        pages.record,
        "select s.id, e.school_year, count(*) from edfi.student_school_attendance_event as e"
        " join edfi.student as s using (student_unique_id) group by 1, 2 order by 3 desc, 1 limit 1",
    )[0]
    address = f"/students/{record_id}/attendance/{year}"
    assert f'href="{address}"' in pages.client.get(f"/students/{record_id}").text
    page = words_of(pages.client.get(address).text)
    assert f"{events} events, the latest first." in page
    assert "warehouse: " in page
    assert re.search(r"StudentAttendance\.xml, line [\d,]+, received", page)


def test_of_a_year_without_attendance_the_page_says_so(pages):
    record_id = asked(pages.record, "select id from edfi.student limit 1")[0][0]
    page = words_of(pages.client.get(f"/students/{record_id}/attendance/1999").text)
    assert "The record holds no attendance event of this student in that school year." in page


@pytest.mark.parametrize("student", ["nobody", "00000000-0000-4000-8000-000000000000"])
def test_there_is_no_attendance_page_and_no_log_of_nobody(pages, student):
    assert pages.client.get(f"/students/{student}/attendance/2025").status_code == 404
    assert pages.client.get(f"/students/{student}/disclosures").status_code == 404


def test_a_students_log_is_given_out_with_proofs(pages):
    record_id = asked(pages.record, "select id from edfi.student order by id limit 1")[0][0]
    page = pages.client.get(f"/students/{record_id}")
    assert f'href="/students/{record_id}/disclosures"' in page.text
    given = pages.client.get(f"/students/{record_id}/disclosures")
    assert given.headers["content-disposition"] == 'attachment; filename="disclosures.json"'
    found = verify(given.json())
    assert [entry["action"] for entry in found.entries][-1] == "see to whom students were shown"
    assert "firstName" in found.entries[-2]["shown"]["Student"]


def test_a_students_page_says_for_whom_under_which_agreement_and_what_was_shown(own_pages):
    record_id, unique_id = asked(own_pages.record, "select id, student_unique_id from edfi.student limit 1")[0]
    entry = (
        "insert into access.disclosure (at, principal, role, purpose, action, student_unique_ids, on_behalf_of,"
        " agreement, shown, salt) values (now() - interval '{} days', 'Reading App', 'provider''s app', 'instruction',"
        " 'find students'' ids', '{{{}}}', 'Ms. Okafor', {}, '{}', '')"
    )
    changed(own_pages.record, entry.format(1, unique_id, 7, '{"Student": ["firstName"]}'))
    changed(own_pages.record, entry.format(2, unique_id, "null", "{}"))
    page = words_of(own_pages.client.get(f"/students/{record_id}").text)
    assert "Something of this student was shown 3 times." in page
    assert "Reading App, for Ms. Okafor, under agreement 7 find students&#39; ids instruction Student" in page
    assert "rows as a source sent them, or that there is such a student" in page
    assert "the file has every entry" not in page
    for days in range(3, 60):
        changed(own_pages.record, entry.format(days, unique_id, 7, "{}"))
    page = words_of(own_pages.client.get(f"/students/{record_id}").text)
    assert "by day: the latest 50 of 60 lines; the file has every entry" in page


def test_the_public_tree_is_given_out_and_names_nobody(pages):
    note = pages.client.get("/log/checkpoint")
    assert note.headers["content-type"].startswith("text/plain")
    size = int(note.text.splitlines()[1])
    assert size > 0
    partial = f"0/000.p/{size}" if size < 256 else "0/000"
    assert len(pages.client.get(f"/log/tile/{partial}").content) == min(size, 256) * 32
    assert pages.client.get("/log/tile/0/x999/999").status_code == 404


def test_the_overview_says_what_to_do_where_nothing_came_in_yet(empty_pages):
    page = words_of(empty_pages.client.get("/").text)
    assert "No source was brought into this record so far." in page
    assert "homeroom consolidate" in page


def test_every_page_stands_before_anything_came_in(empty_pages):
    answers = [
        empty_pages.client.get(address) for address in ("/sources", "/students", "/matches", "/quality", "/quarantine")
    ]
    answers.append(empty_pages.client.post("/students", data={"words": "Maya"}))
    assert [answer.status_code for answer in answers] == [200] * 6


def test_a_source_that_could_not_be_taken_is_told_with_its_sentence(own_pages):
    changed(
        own_pages.record,
        "update consolidation.source_count set failure = 'The zip file ends too early. Send it again.'"
        " where source = 'assessments'",
    )
    page = words_of(own_pages.client.get("/").text)
    assert "1 source could not be taken." in page
    assert "The zip file ends too early. Send it again." in page


def test_the_sources_page_tells_each_file_with_its_fingerprint(pages):
    page = pages.client.get("/sources").text
    for path, sha256 in asked(pages.record, "select path, sha256 from consolidation.delivered_file"):
        assert path in page
        assert sha256 in page


def test_a_search_leads_to_the_student_by_an_address_without_a_name(pages):
    first, last = asked(pages.record, "select first_name, last_surname from edfi.student order by 2, 1 limit 1")[0]
    answer = pages.client.post("/students", data={"words": f"{first} {last}"})
    assert answer.status_code == 200
    assert str(answer.url).endswith("/students")
    link = re.search(r'href="(/students/[0-9a-f-]{36})"', answer.text)
    assert link
    student = pages.client.get(link.group(1))
    assert first in student.text
    assert last in student.text
    assert "Who has seen this" in student.text


def test_a_name_in_an_address_is_not_a_search(pages):
    assert "found" not in words_of(pages.client.get("/students?words=Maya").text)


def test_the_server_writes_nothing_of_what_is_searched_and_shown(pages):
    found = pages.client.post("/students", data={"words": "ma"})
    assert "found" in found.text
    record_id = asked(pages.record, "select id from edfi.student limit 1")[0][0]
    pages.client.get(f"/students/{record_id}")
    assert pages.written() == ""


def test_the_quarantine_leads_from_a_rule_to_its_places(pages):
    page = pages.client.get("/quarantine").text
    link = re.search(r'href="(/quarantine/[^"]+)"', page)
    assert link
    places = words_of(pages.client.get(link.group(1)).text)
    assert "The values themselves are not shown here" in places
    assert re.search(r"(line|record) [\d,]+|the whole file", places)


def test_a_pair_that_waits_is_shown_side_by_side(own_pages):
    changed(own_pages.record, "delete from consolidation.match where state = 'review'")
    changed(
        own_pages.record,
        "update consolidation.match set state = 'review', probability = 0.71 where ctid ="
        " (select ctid from consolidation.match where kind = 'Student' and state = 'merged' limit 1)",
    )
    page = words_of(own_pages.client.get("/matches").text)
    assert "1 pair may be one person" in page
    assert "possibly one (71 %)" in page


def test_what_a_source_sends_is_text_and_never_markup(own_pages):
    changed(
        own_pages.record,
        "update edfi.student set last_surname = '<script>alert(1)</script>', said = null"
        " where id = (select id from edfi.student order by id limit 1)",
    )
    record_id = asked(own_pages.record, "select id from edfi.student order by id limit 1")[0][0]
    page = own_pages.client.get(f"/students/{record_id}").text
    assert "&lt;script&gt;" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/students/Maya",
        "/students/00000000-0000-0000-0000-000000000000",
        "/quarantine/sis/no-such-rule",
        "/static/nothing.css",
        "/static/../application.py",
        "/docs",
        "/openapi.json",
    ],
)
def test_what_is_not_there_is_a_plain_page_that_says_so(pages, address):
    answer = pages.client.get(address)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text


@pytest.mark.parametrize("address", ["/matches?page=abc", "/matches?page=0"])
def test_an_address_that_makes_no_sense_is_answered_in_words(pages, address):
    answer = pages.client.get(address)
    assert answer.status_code == 400
    assert "That was not understood" in answer.text


def test_a_record_that_is_away_is_told_in_words(own_pages, postgres_url):
    name = own_pages.record.split("/")[3].split("?")[0]
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")
    answer = own_pages.client.get("/")
    assert answer.status_code == 503
    assert "PostgreSQL does not answer" in words_of(answer.text)
    assert "Traceback" not in answer.text + own_pages.written()


def test_something_unforeseen_tells_neither_page_nor_log_a_value(own_pages):
    prepare(own_pages.record)
    changed(own_pages.record, "alter table access.disclosure add constraint full_disk check (id < 0) not valid")
    record_id, name = asked(own_pages.record, "select id, student_unique_id from edfi.student limit 1")[0]
    answer = own_pages.client.get(f"/students/{record_id}")
    assert answer.status_code == 500
    assert "Something unforeseen happened" in answer.text
    assert name not in answer.text + own_pages.written()
    assert "Traceback" not in answer.text + own_pages.written()


def test_where_sources_differ_a_student_s_page_says_what_decided(pages):
    ids = asked(pages.record, "select id from edfi.student order by student_unique_id limit 20")
    shown = [pages.client.get(f"/students/{record_id}").text for (record_id,) in ids]
    differing = [page for page in shown if "others differ" in page]
    assert differing
    assert all("Decided by the first source in the order of authority" in page for page in differing)
    assert all("Decided by the first source" not in page for page in shown if "others differ" not in page)


def test_a_student_is_shown_as_on_an_earlier_day_and_a_day_before_all_is_told(own_pages):
    (record_id,) = asked(own_pages.record, "select id from edfi.student order by id limit 1")[0]
    changed(own_pages.record, f"update edfi.student set last_modified = '2026-03-01 12:00Z' where id = '{record_id}'")
    shown = own_pages.client.get(f"/students/{record_id}?as_of=2026-03-05")
    assert "what the record said at the end of 5 March 2026" in words_of(shown.text)
    before = own_pages.client.get(f"/students/{record_id}?as_of=2026-02-01")
    assert "On 1 February 2026 the record held nothing about this student." in words_of(before.text)
    assert own_pages.client.get(f"/students/{record_id}?as_of=yesterday").status_code == 404


def test_the_rows_of_a_rule_are_downloaded_as_the_source_sent_them(copied_record, maple_grove, tmp_path):
    for pages in serving(copied_record, tmp_path):
        landing = tmp_path / "district" / ".homeroom" / "landing"
        landing.rmdir()
        landing.symlink_to(maple_grove.landing)
        rule = asked(copied_record, "select rule from consolidation.quarantine where source = 'warehouse' limit 1")[0][
            0
        ]
        answer = pages.client.post(f"/quarantine/warehouse/{rule}/rows")
        assert answer.headers["content-disposition"] == f'attachment; filename="warehouse-{rule}.zip"'
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            assert all(b"\n<!-- " in packed.read(name) for name in packed.namelist() if name.endswith(".xml"))
        assert pages.client.post("/quarantine/warehouse/no-such-rule/rows").status_code == 503
        assert pages.written() == ""


def test_the_rules_page_tells_what_breaks_them_and_who_mends_it(pages):
    page = words_of(pages.client.get("/rules").text)
    assert "What in our record can’t be right?" in page
    assert re.search(r"\d+ rules of how schools work are asked after each run\.", page)
    assert "registrar" in page


def test_the_page_of_a_rule_leads_to_the_students_and_each_of_them_is_logged(own_pages):
    ((name, found),) = asked(
        own_pages.record,
        "select rule, count(*) from consolidation.business_rule_finding where student_unique_id is not null"
        " group by 1 order by 2, 1 limit 1",
    )
    page = own_pages.client.get(f"/rules/{name}").text
    assert page.count('<a href="/students/') == found
    logged = asked(own_pages.record, "select action, student_unique_ids from access.disclosure")
    assert [len(students) for action, students in logged if action == "see what business rules found"] == [found]
    assert own_pages.client.get("/rules/no-such-rule").status_code == 404
