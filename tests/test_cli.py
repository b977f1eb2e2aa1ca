"""The command line says what it did, and a failure is a sentence with an exit status, never a traceback."""

import csv
import json
import shutil
import signal
import subprocess
import sys
import time

import psycopg
from commands import homeroom

from homeroom.record import run_lock
from homeroom.record.server import url_of
from homeroom.settings import Workspace


def test_a_new_workspace_takes_a_source(tmp_path):
    export = tmp_path / "export"
    export.mkdir()
    assert homeroom("init", tmp_path / "district", "--district", "Maple Grove").returncode == 0
    added = homeroom("source", "add", "sis", "--kind", "oneroster-csv", export, cwd=tmp_path / "district")
    assert (added.returncode, added.stdout) == (0, "Source sis added. Next: homeroom consolidate\n")


def test_a_folder_that_is_no_workspace_is_wrong_use_and_the_sentence_says_what_to_do(tmp_path):
    refused = homeroom("source", "add", "sis", "--kind", "oneroster-csv", tmp_path, "--workspace", tmp_path)
    assert refused.returncode == 2
    assert "homeroom init" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_kind_of_source_that_does_not_exist_is_wrong_use_and_the_kinds_are_told(tmp_path):
    homeroom("init", tmp_path / "district", "--district", "Maple Grove")
    refused = homeroom("source", "add", "sis", "--kind", "fax", tmp_path, "--workspace", tmp_path / "district")
    assert refused.returncode == 2
    assert "oneroster-csv" in refused.stderr


def test_a_settings_file_that_cannot_be_read_ends_with_1(tmp_path):
    homeroom("init", tmp_path / "district", "--district", "Maple Grove")
    (tmp_path / "district" / "homeroom.toml").write_text("[district\n")
    refused = homeroom(
        "source", "add", "sis", "--kind", "oneroster-csv", tmp_path, "--workspace", tmp_path / "district"
    )
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr


def test_consolidating_a_real_bundle_tells_what_came_of_it_and_status_tells_the_same(tmp_path, shared_data):
    district = tmp_path / "O'Brien é district [1]"
    homeroom("init", district, "--district", "Maple Grove")
    bundle = tmp_path / "l'école [new] 100%"
    shutil.copytree(shared_data / "microsoft-sds" / "SDS v2.1", bundle)
    homeroom("source", "add", "sds", "--kind", "oneroster-csv", bundle, "--workspace", district)
    ran = homeroom("consolidate", "--json", "--workspace", district)
    assert ran.returncode == 0
    told = json.loads(ran.stdout)
    assert told["sources"] == [
        {"name": "sds", "rows_landed": 44, "rows_accepted": 44, "rows_quarantined": 0, "failure": None}
    ]
    assert told["record"]["students"] == 4
    assert json.loads(homeroom("status", "--json", "--workspace", district).stdout) == told
    who = list(csv.DictReader(homeroom("identities", "--csv", "--workspace", district).stdout.splitlines()))
    assert {row["source_id"] for row in who if row["kind"] == "Student"} == {"114001", "114003", "114004", "114008"}
    assert (district.stat().st_mode | (district / ".homeroom").stat().st_mode) & 0o066 == 0
    assert_a_second_run_at_the_same_time_is_told(district)


def assert_a_second_run_at_the_same_time_is_told(district):
    with psycopg.connect(url_of(Workspace.open(district).postgres, None)) as record:
        assert run_lock.take(record)
        refused = homeroom("consolidate", "--workspace", district)
    assert refused.returncode == 1
    assert "Another run is under way" in refused.stderr


def test_a_run_that_is_stopped_says_so_without_a_traceback(tmp_path, shared_data):
    district = tmp_path / "district"
    homeroom("init", district, "--district", "Maple Grove")
    bundle = shared_data / "microsoft-sds" / "SDS v2.1"
    homeroom("source", "add", "sds", "--kind", "oneroster-csv", bundle, "--workspace", district)
    command = [sys.executable, "-m", "homeroom.cli", "consolidate", "--workspace", str(district)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        while not list(Workspace.open(district).landing.glob("sds/*/delivery.json")):
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate()
    assert running.returncode == 1
    assert said.rstrip().endswith("the next run goes on where this one stopped.")
    assert "Traceback" not in said


def test_status_of_a_workspace_that_never_ran_says_what_to_do(tmp_path):
    homeroom("init", tmp_path / "district", "--district", "Maple Grove")
    refused = homeroom("status", "--workspace", tmp_path / "district")
    who = homeroom("identities", "--csv", "--workspace", tmp_path / "district")
    assert (refused.returncode, who.returncode, who.stdout) == (1, 1, "")
    assert "homeroom consolidate" in refused.stderr
    assert "homeroom consolidate" in who.stderr


def test_when_no_source_could_be_taken_each_is_named_with_its_reason(tmp_path):
    district = tmp_path / "district"
    homeroom("init", district, "--district", "Maple Grove")
    for name in ("sis", "warehouse"):
        (tmp_path / name).mkdir()
        homeroom("source", "add", name, "--kind", "edfi-xml", tmp_path / name, "--workspace", district)
    (tmp_path / "warehouse").rmdir()
    refused = homeroom("consolidate", "--json", "--workspace", district)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "sis: There are no files in" in refused.stderr
    assert "warehouse: There is no file or folder at" in refused.stderr
