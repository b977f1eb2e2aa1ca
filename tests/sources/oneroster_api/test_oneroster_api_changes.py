"""The second time only what changed is asked for, and it stands in the place of what was said before."""

import pytest
from asking_district import LATER, District, contents, manifest, table
from oneroster_server import ref, row

from homeroom.sources.delivery import Delivery
from homeroom.sources.kept_files import keep, kept_file


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


def test_another_service_need_not_have_what_the_last_one_had(tmp_path, old):
    District(tmp_path, old).pull()
    old.not_given = {"results": 404}
    delivery = District(tmp_path, old, address=old.address + "/").pull()
    assert manifest(delivery)["file.results"] == "absent"
