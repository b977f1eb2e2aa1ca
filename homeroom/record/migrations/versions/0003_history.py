"""What rows said before they were changed or deleted: what the record said on any earlier day can be asked.

A trigger keeps it, so that no way of writing can forget to.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"

# What was written and changed in one transaction was never said to anybody; and of a row that is changed twice in one,
# as a key is and then the rest, only what it said before was.
_KEEP = """
create function edfi.keep_replaced_row() returns trigger language plpgsql as $$
begin
    if old.last_modified < now() and not exists (
        select from edfi.replaced_row
        where table_name = tg_table_name and id = old.id and valid_until = now())
    then
        insert into edfi.replaced_row (table_name, id, student_unique_id, valid_from, valid_until, document)
        values (tg_table_name, old.id, to_jsonb(old) ->> 'student_unique_id', old.last_modified, now(), to_jsonb(old));
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end $$
"""
# A row that only has another source now says what it said: its change version stays. A key that changes takes along
# those who refer to it before their change versions follow.
_TRIGGERS = """
do $$
declare one record;
begin
    for one in
        select c.oid, c.relname, (
            select string_agg(format(' or old.%%1$I is distinct from new.%%1$I', a.attname), '')
            from (select distinct unnest(conkey) as number from pg_constraint where conrelid = c.oid
                and contype in ('f', 'u')) as k
            join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number) as followed
        from pg_class c join pg_attribute modified on modified.attrelid = c.oid and modified.attname = 'last_modified'
        where c.relnamespace = 'edfi'::regnamespace and c.relkind = 'r'
    loop
        execute format('create trigger keep_updated before update on edfi.%%I for each row'
            ' when (old.change_version is distinct from new.change_version%%s)'
            ' execute function edfi.keep_replaced_row()', one.relname, one.followed);
        execute format('create trigger keep_deleted before delete on edfi.%%I for each row'
            ' execute function edfi.keep_replaced_row()', one.relname);
    end loop;
end $$
"""


def upgrade() -> None:
    op.create_table(
        "replaced_row",
        sa.Column("table_name", sa.Text, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("student_unique_id", sa.Text),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", JSONB, nullable=False),
        schema="edfi",
    )
    op.create_index("ix_replaced_row_id", "replaced_row", ["table_name", "id"], schema="edfi")
    op.create_index("ix_replaced_row_student", "replaced_row", ["table_name", "student_unique_id"], schema="edfi")
    op.get_bind().exec_driver_sql(_KEEP)
    op.get_bind().exec_driver_sql(_TRIGGERS)
