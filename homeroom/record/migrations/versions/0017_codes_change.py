"""When a code was made or changed: a category that an app made is an object of OneRoster, and has a date of change. And
who a student's contacts are is found by the student.
"""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.execute("alter table edfi.descriptor add column last_modified timestamptz not null default now()")
    op.create_index(
        "ix_student_contact_association_student", "student_contact_association", ["student_unique_id"], schema="edfi"
    )
