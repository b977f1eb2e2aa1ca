"""Whom a key was shown of late, its budget, and who suspended and reinstated it."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

_TABLES = """
    create table access.client_budget (
        client text primary key references access.client, students_per_hour integer not null,
        students_per_day integer not null, at timestamptz not null, shown_in_hour bigint not null default 0,
        shown_in_day bigint not null default 0);
    create table access.client_student (
        client text not null references access.client, student_unique_id text not null, shown_at timestamptz not null,
        primary key (client, student_unique_id));
    create index ix_client_student_shown on access.client_student (client, shown_at);
    create table access.client_change (
        id bigint generated always as identity primary key, client text not null references access.client,
        state text not null, by text not null, at timestamptz not null default now(), why text not null);
    create index ix_access_client_change_client on access.client_change (client);
    create trigger stays before update or delete or truncate on access.client_change
        execute function access.stays()
"""


def upgrade() -> None:
    op.execute(_TABLES)
