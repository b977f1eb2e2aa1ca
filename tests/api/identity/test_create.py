"""An app asks an id for a student whom nobody has; no duplicate is made, and the next run keeps the id."""

import csv
import shutil
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from app_of_agreement import EVERYTHING, App, description, held, responses, students
from served_pages import serving

from homeroom.consolidate.run import consolidate
from homeroom.progress import TerminalProgress
from homeroom.record import run_lock
from homeroom.settings import Workspace

OTTO = {"FirstName": "Otto", "LastSurname": "Quistorp", "BirthDate": "2014-03-09T00:00:00", "SexType": "Male",
        "MiddleName": "Emil"}  # fmt: skip


def test_a_new_student_is_given_an_id_by_which_the_app_finds_them_again(own_app):
    caller = own_app(elements=EVERYTHING)
    answered = caller.create(OTTO)
    assert answered.status_code == 200, answered.text
    unique_id = answered.json()
    assert 1 <= len(unique_id) <= 32
    expected = {**OTTO, "UniqueId": unique_id}
    assert responses(caller.find(unique_id)) == [[expected | {"Score": 100.0}]]
    ((found,),) = responses(caller.search(OTTO))
    assert {name: value for name, value in found.items() if name != "Score"} == expected
    assert found["Score"] >= 95


def test_what_the_agreement_does_not_name_is_not_told_of_a_new_student_either(own_app):
    caller = own_app()
    unique_id = caller.create(OTTO).json()
    ((found,),) = responses(caller.find(unique_id))
    assert set(found) == {"UniqueId", "FirstName", "LastSurname", "Score"}


def test_a_new_student_is_known_to_the_app_alone_that_asked(own_app):
    unique_id = own_app().create(OTTO).json()
    other = own_app()
    assert responses(other.find(unique_id)) == [[]]
    assert responses(other.search(OTTO)) == [[]]
    # And yet no second id is made for the same student.
    assert other.create(OTTO).status_code == 409


@pytest.mark.parametrize("written", [{}, {"LastSurname": "Quistorp-Berger"}, {"FirstName": "Oto"},
                                     {"BirthDate": "2014-09-03"}])  # fmt: skip
def test_no_second_id_is_made_for_who_is_surely_or_maybe_the_same(own_app, written):
    caller = own_app()
    assert caller.create(OTTO).status_code == 200
    answered = caller.create(OTTO | written)
    assert answered.status_code == 409
    assert answered.json()["type"] == "urn:ed-fi:api:conflict:non-unique-identity"


def test_a_student_of_the_record_is_given_no_second_id_and_the_log_says_that_the_app_learned_of_them(
    own_app, own_served
):
    student = students(own_served.record)[0]
    answered = own_app().create(description(student))
    assert answered.status_code == 409
    assert student["student_unique_id"] not in answered.text
    (row,) = held(own_served.record, "select * from access.disclosure order by id desc limit 1")
    assert student["student_unique_id"] in row["student_unique_ids"]
    assert row["action"] == "create students' ids"
    assert held(own_served.record, "select * from consolidation.created_identity") == []


def test_of_several_who_ask_for_one_student_at_a_time_one_gets_an_id(own_app, own_served):
    caller = own_app()
    with ThreadPoolExecutor(4) as many:
        statuses = sorted(answered.status_code for answered in many.map(caller.create, [OTTO] * 4))
    assert statuses == [200, 409, 409, 409]
    assert len(held(own_served.record, "select * from consolidation.created_identity")) == 1


def test_what_is_missing_is_told_at_once(app, served):
    answered = app().create({"FirstName": "", "BirthDate": "2999-01-01"})
    assert answered.status_code == 400
    assert set(answered.json()["validationErrors"]) == {"$.FirstName", "$.LastSurname", "$.BirthDate"}
    assert held(served.record, "select * from consolidation.created_identity") == []


def test_while_a_run_goes_on_no_id_is_made(own_app, own_served):
    caller = own_app()
    with psycopg.connect(own_served.record) as record:
        assert run_lock.take(record)
        answered = caller.create(OTTO)
    assert answered.status_code == 503
    assert int(answered.headers["retry-after"]) > 0
    assert caller.create(OTTO).status_code == 200


