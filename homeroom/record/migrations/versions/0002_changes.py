"""Word of what was deleted, and of keys that changed, for those who read changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "tombstone",
        sa.Column(
            "change_version",
            sa.BigInteger,
            primary_key=True,
            server_default=sa.text("nextval('edfi.change_version')"),
        ),
        sa.Column("resource", sa.Text, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("key_values", JSONB, nullable=False),
        sa.Column("deleted_by", sa.Text),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        schema="edfi",
    )
    op.create_index("ix_tombstone_resource", "tombstone", ["resource", "change_version"], schema="edfi")
    op.create_table(
        "key_change",
        sa.Column("change_version", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("resource", sa.Text, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("old_key_values", JSONB, nullable=False),
        sa.Column("new_key_values", JSONB, nullable=False),
        sa.Column("changed_by", sa.Text),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        schema="edfi",
    )
    op.create_index("ix_key_change_resource", "key_change", ["resource", "change_version"], schema="edfi")
