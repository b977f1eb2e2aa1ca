"""Families' decisions about optional apps."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0007"

_TABLES = """
    create table access.opt_out (
        id bigint generated always as identity primary key, agreement bigint not null references access.agreement,
        student_unique_id text not null, decision text not null, by text not null, account bigint, why text not null,
        at timestamptz not null default now());
    create index ix_opt_out_agreement on access.opt_out (agreement, student_unique_id, id);
    create index ix_opt_out_student on access.opt_out (student_unique_id);
    create trigger stays before update or delete or truncate on access.opt_out execute function access.stays()
"""


def upgrade() -> None:
    op.execute(_TABLES)
