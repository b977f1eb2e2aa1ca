"""A run killed at any point goes on with the next one, and ends in the same record."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from whole_record import record_of

from homeroom.consolidate.parts import parts
from homeroom.record.server import url_of
from homeroom.settings import Workspace

LONGEST = 120


def command(workspace: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "homeroom.cli", *words, "--workspace", str(workspace)]


@pytest.fixture
def make_workspace(tmp_path: Path, shared_data: Path):
    def make(name: str) -> Path:
        workspace = Workspace.create(tmp_path / name, "Maple Grove")
        bundle = shared_data / "microsoft-sds" / "SDS v2.1"
        workspace.add_source("sds", "oneroster-csv", bundle, ("oneroster-csv",))
        return workspace.root

    return make


def kept(workspace: Path) -> int:
    """How many steps are whole: their folders appear under their names when all of a step is there."""
    places = [workspace / ".homeroom" / "landing", workspace / ".homeroom" / "staging"]
    while True:
        # A step's folder may get its name while it is looked at.
        with suppress(FileNotFoundError):
            return sum(len([p for p in place.glob("*/*") if not p.name.startswith(".")]) for place in places)


def run_until_killed(workspace: Path, after_steps: int) -> bool:
    """Start a run and kill it once it has kept more steps than `after_steps`; whether it was still running."""
    with subprocess.Popen(
        command(workspace, "consolidate", "--json"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        started = time.monotonic()
        while process.poll() is None and kept(workspace) <= after_steps:
            assert time.monotonic() - started < LONGEST
            time.sleep(0.01)
        running = process.poll() is None
        if running:
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
    return running


def test_a_run_killed_after_each_of_its_steps_ends_in_the_record_of_an_undisturbed_one(make_workspace):
    undisturbed, killed = make_workspace("undisturbed"), make_workspace("killed")
    subprocess.run(command(undisturbed, "consolidate", "--json"), check=True, capture_output=True)
    kills = 0
    while run_until_killed(killed, kept(killed)):
        kills += 1
    assert kills >= 5
    subprocess.run(command(killed, "consolidate", "--json"), check=True, capture_output=True)
    assert record_of(killed) == record_of(undisturbed)


def test_a_run_killed_while_it_publishes_leaves_the_record_as_it_was(make_workspace):
    workspace = make_workspace("publishing")
    while len(list((workspace / ".homeroom" / "staging").glob("merged-*"))) < len(parts()):
        run_until_killed(workspace, kept(workspace))
    # Every step is kept now, so the next run has but to publish; it is killed while it does.
    with subprocess.Popen(
        command(workspace, "consolidate", "--json"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        wait_for_publishing(workspace)
        process.kill()
    assert record_of(workspace)["student"] == []
    subprocess.run(command(workspace, "consolidate", "--json"), check=True, capture_output=True)
    assert len(record_of(workspace)["student"]) == 4


def test_a_run_that_is_stopped_while_it_links_and_publishes_says_that_nothing_was_half_published(make_workspace):
    workspace = make_workspace("stopped")
    with subprocess.Popen(
        command(workspace, "consolidate", "--json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        started = time.monotonic()
        while not list((workspace / ".homeroom" / "staging").glob("linked-*")):
            assert process.poll() is None
            assert time.monotonic() - started < LONGEST
            time.sleep(0.002)
        process.send_signal(signal.SIGINT)
        printed, told = process.communicate(timeout=LONGEST)
    assert process.returncode == 1
    assert printed == ""
    assert told.splitlines()[-1].startswith("homeroom: Stopped. Nothing was half-published")
    assert record_of(workspace)["student"] == []


def wait_for_publishing(workspace: Path) -> None:
    """Until a connection has written rows that are not committed."""
    with psycopg.connect(url_of(workspace / ".homeroom" / "postgres", None), autocommit=True) as watching:
        started = time.monotonic()
        while time.monotonic() - started < LONGEST:
            (writing,) = watching.execute(
                "select count(*) from pg_stat_activity where backend_xid is not null and pid <> pg_backend_pid()"
            ).fetchone() or (0,)
            if writing:
                return
            time.sleep(0.002)
    pytest.fail("the run never came to publishing")
