"""What was let go of when its time had come: rows by the hash of their keys, so that none comes back."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"

# Of a random number of 122 bits twice: nobody has a table of such hashes.
_TABLES = """
    create table consolidation.let_go (
        resource text not null, key_hash bytea not null, waits boolean not null, primary key (resource, key_hash));
    create table consolidation.let_go_salt (salt bytea primary key);
    insert into consolidation.let_go_salt
        select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));
    create function consolidation.let_go_hash(resource text, key_values jsonb) returns bytea
        language sql stable set search_path = pg_catalog, pg_temp as $$
        select sha256(salt || convert_to(resource || key_values::text, 'UTF8')) from consolidation.let_go_salt
    $$
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(_TABLES)
