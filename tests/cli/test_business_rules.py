"""`homeroom rules` tells each rule with its findings, those with findings first."""

import json

import psycopg
import pytest
from own_workspace import own_workspace
from typer.testing import CliRunner

from homeroom.cli import app
from homeroom.consolidate.business_rules.catalogue import catalogue
from homeroom.errors import WrongUse


@pytest.fixture
def workspace(record, tmp_path):
    with psycopg.connect(record) as connection:
        connection.execute("insert into consolidation.run (started_at) values (now())")
        connection.execute(
            "insert into edfi.contact (contact_unique_id, first_name, last_surname) values ('1', 'Ana', 'Reed')"
        )
    return own_workspace(tmp_path, record).root


def test_rules_are_asked_again_and_told_with_their_counts(workspace):
    answer = CliRunner().invoke(app, ["rules", "--workspace", str(workspace), "--ask", "--json"])
    told = json.loads(answer.stdout)
    assert {one["name"] for one in told} == set(catalogue())
    assert [one["name"] for one in told if one["findings"]] == ["contact-without-student"]
    assert told[0]["name"] == "contact-without-student"


def test_rules_can_be_told_of_one_severity_and_owner(workspace):
    answer = CliRunner().invoke(
        app, ["rules", "--workspace", str(workspace), "--ask", "--json", "--severity", "notice", "--owner", "scheduler"]
    )
    assert {(one["severity"], one["owner"]) for one in json.loads(answer.stdout)} == {("notice", "scheduler")}


def test_one_rule_is_told_with_its_runs_and_its_findings(workspace):
    words = ["rules", "contact-without-student", "--workspace", str(workspace), "--ask"]
    told = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)
    assert (told["findings"], told["kept"], [run["rows"] for run in told["history"]]) == (1, 1, [1])
    shown = CliRunner().invoke(app, words).stdout
    assert "A contact belongs to no student." in shown
    assert "1  after run 1" in shown


def test_a_rule_that_there_is_not_is_told(workspace):
    answer = CliRunner().invoke(app, ["rules", "no-such-rule", "--workspace", str(workspace)])
    assert isinstance(answer.exception, WrongUse)
    assert "There is no rule 'no-such-rule'" in str(answer.exception)
