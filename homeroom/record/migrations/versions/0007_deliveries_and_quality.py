"""What became of each delivery in each run, what looked wrong in it, what people decided of it; and quality."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_SCHEMA = "consolidation"


def _run() -> sa.Column[int]:
    return sa.Column("run_id", sa.Integer, sa.ForeignKey("consolidation.run.id"), primary_key=True)


def _counts(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger, nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "run_delivery",
        _run(),
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("delivery_id", sa.Text, sa.ForeignKey("consolidation.delivery.delivery_id"), primary_key=True),
        sa.Column("outcome", sa.Text, nullable=False),
        schema=_SCHEMA,
    )
    op.create_table(
        "delivery_finding",
        sa.Column("delivery_id", sa.Text, sa.ForeignKey("consolidation.delivery.delivery_id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("compared_with", sa.Text, nullable=False),
        sa.Column("holds", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("what", "about")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("before", "before_of", "now", "now_of")),
        sa.Column("sentence", sa.Text, nullable=False),
        schema=_SCHEMA,
    )
    op.create_table(
        "delivery_decision",
        sa.Column("decision_number", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("delivery_id", sa.Text, sa.ForeignKey("consolidation.delivery.delivery_id"), nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("note", sa.Text),
        schema=_SCHEMA,
    )
    op.create_table(
        "quality_source",
        _run(),
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("inputs", sa.Text, nullable=False),
        *_counts("landed", "set_aside"),
        schema=_SCHEMA,
    )
    op.create_table(
        "quality_field",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("source", "resource", "field")),
        _run(),
        *_counts("rows", "filled", "valid"),
        sa.Column("newest", sa.Date),
        schema=_SCHEMA,
    )
    op.create_table(
        "quality_agreement",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("resource", "field", "source", "other")),
        _run(),
        *_counts("compared", "equal"),
        schema=_SCHEMA,
    )
    op.create_table(
        "quality_identity",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("source", "kind")),
        _run(),
        *_counts("ids", "unique_ids"),
        schema=_SCHEMA,
    )
    for table in ("quality_field", "quality_agreement"):
        op.create_index(f"ix_consolidation_{table}_run_id", table, ["run_id"], schema=_SCHEMA)
    # Until now the newest delivery of each source was the one that the last run published.
    op.execute(
        """
        insert into consolidation.run_delivery (run_id, source, delivery_id, outcome)
        select distinct on (source) run_id, source, delivery_id, 'published'
        from consolidation.delivery join consolidation.source_count using (source)
        where run_id = (select max(id) from consolidation.run) order by source, received_at desc
        """
    )
