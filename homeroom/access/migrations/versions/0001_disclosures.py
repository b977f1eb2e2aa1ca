"""The disclosure log as a table; a record that has it from before there were steps keeps it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "disclosure",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("principal", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("student_unique_ids", sa.ARRAY(sa.Text), nullable=False),
        schema="access",
        if_not_exists=True,
    )
    op.create_index(
        "ix_disclosure_student",
        "disclosure",
        ["student_unique_ids"],
        schema="access",
        postgresql_using="gin",
        if_not_exists=True,
    )
