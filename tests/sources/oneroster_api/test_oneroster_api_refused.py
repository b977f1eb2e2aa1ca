"""What a OneRoster REST service refuses or gets wrong is told in a sentence, and no secret goes astray."""

import pytest
from asking_district import District, manifest, table
from oneroster_server import SECRET, oneroster_service, row

from homeroom.errors import CannotRun


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
