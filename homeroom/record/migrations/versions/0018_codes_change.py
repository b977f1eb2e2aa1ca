"""When a code was made or changed: a category that an app made is an object of OneRoster, and has a date of change."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0016"


def upgrade() -> None:
    op.execute("alter table edfi.descriptor add column last_modified timestamptz not null default now()")
