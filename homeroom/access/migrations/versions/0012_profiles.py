"""Profiles: what of a resource is told and taken, by a name that agreements and media types have, and by a number that
applications do.
"""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"

_PROFILES = """
    create table access.profile (
        id bigint generated always as identity primary key, name text not null, definition text not null);
    create unique index ix_profile_name on access.profile (lower(name));
    alter table access.application add column profiles bigint[] not null default '{}'
"""


def upgrade() -> None:
    op.execute(_PROFILES)
