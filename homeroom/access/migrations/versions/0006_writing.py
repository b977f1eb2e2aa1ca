"""What apps wrote into the record: which row, by whom and when."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"

_TABLE = """
    create table access.record_write (
        id bigint generated always as identity primary key, at timestamptz not null default now(),
        agreement bigint not null, client text not null, resource text not null, row_id uuid not null,
        what text not null);
    create index ix_record_write_row on access.record_write (row_id);
    create index ix_record_write_agreement on access.record_write (agreement, id);
    create index ix_record_write_person on access.record_write (agreement)
        where what = 'created' and resource in ('Student', 'Contact', 'Staff');
    create function access.writes_stay() returns trigger language plpgsql as $$
    begin raise exception 'What apps wrote stays written down.'; end $$;
    create trigger writes_stay before update or delete or truncate on access.record_write
        execute function access.writes_stay()
"""


def upgrade() -> None:
    op.execute(_TABLE)
