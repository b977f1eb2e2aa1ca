"""Students are found by the beginning of any of their names, or by an id of any system; each page is logged."""

import unicodedata
from uuid import UUID

import pytest
from asking import answer, change, rows

from homeroom.access.search import PAGE, Found, search
from homeroom.access.summary import summary


def found(url: str, words: str, **where: UUID | None) -> Found:
    return answer(url, lambda use: search(use, words, **where))


def names(page: Found) -> list[str]:
    return [f"{one['first_name']} {one['last_surname']}" for one in page.students]


@pytest.fixture
def renamed(copied_record: str) -> str:
    """A record in which one student is called Zoë Łukasz-Núñez, whom the sources know as before."""
    change(
        copied_record,
        "update edfi.student set first_name = 'Zoë', last_surname = 'Lukasz-Núñez'"
        " where student_unique_id = (select min(student_unique_id) from edfi.student)",
    )
    return copied_record


def test_accents_case_and_order_of_the_words_do_not_matter(renamed):
    searches = ["zoe", "ZOË", "Lukasz-Nunez", "nunez", "luk zo", "Núñez Zoë"]
    assert [words for words in searches if "Zoë Lukasz-Núñez" not in names(found(renamed, words))] == []


def test_a_word_finds_only_what_it_begins(renamed):
    searches = ["ukasz", "zoe smith", "%", "_", "\\", "zo%"]
    assert [words for words in searches if "Zoë Lukasz-Núñez" in names(found(renamed, words))] == []


def test_an_id_of_any_source_finds_its_student(district):
    source_id, unique_id = rows(
        district,
        "select source_id, unique_id from consolidation.identity join edfi.student on student_unique_id = unique_id"
        " where kind = 'Student' and source_id <> unique_id limit 1",
    )[0]
    assert [one["student_unique_id"] for one in found(district, source_id).students] == [unique_id]


def test_nobody_found_is_an_empty_page(district):
    nobody = found(district, "Xyzzy")
    assert (nobody.students, nobody.total, nobody.before, nobody.after) == ([], 0, None, None)


def test_the_pages_hold_everybody_once_by_last_name(district):
    page = found(district, "")
    everybody = list(page.students)
    while page.after:
        assert len(page.students) == PAGE
        assert page.first + len(page.students) == found(district, "", after=page.after).first
        page = found(district, "", after=page.after)
        everybody += page.students
    assert len(everybody) == page.total == answer(district, summary)["record"]["students"]
    assert len({one["student_unique_id"] for one in everybody}) == page.total
    last_names = [one["last_surname"].lower() for one in everybody]
    assert last_names == sorted(last_names)


def test_the_page_before_is_the_page_one_came_from(district):
    first = found(district, "")
    second = found(district, "", after=first.after)
    assert first.before is None
    assert found(district, "", before=second.before) == first


def test_what_is_shown_of_each_is_name_grade_and_school_and_no_birth_date(district):
    shown = found(district, "").students[0]
    assert "birth_date" not in shown
    assert {"first_name", "last_surname", "grade_level", "school"} <= set(shown)


def test_those_on_the_page_are_in_the_disclosure_log_and_nobody_else(copied_record):
    page = found(copied_record, "")
    logged = rows(copied_record, "select principal, action, student_unique_ids from access.disclosure order by id desc")
    assert set(logged[0][2]) == {one["student_unique_id"] for one in page.students}


def test_the_words_of_a_search_are_kept_nowhere(copied_record):
    name = rows(copied_record, "select last_surname from edfi.student order by last_surname limit 1")[0][0]
    found(copied_record, name)
    log = str(rows(copied_record, "select * from access.disclosure"))
    assert unicodedata.normalize("NFC", name) not in log
