"""What the migrations look after: the schemas, and the table that holds how far a record has come."""

from __future__ import annotations

from typing import Any

from homeroom.record import identifiers, learning, provenance

_SCHEMAS = (identifiers.SCHEMA, provenance.SCHEMA, learning.SCHEMA)

# What Alembic's MigrationContext takes.
OPTIONS: dict[str, Any] = {
    "include_schemas": True,
    "include_name": lambda name, kind, parents: kind != "schema" or name in _SCHEMAS,
    "version_table": "revision",
    "version_table_schema": provenance.SCHEMA,
}
