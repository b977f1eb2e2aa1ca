"""Accounts of people, what lets them in, and who is signed in."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"

_TABLES = """
    create table access.account (
        number bigint generated always as identity primary key, name text not null, role text, staff_unique_id text,
        contact_unique_id text, student_unique_id text, email text, handle bytea not null unique,
        added_by text not null, approved_by text, added_at timestamptz not null default now(), ended_by text,
        ended_at timestamptz);
    create unique index ix_account_staff on access.account (staff_unique_id) where ended_at is null;
    create unique index ix_account_contact on access.account (contact_unique_id) where ended_at is null;
    create unique index ix_account_student on access.account (student_unique_id) where ended_at is null;
    create unique index ix_account_email on access.account (email) where ended_at is null;
    create table access.account_identity (
        issuer text not null, subject text not null, account bigint not null references access.account,
        bound_at timestamptz not null default now(), primary key (issuer, subject));
    create index ix_access_account_identity_account on access.account_identity (account);
    create table access.passkey (
        credential_id bytea primary key, account bigint not null references access.account,
        public_key bytea not null, sign_count bigint not null, added_at timestamptz not null default now(),
        used_at timestamptz);
    create index ix_access_passkey_account on access.passkey (account);
    create table access.session (
        sha256 bytea primary key, account bigint references access.account, role text,
        begun_at timestamptz not null default now(), idle_until timestamptz not null, ends_at timestamptz not null);
    create index ix_access_session_account on access.session (account);
    create index ix_access_session_ends_at on access.session (ends_at);
    create table access.one_time_word (
        sha256 bytea primary key, kind text not null, account bigint references access.account, held jsonb not null,
        ends_at timestamptz not null);
    create index ix_access_one_time_word_account on access.one_time_word (account);
    create index ix_access_one_time_word_ends_at on access.one_time_word (ends_at)
"""


def upgrade() -> None:
    op.execute(_TABLES)
