"""Whole resources as files: what the agreement lets its app have, encrypted to the app, in one piece or several."""

import base64
import hashlib
import io
import json

import pyarrow.parquet as pq
import pyrage
import pytest
from app_of_agreement import App, held
from own_database import own_database
from served_pages import serving
from typer.testing import CliRunner

from homeroom.access.agreements.terms import fields_of
from homeroom.cli import app as commands

STUDENTS = "bulk/v1/ed-fi/students"
HOLDER = pyrage.x25519.Identity.generate()
FIELDS = {
    "Student": sorted(fields_of("Student")),
    "StudentSchoolAssociation": ["schoolReference.schoolId", "studentReference.studentUniqueId", "entryDate"],
    "School": ["schoolId", "nameOfInstitution"],
}
ELEMENTS = "\n".join(f"{resource} = {json.dumps(fields)}" for resource, fields in FIELDS.items())
NEW = {"studentUniqueId": "new-student", "firstName": "Noor", "lastSurname": "Haddad", "birthDate": "2013-05-01"}


@pytest.fixture(scope="module")
def own_served(postgres_url, maple_grove, tmp_path_factory):
    """A copy of Maple Grove for the tests of this module, which write to it."""
    with own_database(postgres_url, "maple_grove_template") as url:
        yield from serving(url, tmp_path_factory.mktemp("bulk"))


def app_with_files(served, folder, **terms):
    terms = {"elements": ELEMENTS, "writes": 'Student = "all"', **terms}
    terms["writes"] += f'\n[bulk]\npublic_key = "{HOLDER.to_public()}"\n'
    return App.under_agreement(served, folder, **terms)


@pytest.fixture(scope="module")
def school(own_served):
    return held(own_served.record, "select school_id from edfi.school order by 1 limit 1")[0]["school_id"]


@pytest.fixture(scope="module")
def taker(own_served, school, tmp_path_factory):
    """An app of one school."""
    return app_with_files(own_served, tmp_path_factory.mktemp("taker"), schools=[school])


def number_of(taker):
    return held(taker.served.record, "select agreement from access.client where key = %s", taker.key.key)[0][
        "agreement"
    ]


def fetched(taker, address=STUDENTS, headers=None, **parameters):
    answered = taker.client.get(address, params=parameters, headers=headers)
    assert answered.status_code == 200, answered.text
    return answered


def lines(answered):
    return [json.loads(line) for line in pyrage.decrypt(answered.content, [HOLDER]).splitlines()]


def pages(taker, resource="students"):
    return taker.client.get(f"data/v3/ed-fi/{resource}", params={"limit": 500}).json()


def test_a_file_holds_what_the_pages_hold(taker):
    for resource in ("students", "studentSchoolAssociations", "schools"):
        assert lines(fetched(taker, f"bulk/v1/ed-fi/{resource}")) == pages(taker, resource)


def test_parquet_has_the_same_rows_under_columns_of_the_models_types(taker):
    answered = fetched(taker, format="parquet")
    table = pq.read_table(io.BytesIO(pyrage.decrypt(answered.content, [HOLDER])))
    assert [str(table.schema.field(name).type) for name in ("studentUniqueId", "birthDate")] == [
        "string",
        "date32[day]",
    ]
    rows = [
        {"studentUniqueId": row["studentUniqueId"], "birthDate": f"{row['birthDate']}", "id": row["id"]}
        for row in table.to_pylist()
    ]
    assert rows == [{name: one[name] for name in ("studentUniqueId", "birthDate", "id")} for one in pages(taker)]


def test_it_can_be_opened_by_nobody_else(taker):
    answered = fetched(taker)
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(answered.content, [pyrage.x25519.Identity.generate()])
    name = pages(taker)[0]["lastSurname"].encode()
    assert name not in answered.content
    assert answered.headers["Content-Disposition"].endswith('filename="Student.ndjson.age"')


