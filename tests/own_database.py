"""Databases that a test has for itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg


@contextmanager
def own_database(postgres_url: str, template: str = "template1") -> Iterator[str]:
    """The URL of a new database on that server, a copy of `template`; it is gone afterwards."""
    name = f"record_{uuid4().hex}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        # Files are copied at once rather than page by page through the log.
        connection.execute(f"create database {name} template {template} strategy file_copy")
    yield url_of_database(postgres_url, name)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"drop database if exists {name} with (force)")


@contextmanager
def database_of_its_user(postgres_url: str) -> Iterator[str]:
    """The URL of a new database of a user who may nothing but own it; both are gone afterwards."""
    name = f"district_{uuid4().hex}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"create role {name} login")
        connection.execute(f"create database {name} owner {name}")
    yield url_of_database(postgres_url, name).replace("//postgres:", f"//{name}:", 1)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")
        connection.execute(f"drop role {name}")


def url_of_database(postgres_url: str, name: str) -> str:
    """The URL of a database on that server."""
    return postgres_url.replace("/postgres?", f"/{name}?", 1)
