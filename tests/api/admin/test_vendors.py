"""Vendors are added, found, sorted and changed; what is wrong with one is said of its property."""

import pytest
from administrator_program import VENDOR


@pytest.fixture(scope="module")
def vendors(program) -> list[int]:
    return [program.vendor(f"Sorted {letter}", contactName=f"Contact {number}")
            for number, letter in enumerate("bca")]  # fmt: skip


def companies(program, **asked):
    return [one["company"] for one in program.got("vendors", **asked) if one["company"].startswith("Sorted")]


def test_a_vendor_is_told_as_it_was_sent(program, vendors):
    told = program.got(f"vendors/{vendors[0]}")
    assert told == {
        "id": vendors[0], "company": "Sorted b", "namespacePrefixes": "uri://ed-fi.org,uri://reading-trail.example",
        "contactName": "Contact 0", "contactEmailAddress": "privacy@reading-trail.example",
    }  # fmt: skip


def test_they_are_sorted_and_told_in_parts(program, vendors):
    assert companies(program, limit=500) == ["Sorted a", "Sorted c", "Sorted b"]
    assert companies(program, limit=500, orderBy="COMPANY", direction="asc") == ["Sorted a", "Sorted b", "Sorted c"]
    every = program.got("vendors", orderBy="company", direction="Ascending", limit=500)
    assert program.got("vendors", orderBy="company", direction="Ascending", offset=1, limit=2) == every[1:3]


def test_they_are_found_by_what_they_are(program, vendors):
    assert companies(program, company="sorted B") == ["Sorted b"]
    assert companies(program, contactName="Contact 1") == ["Sorted c"]
    assert companies(program, id=vendors[2]) == ["Sorted a"]
    assert len(companies(program, namespacePrefixes="uri://ed-fi.org", limit=500)) == 3
    assert companies(program, namespacePrefixes="uri://nobody.example") == []
    assert companies(program, contactEmailAddress="nobody@reading-trail.example") == []


@pytest.mark.parametrize(
    ("asked", "name"),
    [({"limit": "x"}, "Limit"), ({"offset": -1}, "Offset"), ({"direction": "up"}, "Direction"),
     ({"orderBy": "secret"}, "OrderBy"), ({"id": "x"}, "Id")],
)  # fmt: skip
def test_a_wrong_parameter_is_named(program, asked, name):
    answered = program.http.get("v2/vendors", params=asked)
    assert (answered.status_code, list(answered.json()["errors"])) == (400, [name])


@pytest.mark.parametrize(
    ("other", "name"),
    [({"company": None}, "Company"), ({"company": "Sorted A"}, "Company"), ({"company": "x\0"}, "Company"),
     ({"contactEmailAddress": "nobody at all"}, "ContactEmailAddress"),
     ({"namespacePrefixes": "http://x.example"}, "NamespacePrefixes")],
)  # fmt: skip
def test_what_is_wrong_is_said_of_its_property_and_not_repeated(program, vendors, other, name):
    answered = program.http.post("v2/vendors", json={**VENDOR, **other})
    assert (answered.status_code, list(answered.json()["errors"])) == (400, [name])
    assert "nobody at all" not in answered.text


def test_what_is_no_document_is_refused(program):
    as_json = {"Content-Type": "application/json"}
    assert program.http.post("v2/vendors", content=b"{", headers=as_json).json()["errors"] == {
        "": ["What was sent is not JSON."]
    }
    for sent in (b'{"company": "x"}', b""):
        assert "Content-Type" in program.http.post("v2/vendors", content=sent).json()["errors"][""][0]
    assert "an object" in program.http.post("v2/vendors", json=[]).json()["errors"][""][0]
    assert program.http.post("v2/vendors", content=b"\xff").status_code == 400
    assert program.http.post("v2/vendors", content=b" " * 1_000_001).status_code == 413
    assert program.http.patch("v2/vendors").status_code == 405
    assert program.http.get("v2/nothing").json()["title"] == "Not Found"