def test_it_is_fetched_on_from_where_it_broke_off(taker):
    whole = fetched(taker)
    digest = base64.b64decode(whole.headers["Repr-Digest"].removeprefix("sha-256=:").removesuffix(":"))
    assert digest == hashlib.sha256(whole.content).digest()
    rest = taker.client.get(STUDENTS, headers={"Range": "bytes=100-", "If-Range": whole.headers["ETag"]})
    assert (rest.status_code, whole.content[:100] + rest.content) == (206, whole.content)
    assert rest.headers["Content-Range"] == f"bytes 100-{len(whole.content) - 1}/{len(whole.content)}"
    another = taker.client.get(STUDENTS, headers={"Range": "bytes=100-", "If-Range": '"another"'})
    assert (another.status_code, another.content) == (200, whole.content)
    assert taker.client.get(STUDENTS, headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304


def test_each_key_is_given_a_file_of_its_own(taker, own_served, school, tmp_path):
    other = app_with_files(own_served, tmp_path, schools=[school])
    assert fetched(other).headers["ETag"] != fetched(taker).headers["ETag"]


def test_whoever_is_in_it_is_logged_once_and_counted(own_served, school, tmp_path):
    taker = app_with_files(own_served, tmp_path, schools=[school])
    answered = fetched(taker)
    taker.client.get(STUDENTS, headers={"Range": "bytes=0-9"})
    (entry,) = held(
        own_served.record,
        "select student_unique_ids, shown, on_behalf_of from access.disclosure where agreement = %s",
        number_of(taker),
    )
    assert entry["student_unique_ids"] == sorted(one["studentUniqueId"] for one in lines(answered))
    assert entry["shown"] == {"Student": FIELDS["Student"]}
    counted = held(
        own_served.record, "select count(*) as n from access.client_student where client = %s", taker.key.key
    )
    assert counted == [{"n": len(entry["student_unique_ids"])}]


def test_a_key_that_would_pass_its_budget_is_given_nothing_and_suspended(own_served, school, tmp_path):
    taker = app_with_files(own_served, tmp_path, schools=[school])
    taker.client.get("data/v3/ed-fi/students", params={"limit": 1})
    held(own_served.record, "update access.client_budget set students_per_hour = 2 returning client")
    answered = taker.client.get(STUDENTS)
    assert (answered.status_code, "2 students in an hour" in answered.text) == (403, True)
    assert taker.client.get(STUDENTS).status_code == 401


def test_a_delta_holds_what_changed_and_what_was_deleted_since(own_served, tmp_path):
    taker = app_with_files(own_served, tmp_path)
    released(taker)
    first = fetched(taker)
    since = {"minChangeVersion": int(first.headers["Newest-Change-Version"]) + 1}
    assert lines(fetched(taker, **since)) == []
    created = taker.client.post("data/v3/ed-fi/students", json=NEW)
    assert created.status_code == 201, created.text
    id_ = created.headers["Location"].rpartition("/")[2]
    assert lines(fetched(taker, **since)) == [], "for an hour the file that is there is given"
    (row,) = lines(fetched(taker, headers={"Cache-Control": "no-cache"}, **since))
    assert row["studentUniqueId"] == NEW["studentUniqueId"]
    assert taker.client.delete(f"data/v3/ed-fi/students/{id_}").status_code == 204
    (gone,) = lines(fetched(taker, f"{STUDENTS}/deletes", **since))
    assert (gone["id"], gone["keyValues"]) == (id_, {"studentUniqueId": NEW["studentUniqueId"]})
    assert lines(fetched(taker, f"{STUDENTS}/keyChanges", **since)) == []
    table = pq.read_table(
        io.BytesIO(pyrage.decrypt(fetched(taker, f"{STUDENTS}/deletes", format="parquet", **since).content, [HOLDER]))
    )
    assert [(one["id"], one["keyValues"]) for one in table.to_pylist()] == [(id_, gone["keyValues"])]


def test_files_of_a_snapshot_are_of_one_state(own_served, tmp_path):
    taker = app_with_files(own_served, tmp_path)
    released(taker)
    snapshot = taker.client.post("changeQueries/v1/snapshots").json()
    created = taker.client.post("data/v3/ed-fi/students", json=NEW | {"studentUniqueId": "unseen"})
    assert created.status_code == 201, created.text
    answered = fetched(taker, headers={"Use-Snapshot": "true"})
    assert "unseen" not in {one["studentUniqueId"] for one in lines(answered)}
    assert answered.headers["Newest-Change-Version"] == str(snapshot["newestChangeVersion"])
    assert "unseen" in {one["studentUniqueId"] for one in lines(fetched(taker))}
    taker.client.delete(f"changeQueries/v1/snapshots/{snapshot['id']}")
    assert taker.client.get(STUDENTS, headers={"Use-Snapshot": "true"}).status_code == 404


def released(taker, *options):
    arguments = ["bulk", "release", str(number_of(taker)), "--workspace", str(taker.served.workspace)]
    options = options or ("--by", "Ines Duarte", "--approved-by", "Tom Becker")
    return CliRunner().invoke(commands, [*arguments, *options])


def test_a_whole_district_leaves_with_two_people_for_some_days(own_served, tmp_path):
    taker = app_with_files(own_served, tmp_path)
    assert taker.client.get(STUDENTS).status_code == 403
    alone = released(taker, "--by", "Ines Duarte", "--approved-by", "ines duarte")
    assert alone.exit_code != 0
    assert taker.client.get(STUDENTS).status_code == 403
    assert released(taker).exit_code == 0
    fetched(taker)
    (entry,) = held(
        own_served.record, "select on_behalf_of from access.disclosure where agreement = %s", number_of(taker)
    )
    assert entry == {"on_behalf_of": "Ines Duarte, approved by Tom Becker"}
    assert released(taker, "--by", "Tom Becker", "--days", "0").exit_code == 0
    assert taker.client.get(STUDENTS).status_code == 403


def test_an_agreement_that_names_no_key_gives_no_files(own_served, school, tmp_path):
    other = App.under_agreement(own_served, tmp_path, elements=ELEMENTS, schools=[school])
    assert other.client.get(STUDENTS).status_code == 403


def test_what_the_agreement_does_not_name_is_in_no_file(own_served, school, tmp_path):
    taker = app_with_files(
        own_served, tmp_path, schools=[school], elements='Student = ["studentUniqueId"]', writes='Student = "all"'
    )
    (row, *_) = lines(fetched(taker))
    assert set(row) == {"id", "studentUniqueId", "_etag", "_lastModifiedDate"}
    assert taker.client.get("bulk/v1/ed-fi/schools").status_code == 403


def test_what_can_not_be_ordered_is_told(taker):
    answers = {
        "resource": taker.client.get("bulk/v1/ed-fi/pupils").status_code,
        "part": taker.client.get(f"{STUDENTS}/inserts").status_code,
        "format": taker.client.get(STUDENTS, params={"format": "csv"}).status_code,
        "version": taker.client.get(STUDENTS, params={"minChangeVersion": "-1"}).status_code,
        "parameter": taker.client.get(STUDENTS, params={"lastSurname": "Ortiz"}).status_code,
        "range": taker.client.get(STUDENTS, headers={"Range": "bytes=99999999-"}).status_code,
    }
    assert answers == {"resource": 404, "part": 404, "format": 400, "version": 400, "parameter": 400, "range": 416}
