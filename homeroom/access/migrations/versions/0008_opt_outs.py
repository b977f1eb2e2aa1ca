"""Families' decisions about optional apps, budgets that whoever approves them widens, and notices of suspended keys."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"

_TABLES = """
    create table access.opt_out (
        id bigint generated always as identity primary key, agreement bigint not null references access.agreement,
        student_unique_id text not null, decision text not null, by text not null, account bigint, why text not null,
        at timestamptz not null default now());
    create index ix_opt_out_agreement on access.opt_out (agreement, student_unique_id, id);
    create index ix_opt_out_student on access.opt_out (student_unique_id);
    create trigger stays before update or delete or truncate on access.opt_out execute function access.stays();
    alter table access.agreement_change add column widens_budget boolean not null default false;
    create table access.notice (
        id bigint generated always as identity primary key, client text not null references access.client,
        window_of text not null, allowed bigint not null, asked bigint not null, at timestamptz not null default now(),
        mailed_at timestamptz);
    create index ix_access_notice_client on access.notice (client);
    create index ix_notice_not_mailed on access.notice (id) where mailed_at is null
"""


def upgrade() -> None:
    op.execute(_TABLES)
