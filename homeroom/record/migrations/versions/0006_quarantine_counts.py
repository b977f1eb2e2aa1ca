"""How many rows each reason set aside in each run; those of the last run are counted from its quarantine."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "quarantine_count",
        sa.Column("run_id", sa.Integer, sa.ForeignKey("consolidation.run.id"), primary_key=True),
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("source", "rule", "file", "field", "severity")),
        sa.Column("rows", sa.BigInteger, nullable=False),
        sa.Column("sentence", sa.Text),
        schema="consolidation",
    )
    op.execute(
        r"""
        insert into consolidation.quarantine_count (run_id, source, rule, file, field, severity, rows, sentence)
        select run_id, q.source, rule,
            coalesce(regexp_replace(path,
                '(19|20)[0-9]{2}[-_.]?(0[1-9]|1[0-2])[-_.]?[0-3][0-9]([-_.T]*[0-9]{2,})*', '*', 'g'), ''),
            coalesce(field, ''), severity, count(distinct source_row) + count(*) filter (where source_row is null),
            min(sentence)
        from consolidation.quarantine as q
        left join consolidation.delivered_file as file on file.number = q.file_number
        group by 1, 2, 3, 4, 5, 6
        """
    )
