"""Write the next step, from what the code declares now: python -m homeroom.record.migrations "What it is for"."""

from __future__ import annotations

import sys
import tempfile
from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from homeroom.record.migrations.target import METADATA
from homeroom.record.opening import prepare
from homeroom.record.server import url_of


def write_next(message: str) -> None:
    """Make a record of the newest step on a server of its own, and write what it lacks as one step more."""
    config = Config()
    config.set_main_option("script_location", str(files("homeroom.record").joinpath("migrations")))
    number = f"{len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1:04}"
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    with tempfile.TemporaryDirectory() as folder:
        url = url_of(Path(folder) / "postgres", None)
        prepare(url)
        engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1))
        with engine.begin() as connection:
            config.attributes.update(connection=connection, metadata=METADATA)
            command.revision(config, message, autogenerate=True, rev_id=number)
        engine.dispose()


if __name__ == "__main__":
    write_next(sys.argv[1])
