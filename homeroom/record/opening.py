"""Open the record of a district, with every table in its place."""

from __future__ import annotations

from importlib.resources import as_file, files

import psycopg
from sqlalchemy import Connection, create_engine, text

from homeroom.record.descriptors import fill
from homeroom.record.identifiers import EARLIER_DAYS
from homeroom.record.provenance import SCHEMA

# Any number that no other program uses for its lock: one process at a time brings a record up to date.
_LOCK = 4_611_686_018_427_000_003


def prepare(url: str, revision: str = "head") -> None:
    """Bring the record's tables to the newest revision, or to an older one that is named; rows stay."""
    # Only what prepares a record needs it, and it takes a moment.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1))
    with as_file(files("homeroom.record").joinpath("migrations")) as folder, engine.begin() as connection:
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        connection.execute(text(f"create schema if not exists {SCHEMA}"))
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        # They stand on the tables, which can't be changed under them; whoever asks next makes them anew.
        if _revision(connection) != ScriptDirectory.from_config(config).get_current_head():
            connection.execute(text(f"drop schema if exists {EARLIER_DAYS} cascade"))
        command.upgrade(config, revision)
    engine.dispose()
    with psycopg.connect(url) as record:
        fill(record)


def _revision(connection: Connection) -> str | None:
    table = f"{SCHEMA}.revision"
    if connection.execute(text("select to_regclass(:table)"), {"table": table}).scalar() is None:
        return None
    return connection.execute(text(f"select version_num from {table}")).scalar()


def connect(url: str) -> psycopg.Connection:
    """A connection to the record, in a transaction of its own."""
    return psycopg.connect(url)
