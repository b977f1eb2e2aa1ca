"""What was asked to be deleted as it was due, who approved it, its certificates, what apps were told, and holds."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"

_TABLES = """
    create table access.retention_hold (
        number bigint generated always as identity primary key, student_unique_id text, why text not null,
        by text not null, at timestamptz not null default now(), released_by text, released_at timestamptz);
    create index ix_retention_hold_student on access.retention_hold (student_unique_id);
    create table access.retention_request (
        number bigint generated always as identity primary key, as_of date not null, schedules bytea not null,
        by text not null, at timestamptz not null default now());
    create table access.retention_certificate (
        request bigint primary key references access.retention_request, document jsonb not null,
        at timestamptz not null default now());
    create table access.retention_notice (
        request bigint not null references access.retention_certificate,
        agreement bigint not null references access.agreement, delete_by date not null, resources text[] not null,
        confirmed_by text, confirmed_at timestamptz, primary key (request, agreement));
    create trigger stays before update or delete or truncate on access.retention_request
        execute function access.stays();
    create trigger stays before update or delete or truncate on access.retention_certificate
        execute function access.stays()
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(_TABLES)
