"""`homeroom administrator` and `homeroom claim-set`, as whoever looks after programs uses them."""

import json


def test_a_credential_is_given_listed_and_removed(homeroom):
    assert "homeroom administrator add" in homeroom("administrator", "list")
    homeroom("account", "add", "Ines Duarte", "--role", "data manager", "--by", "Tom Becker")
    given = json.loads(homeroom("administrator", "add", "--account", "1", "--by", "Tom Becker", "--json"))
    assert given["base_url"].endswith("/api/admin")
    assert given["token_url"] == f"{given['base_url']}/connect/token"
    listed = homeroom("administrator", "list")
    assert f"{given['key']}  for Ines Duarte, account 1, given" in listed
    assert given["secret"] not in homeroom("administrator", "list", "--json")
    assert "shown this once" in homeroom("administrator", "add", "--account", "1", "--by", "Tom Becker")
    assert "open nothing" in homeroom("administrator", "remove", given["key"], "--by", "Tom Becker")
    assert "removed" in homeroom("administrator", "list")
    homeroom("account", "end", "1", "--by", "Tom Becker")
    assert "lets nobody in" in homeroom("administrator", "list")


def test_in_a_district_a_credential_is_somebodys(homeroom):
    refused = homeroom("administrator", "add", "--by", "Tom Becker")
    assert refused.startswith("2 ")
    assert "--account NUMBER" in refused


def test_claim_sets_are_listed_and_only_a_districts_own_is_given_a_purpose(homeroom):
    assert "Roster Vendor: rostering" in homeroom("claim-set", "list").splitlines()
    told = json.loads(homeroom("claim-set", "list", "--json"))["claim_sets"]
    assert {"claim_set": "AB Connect", "purposes": ["instruction"], "standard": True, "applications": []} in told
    refused = homeroom("claim-set", "purpose", "AB Connect", "assessment", "--by", "Ines Duarte")
    assert refused.startswith("2 ")
    assert "homeroom claim-set list" in refused
    assert "Nothing was changed" in homeroom("administrator", "changes")
    assert json.loads(homeroom("administrator", "changes", "--most", "5", "--json")) == {"changes": []}
