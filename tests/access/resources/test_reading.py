"""An app reads what its agreement names of those within its schools, and each whom it reads of is logged."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from made_up_agreement import agreement_file, made_active

from homeroom.access.agreements import kept
from homeroom.access.door import Door, Refused, Use, ask, prepare
from homeroom.access.permissions import Action, Principal, Purpose, Role
from homeroom.access.resources import reading
from homeroom.errors import WrongUse

ELEMENTS = (
    'Student = ["studentUniqueId", "lastSurname"]\n'
    'StudentSchoolAssociation = ["studentReference.studentUniqueId", "schoolReference.schoolId", "entryDate"]\n'
    'Contact = ["contactUniqueId"]\nSection = ["sectionIdentifier"]'
)


@pytest.fixture
def read(copied_record: str, tmp_path: Path) -> Callable[..., Any]:
    """`read(question)`: what the record answers an app; `schools` and `elements` of its agreement may be named."""
    prepare(copied_record)

    def answer(question: Callable[[Use], Any], **terms: Any) -> Any:
        file = agreement_file(tmp_path, elements=terms.pop("elements", ELEMENTS), **terms)

        async def asked() -> Any:
            number = await ask(copied_record, Action.DECIDE_AGREEMENTS, lambda use: made_active(use, file))
            agreement = await ask(copied_record, Action.SEE_AGREEMENTS, lambda use: kept.agreement(use, number))
            app = Principal("Reading Trail", Role.APP, agreement)
            async with Door(copied_record) as door, door.use(app, Action.READ_RESOURCES, Purpose.ROSTERING) as use:
                return await question(use)

        return asyncio.run(asked())

    return answer


def rows(url: str, question: str, *values: Any) -> list[tuple]:
    with psycopg.connect(url) as record:
        return record.execute(question, values).fetchall()


def a_school(url: str) -> int:
    ((school,),) = rows(
        url, "select school_id from edfi.student_school_association group by 1 order by count(*), 1 limit 1"
    )
    return school


def enrolled_at(url: str, school: int) -> set[str]:
    since = "coalesce(exit_withdraw_date >= '2020-01-01', true)"
    question = f"select student_unique_id from edfi.student_school_association where school_id = %s and {since}"
    return {row[0] for row in rows(url, question, school)}


def test_a_page_holds_the_students_of_the_schools_with_the_fields_that_are_named(read, copied_record):
    school = a_school(copied_record)
    found = read(lambda use: reading.page(use, "Student", {}, limit=500, total=True), schools=[school])
    students = json.loads(found.body)
    assert {student["studentUniqueId"] for student in students} == enrolled_at(copied_record, school)
    assert found.total == found.rows == len(students)
    assert {name for student in students for name in student} == {
        "id", "studentUniqueId", "lastSurname", "_etag", "_lastModifiedDate"
    }  # fmt: skip


def test_pages_by_id_together_hold_every_row_once(read, copied_record):
    async def all_pages(use: Use) -> list[UUID]:
        found: list[UUID] = []
        after = None
        while (page := await reading.page(use, "StudentSchoolAssociation", {}, limit=50, after=after)).rows:
            found += [UUID(one["id"]) for one in json.loads(page.body)]
            after = page.last
        return found

    expected = [row[0] for row in rows(copied_record, "select id from edfi.student_school_association order by id")]
    assert read(all_pages) == expected


def test_whoever_is_on_a_page_is_logged_with_the_fields_that_were_shown(read, copied_record):
    found = read(lambda use: reading.page(use, "StudentSchoolAssociation", {}, limit=3))
    students = {one["studentReference"]["studentUniqueId"] for one in json.loads(found.body)}
    ((logged, shown, agreement),) = rows(
        copied_record, "select student_unique_ids, shown, agreement from access.disclosure"
    )
    assert set(logged) == students
    assert shown == {
        "StudentSchoolAssociation": ["entryDate", "schoolReference.schoolId", "studentReference.studentUniqueId"]
    }
    assert agreement is not None


def test_of_a_contact_the_children_are_logged(read, copied_record):
    found = read(lambda use: reading.page(use, "Contact", {}, limit=5))
    contacts = [one["contactUniqueId"] for one in json.loads(found.body)]
    question = "select student_unique_id from edfi.student_contact_association where contact_unique_id = any(%s)"
    ((logged,),) = rows(copied_record, "select student_unique_ids from access.disclosure")
    assert set(logged) == {row[0] for row in rows(copied_record, question, contacts)}


def test_whoever_is_counted_among_few_is_logged_with_what_was_asked_by(read, copied_record):
    ((surname, ids),) = rows(
        copied_record,
        "select last_surname, array_agg(student_unique_id) from edfi.student"
        " group by 1 order by count(*) desc, 1 limit 1",
    )
    asked = {"lastSurname": surname}
    told = read(lambda use: reading.page(use, "Student", asked, limit=0, total=True))
    assert (told.total, told.rows) == (len(ids), 0)
    ((logged, shown),) = rows(copied_record, "select student_unique_ids, shown from access.disclosure")
    assert (set(logged), shown) == (set(ids), {"Student": ["lastSurname"]})


def test_a_page_that_tells_of_no_student_is_not_logged(read, copied_record):
    assert read(lambda use: reading.page(use, "Section", {}, limit=5)).rows == 5
    assert rows(copied_record, "select from access.disclosure") == []


def test_a_row_out_of_reach_is_not_there(read, copied_record):
    school = a_school(copied_record)
    (out,) = [
        row[0]
        for row in rows(copied_record, "select id from edfi.student where student_unique_id <> all(%s) limit 1",
                        sorted(enrolled_at(copied_record, school)))
    ]  # fmt: skip
    assert read(lambda use: reading.one(use, "Student", out), schools=[school]) is None
    assert read(lambda use: reading.one(use, "Student", out)) is not None


def test_rows_are_asked_for_by_what_is_named(read, copied_record):
    ((surname, number),) = rows(
        copied_record, "select last_surname, count(*) from edfi.student group by 1 order by 2 desc, 1 limit 1"
    )
    assert read(lambda use: reading.page(use, "Student", {"lastSurname": surname}, limit=500)).rows == number


@pytest.mark.parametrize(
    ("resource", "where", "refused", "words"),
    [
        ("StudentAssessment", {}, Refused, "names no field of StudentAssessment"),
        ("Student", {"birthDate": "2015-01-01"}, Refused, "does not name Student.birthDate"),
        ("Student", {"shoeSize": 36}, WrongUse, "can't be asked for by shoeSize"),
        ("Student", {"lastSurname": 5}, WrongUse, "must be text"),
    ],
)
def test_what_is_not_named_is_neither_told_nor_found_out_by_asking(read, resource, where, refused, words):
    with pytest.raises(refused, match=words):
        read(lambda use: reading.page(use, resource, where, limit=5))


@pytest.mark.parametrize(("begin", "within"), [("2024-06-01", True), ("2024-06-02", False)])
def test_who_left_before_the_agreement_began_is_out_of_reach(read, copied_record, begin, within):
    school = a_school(copied_record)
    with psycopg.connect(copied_record) as record:
        record.execute(
            "update edfi.student_school_association set entry_date = '2020-08-20', exit_withdraw_date = '2024-06-01'"
            " where id in (select distinct on (student_unique_id) id from edfi.student_school_association"
            " where school_id = %(school)s)",
            {"school": school},
        )
        record.execute(
            "delete from edfi.student_school_association"
            " where school_id = %(school)s and exit_withdraw_date is distinct from '2024-06-01'",
            {"school": school},
        )
    found = read(lambda use: reading.page(use, "Student", {}, limit=500), schools=[school], begin=begin)
    assert (found.rows > 0) is within
