"""What the business rules found in the record, and how many findings each had after each run."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    words = ("means", "advice", "reason", "severity", "owner", "domain", "resource", "origin")
    op.create_table(
        "business_rule",
        sa.Column("name", sa.Text, primary_key=True),
        *(sa.Column(word, sa.Text, nullable=False) for word in words),
        sa.Column("failure", sa.Text),
        schema="consolidation",
    )
    op.create_table(
        "business_rule_count",
        sa.Column("run_id", sa.Integer, sa.ForeignKey("consolidation.run.id"), primary_key=True),
        sa.Column("rule", sa.Text, primary_key=True),
        sa.Column("findings", sa.BigInteger, nullable=False),
        schema="consolidation",
    )
    op.create_table(
        "business_rule_finding",
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("id", sa.Uuid),
        sa.Column("education_organization_id", sa.BigInteger),
        sa.Column("student_unique_id", sa.Text),
        sa.Column("source_row", sa.BigInteger),
        schema="consolidation",
    )
    op.create_index(
        "ix_consolidation_business_rule_finding_rule", "business_rule_finding", ["rule"], schema="consolidation"
    )
