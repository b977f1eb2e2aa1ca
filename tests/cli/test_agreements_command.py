"""`homeroom agreement` and `homeroom client`, as two people use them."""

import json

import psycopg
import pytest
from made_up_agreement import agreement_file


@pytest.fixture
def file(tmp_path):
    return str(agreement_file(tmp_path))


def test_two_people_make_an_agreement_and_its_key_is_told_once(homeroom, file):
    asked = json.loads(homeroom("agreement", "ask", file, "--by", "Ines Duarte", "--json"))
    assert (asked["agreement"], asked["state"], asked["in_force"]) == (1, "asked", False)
    refused = homeroom("agreement", "approve", "1", "--by", "ines duarte")
    assert refused.startswith("2 ")
    assert "Somebody else" in refused
    assert "Approve it first" in homeroom("client", "add", "1")
    homeroom("agreement", "approve", "1", "--by", "Tom Becker", "--why", "Looked at.")
    homeroom("agreement", "activate", "1", "--by", "Tom Becker")
    shown = json.loads(homeroom("agreement", "show", "1", "--json"))
    assert (shown["state"], shown["in_force"]) == ("active", True)
    assert [(step["state"], step["by"]) for step in shown["changes"]] == [
        ("asked", "Ines Duarte"),
        ("approved", "Tom Becker"),
        ("active", "Tom Becker"),
    ]
    given = json.loads(homeroom("client", "add", "1", "--json"))
    assert set(given) == {"key", "secret", "base_url", "token_url"}
    assert given["token_url"] == "http://127.0.0.1:8000/api/oauth/token"
    listed = homeroom("client", "list", "--json")
    assert given["key"] in listed
    assert given["secret"] not in listed
    homeroom("client", "remove", given["key"])
    assert "removed" in homeroom("client", "list")
    homeroom("agreement", "suspend", "1", "--by", "Ines Duarte")
    assert "suspended" in homeroom("agreement", "list")
    homeroom("agreement", "end", "1", "--by", "Ines Duarte")
    assert "has ended" in homeroom("client", "add", "1")


def test_a_suspended_key_is_told_with_the_reason_and_reinstated_by_somebody_with_a_name(homeroom, file, record):
    homeroom("agreement", "ask", file, "--by", "Ines Duarte")
    homeroom("agreement", "approve", "1", "--by", "Tom Becker")
    key = json.loads(homeroom("client", "add", "1", "--json"))["key"]
    assert "not suspended" in homeroom("client", "reinstate", key, "--by", "Tom Becker", "--because", "A mistake.")
    with psycopg.connect(record) as connection:
        suspended = "insert into access.client_change (client, state, by, why) values (%s, 'suspended', 'Homeroom', %s)"
        connection.execute(suspended, [key, "It asked for more."])
    listed = homeroom("client", "list")
    assert "It asked for more." in listed
    assert f"homeroom client reinstate {key}" in listed
    assert homeroom("client", "reinstate", key, "--by", " ", "--because", "A mistake.").startswith("2 ")
    assert "opens again" in homeroom("client", "reinstate", key, "--by", "Tom Becker", "--because", "A mistake.")
    assert "It asked for more." not in homeroom("client", "list")


def test_what_apps_of_an_agreement_wrote_is_told(homeroom, file, record):
    homeroom("agreement", "ask", file, "--by", "Ines Duarte")
    assert "Nothing was written" in homeroom("agreement", "writes", "1")
    with psycopg.connect(record) as connection:
        connection.execute(
            "insert into access.record_write (agreement, client, resource, row_id, what)"
            " select 1, 'a key', 'Student', gen_random_uuid(), what from unnest(array['created', 'deleted']) as what"
        )
    told = json.loads(homeroom("agreement", "writes", "1", "--json"))["writes"]
    assert [(one["what"], one["resource"], one["client"]) for one in told] == [
        ("deleted", "Student", "a key"),
        ("created", "Student", "a key"),
    ]
    printed = homeroom("agreement", "writes", "1", "--most", "1")
    assert told[0]["id"] in printed
    assert told[1]["id"] not in printed
    assert "no agreement 2" in homeroom("agreement", "writes", "2")
