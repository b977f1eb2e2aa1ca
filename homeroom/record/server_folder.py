"""The folder of a workspace's own PostgreSQL as a whole: stopped, copied while it is stopped, and removed.

`homeroom.record.server` starts what is in it.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
from pathlib import Path

import psutil

from homeroom.errors import CannotRun
from homeroom.record.server import postgres_server

# What a server that runs, or ran, leaves of its own: a copy of its folder begins without.
_OF_THE_PROCESS = (".handle_pids.json", "postmaster.pid", "postmaster.opts", "log")
_USERS = ".handle_pids.json"
_LONGEST_END = 10


def stop(folder: Path) -> None:
    """Stop the server that this process started in `folder`; what it holds is on the disk afterwards."""
    if server := postgres_server.PostgresServer._instances.get(folder.resolve()):
        server.cleanup()


def copy_stopped(stopped: Path, folder: Path) -> None:
    """A new server's folder, with all that a stopped one holds, in another place."""
    shutil.copytree(stopped, folder, copy_function=_copy, ignore=shutil.ignore_patterns(*_OF_THE_PROCESS))
    for place, _, _ in os.walk(stopped):
        _same_owner(place, str(folder / Path(place).relative_to(stopped)))


def system_identifier(folder: Path) -> bytes:
    """What tells the server in `folder` from all that are no copies of the same one; nothing where there is none."""
    control = folder / "global" / "pg_control"
    # PostgreSQL gives it when it makes the folder, and writes it first in that file.
    return control.read_bytes()[:8] if control.is_file() else b""


def remove(folder: Path) -> None:
    """End the server in `folder` at once, and delete all that it holds. Raises CannotRun where others use it."""
    folder = folder.resolve()
    users = folder / _USERS
    others = set(json.loads(users.read_text() or "[]")) - {os.getpid()} if users.exists() else set()
    if any(psutil.pid_exists(process) for process in others):
        raise CannotRun("Another program uses it. Stop what does, such as homeroom serve, and try again.")
    if server := postgres_server.PostgresServer._instances.pop(folder, None):
        atexit.unregister(server._cleanup)
    running = postgres_server.PostmasterInfo.read_from_pgdata(folder)
    if running is not None and running.is_running() and running.process is not None:
        # Nothing of it is kept: it need not write down what it has in memory.
        running.process.send_signal(signal.SIGQUIT)
        running.process.wait(_LONGEST_END)
    shutil.rmtree(folder)


def _copy(source: str, target: str) -> str:
    shutil.copy2(source, target)
    _same_owner(source, target)
    return target


def _same_owner(source: str, target: str) -> None:
    """As root, a server runs as a user of its own, to whom its files belong."""
    if os.geteuid() == 0:
        status = os.stat(source)
        os.chown(target, status.st_uid, status.st_gid)
