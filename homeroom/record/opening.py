"""Open the record of a district, with every table in its place."""

from __future__ import annotations

import psycopg
from sqlalchemy import create_engine, text

from homeroom.record.descriptors import fill
from homeroom.record.identifiers import EARLIER_DAYS
from homeroom.record.migrations.scope import OPTIONS
from homeroom.record.revisions import is_newest, upgrade

_STEPS = "homeroom.record.migrations"


def prepare(url: str, revision: str = "head") -> None:
    """Bring the record's tables to the newest revision, or to an older one that is named; rows stay."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1))
    with engine.begin() as connection:
        # They stand on the tables, which can't be changed under them; whoever asks next makes them anew.
        if not is_newest(connection, _STEPS, OPTIONS):
            connection.execute(text(f"drop schema if exists {EARLIER_DAYS} cascade"))
        upgrade(connection, _STEPS, revision)
    engine.dispose()
    with psycopg.connect(url) as record:
        fill(record)


def connect(url: str) -> psycopg.Connection:
    """A connection to the record, in a transaction of its own."""
    return psycopg.connect(url)
