"""What the migrations look after: the schema, and the table that holds how far it has come."""

from __future__ import annotations

from typing import Any

from homeroom.access.disclosures import SCHEMA

# What Alembic's MigrationContext takes.
OPTIONS: dict[str, Any] = {
    "include_schemas": True,
    "include_name": lambda name, kind, parents: kind != "schema" or name == SCHEMA,
    "version_table": "revision",
    "version_table_schema": SCHEMA,
}
