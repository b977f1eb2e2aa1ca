"""Who decided what about two rows that may be one person, and what was undone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_PAIR = ("kind", "left_source", "left_id", "right_source", "right_id")


def upgrade() -> None:
    op.create_table(
        "match_review",
        sa.Column("number", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in _PAIR),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("reviewed_by", sa.Text, nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        schema="consolidation",
    )
    op.create_index("ix_match_review_pair", "match_review", list(_PAIR), schema="consolidation")
