"""Alembic runs this for each of its commands: on the connection that the caller opened, in the caller's transaction."""

from alembic import context

from homeroom.record.migrations.target import METADATA, SCHEMAS

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    include_schemas=True,
    include_name=lambda name, kind, parents: kind != "schema" or name in SCHEMAS,
    version_table="revision",
    version_table_schema=SCHEMAS[-1],
)
context.run_migrations()
