"""An Ed-Fi ODS/API is asked for all once, and then for what changed and what was deleted."""

import json

import psycopg
import pytest
from edfi_server import KEY, SECRET, edfi_server
from own_workspace import use_record

from homeroom.consolidate.delivered import deliver
from homeroom.consolidate.run import consolidate
from homeroom.consolidate.source_kinds import SOURCE_KINDS
from homeroom.errors import CannotRun
from homeroom.progress import TerminalProgress
from homeroom.settings import Workspace
from homeroom.sources.archive import ArchiveLimits
from homeroom.sources.edfi_json import PULL

SCHOOL = "uri://ed-fi.org/EducationOrganizationCategoryDescriptor#School"
GRADE = "uri://ed-fi.org/GradeLevelDescriptor#Fourth grade"


@pytest.fixture
def ods():
    """An API with a school and two students."""
    with edfi_server() as service:
        service.put(
            "schools", "17", schoolId=17, nameOfInstitution="Birch Elementary",
            educationOrganizationCategories=[{"educationOrganizationCategoryDescriptor": SCHOOL}],
            gradeLevels=[{"gradeLevelDescriptor": GRADE}],
        )  # fmt: skip
        for number, first in (("1001", "Maya"), ("1002", "Theo")):
            put_student(service, number, first)
        yield service


def put_student(service, number, first):
    service.put(
        "students", number, studentUniqueId=number, firstName=first, lastSurname="Okafor", birthDate="2016-03-04"
    )


@pytest.fixture
def district(tmp_path, ods):
    made = Workspace.create(tmp_path / "district", "Maple Grove")
    made.add_source("ods", "edfi-api", ods.address, tuple(SOURCE_KINDS))
    made.secrets_file.write_text(f'[ods]\nclient_id = "{KEY}"\nclient_secret = "{SECRET}"\n')
    made.secrets_file.chmod(0o600)
    return made


def pull(district):
    """The documents by file of what the source delivers now."""
    delivery = deliver(district.settings().sources[0], district, ArchiveLimits())
    read = {file.path: delivery.kept(file).read().decode() for file in delivery.files}
    pulled = json.loads(read.pop(PULL))
    return {name: [json.loads(line) for line in text.splitlines()] for name, text in read.items()}, pulled, delivery


def test_all_that_the_api_offers_comes_as_a_file_for_each_resource(district, ods):
    documents, pulled, _ = pull(district)
    assert {one["firstName"] for one in documents["students.jsonl"]} == {"Maya", "Theo"}
    assert [one["schoolId"] for one in documents["schools.jsonl"]] == [17]
    assert pulled == {"from": ods.address, "change_version": ods.version, "withheld": []}


def test_pages_are_asked_for_until_all_is_there(district, ods):
    for number in range(2000, 3100):
        put_student(ods, str(number), "Ana")
    documents, _, _ = pull(district)
    assert len(documents["students.jsonl"]) == 1102


def test_the_second_pull_takes_what_changed_and_what_was_deleted_alone(district, ods):
    pull(district)
    reached = ods.version
    put_student(ods, "1001", "Maja")
    put_student(ods, "1003", "Ines")
    ods.delete("students", "1002")
    ods.asked.clear()
    documents, pulled, _ = pull(district)
    assert {one["firstName"] for one in documents["students.jsonl"]} == {"Maja", "Ines"}
    assert [one["schoolId"] for one in documents["schools.jsonl"]] == [17]
    assert pulled["change_version"] == reached + 3
    pages = [path for path in ods.asked if "/ed-fi/" in path]
    assert all(f"minChangeVersion={reached + 1}" in path for path in pages)


def test_where_nothing_changed_no_resource_is_asked_for_and_the_delivery_is_the_same(district, ods):
    _, _, first = pull(district)
    ods.asked.clear()
    _, _, second = pull(district)
    assert second.delivery_id == first.delivery_id
    assert not [path for path in ods.asked if "/ed-fi/" in path]


@pytest.mark.parametrize("forgets", ["change queries", "old versions"])
def test_an_api_that_can_not_tell_what_changed_is_asked_for_all_again(district, ods, forgets):
    pull(district)
    ods.delete("students", "1002")
    ods.change_queries, ods.oldest = forgets != "change queries", ods.version
    documents, _, _ = pull(district)
    assert [one["firstName"] for one in documents["students.jsonl"]] == ["Maya"]


def test_what_is_withheld_is_not_gone(district, ods):
    pull(district)
    ods.withholds = {"students"}
    put_student(ods, "1003", "Ines")
    documents, pulled, _ = pull(district)
    assert len(documents["students.jsonl"]) == 2
    assert pulled["withheld"] == ["students"]
    ods.withholds = set()
    documents, pulled, _ = pull(district)
    assert len(documents["students.jsonl"]) == 3


def test_what_changed_comes_into_the_record_and_a_student_who_is_gone_keeps_it(district, ods, record):
    use_record(district, record)
    run(district)
    put_student(ods, "1001", "Maja")
    ods.delete("students", "1002")
    run(district)
    with psycopg.connect(record) as connection:
        found = connection.execute("select student_unique_id, first_name from edfi.student order by 1").fetchall()
        schools = connection.execute("select name_of_institution from edfi.school").fetchall()
    assert found == [("1001", "Maja"), ("1002", "Theo")]
    assert schools == [("Birch Elementary",)]


def run(district):
    with TerminalProgress(quiet=True) as progress:
        consolidate(district, progress)


def test_an_api_that_gives_less_than_it_says_fails_whole(district, ods):
    ods.says_more = 1
    with pytest.raises(CannotRun, match="says that it has 2 schools and gives 1"):
        pull(district)


def test_a_wrong_secret_is_told_without_being_told(district):
    district.secrets_file.write_text(f'[ods]\nclient_id = "{KEY}"\nclient_secret = "wrong-secret"\n')
    with pytest.raises(CannotRun, match="no token") as problem:
        pull(district)
    assert "wrong-secret" not in str(problem.value)


def test_no_secret_goes_to_another_host_that_the_api_names(district, ods):
    ods.gives_tokens_at = ods.address.replace("127.0.0.1", "localhost") + "/oauth/token"
    with pytest.raises(CannotRun, match="token at another place, localhost, to which the secret is not sent"):
        pull(district)
    assert ods.tokens_given == 0


def test_a_host_that_the_settings_name_gives_the_token(district, ods):
    elsewhere = ods.address.replace("127.0.0.1", "localhost") + "/oauth/token"
    with district.settings_file.open("a") as settings:
        settings.write(f'token_url = "{elsewhere}"\n')
    pull(district)
    assert ods.tokens_given == 1


def test_an_address_that_is_no_api_is_told(district, ods):
    text = district.settings_file.read_text()
    district.settings_file.write_text(text.replace(ods.address, f"{ods.address}/metadata/dependencies"))
    with pytest.raises(CannotRun, match="There is no Ed-Fi ODS/API at the address of ods"):
        pull(district)
