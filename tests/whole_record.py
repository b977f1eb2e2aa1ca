"""All that a workspace's record holds, for tests that compare two of them."""

from collections.abc import Collection
from pathlib import Path

import psycopg

from homeroom.record.server import url_of


def record_of(workspace: Path, leave_out: Collection[str] = ()) -> dict[str, list[tuple]]:
    """The rows of each table of the record but for what names the moment of writing; `leave_out` names tables."""
    with psycopg.connect(url_of(workspace / ".homeroom" / "postgres", None)) as record:
        tables = record.execute(
            "select table_name from information_schema.tables where table_schema = 'edfi' order by 1"
        ).fetchall()
        return {
            name: record.execute(
                f"select to_jsonb(t) - 'id' - 'change_version' - 'last_modified' as row from edfi.{name} t order by 1"
            ).fetchall()
            for (name,) in tables
            if name not in leave_out
        }
