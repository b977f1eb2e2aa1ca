"""What the Admin API looks after, who may use it, and keys that are turned off."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"

_TABLES = """
    alter table access.client add column enabled boolean not null default true;
    create table access.administrator (
        key text primary key, account bigint references access.account, secret_sha256 bytea not null,
        added_by text not null, added_at timestamptz not null default now(), removed_by text, removed_at timestamptz);
    create index ix_access_administrator_account on access.administrator (account);
    create trigger for_sandbox before insert or update on access.administrator
        for each row when (new.account is null) execute function access.for_sandbox();
    create table access.administrator_token (
        sha256 bytea primary key, administrator text not null references access.administrator,
        expires_at timestamptz not null);
    create index ix_access_administrator_token_expires_at on access.administrator_token (expires_at);
    create table access.administrative_change (
        id bigint generated always as identity primary key, at timestamptz not null default now(), by text not null,
        administrator text not null, what text not null);
    create trigger stays before update or delete or truncate on access.administrative_change
        execute function access.stays();
    create table access.vendor (
        id bigint generated always as identity primary key, company text not null, namespace_prefixes text[] not null,
        contact_name text not null, contact_email_address text not null);
    create unique index ix_vendor_company on access.vendor (lower(company));
    create table access.application (
        id bigint generated always as identity primary key, vendor bigint not null references access.vendor,
        name text not null, claim_set text not null, education_organizations bigint[] not null,
        agreement bigint not null unique references access.agreement);
    create unique index ix_application_name on access.application (vendor, lower(name));
    create table access.api_client (
        id bigint generated always as identity primary key, application bigint not null references access.application,
        key text not null unique references access.client, name text not null);
    create index ix_access_api_client_application on access.api_client (application);
    create table access.claim_set (
        id bigint generated always as identity (start 1001) primary key, name text not null, purposes text[] not null,
        granted jsonb not null);
    create unique index ix_claim_set_name on access.claim_set (lower(name))
"""


def upgrade() -> None:
    op.execute(_TABLES)
