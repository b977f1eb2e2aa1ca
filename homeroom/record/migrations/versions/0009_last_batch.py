"""What the last batch left behind, so that the next one brings only what differs from it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "published_part",
        sa.Column("part", sa.Text, primary_key=True),
        sa.Column("merged", sa.Text, nullable=False),
        sa.Column("change_version", sa.BigInteger, nullable=False),
        schema="consolidation",
    )
    op.create_table(
        "refused_row",
        sa.Column("resource", sa.Text, nullable=False),
        sa.Column("source_row", sa.BigInteger, nullable=False),
        schema="consolidation",
    )
    op.create_table(
        "unsaid",
        sa.Column("resource", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        schema="consolidation",
    )
