"""What a OneRoster REST service says is delivered whole: all of it first, then what changed, in the place of before."""

import csv
import io
import json
from pathlib import Path
from tempfile import mkdtemp

import pytest
from oneroster_server import KEY, SECRET, OneRosterService, oneroster_service, ref, row

from homeroom.errors import CannotRun
from homeroom.secrets_file import Secrets
from homeroom.settings_file import SourceSettings
from homeroom.sources import authorized_service as asking
from homeroom.sources.delivery import Delivery, land, last_delivery
from homeroom.sources.kept_files import keep, kept_file
from homeroom.sources.oneroster_api import fetch

KIND = "oneroster-api"
LATER = "2026-10-05T08:00:00.000Z"
LATEST = "2026-10-20T08:00:00.000Z"


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Nothing is waited for."""
    monkeypatch.setattr(asking, "_FIRST_PAUSE", 0.0)


@pytest.fixture
def old():
    """A service of version 1.1, to which requests are signed."""
    with oneroster_service("1.1") as service:
        yield service


@pytest.fixture
def new():
    """A service of version 1.2, which gives tokens."""
    with oneroster_service("1.2") as service:
        yield service


class District:
    """Who asks a service, and keeps what it said."""

    def __init__(self, root: Path, service: OneRosterService, secret: str = SECRET, **options: str) -> None:
        if service.version == "1.2":
            options = {"token_url": service.token_url, **options}
        self.landing = root / "landing"
        self.landing.mkdir(exist_ok=True, parents=True)
        self.source = SourceSettings("sis", KIND, None, 0, options, options.pop("address", service.address))
        self.secrets = Secrets("sis", {"client_id": KEY, "client_secret": secret})
        self.root = root
        self.count = 0

    def pull(self) -> Delivery:
        self.count += 1
        into = Path(mkdtemp(dir=self.root)) / "files"
        into.mkdir()
        last = last_delivery("sis", KIND, self.landing)
        fetch(self.source, self.secrets, last, into)
        return land("sis", KIND, into, self.landing, self.count * 100)


@pytest.fixture
def district(tmp_path, old):
    return District(tmp_path, old)


def table(delivery: Delivery, name: str) -> list[dict[str, str]]:
    text = kept_file(delivery.folder / "files", f"{name}.csv").read().decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def contents(delivery: Delivery) -> dict[str, bytes]:
    """All but the manifest."""
    return {f.path: delivery.kept(f).read() for f in delivery.files if f.path != "manifest.csv"}


def manifest(delivery: Delivery) -> dict[str, str]:
    return {line["propertyName"]: line["value"] for line in table(delivery, "manifest")}


def filled(one: dict[str, str]) -> dict[str, str]:
    leave_out = ("status", "dateLastModified")
    return {name: value for name, value in one.items() if value and name not in leave_out}


def test_what_a_service_of_1_1_says_becomes_the_files_of_1_1(district):
    delivery = district.pull()
    told = manifest(delivery)
    assert (told["oneroster.version"], told["file.users"], told["file.results"]) == ("1.1", "bulk", "bulk")
    maya, parent = (next(one for one in table(delivery, "users") if one["sourcedId"] == who) for who in ("s1", "p1"))
    assert filled(maya) == {
        "sourcedId": "s1",
        "enabledUser": "true",
        "orgSourcedIds": "birch",
        "role": "student",
        "username": "s1",
        "userIds": "{State:TX-1},{Lunch:77}",
        "givenName": "Maya",
        "familyName": "Okafor",
        "identifier": "1001",
        "agentSourcedIds": "p1",
        "grades": "04",
        "metadata.bus": "12",
        "metadata.locker": "B-7",
    }
    assert (parent["email"], parent["phone"], parent["metadata.bus"]) == ("ada@example.org", "+12175550101", "")
    assert [filled(one) for one in table(delivery, "classes")] == [
        {
            "sourcedId": "c",
            "title": "Math, first period",
            "grades": "04,05",
            "courseSourcedId": "k",
            "classCode": "M4-1",
            "classType": "scheduled",
            "location": "12",
            "schoolSourcedId": "birch",
            "termSourcedIds": "t1,y",
            "subjects": "Mathematics",
            "subjectCodes": "02",
            "periods": "1,3",
        }
    ]
    assert filled(table(delivery, "academicSessions")[0])["parentSourcedId"] == "y"
    assert filled(table(delivery, "results")[0]) == {
        "sourcedId": "r",
        "lineItemSourcedId": "i",
        "studentSourcedId": "s1",
        "scoreStatus": "fully graded",
        "score": "9.5",
        "scoreDate": "2026-09-09",
        "comment": "Well done,\nMaya",
    }
    assert filled(table(delivery, "classResources")[0]) == {
        "sourcedId": "c:book",
        "classSourcedId": "c",
        "resourceSourcedId": "book",
    }
    assert "roles.csv" not in contents(delivery)


def test_what_a_service_of_1_2_says_becomes_the_files_of_1_2(tmp_path, new):
    delivery = District(tmp_path, new).pull()
    maya = next(one for one in table(delivery, "users") if one["sourcedId"] == "s1")
    assert "role" not in maya
    assert (maya["userMasterIdentifier"], maya["preferredGivenName"], maya["primaryOrgSourcedId"]) == (
        "m-s1",
        "Ma",
        "birch",
    )
    assert filled(table(delivery, "roles")[1]) == {
        "sourcedId": "s1:student:birch",
        "userSourcedId": "s1",
        "roleType": "primary",
        "role": "student",
        "beginDate": "2026-08-17",
        "orgSourcedId": "birch",
    }
    assert filled(table(delivery, "userProfiles")[1]) == {
        "sourcedId": "https://reader.example/s1",
        "userSourcedId": "s1",
        "profileType": "reader",
        "vendorId": "press",
        "credentialType": "SAML",
        "username": "Maya.Okafor",
    }
    assert [one["learningObjectiveId"] for one in table(delivery, "lineItemLearningObjectiveIds")] == ["lo-1", "lo-2"]
    assert filled(table(delivery, "resultLearningObjectiveIds")[0])["score"] == "5.0"
    assert table(delivery, "lineItemScoreScales")[0]["scoreScaleSourcedId"] == "letters"
    assert table(delivery, "scoreScales")[0]["scoreScaleValue"] == "{A:90-100},{B:80-89}"
    assert table(delivery, "categories")[0]["weight"] == "0.4"


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_no_password_is_written(tmp_path, version):
    with oneroster_service(version) as service:
        delivery = District(tmp_path, service).pull()
    assert b"not-for-us" not in b"".join(contents(delivery).values())


@pytest.mark.parametrize("signature", ["HMAC-SHA256", "HMAC-SHA1"])
def test_each_question_is_signed_as_the_settings_say(tmp_path, old, signature):
    District(tmp_path, old, signature=signature).pull()
    assert len(old.signatures.used) == len(old.asked)
    assert all(f'oauth_signature_method="{signature}"' in headers["Authorization"] for _, headers in old.heard)


def test_a_service_of_1_1_may_give_tokens_too(tmp_path, old):
    scopes = " ".join(sorted(old.tokens.scopes))
    delivery = District(tmp_path, old, token_url=old.token_url, scopes=scopes).pull()
    assert len(table(delivery, "users")) == 4
    assert old.signatures.used == set()


def test_a_token_that_ended_is_asked_for_anew(tmp_path, new):
    district = District(tmp_path, new)
    new.answers = [(401, {}, b"{}")]
    assert len(table(district.pull(), "users")) == 4
    assert [path for path, _ in new.heard].count("/token") == 2


PAGING = {
    "links and counts": {},
    "links alone": {"counts": False},
    "counts alone": {"links": False},
    "neither": {"links": False, "counts": False},
    "a page of its own size": {"largest_page": 7, "links": False, "counts": False},
    "no pages at all": {"links": False, "counts": False, "pages": False, "largest_page": 1_000},
}


@pytest.mark.parametrize("ways", PAGING.values(), ids=PAGING)
def test_every_way_of_paging_gives_each_row_once(district, old, ways):
    old.rows["users"] += [row(f"x{n}", role="student", givenName="X", familyName="Y", orgs=[]) for n in range(20)]
    for name, value in ({"largest_page": 5} | ways).items():
        setattr(old, name, value)
    assert len(table(district.pull(), "users")) == 24


def test_the_second_time_only_what_changed_is_asked_for(district, old):
    district.pull()
    old.asked.clear()
    district.pull()
    assert {query.get("filter") for _, query in old.asked} == {"dateLastModified>'2026-08-31T08:00:00.000Z'"}


def test_pages_of_changes_are_followed_too(district, old):
    old.rows["users"] += [row(f"x{n}", role="student", givenName="X", familyName="Y", orgs=[]) for n in range(20)]
    old.largest_page = 7
    assert district.pull() == district.pull()
    assert len(old.questions("users")) == 8


def test_what_changed_stands_in_the_place_of_what_was_said_before(tmp_path, district, old):
    district.pull()
    old.change("users", "s2", LATER, givenName="Theodore", metadata={"bus": 3})
    old.change("enrollments", "e-s1", LATER, status="tobedeleted")
    old.rows["users"].append(
        row("s3", role="student", givenName="Ines", familyName="Baptiste", orgs=[ref("org", "birch")])
    )
    old.rows["users"][-1]["dateLastModified"] = LATER
    second = district.pull()
    assert [one["givenName"] for one in table(second, "users")] == ["Ada", "Maya", "Theodore", "Ines", "Rosa"]
    assert [one["sourcedId"] for one in table(second, "enrollments")] == ["e-s2", "e-t"]
    assert contents(second) == contents(District(tmp_path / "anew", old).pull())


def test_the_roles_of_who_changed_are_those_said_last(tmp_path, new):
    district = District(tmp_path, new)
    district.pull()
    new.change("users", "t", LATER, roles=[{"roleType": "primary", "role": "principal", "org": ref("org", "birch")}])
    new.change("users", "p1", LATER, status="tobedeleted")
    second = district.pull()
    assert [(one["userSourcedId"], one["role"]) for one in table(second, "roles")] == [
        ("s1", "student"),
        ("s2", "student"),
        ("t", "principal"),
    ]
    assert contents(second) == contents(District(tmp_path / "anew", new).pull())


def test_where_nothing_changed_it_is_the_same_delivery(district):
    assert district.pull() == district.pull()


def test_what_was_seen_last_is_asked_from_the_next_time(district, old):
    district.pull()
    old.change("users", "s2", LATER, givenName="Theodore")
    old.rows["users"].append(row("odd", role="student", givenName="O", familyName="D", orgs=[]))
    old.rows["users"][-1]["dateLastModified"] = "2099-01-01T00:00:00Z"
    district.pull()
    old.asked.clear()
    district.pull()
    assert old.questions("users")[0]["filter"] == "dateLastModified>'2026-10-04T08:00:00.000Z'"
    assert old.questions("orgs")[0]["filter"] == "dateLastModified>'2026-08-31T08:00:00.000Z'"


@pytest.mark.parametrize("status", [400, 422, 500])
def test_a_service_that_refuses_the_filter_is_asked_for_all(district, old, status):
    first = district.pull()
    old.filter_refused = status
    assert district.pull() == first
    old.rows["users"] = old.rows["users"][1:]
    assert [one["sourcedId"] for one in table(district.pull(), "users")] == ["p1", "s2", "t"]


def test_a_service_that_counts_without_the_filter_is_asked_for_all(district, old):
    district.pull()
    old.links = False
    answer = old._page

    def miscounting(path, collection, asked):
        status, headers, content = answer(path, collection, asked)
        return status, headers | {"X-Total-Count": str(len(old.rows[collection]))}, content

    old._page = miscounting
    old.rows["users"] = old.rows["users"][1:]
    for one in old.rows["users"]:
        one["dateLastModified"] = "2026-08-01T00:00:00Z"
    assert [one["sourcedId"] for one in table(district.pull(), "users")] == ["p1", "s2", "t"]


def test_after_some_days_all_is_asked_for_so_that_what_was_dropped_is_found_out(district, old):
    first = district.pull()
    old.rows["enrollments"] = old.rows["enrollments"][1:]
    assert len(table(district.pull(), "enrollments")) == 3
    asked_long_ago(first)
    old.asked.clear()
    assert len(table(district.pull(), "enrollments")) == 2
    assert all("filter" not in query for _, query in old.asked)


def asked_long_ago(delivery: Delivery) -> None:
    files = delivery.folder / "files"
    kept = kept_file(files, "manifest.csv")
    lines = [line.split(",") for line in kept.read().decode().splitlines()]
    kept.path.unlink()
    said = (f"{name},{'2026-11-01T00:00:00.000Z' if name.endswith('.whole') else value}" for name, value in lines)
    keep(["\n".join(said).encode()], files, "manifest.csv")


def test_another_address_is_another_service_and_asked_for_all(tmp_path, old):
    District(tmp_path, old).pull()
    old.asked.clear()
    District(tmp_path, old, address=old.address + "/").pull()
    assert all("filter" not in query for _, query in old.asked)


def test_a_service_that_is_busy_is_asked_again_with_a_new_signature(district, old):
    busy = [(503, {"Retry-After": "0"}, b""), (429, {"Retry-After": "0"}, b""), (502, {}, b"")]
    old.answers = list(busy)
    assert len(table(district.pull(), "users")) == 4
    assert len({headers["Authorization"] for _, headers in old.heard}) == len(old.heard)


@pytest.mark.parametrize(("collection", "status"), [("demographics", 403), ("results", 404), ("resources", 501)])
def test_what_a_service_does_not_have_is_absent(district, old, collection, status):
    old.not_given = {collection: status}
    assert manifest(district.pull())[f"file.{collection}"] == "absent"


def test_what_a_service_does_not_give_any_more_is_told_and_nothing_taken(district, old):
    district.pull()
    old.not_given = {"demographics": 403}
    with pytest.raises(CannotRun, match="does not give demographics any more"):
        district.pull()


AGAIN, ONE_ORG = '</ims/oneroster/v1p1/orgs?offset=0>; rel="next"', b'{"orgs": [{"sourcedId": "1"}]}'
NOWHERE = '<http://127.0.0.1:none/>; rel="next"'
WRONG = {
    "an address where nothing is": ({"not_given": {"orgs": 404}}, "Check the address"),
    "no leave to read the roster": ({"not_given": {"users": 403}}, r"does not give users \(403\)"),
    "an answer that is no JSON": ({"answers": [(200, {}, b"<html>Sign in</html>")]}, "is not OneRoster: no JSON"),
    "an answer of another shape": ({"answers": [(200, {}, b'{"orgs": {"sourcedId": "1"}}')]}, "no list under the name"),
    "a service that fails": ({"answers": [(500, {}, b"")] * 2}, r"does not give orgs \(500\)"),
    "a service that stays busy": ({"answers": [(503, {}, b"")] * 5}, r"could not answer \(503\)"),
    "a service that wants hours": ({"answers": [(429, {"Retry-After": "7200"}, b"")]}, "alone for 120 minutes"),
    "an answer that is cut": ({"answers": [(200, {"Content-Length": "999"}, b'{"orgs": [')] * 5}, "did not answer"),
    "more rows than it gives": ({"answers": [(200, {"X-Total-Count": "9"}, b'{"orgs": []}')] * 2}, "more orgs than"),
    "a page again and again": ({"answers": [(200, {"Link": AGAIN}, ONE_ORG)] * 2}, "the same page of orgs again"),
    "a next page nowhere": ({"answers": [(200, {"Link": NOWHERE}, ONE_ORG)]}, "names an address that is none"),
    "addresses that lead to each other": (
        {"answers": [(302, {"Location": "/ims/oneroster/v1p1/orgs"}, b"")] * 5},
        "from one address to the next",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("state", "words"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_service_is_told_in_a_sentence(district, old, state, words):
    for name, value in state.items():
        setattr(old, name, value)
    with pytest.raises(CannotRun, match=words) as told:
        district.pull()
    assert SECRET not in str(told.value)


def test_a_service_that_ignores_where_a_page_begins_is_not_taken_for_one_without_pages(district, old):
    old.links = old.counts = False
    old.largest_page = 1
    page = old._page
    old._page = lambda path, collection, asked: page(path, collection, asked | {"offset": "0"})
    old.rows["orgs"].append(row("aspen", name="Aspen Elementary", type="school"))
    old.largest_page = 2
    with pytest.raises(CannotRun, match="the same page of orgs again"):
        district.pull()


def test_a_service_that_wants_smaller_pages_is_asked_for_those(district, old):
    page = old._page
    old._page = lambda path, collection, asked: (
        page(path, collection, asked) if int(asked["limit"]) <= 100 else (400, {}, b"{}")
    )
    assert len(table(district.pull(), "users")) == 4
    old.asked.clear()
    district.pull()
    assert {query["limit"] for query in old.questions("results")} == {"100"}


def test_what_the_district_leaves_out_is_not_asked_for(tmp_path, district, old):
    district.pull()
    old.asked.clear()
    old.not_given = {"results": 403}
    delivery = District(tmp_path, old, leave_out="results lineItems").pull()
    assert (old.questions("results"), "file.results" in manifest(delivery)) == ([], False)
    with pytest.raises(CannotRun, match="leave_out of sis names 'users'"):
        District(tmp_path, old, leave_out="users").pull()


def test_another_service_need_not_have_what_the_last_one_had(tmp_path, old):
    District(tmp_path, old).pull()
    old.not_given = {"results": 404}
    delivery = District(tmp_path, old, address=old.address + "/").pull()
    assert manifest(delivery)["file.results"] == "absent"


def test_a_wrong_secret_is_told_without_it(tmp_path, old, new):
    for service, words in ((old, r"did not let sis in \(401\)"), (new, r"gave sis no token \(401\)")):
        with pytest.raises(CannotRun, match=words) as told:
            District(tmp_path, service, secret="guessed-wrong").pull()
        assert "guessed-wrong" not in str(told.value)


def test_scopes_that_were_not_granted_are_told(tmp_path, new):
    with pytest.raises(CannotRun, match="scopes"):
        District(tmp_path, new, scopes="https://purl.imsglobal.org/spec/or/v1p2/scope/everything").pull()


def test_a_service_that_is_not_there_is_told(tmp_path, old):
    with pytest.raises(CannotRun, match="did not answer"):
        District(tmp_path, old, address="http://127.0.0.1:1/ims/oneroster/v1p1").pull()


def test_no_secret_goes_to_another_place(tmp_path, old):
    with oneroster_service("1.1") as other:
        for answer in (
            (302, {"Location": f"http://localhost:{other.port}/ims/oneroster/v1p1/orgs"}, b""),
            (302, {"Location": f"http://127.0.0.1:{other.port}/ims/oneroster/v1p1/orgs"}, b""),
            (200, {"Link": f'<http://localhost:{other.port}/orgs>; rel="next"'}, b'{"orgs": [{"sourcedId": "1"}]}'),
        ):
            old.answers = [answer]
            with pytest.raises(CannotRun, match="secret"):
                District(tmp_path, old).pull()
        assert other.heard == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://sis.example/ims/oneroster/v1p1", "https://"),
        ("https://key:swordfish@sis.example/ims/oneroster/v1p1", r"secrets\.toml"),
        ("https://sis.example/ims/oneroster/v1p1?key=swordfish", r"secrets\.toml"),
        ("https://sis.example/ims/oneroster", "which version"),
        ("https:///v1p1", "https://"),
    ],
)
def test_an_address_that_can_not_be_asked_is_told(tmp_path, old, address, words):
    with pytest.raises(CannotRun, match=words) as told:
        District(tmp_path, old, address=address).pull()
    assert "swordfish" not in str(told.value)


def test_a_token_is_fetched_by_https_alone(tmp_path, new):
    with pytest.raises(CannotRun, match="token_url of sis has to begin with https://"):
        District(tmp_path, new, token_url="http://sis.example/token").pull()


def test_of_two_rows_with_one_id_the_last_counts(district, old):
    old.rows["orgs"].append(row("birch", name="Birch School", type="school"))
    old.counts = False
    assert [one["name"] for one in table(district.pull(), "orgs")] == ["Birch School", "Maple Grove"]


def test_values_that_are_no_text_are_written_as_they_are(district, old):
    old.change("users", "s1", LATER, metadata={"plan": {"504": True}, "it's": "x", 'a"b': 1, "Bus": 4})
    maya = next(one for one in table(district.pull(), "users") if one["sourcedId"] == "s1")
    assert json.loads(maya["metadata.plan"]) == {"504": True}
    assert (maya["metadata.it's"], maya['metadata.a"b'], maya["metadata.Bus"]) == ("x", "1", "4")
