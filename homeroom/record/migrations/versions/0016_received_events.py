"""Learning events that apps sent, until a run has taken them."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"

_TABLES = """
    create table learning.sender (
        source text primary key, kind text not null, agreement bigint not null, schools bigint[],
        begins_on date not null, ends_on date not null, published_up_to bigint not null default 0);
    create table learning.received (
        id bigint generated always as identity primary key, source text not null references learning.sender,
        document text not null, sha256 bytea not null, received_at timestamptz not null default now());
    create index ix_received_source on learning.received (source, id);
    create unique index ix_received_content on learning.received (source, sha256);
    create table learning.received_event (
        source text not null references learning.sender, event_id text not null, received bigint not null,
        sha256 bytea, agents text[], verb text, activity text, registration text, primary key (source, event_id));
    create index ix_received_event_received on learning.received_event (source, received)
"""


def upgrade() -> None:
    op.execute(_TABLES)
