"""Persons whom an app asked an id for, before any system delivered them: the next run links them as it links rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "created_identity",
        sa.Column("unique_id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("first_name", sa.Text, nullable=False),
        sa.Column("middle_name", sa.Text),
        sa.Column("last_name", sa.Text, nullable=False),
        sa.Column("suffix", sa.Text),
        sa.Column("birth_date", sa.Date, nullable=False),
        sa.Column("sex", sa.Text),
        sa.Column("agreement", sa.BigInteger, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        schema="consolidation",
    )
