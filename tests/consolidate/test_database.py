"""What DuckDB spills to the disk is students' data: it is gone when the work is, and after a kill with the next."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import duckdb
import pytest

from homeroom.consolidate import database


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def left_in(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("homeroom-spill-*")]


def test_nothing_is_left_when_the_work_is_done(temporary: Path) -> None:
    with database.connect():
        assert len(left_in(temporary)) == 1
    assert left_in(temporary) == []


def test_what_a_killed_process_left_is_removed_and_what_is_in_use_stays(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import os, signal; from homeroom.consolidate.database import connect; c = connect(); c.__enter__()"
    kill = f"{code}; os.kill(os.getpid(), signal.SIGKILL)"
    killed = subprocess.run([sys.executable, "-c", kill], env={**os.environ, "TMPDIR": str(temporary)}, check=False)
    assert killed.returncode == -signal.SIGKILL
    left = left_in(temporary)
    assert len(left) == 1
    monkeypatch.setattr(database, "_SECONDS_TO_HOLD", 0)
    with database.connect(), database.connect():
        assert len(left_in(temporary)) == 2
        assert left[0] not in left_in(temporary)


def test_who_waits_for_a_long_answer_in_another_thread_can_be_stopped() -> None:
    def ask() -> None:
        with database.connect() as connection:
            connection.execute("select count(*) from range(1000000) as a, range(1000000) as b where a.range < b.range")

    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(ask)
        with database.stopped_at_end([waiting]):
            # By now it is under way.
            wait([waiting], timeout=0.05)
        with pytest.raises(duckdb.InterruptException):
            waiting.result()
