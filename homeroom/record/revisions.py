"""Bring tables to the newest revision, by the steps of a package of migrations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, text

if TYPE_CHECKING:
    from alembic.config import Config

# Any number that no other program uses for its lock: one process at a time brings a record up to date.
_LOCK = 4_611_686_018_427_000_003


def upgrade(connection: Connection, package: str, revision: str = "head") -> None:
    """Take the steps of `package` up to `revision`, in the caller's transaction; rows stay."""
    # Only what prepares a record needs it, and it takes a moment.
    from alembic import command

    with _steps(connection, package) as config:
        command.upgrade(config, revision)


def is_newest(connection: Connection, package: str, options: dict[str, Any]) -> bool:
    """Whether no step is left to take. `options`: what Alembic's MigrationContext takes for these steps.

    Until the caller's transaction ends no other process takes one.
    """
    from alembic.migration import MigrationContext

    connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    connection.execute(text(f"create schema if not exists {options['version_table_schema']}"))
    return MigrationContext.configure(connection, opts=options).get_current_revision() == _newest(package)


@cache
def _newest(package: str) -> str | None:
    """The last step of `package`: each of them is read to find it."""
    from alembic.script import ScriptDirectory

    with as_file(files(package)) as folder:
        return ScriptDirectory(folder).get_current_head()


@contextmanager
def _steps(connection: Connection, package: str) -> Iterator[Config]:
    from alembic.config import Config

    with as_file(files(package)) as folder:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        yield config
