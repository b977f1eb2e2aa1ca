"""Whatever is killed and whenever, the next run ends in the record of an undisturbed one.

`make crash` does so at 200 moments; here are some of them. The moments and what is killed follow from a seed, which
HOMEROOM_CRASH_SEED changes.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from whole_record import record_of

from homeroom.settings import Workspace

CRASHES = int(os.environ.get("HOMEROOM_CRASHES", "8"))
SEED = int(os.environ.get("HOMEROOM_CRASH_SEED", "20261127"))
LONGEST = 120


@pytest.fixture(scope="module")
def deliveries(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> list[Path]:
    """What a system says on one day and on the next: somebody has another name, and somebody is gone."""
    first, second = (tmp_path_factory.mktemp("deliveries") / day for day in ("first", "second"))
    for day in (first, second):
        shutil.copytree(shared_data / "microsoft-sds" / "SDS v2.1", day)
    users = second / "users.csv"
    lines = users.read_text(encoding="utf-8-sig").splitlines()
    header = lines[0].split(",")
    fields = lines[1].split(",")
    fields[header.index("familyName")] = "Renamed"
    users.write_text("\n".join([lines[0], ",".join(fields), *lines[2:-1]]) + "\n")
    return [first, second]


class District:
    """A workspace whose one source delivers now one thing and now another."""

    def __init__(self, root: Path) -> None:
        self.drop = root / "drop"
        self.drop.mkdir(parents=True)
        (self.drop / "users.csv").touch()
        self.workspace = Workspace.create(root / "district", "Maple Grove")
        self.workspace.add_source("sis", "oneroster-csv", self.drop, ("oneroster-csv",))
        self.older: set[Path] = set()

    def receive(self, delivery: Path) -> None:
        shutil.rmtree(self.drop)
        shutil.copytree(delivery, self.drop)
        # Each step of this delivery is done anew, so that each can be the one that is killed; it goes on from what was
        # made of the one before.
        for folder in self.older:
            # A run that ended well removes by itself what no later one goes on from.
            shutil.rmtree(folder, ignore_errors=True)
        self.older = {path for path in self.workspace.staging.glob("*") if path.is_dir()}

    def start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "homeroom.cli", "consolidate", "--json", "--workspace"]
        return subprocess.Popen(
            [*command, str(self.workspace.root)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )

    def run(self) -> float:
        """An undisturbed run; gives its seconds."""
        began = time.monotonic()
        with self.start() as process:
            _, told = process.communicate(timeout=LONGEST)
        assert process.returncode == 0, told
        return time.monotonic() - began

    def record(self) -> dict[str, list[tuple]]:
        # What was replaced and when differs with the number of runs.
        return record_of(self.workspace.root, leave_out=("tombstone", "key_change", "replaced_row"))

    def kill_postgres(self) -> None:
        # Where the server isn't up yet there is nothing to kill.
        with suppress(FileNotFoundError, ProcessLookupError, IndexError, ValueError):
            os.kill(int((self.workspace.postgres / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)


def test_a_crash_at_any_moment_is_followed_by_a_run_that_ends_in_the_same_record(deliveries, tmp_path):
    undisturbed, district = District(tmp_path / "undisturbed"), District(tmp_path / "crashing")
    expected, seconds = [], []
    for delivery in deliveries * 2:
        undisturbed.receive(delivery)
        seconds.append(undisturbed.run())
        expected.append(undisturbed.record())
    assert expected[0] != expected[1]
    chosen = random.Random(SEED)  # noqa: S311 - moments, not secrets
    for crash in range(CRASHES):
        after, kills_postgres = chosen.uniform(0, max(seconds)), chosen.random() < 0.5
        district.receive(deliveries[crash % 2])
        with district.start() as process:
            time.sleep(after)
            district.kill_postgres() if kills_postgres else process.kill()
            _, told = process.communicate(timeout=LONGEST)
        what = f"crash {crash}: {'PostgreSQL' if kills_postgres else 'the run'} killed after {after:.2f} s"
        if kills_postgres and process.returncode:
            assert process.returncode == 1, what
            assert "unforeseen" not in told, f"{what}: {told}"
            assert "Traceback" not in told, f"{what}: {told}"
        district.run()
        assert district.record() == expected[min(crash, 2 + crash % 2)], what
