"""An app asks for students' ids by what it knows of them, and is told no more than was agreed."""

from datetime import timedelta

import pytest
from app_of_agreement import EVERYTHING, description, held, responses, students

NOBODY = {"FirstName": "Otto", "LastSurname": "Quistorp", "BirthDate": "2014-03-09T00:00:00"}
NAMES = {"FirstName", "MiddleName", "LastSurname", "GenerationCodeSuffix", "BirthDate", "BirthLocation", "SexType",
         "UniqueId", "Score"}  # fmt: skip


def test_a_student_is_found_by_name_and_birth_date(app, served):
    student = students(served.record)[0]
    ((found, *others),) = responses(app().search(description(student)))
    assert found["UniqueId"] == student["student_unique_id"]
    assert found["Score"] >= 95
    assert all(other["Score"] < found["Score"] for other in others)


def test_each_who_is_asked_for_has_an_answer_in_the_same_order(app, served):
    known = students(served.record)
    answers = responses(app().search(*map(description, known), NOBODY))
    assert [[one["UniqueId"] for one in found[:1]] for found in answers] == [
        *([student["student_unique_id"]] for student in known),
        [],
    ]


def test_a_doubtful_answer_has_a_lower_score_than_a_sure_one(app, served):
    known = [one for one in students(served.record, 60) if one["sex"]]
    caller = app()
    sure = responses(caller.search(*map(description, known)))
    assert all(found[0]["Score"] >= 95 for found in sure)
    # The same name and sex, and a birth date of which only the year is right.
    unsure = responses(caller.search(*(
        description(one) | {"SexType": one["sex"],
                            "BirthDate": f"{other_day(one['birth_date'])}T00:00:00"} for one in known
    )))  # fmt: skip
    scores = [person["Score"] for found in unsure for person in found]
    assert [score for score in scores if 60 <= score < 95]
    assert min(scores) >= 60
    assert all(found == sorted(found, key=lambda one: -one["Score"]) for found in unsure)


def other_day(day):
    return day.replace(month=(day.month + 5) % 12 + 1, day=(day.day + 12) % 27 + 1)


def test_small_letters_are_taken_for_names_of_values_as_well(app, served):
    student = students(served.record)[0]
    written = {name[0].lower() + name[1:]: value for name, value in description(student).items()}
    ((found, *_),) = responses(app().search(written))
    assert found["UniqueId"] == student["student_unique_id"]


def test_an_app_is_told_all_that_its_agreement_names(app, served):
    student = next(one for one in students(served.record, 50) if one["sex"] and one["middle_name"])
    ((found, *_),) = responses(app(elements=EVERYTHING).search(description(student)))
    assert found["MiddleName"] == student["middle_name"]
    assert found["BirthDate"] == f"{student['birth_date']}T00:00:00"
    assert found["SexType"] == student["sex"].rpartition("#")[2]
    assert set(found) <= NAMES


@pytest.mark.parametrize(
    ("elements", "told"),
    [
        ('Student = ["studentUniqueId"]', {"UniqueId", "Score"}),
        ('Student = ["studentUniqueId", "firstName"]', {"UniqueId", "FirstName", "Score"}),
        ('Student = ["studentUniqueId", "birthDate"]', {"UniqueId", "BirthDate", "Score"}),
    ],
)
def test_no_field_that_the_agreement_does_not_name_is_in_an_answer(app, served, elements, told):
    asked = students(served.record, 20)
    caller = app(elements=elements)
    for answered in (caller.search(*map(description, asked)), caller.find(*(s["student_unique_id"] for s in asked))):
        persons = [person for found in responses(answered) for person in found]
        assert len(persons) >= len(asked)
        assert {name for person in persons for name in person} == told


def test_without_the_id_there_is_nothing_to_tell(app, served):
    answered = app(elements='Student = ["firstName"]').search(description(students(served.record)[0]))
    assert answered.status_code == 403
    assert answered.json()["type"] == "urn:ed-fi:api:security:authorization"


def test_a_student_outside_of_the_agreements_schools_is_not_found(app, served):
    known = students(served.record, 100)
    school = known[0]["school_id"]
    inside = {row["student_unique_id"] for row in held(
        served.record, "select student_unique_id from edfi.student_school_association where school_id = %s", school
    )}  # fmt: skip
    outside = [one for one in known if one["student_unique_id"] not in inside]
    assert outside
    caller = app(schools=[school])
    answers = responses(caller.search(description(known[0]), *map(description, outside)))
    assert answers[0][0]["UniqueId"] == known[0]["student_unique_id"]
    assert {person["UniqueId"] for found in answers for person in found} <= inside
    assert responses(caller.find(outside[0]["student_unique_id"])) == [[]]
    assert caller.client.get(f"identity/v2/identities/{outside[0]['student_unique_id']}").status_code == 404


