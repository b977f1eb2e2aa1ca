"""A full disk is said as such and loses nothing: when there is room again, the next run ends in the same record."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from homeroom.settings import Workspace

_SIZE = 120 << 20


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of its own of 120 MB, which only root may make, at a short path, as sockets need one."""
    disk = Path(mkdtemp())
    mounted = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={_SIZE},mode=755", "homeroom-test", str(disk)],
        check=False, capture_output=True,
    ).returncode == 0  # fmt: skip
    if not mounted:
        pytest.skip("no disk can be made on this machine")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)
    disk.rmdir()


def consolidate(workspace: Workspace) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "homeroom.cli", "consolidate", "--json", "--workspace", str(workspace.root)]
    environment = os.environ | {"TMPDIR": str(workspace.root.parent / "temporary")}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def fill(disk: Path, leave: int) -> Path:
    filler = disk / "filler"
    free = shutil.disk_usage(disk).free
    filler.write_bytes(b"\0" * (free - leave))
    return filler


@pytest.mark.parametrize("leave", [300_000, 500_000])
def test_a_full_disk_is_told_and_the_run_that_follows_loses_nothing(small_disk, shared_data, leave):
    (small_disk / "temporary").mkdir()
    drop = small_disk / "drop"
    shutil.copytree(shared_data / "microsoft-sds" / "SDS v2.1", drop)
    workspace = Workspace.create(small_disk / "district", "Maple Grove")
    workspace.add_source("sis", "oneroster-csv", drop, ("oneroster-csv",))
    assert consolidate(workspace).returncode == 0
    users = drop / "users.csv"
    users.write_text(users.read_text(encoding="utf-8-sig") + "\n")
    shutil.rmtree(workspace.staging)
    filler = fill(small_disk, leave)
    done = consolidate(workspace)
    assert done.returncode == 1
    assert "disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    filler.unlink()
    after = consolidate(workspace)
    assert after.returncode == 0, after.stderr
    assert json.loads(after.stdout)["record"]["students"] == 4
