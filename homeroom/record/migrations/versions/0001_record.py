"""Every table of the record, as they were when the first record was made.

The statements are frozen in a file: the model goes on, and later steps must find what they expect.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    statements = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    # exec_driver_sql: the file holds no parameters, and a colon in it is a cast.
    op.get_bind().exec_driver_sql(statements)
