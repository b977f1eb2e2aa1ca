"""What learners did in the tools they learn with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("create schema if not exists learning")
    op.create_table(
        "event",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("source_row", sa.BigInteger, nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("student_unique_id", sa.Text),
        sa.Column("event_type", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        *(
            sa.Column(name, sa.Text)
            for name in ("tool", "object_id", "object_type", "object_name", "part_of", "section")
        ),
        sa.Column("attempt", sa.Integer),
        sa.Column("score", sa.Double),
        sa.Column("max_score", sa.Double),
        sa.Column("success", sa.Boolean),
        sa.Column("seconds", sa.Double),
        sa.Column("learning_objectives", JSONB),
        schema="learning",
    )
    op.create_index("ix_event_student", "event", ["student_unique_id", "happened_at"], schema="learning")
    op.create_index("ix_event_learner", "event", ["source", "learner"], schema="learning")
    op.create_table(
        "tool_use",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("learner", sa.Text, primary_key=True),
        sa.Column("tool", sa.Text, primary_key=True),
        sa.Column("used_on", sa.Date, primary_key=True),
        sa.Column("source_row", sa.BigInteger, nullable=False),
        sa.Column("student_unique_id", sa.Text),
        sa.Column("seconds", sa.Double),
        sa.Column("sessions", sa.Integer),
        schema="learning",
    )
    op.create_index("ix_tool_use_student", "tool_use", ["student_unique_id", "used_on"], schema="learning")
