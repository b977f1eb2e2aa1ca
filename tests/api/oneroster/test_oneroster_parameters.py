"""What a request asks for with its parameters is what comes; what is wrong is refused, and none of it is said again."""

from operator import ge, gt
from urllib.parse import parse_qs, urlsplit

import pytest
from app_of_agreement import held
from roster_app import V1P1, V1P2, every, get

CODE = "imsx_codeMinorFieldValue"


def code(answered) -> str:
    (field,) = answered.json()["imsx_CodeMinor"]["imsx_codeMinorField"]
    return field[CODE]


def ids(rows) -> list[str]:
    return [row["sourcedId"] for row in rows]


@pytest.fixture(scope="module")
def users(whole):
    return every(whole, f"{V1P2}/users", limit=10_000)


def test_a_page_has_100_objects_where_nothing_is_said(whole, users):
    page = get(whole, f"{V1P2}/users")
    assert ids(page.json()["users"]) == ids(users[:100])
    assert int(page.headers["X-Total-Count"]) == len(users) > 200


def test_pages_lead_to_each_other_and_keep_what_was_asked(whole, users):
    asked = {"limit": 50, "filter": "status='active' AND givenName!='x'", "fields": "sourcedId"}
    page = get(whole, f"{V1P2}/users", offset=50, **asked)
    links = {name: link["url"] for name, link in page.links.items()}
    assert set(links) == {"first", "prev", "next", "last"}
    offsets = {name: parse_qs(urlsplit(url).query)["offset"] for name, url in links.items()}
    assert offsets == {"first": ["0"], "prev": ["0"], "next": ["100"], "last": [str((len(users) - 1) // 50 * 50)]}
    assert ids(get(whole, links["prev"]).json()["users"]) == ids(users[:50])
    last = get(whole, links["last"])
    assert "next" not in last.links
    assert ids(every(whole, f"{V1P2}/users", **asked)) == ids(users)


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_objects_are_sorted_by_a_field(whole, users, order):
    told = every(whole, f"{V1P2}/users", limit=10_000, sort="familyName", orderBy=order)
    names = [one["familyName"] for one in told]
    assert names == sorted(names, reverse=order == "desc")
    assert set(ids(told)) == set(ids(users))


def test_objects_are_sorted_by_a_reference_and_by_a_list(whole):
    classes = every(whole, f"{V1P2}/classes", limit=10_000, sort="school.sourcedId", fields="school")
    schools = [one["school"]["sourcedId"] for one in classes]
    assert schools == sorted(schools)
    grades = [",".join(one["grades"]) for one in every(whole, f"{V1P2}/classes", limit=10_000, sort="grades")
              if "grades" in one]  # fmt: skip
    assert grades == sorted(grades)


def test_only_the_fields_that_are_asked_for_are_told(whole, users):
    told = get(whole, f"{V1P2}/users", fields="givenName, roles", limit=10_000).json()["users"]
    assert {name for one in told for name in one} == {"givenName", "roles"}
    alone = get(whole, f"{V1P2}/users/{users[0]['sourcedId']}", fields="familyName").json()
    assert alone == {"user": {"familyName": users[0]["familyName"]}}


@pytest.mark.parametrize(
    ("filter_", "holds"),
    [
        ("familyName='{familyName}'", lambda one, known: one["familyName"] == known["familyName"]),
        ("familyName!='{familyName}'", lambda one, known: one["familyName"] != known["familyName"]),
        ("familyName>='{familyName}'", lambda one, known: one["familyName"] >= known["familyName"]),
        ("givenName~'ar'", lambda one, known: "ar" in one["givenName"]),
        ("grades='{grade}'", lambda one, known: one.get("grades") == [known["grade"]]),
        ("grades~'{grade},XX'", lambda one, known: known["grade"] in one.get("grades", ())),
        ("roles.role='teacher'", lambda one, known: any(role["role"] == "teacher" for role in one["roles"])),
        (
            "roles.org.sourcedId='{school}'",
            lambda one, known: any(role["org"]["sourcedId"] == known["school"] for role in one["roles"]),
        ),
        (
            "primaryOrg.sourcedId='{school}' AND grades='{grade}' OR familyName='{familyName}'",
            lambda one, known: (
                one.get("primaryOrg", {}).get("sourcedId") == known["school"] and one.get("grades") == [known["grade"]]
            )
            or one["familyName"] == known["familyName"],
        ),
        ("agents.sourcedId='{agent}'", lambda one, known: known["agent"] in ids(one.get("agents", ()))),
        ("dateLastModified>='{dateLastModified}'",
         lambda one, known: one["dateLastModified"] >= known["dateLastModified"]),
        ("enabledUser='true'", lambda one, known: True),
        ("status='tobedeleted'", lambda one, known: False),
        ("middleName!='x'", lambda one, known: one.get("middleName") != "x"),
    ],
)  # fmt: skip
def test_a_filter_finds_the_objects_that_fulfil_it(whole, users, filter_, holds):
    known = next(one for one in users if one.get("grades") and one.get("agents"))
    known = {**known, "grade": known["grades"][0], "agent": known["agents"][0]["sourcedId"],
             "school": known["roles"][0]["org"]["sourcedId"]}  # fmt: skip
    text = filter_.format(**{name: value.replace("'", "''") for name, value in known.items() if isinstance(value, str)})
    told = every(whole, f"{V1P2}/users", limit=10_000, filter=text)
    assert ids(told) == [one["sourcedId"] for one in users if holds(one, known)]


def test_days_and_numbers_are_compared_as_such(whole):
    sessions = every(whole, f"{V1P2}/academicSessions")
    middle = sorted(one["startDate"] for one in sessions if "startDate" in one)[len(sessions) // 2]
    told = every(whole, f"{V1P2}/academicSessions", filter=f"startDate<'{middle}'")
    assert set(ids(told)) == {one["sourcedId"] for one in sessions if one.get("startDate", "9") < middle}
    path = "ims/oneroster/gradebook/v1p2/results"
    scores = every(whole, path, filter="score>='90.5'", limit=10_000)
    assert scores
    assert min(one["score"] for one in scores) >= 90.5


WRONG = [
    ({"limit": "0"}, "invaliddata", "invalid data"),
    ({"limit": "Okafor"}, "invaliddata", "invalid data"),
    ({"offset": "-1"}, "invaliddata", "invalid data"),
    ({"Okafor": "1"}, "invaliddata", "invalid data"),
    ({"filter": "familyName=Okafor"}, "invalid_filter_field", "invalid_filter_field"),
    ({"filter": "dateLastModified>'Okafor'"}, "invalid_filter_field", "invalid_filter_field"),
    ({"filter": "Okafor='1'"}, "invalid_filter_field", "invalid_filter_field"),
    ({"filter": "grades>'Okafor'"}, "invalid_filter_field", "invalid_filter_field"),
    ({"fields": "Okafor"}, "invalid_selection_field", "invalid_selection_field"),
    ({"fields": ""}, "invalid_selection_field", "invalid_selection_field"),
    ({"sort": "Okafor"}, "invalid_selection_field", "invalid_sort_field"),
    ({"sort": "agents.sourcedId"}, "invalid_selection_field", "invalid_sort_field"),
    ({"orderBy": "Okafor"}, "invalid_selection_field", "invalid_sort_field"),
]


@pytest.mark.parametrize(("asked", "new", "old"), WRONG)
def test_what_is_wrong_is_told_with_the_code_of_either_version_and_none_of_its_values(whole, asked, new, old):
    for place, expected in ((V1P2, new), (V1P1, old)):
        answered = get(whole, f"{place}/users", 400, **asked)
        assert (answered.json()["imsx_codeMajor"], answered.json()["imsx_severity"]) == ("failure", "error")
        assert code(answered) == expected
        assert "Okafor" not in answered.text


def test_who_misspells_a_filter_gets_nobody(whole):
    assert code(get(whole, f"{V1P2}/users", 400, fliter="familyName='Okafor'")) == "invaliddata"
    assert code(get(whole, f"{V1P2}/users?limit=1&limit=2", 400)) == "invaliddata"


def test_a_class_is_modified_when_its_course_is(own_app, own_served):
    import psycopg
    from roster_app import elements

    client = own_app(elements=elements()).client
    with psycopg.connect(own_served.record) as record:
        (moment,) = record.execute("select max(last_modified) from edfi.section").fetchone()
        record.execute("update edfi.course set last_modified = %s::timestamptz + interval '1 day' where id ="
                       " (select course.id from edfi.course join edfi.course_offering using (course_code,"
                       " education_organization_id) limit 1)", [moment])  # fmt: skip
    since = moment.isoformat()
    told = every(client, f"{V1P2}/classes", filter=f"dateLastModified>'{since}'", limit=10_000)
    changed = held(
        own_served.record,
        "select section.id from edfi.section"
        " join edfi.course_offering using (local_course_code, school_id, school_year, session_name)"
        " join edfi.course using (course_code, education_organization_id)"
        " where course.last_modified > %s",
        moment,
    )
    assert {one["sourcedId"] for one in told} == {row["id"].hex for row in changed} != set()


def test_who_has_a_role_is_found_as_the_roles_are_told(whole):
    told = {one["sourcedId"]: {role["role"] for role in one.get("roles", ())}
            for one in every(whole, f"{V1P2}/users", limit=1000)}  # fmt: skip
    roles = {role for held in told.values() for role in held}
    assert roles >= {"student", "teacher", "parent"}
    for role in (*sorted(roles), "ext:Astronaut", "nobody"):
        found = {one["sourcedId"] for one in every(whole, f"{V1P2}/users", limit=1000, filter=f"roles.role='{role}'")}
        assert found == {id_ for id_, held in told.items() if role in held}, role
    told = {one["sourcedId"]: one["role"] for one in every(whole, f"{V1P1}/users", limit=1000)}
    for role in (*sorted(set(told.values())), "nobody"):
        asked = f"role='{role}' OR role='student'"
        found = {one["sourcedId"] for one in every(whole, f"{V1P1}/users", limit=1000, filter=asked)}
        assert found == {id_ for id_, held in told.items() if held in (role, "student")}, role


def test_what_changed_is_found_as_its_date_is_told(whole, users):
    told = {one["sourcedId"]: one["dateLastModified"] for one in users}
    for moment in sorted(set(told.values())):
        for sign, later in ((">", gt), (">=", ge)):
            asked = f"dateLastModified{sign}'{moment}' AND status='active'"
            changed = every(whole, f"{V1P2}/users", limit=10_000, filter=asked)
            assert set(ids(changed)) == {id_ for id_, at in told.items() if later(at, moment)}, sign
