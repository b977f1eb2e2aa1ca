"""All that a workspace's record holds, for tests that compare two of them."""

from collections.abc import Collection
from pathlib import Path

import psycopg

from homeroom.record.server import url_of


def record_of(workspace: Path, leave_out: Collection[str] = ()) -> dict[str, list[tuple]]:
    """The rows of each table of a workspace's own record; `leave_out` names tables."""
    return record_at(url_of(workspace / ".homeroom" / "postgres", None), leave_out)


def record_at(url: str, leave_out: Collection[str] = ()) -> dict[str, list[tuple]]:
    """The rows of each table of the record but for what names the moment of writing."""
    with psycopg.connect(url) as record:
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
