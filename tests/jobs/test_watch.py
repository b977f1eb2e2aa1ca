"""Whoever watches brings each delivery into the record when it is whole, and nothing before."""

import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from itertools import pairwise

import psycopg
import pytest

from homeroom.errors import CannotRun
from homeroom.jobs.watch import Pace, watch_sources
from homeroom.record.server import url_of
from homeroom.settings import Workspace

KINDS = ("oneroster-csv",)
ORGS = "sourcedId,name,type\n1,Maple Grove,district\n2,Birch Elementary,school\n"


@pytest.fixture
def drop(tmp_path):
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "orgs.csv").write_text(ORGS)
    return folder


@pytest.fixture
def workspace(tmp_path, drop):
    made = Workspace.create(tmp_path / "district", "Maple Grove")
    made.add_source("sis", "oneroster-csv", drop, KINDS)
    return made


class Enough(Exception):
    """The test has seen what it came for."""


@contextmanager
def ended(process):
    """A process that does not end by itself would otherwise be waited for without end."""
    impatience = threading.Timer(120, process.kill)
    impatience.start()
    try:
        with process:
            yield process
    finally:
        impatience.cancel()


@contextmanager
def meanwhile(work):
    thread = threading.Thread(target=work)
    thread.start()
    yield
    thread.join()


def test_a_delivery_that_is_still_being_written_is_waited_for(workspace, drop):
    seen = []

    def write_slowly():
        time.sleep(1)
        for piece in range(4):
            with (drop / "users.csv").open("a") as file:
                file.write(f"{piece}\n")
            time.sleep(0.7)

    def consolidate():
        users = drop / "users.csv"
        seen.append(len(users.read_text().split()) if users.exists() else 0)
        if len(seen) == 2:
            raise Enough

    with meanwhile(write_slowly), pytest.raises(Enough):
        watch_sources(workspace, Pace(still=2), consolidate)
    assert seen == [0, 4]


def test_a_delivery_that_comes_during_the_first_run_is_brought_in_after_it(workspace, drop):
    seen = []

    def consolidate():
        seen.append(len(list(drop.iterdir())))
        if len(seen) == 1:
            (drop / "users.csv").write_text("came while the first run was at work\n")
        if len(seen) == 2:
            raise Enough

    with pytest.raises(Enough):
        watch_sources(workspace, Pace(still=0.1), consolidate)
    assert seen == [1, 2]


def test_what_lies_elsewhere_is_looked_at_again_and_again(workspace):
    workspace.add_source("warehouse", "oneroster-csv", "sftp://vendor.example/out", KINDS)
    runs = []

    def consolidate():
        runs.append(time.monotonic())
        if len(runs) == 3:
            raise Enough

    with pytest.raises(Enough):
        watch_sources(workspace, Pace(still=60, ask=1), consolidate)
    assert all(later - earlier >= 1 for earlier, later in pairwise(runs))


def test_a_workspace_without_a_source_can_not_be_watched(tmp_path):
    with pytest.raises(CannotRun, match="no source yet"):
        watch_sources(Workspace.create(tmp_path / "empty", "Maple Grove"), Pace(), lambda: None)


def test_the_command_brings_in_what_comes_and_ends_with_ctrl_c(workspace, drop):
    command = [sys.executable, "-m", "homeroom.cli", "watch", "--still", "1", "--workspace", str(workspace.root)]
    with ended(
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1)
    ) as watching:
        lines = iter(watching.stdout.readline, "")
        until(lines, "up to date")
        (drop / "orgs.csv").write_text(ORGS + "3,Aspen Middle,school\n")
        until(lines, "up to date")
        watching.send_signal(signal.SIGINT)
        assert [line for line in lines if "Stopped." in line]
    assert watching.returncode == 0
    with psycopg.connect(url_of(workspace.postgres, None)) as record:
        names = record.execute("select name_of_institution from edfi.school order by 1").fetchall()
    assert names == [("Aspen Middle",), ("Birch Elementary",)]


def until(lines, words):
    for line in lines:
        if words in line:
            return
    raise AssertionError(f"{words!r} was never said")