@pytest.fixture
def workspace(maple_grove, copied_record, tmp_path):
    """Maple Grove's sources and all that its first run made, with a record of its own."""
    place = tmp_path / "workspace"
    shutil.copytree(maple_grove.root, place, ignore=shutil.ignore_patterns("postgres"))
    systems = tmp_path / "systems"
    shutil.copytree(maple_grove.settings().sources[0].path.parent, systems)
    settings = place / maple_grove.settings_file.name
    text = settings.read_text().replace(maple_grove.settings().record_url, copied_record)
    settings.write_text(text.replace(str(maple_grove.settings().sources[0].path.parent), str(systems)))
    return Workspace.open(place)


def delivered_by(workspace, source_id, given, family, born):
    """Let the student information system deliver one student more."""
    folder = next(one.path for one in workspace.settings().sources if one.name == "sis")
    for name, values in {
        "users.csv": {"sourcedId": source_id, "givenName": given, "familyName": family, "identifier": "", "userIds": "",
                      "username": "", "email": "", "sms": "", "phone": "", "agentSourcedIds": "", "middleName": "Emil",
                      "preferredGivenName": "", "preferredFamilyName": "", "preferredMiddleName": ""},
        "demographics.csv": {"sourcedId": source_id, "birthDate": born, "sex": "male"},
    }.items():  # fmt: skip
        with (folder / name).open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        roles = folder / "roles.csv"
        like = rows[0]
        if name == "users.csv":
            with roles.open(newline="", encoding="utf-8") as file:
                all_roles = list(csv.DictReader(file))
            student = next(role for role in all_roles if role["role"] == "student")
            like = next(row for row in rows if row["sourcedId"] == student["userSourcedId"])
            add(roles, student | {"sourcedId": f"R{source_id}", "userSourcedId": source_id})
        add(folder / name, like | values)


def add(file, row):
    with file.open("a", newline="", encoding="utf-8") as written:
        csv.DictWriter(written, row, lineterminator="\n").writerow(row)


def run(workspace):
    with TerminalProgress(quiet=True) as progress:
        consolidate(workspace, progress)


def test_the_student_whom_a_system_delivers_later_has_the_id_that_was_given(workspace, tmp_path):
    url = workspace.settings().record_url
    settings = workspace.settings_file.read_text()
    for served in serving(url, tmp_path, lambda place: place.settings_file.write_text(settings)):
        caller = App.under_agreement(served, tmp_path, elements=EVERYTHING)
        unique_id = caller.create(OTTO).json()
        delivered_by(workspace, "otto-1", "Otto", "Quistorp", "2014-03-09")
        run(workspace)
        # The student of the record, under the id that the app was given.
        (student,) = held(url, "select * from edfi.student where last_surname = 'Quistorp'")
        assert student["student_unique_id"] == unique_id
        identities = "select source, source_id, unique_id from consolidation.identity where unique_id = %s order by 1"
        known = [tuple(one.values()) for one in held(url, identities, unique_id)]
        assert known == [("Identities API", unique_id, unique_id), ("sis", "otto-1", unique_id)]
        # A run that brings nothing new leaves it so, and the app finds the student of the record.
        run(workspace)
        assert [tuple(one.values()) for one in held(url, identities, unique_id)] == known
        ((found,),) = responses(caller.search(OTTO))
        assert (found["UniqueId"], found["MiddleName"]) == (unique_id, "Emil")
        assert caller.create(OTTO).status_code == 409


def test_whom_no_system_delivers_keeps_the_id_through_runs(workspace, tmp_path):
    url = workspace.settings().record_url
    settings = workspace.settings_file.read_text()
    for served in serving(url, tmp_path, lambda place: place.settings_file.write_text(settings)):
        caller = App.under_agreement(served, tmp_path)
        unique_id = caller.create(OTTO).json()
        run(workspace)
        run(workspace)
        assert [[one["UniqueId"] for one in found] for found in responses(caller.find(unique_id))] == [[unique_id]]
        assert [[one["UniqueId"] for one in found] for found in responses(caller.search(OTTO))] == [[unique_id]]
        assert held(url, "select * from edfi.student where last_surname = 'Quistorp'") == []
