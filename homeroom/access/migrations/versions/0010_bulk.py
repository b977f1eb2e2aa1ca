"""Who let files of the whole district be made, under which agreement, and until when."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0007"

_TABLE = """
    create table access.bulk_release (
        id bigint generated always as identity primary key, agreement bigint not null references access.agreement,
        by text not null, approved_by text not null, at timestamptz not null default now(),
        ends_at timestamptz not null);
    create index ix_access_bulk_release_agreement on access.bulk_release (agreement);
    create trigger stays before update or delete or truncate on access.bulk_release
        execute function access.stays()
"""


def upgrade() -> None:
    op.execute(_TABLE)
