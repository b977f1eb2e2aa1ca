"""A sandbox, served. Each module of tests has one for itself, and leaves in it what it likes."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from own_database import own_database, url_of_database
from served_pages import Pages, serving

from homeroom.access import door
from homeroom.access.sandbox.mark import mark_sandbox


@pytest.fixture(scope="session")
def sandbox_template(postgres_url: str, template_database: str) -> str:
    """A database that is prepared and marked: a copy of it is a new sandbox."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"create database sandbox_template template {template_database} strategy file_copy")
    url = url_of_database(postgres_url, "sandbox_template")
    door.prepare(url)
    mark_sandbox(url)
    return "sandbox_template"


@pytest.fixture(scope="module")
def sandbox(postgres_url: str, sandbox_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    folder: Path = tmp_path_factory.mktemp("sandbox")
    with own_database(postgres_url, sandbox_template) as url:
        yield from serving(url, folder)