def test_who_left_the_school_before_the_agreement_began_is_not_found(app, served):
    row = held(
        served.record,
        "select student_unique_id, school_id, max(exit_withdraw_date) as left_on from"
        " edfi.student_school_association group by 1, 2 having count(*) = count(exit_withdraw_date) order by 1 limit 1",
    )[0]
    last, after = row["left_on"], row["left_on"] + timedelta(days=1)
    found = [
        len(responses(app(schools=[row["school_id"]], begin=day.isoformat()).find(row["student_unique_id"]))[0])
        for day in (last, after)
    ]
    assert found == [1, 0]


def test_each_who_is_told_of_is_on_the_disclosure_log(app, served):
    asked = students(served.record, 3)
    app().search(*map(description, asked))
    (row,) = held(served.record, "select * from access.disclosure order by id desc limit 1")
    assert set(row["student_unique_ids"]) >= {one["student_unique_id"] for one in asked}
    assert (row["role"], row["purpose"], row["action"]) == ("provider's app", "rostering", "find students' ids")
    assert row["principal"] == "Reading Trail of Reading Trail, Inc."


def test_find_tells_which_ids_exist(app, served):
    student = students(served.record)[0]
    caller = app()
    answers = responses(caller.find("nobody", student["student_unique_id"]))
    assert answers == [
        [],
        [{"UniqueId": student["student_unique_id"], "FirstName": student["first_name"],
          "LastSurname": student["last_surname"], "Score": 100.0}],
    ]  # fmt: skip
    one = caller.client.get(f"identity/v2/identities/{student['student_unique_id']}")
    assert one.json() == answers[1][0]


def test_who_asks_for_it_fetches_the_answer_later(app, served):
    student = students(served.record)[0]
    caller = app()
    accepted = caller.search(description(student), Prefer="respond-async")
    assert accepted.status_code == 202
    address = accepted.headers["location"]
    assert address.startswith(f"{served.address}api/identity/v2/identities/results/")
    for _ in range(200):
        answered = caller.client.get(address)
        if answered.json()["Status"] == "Complete":
            break
    assert responses(answered)[0][0]["UniqueId"] == student["student_unique_id"]
    # It is nobody else's.
    assert app().client.get(address).status_code == 404
    assert caller.client.get("identity/v2/identities/results/nothing").status_code == 404


def test_many_are_answered_later(app, served):
    asked = [description(one) for one in students(served.record, 80)]
    accepted = app().search(*asked, *asked)
    assert accepted.status_code == 202


def test_every_fault_is_told_at_once_by_its_place(app):
    answered = app().search(
        {"FirstName": 7, "LastSurname": "x" * 76, "BirthDate": "yesterday"},
        {"FirstName": "Maya"},
        "Maya",
        {"FirstName": "M\0", "LastSurname": "Okafor", "BirthDate": "2014-03-09", "BirthOrder": "first",
         "BirthLocation": {"City": 1}},
    )  # fmt: skip
    assert answered.status_code == 400
    assert answered.headers["content-type"] == "application/problem+json"
    problem = answered.json()
    assert problem["type"] == "urn:ed-fi:api:bad-request:data-validation-failed"
    assert set(problem["validationErrors"]) == {
        "$[0].FirstName", "$[0].LastSurname", "$[0].BirthDate", "$[1]", "$[2]",
        "$[3].FirstName", "$[3].BirthOrder", "$[3].BirthLocation.City",
    }  # fmt: skip
    assert "xxx" not in answered.text
    assert "yesterday" not in answered.text


@pytest.mark.parametrize("sent", [b"{", b"{}", b'"a"', b"\xff", b"[" * 100_000, b"null"])
def test_what_is_no_list_is_refused_in_words(app, sent):
    answered = app().client.post("identity/v2/identities/search", content=sent)
    assert answered.status_code == 400
    assert answered.json()["type"].startswith("urn:ed-fi:api:bad-request")


def test_too_much_is_refused(app):
    answered = app().client.post("identity/v2/identities/search", content=b" " * 1_000_001)
    assert answered.status_code == 413


def test_nothing_of_a_student_is_written_to_the_log(app, served):
    student = students(served.record)[0]
    caller = app()
    caller.search(description(student))
    strange = rb'[{"FirstName": "Unbelievable\ud800", "LastSurname": 5, "BirthDate": "2014-03-09"}]'
    answered = caller.client.post("identity/v2/identities/search", content=strange)
    assert set(answered.json()["validationErrors"]) == {"$[0].FirstName", "$[0].LastSurname"}
    caller.client.get(f"identity/v2/identities/{student['student_unique_id']}")
    written = served.written()
    for value in (student["last_surname"], student["student_unique_id"], "Unbelievable"):
        assert value not in written
