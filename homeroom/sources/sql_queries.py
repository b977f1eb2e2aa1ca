"""What queries of a database give, for any database that SQLAlchemy reaches.

A source of this kind names the database by its URL, without the password, and in the setting `queries` a folder of the
workspace: each file `<table>.sql` there is one query, whose rows are delivered as `<table>.csv`. A query should give
its rows in a fixed order: the same rows are then the same delivery, and nothing is done again.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, ProgrammingError

from homeroom.errors import CannotRun
from homeroom.secrets_file import Secrets
from homeroom.settings_file import SourceSettings
from homeroom.sources.delivery import Delivery

_ROWS = 10_000
# The drivers that come with Homeroom, for those who name a database alone.
_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


def fetch(source: SourceSettings, secrets: Secrets, last: Delivery | None, into: Path) -> None:
    """Write what each query gives to `into`. Raises CannotRun, without a value of anybody's row in its words."""
    queries = _queries(source)
    engine = _engine(source, secrets)
    try:
        for name, query in queries.items():
            _deliver(engine, source, name, query, into / f"{name}.csv")
    finally:
        engine.dispose()


def _queries(source: SourceSettings) -> dict[str, str]:
    folder = Path(source.options.get("queries", ""))
    if "queries" not in source.options or not folder.is_dir():
        raise CannotRun(
            f"The source {source.name} needs a folder of queries. Make one in the workspace, with a file for each "
            f'table (students.sql), and name it in homeroom.toml under the source: queries = "queries/{source.name}"'
        )
    found = {path.stem: path.read_text(encoding="utf-8-sig") for path in sorted(folder.glob("*.sql"))}
    if not found:
        raise CannotRun(f"There is no file *.sql in {folder}. Write a query for each table, such as students.sql.")
    return found


def _engine(source: SourceSettings, secrets: Secrets) -> Engine:
    try:
        url = make_url(source.address or "")
        if url.password:
            raise CannotRun(
                f"The address of {source.name} holds a password. Take it out of homeroom.toml, which many people read, "
                f'and write it into secrets.toml under [{source.name}], as password = "...".'
            )
        url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername), password=secrets.get("password"))
        return create_engine(url)
    except (NoSuchModuleError, ModuleNotFoundError):
        raise CannotRun(
            f"Nothing here speaks with a database of the kind that the address of {source.name} begins with. Install "
            "its driver for SQLAlchemy beside Homeroom (for MySQL: pip install pymysql, and mysql+pymysql://...)."
        ) from None
    except ArgumentError:
        raise CannotRun(
            f"The path of {source.name} is not the URL of a database: postgresql://user@host/database."
        ) from None


def _deliver(engine: Engine, source: SourceSettings, name: str, query: str, into: Path) -> None:
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                connection = connection.execution_options(postgresql_readonly=True)
            with connection.begin() as transaction:
                _write(connection, query, into)
                # Whatever a query may have done besides asking is undone.
                transaction.rollback()
    except ProgrammingError as problem:
        # What a database says of a statement names tables and columns, not what rows hold.
        said = str(problem.orig).partition("\n")[0]
        raise CannotRun(
            f"{source.name}: the query {name}.sql was not understood: {said}. Mend it, and run again."
        ) from None
    except DBAPIError as problem:
        raise CannotRun(
            f"{source.name}: the database did not answer {name}.sql ({type(problem.orig).__name__}). Look whether it "
            "runs and lets this user read these tables, and run again."
        ) from None


def _write(connection: Connection, query: str, into: Path) -> None:
    streaming = connection.execution_options(stream_results=True, max_row_buffer=_ROWS)
    # A colon is the query's own: nothing is put into it.
    result = streaming.execute(text(re.sub(r"(?<!:):(?!:)", r"\\:", query)))
    with into.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(result.keys())
        for rows in result.partitions(_ROWS):
            writer.writerows(_as_text(rows))


def _as_text(rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
    """Values as files have them; what is no text at all, such as a picture, is left out."""
    return ([None if isinstance(value, bytes | memoryview) else value for value in row] for row in rows)
