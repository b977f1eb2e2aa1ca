"""Enrollments are found by their school: who is at a school is asked whenever somebody who sees some schools reads."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_index("ix_student_school_association_school", "student_school_association", ["school_id"], schema="edfi")
