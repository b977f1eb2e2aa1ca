"""Open the record of a district, with every table in its place."""

from __future__ import annotations

import psycopg
from sqlalchemy import create_engine
from sqlalchemy.schema import CreateSchema

from homeroom.record import provenance, tables
from homeroom.record.descriptors import fill


def prepare(url: str) -> None:
    """Make the tables that are not there yet."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1))
    with engine.begin() as connection:
        for metadata, schema in ((tables.metadata, tables.SCHEMA), (provenance.metadata, provenance.SCHEMA)):
            connection.execute(CreateSchema(schema, if_not_exists=True))
            metadata.create_all(connection)
    engine.dispose()
    with psycopg.connect(url) as record:
        fill(record)


def connect(url: str) -> psycopg.Connection:
    """A connection to the record, in a transaction of its own."""
    return psycopg.connect(url)
