"""What a row said is made into its document once: to find the student's id in it, it was made a second time."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"

_KEEP = """
create or replace function edfi.keep_replaced_row() returns trigger language plpgsql as $$
declare said jsonb;
begin
    if old.last_modified < now() and not exists (
        select from edfi.replaced_row
        where table_name = tg_table_name and id = old.id and valid_until = now())
    then
        said := to_jsonb(old);
        insert into edfi.replaced_row (table_name, id, student_unique_id, valid_from, valid_until, document)
        values (tg_table_name, old.id, said ->> 'student_unique_id', old.last_modified, now(), said);
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end $$
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(_KEEP)
