"""Who let files of the whole district be made, under which agreement, and until when; and what webhooks are sent."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"

_TABLES = """
    create table access.bulk_release (
        id bigint generated always as identity primary key, agreement bigint not null references access.agreement,
        by text not null, approved_by text not null, at timestamptz not null default now(),
        ends_at timestamptz not null);
    create index ix_access_bulk_release_agreement on access.bulk_release (agreement);
    create trigger stays before update or delete or truncate on access.bulk_release
        execute function access.stays();
    create table access.webhook (
        agreement bigint primary key references access.agreement, noticed_up_to bigint not null);
    create table access.webhook_message (
        id text primary key, agreement bigint not null references access.agreement, body text not null,
        max_change_version bigint not null, made_at timestamptz not null default now(), next_at timestamptz,
        attempts integer not null default 0, delivered_at timestamptz, last_answer text);
    create index ix_access_webhook_message_agreement on access.webhook_message (agreement);
    create index ix_access_webhook_message_next_at on access.webhook_message (next_at)
"""


def upgrade() -> None:
    op.execute(_TABLES)
