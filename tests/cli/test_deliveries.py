"""`homeroom deliveries` tells what became of each delivery; `pass` and `refuse` decide about one that is held."""

import json

import psycopg
import pytest
from held_delivery import HELD, REASON, hold_a_delivery
from own_workspace import own_workspace
from typer.testing import CliRunner

from homeroom.cli import app
from homeroom.errors import WrongUse


@pytest.fixture
def workspace(record, tmp_path):
    hold_a_delivery(record)
    return own_workspace(tmp_path, record).root


def told(workspace):
    answer = CliRunner().invoke(app, ["deliveries", "--workspace", str(workspace), "--json"])
    return {one["delivery"]: one["state"] for one in json.loads(answer.stdout)["deliveries"]}


def decide(workspace, *words):
    return CliRunner().invoke(app, ["deliveries", *words, "--workspace", str(workspace)])


def test_a_held_delivery_is_told_with_its_reason(workspace):
    answer = CliRunner().invoke(app, ["deliveries", "--workspace", str(workspace)])
    assert f"{HELD[:12]}  held" in answer.stdout
    assert REASON in answer.stdout


def test_a_new_delivery_in_which_something_is_worth_a_look_is_told_once(workspace, record):
    def told_by_status():
        answer = CliRunner().invoke(app, ["status", "--workspace", str(workspace), "--json"])
        return [one["notes"] for one in json.loads(answer.stdout)["noted"]]

    with psycopg.connect(record) as connection:
        connection.execute(
            "insert into consolidation.delivery_finding values ('accepted', 0, 'earlier', false, 'code', 'sex', 0, 9,"
            " 1, 9, 'There is a new code.')"
        )
    assert told_by_status() == [["There is a new code."]]
    with psycopg.connect(record) as connection:
        connection.execute("insert into consolidation.run (started_at) values (now())")
        connection.execute("insert into consolidation.run_delivery values (2, 'sis', 'accepted', 'published')")
    assert told_by_status() == []


def test_it_is_let_pass_and_refused_again_before_the_next_run(workspace):
    assert told(workspace)[HELD] == "held"
    passed = decide(workspace, "pass", "sis", "--reason", "the school closed")
    assert "comes in with the next run" in passed.stdout
    assert told(workspace)[HELD] == "let pass"
    refused = decide(workspace, "refuse", "sis", HELD[:8])
    assert "stays out of the record" in refused.stdout
    assert told(workspace) == {HELD: "refused", "accepted": "in the record"}


@pytest.mark.parametrize("words", [("pass", "elsewhere"), ("pass", "sis", "accepted"), ("refuse", "sis", "bee")])
def test_what_is_not_held_cannot_be_decided(workspace, words):
    assert isinstance(decide(workspace, *words).exception, WrongUse)


def test_the_summary_says_what_is_held_and_what_to_do(workspace):
    answer = CliRunner().invoke(app, ["status", "--workspace", str(workspace)])
    assert "A delivery of sis is held" in answer.stdout
    assert "homeroom deliveries pass sis" in answer.stdout
    held = json.loads(CliRunner().invoke(app, ["status", "--json", "--workspace", str(workspace)]).stdout)["held"]
    assert [(one["source"], one["state"], one["reasons"]) for one in held] == [("sis", "held", [REASON])]
