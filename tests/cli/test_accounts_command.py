"""`homeroom account`, as whoever looks after accounts uses it."""

import json


def test_an_account_is_added_invited_listed_and_ended(homeroom):
    assert "homeroom account add" in homeroom("account", "list")
    made = json.loads(
        homeroom(
            *("account", "add", "Ines Duarte", "--role", "data manager"),
            *("--by", "Tom Becker", "--email", "i@x.example", "--json"),
        )
    )
    assert (made["account"], made["role"], made["email"]) == (1, "district data manager", "i@x.example")
    link, words = homeroom("account", "invite", "1").splitlines()
    assert link.startswith("http://localhost:8000/sign-in/invitation/")
    assert "Ines Duarte" in words
    listed = homeroom("account", "list")
    assert "Ines Duarte, district data manager; added" in listed
    assert "signs in with nothing yet" in listed
    homeroom("account", "end", "1", "--by", "Tom Becker")
    assert json.loads(homeroom("account", "list", "--json"))["accounts"][0]["ended_by"] == "Tom Becker"
    assert "has ended" in homeroom("account", "invite", "1")


def test_the_privacy_officer_is_named_by_two_people(homeroom):
    add = ("add", "Tom Becker", "--role", "privacy officer", "--by", "Ines Duarte")
    assert "two people decide" in homeroom("account", *add)
    assert "Account 1 is Tom Becker's." in homeroom("account", *add, "--approved-by", "Ada Lindqvist")


def test_a_role_that_the_district_does_not_give_is_refused_with_those_that_it_does(homeroom):
    refused = homeroom("account", "add", "Ruth", "--role", "teacher", "--by", "Ines")
    assert refused.startswith("2 ")
    assert "data manager, privacy officer" in refused
