"""Open the record of a district, with every table in its place."""

from __future__ import annotations

from importlib.resources import as_file, files

import psycopg
from sqlalchemy import create_engine, text

from homeroom.record.descriptors import fill
from homeroom.record.provenance import SCHEMA

# Any number that no other program uses for its lock: one process at a time brings a record up to date.
_LOCK = 4_611_686_018_427_000_003


def prepare(url: str, revision: str = "head") -> None:
    """Bring the record's tables to the newest revision, or to an older one that is named; rows stay."""
    # Only what prepares a record needs it, and it takes a moment.
    from alembic import command
    from alembic.config import Config

    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1))
    with as_file(files("homeroom.record").joinpath("migrations")) as folder, engine.begin() as connection:
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        connection.execute(text(f"create schema if not exists {SCHEMA}"))
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        command.upgrade(config, revision)
    engine.dispose()
    with psycopg.connect(url) as record:
        fill(record)


def connect(url: str) -> psycopg.Connection:
    """A connection to the record, in a transaction of its own."""
    return psycopg.connect(url)
