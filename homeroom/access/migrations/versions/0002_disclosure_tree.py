"""The disclosure log is a tree; entries of before get their places in it, and a salt each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

_ONLY_ADDED = """
    create function access.only_added() returns trigger language plpgsql as $$
    begin
        if tg_op = 'UPDATE' and old.position is null and new.position is not null
            and to_jsonb(new) - 'position' = to_jsonb(old) - 'position' then
            return new;
        end if;
        raise exception 'Entries of the disclosure log are neither changed nor deleted.';
    end $$;
    create trigger only_added before update or delete on access.disclosure
        for each row execute function access.only_added();
    create trigger never_emptied before truncate on access.disclosure
        for each statement execute function access.only_added()
"""
# PostgreSQL draws a UUID's 122 bits from a cryptographic source; a salt has 32 bytes.
_SALT = "uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())"


def upgrade() -> None:
    for column in (
        sa.Column("on_behalf_of", sa.Text),
        sa.Column("agreement", sa.BigInteger),
        sa.Column("shown", postgresql.JSONB, nullable=False, server_default="{}"),
        sa.Column("salt", sa.LargeBinary),
        sa.Column("position", sa.BigInteger),
    ):
        op.add_column("disclosure", column, schema="access")
    op.execute(f"update access.disclosure set salt = {_SALT}")
    op.alter_column("disclosure", "salt", nullable=False, schema="access")
    op.create_index("ix_disclosure_position", "disclosure", ["position"], unique=True, schema="access")
    op.create_index(
        "ix_disclosure_without_position",
        "disclosure",
        ["id"],
        schema="access",
        postgresql_where=sa.text("position is null"),
    )
    op.create_table(
        "disclosure_tile",
        sa.Column("level", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
        schema="access",
    )
    op.create_table(
        "disclosure_checkpoint",
        sa.Column("size", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        schema="access",
    )
    op.create_table("disclosure_key", sa.Column("verifier_key", sa.Text, primary_key=True), schema="access")
    op.execute(_ONLY_ADDED)
