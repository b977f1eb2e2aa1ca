"""Which query a business rule was asked with, and of the record as it was at which change version: its answer stands
until something that it reads has changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("business_rule", sa.Column("query", sa.Text), schema="consolidation")
    op.add_column("business_rule", sa.Column("change_version", sa.BigInteger), schema="consolidation")
