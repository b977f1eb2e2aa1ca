"""Agreements with the providers of apps, which stay as they were written, and what apps are let in with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("number", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("terms", JSONB, nullable=False),
        schema="access",
    )
    op.create_table(
        "agreement_change",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("agreement", sa.BigInteger, sa.ForeignKey("access.agreement.number"), nullable=False, index=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("why", sa.Text, nullable=False),
        schema="access",
    )
    op.create_table(
        "client",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("agreement", sa.BigInteger, sa.ForeignKey("access.agreement.number"), nullable=False, index=True),
        sa.Column("secret_sha256", sa.LargeBinary, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("removed_by", sa.Text),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        schema="access",
    )
    op.create_table(
        "token",
        sa.Column("sha256", sa.LargeBinary, primary_key=True),
        sa.Column("client", sa.Text, sa.ForeignKey("access.client.key"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False, index=True),
        schema="access",
    )
    op.execute(
        """
        create function access.stays() returns trigger language plpgsql as $$
        begin raise exception 'What was agreed stays as it was written.'; end $$
        """
    )
    added_alone = "create trigger stays before update or delete or truncate on {} execute function access.stays()"
    for table in ("access.agreement", "access.agreement_change"):
        op.execute(added_alone.format(table))
