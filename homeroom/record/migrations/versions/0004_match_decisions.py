"""Decisions about pairs that are never overwritten and can be undone, and the ids that rows had before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_SCHEMA = "consolidation"


def upgrade() -> None:
    op.drop_constraint("match_decision_pkey", "match_decision", schema=_SCHEMA)
    op.add_column(
        "match_decision",
        sa.Column("decision_number", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        schema=_SCHEMA,
    )
    op.create_primary_key("match_decision_pkey", "match_decision", ["decision_number"], schema=_SCHEMA)
    for column in (
        sa.Column("note", sa.Text),
        sa.Column("postponed_until", sa.DateTime(timezone=True)),
        sa.Column("undone_by", sa.Text),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
    ):
        op.add_column("match_decision", column, schema=_SCHEMA)
    op.create_table(
        "identity_history",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("unique_id", sa.Text, nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        schema=_SCHEMA,
    )
    op.create_index("ix_identity_history", "identity_history", ["kind", "unique_id"], schema=_SCHEMA)
