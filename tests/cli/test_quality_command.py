"""`homeroom quality` tells what needs attention, and all counts as JSON."""

import json

import psycopg
import pytest
from own_workspace import own_workspace
from typer.testing import CliRunner

from homeroom.cli import app
from homeroom.errors import CannotRun, WrongUse


@pytest.fixture
def workspace(record, tmp_path):
    return own_workspace(tmp_path, record).root


@pytest.fixture
def measured(workspace, record):
    with psycopg.connect(record) as connection:
        connection.execute("insert into consolidation.run (started_at) values (now())")
        connection.execute("insert into consolidation.quality_source values (1, 'sis', 'x', 50, 1)")
        connection.execute("insert into consolidation.source_count values (1, 'sis', 50, 49, 1)")
        connection.execute(
            "insert into consolidation.quality_field values ('sis', 'Staff', 'birth_date', 1, 40, 30, 27)"
        )
    return workspace


def quality(workspace, *words):
    return CliRunner().invoke(app, ["quality", "--workspace", str(workspace), *words])


def test_tables_are_told_with_their_shares(measured):
    told = quality(measured).stdout
    assert "sis: 50 rows, 1 of them set aside" in told
    assert " ".join(told.splitlines()[3].split()) == "Staff 40 75 % 90 % –"


def test_all_counts_are_told_as_json(measured):
    (source,) = json.loads(quality(measured, "--source", "sis", "--json").stdout)["sources"]
    assert source["fields"] == [
        {"resource": "Staff", "field": "birth_date", "rows": 40, "filled": 30, "valid": 27, "newest": None,
         "agreement": {}}
    ]  # fmt: skip


def test_where_nothing_was_measured_it_says_what_to_do(workspace):
    assert isinstance(quality(workspace).exception, CannotRun)
    assert isinstance(quality(workspace, "--source", "sis").exception, WrongUse)
