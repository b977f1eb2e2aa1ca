"""What apps write: of a value that sources said otherwise both are kept, what was deleted is known by the rows that it
came from, and codes of a district can begin and end.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

# `said` has for a field the rows that spoke of it, the believed one first, with what they said. Who wrote it stands in
# the place of a row, by name, with the row and the value of the sources behind it.
_FUNCTIONS = """
create function edfi.said_by_writer(said jsonb, source_row bigint, before jsonb, after jsonb, writer text)
    returns jsonb language sql immutable set search_path = pg_catalog, pg_temp as $$
    select nullif(coalesce(said, '{}') || coalesce((
        select jsonb_object_agg(key, jsonb_build_array(jsonb_build_array(writer),
            case jsonb_typeof(said -> key -> 0 -> 0) when 'string' then said -> key -> 1
                else jsonb_build_array(source_row, was.value) end))
        from jsonb_each(before) as was join jsonb_each(after) as now using (key)
        where was.value is distinct from now.value), '{}'), '{}')
$$;
create function edfi.said_after_run(said jsonb, held jsonb, source_row bigint, before jsonb, after jsonb, writer text)
    returns jsonb language sql immutable set search_path = pg_catalog, pg_temp as $$
    select nullif(coalesce(said, '{}') || coalesce((
        select jsonb_object_agg(key, jsonb_build_array(
            case jsonb_typeof(held -> key -> 0 -> 0) when 'string' then held -> key -> 0
                else jsonb_build_array(writer) end,
            jsonb_build_array(source_row, was.value)))
        from jsonb_each(before) as was join jsonb_each(after) as now using (key)
        where was.value is distinct from now.value), '{}'), '{}')
$$
"""
# Apps write as a role that may not read what rows said before.
_HISTORY = "alter function edfi.keep_replaced_row() security definer set search_path = pg_catalog, pg_temp"


def upgrade() -> None:
    op.add_column("tombstone", sa.Column("source_rows", sa.ARRAY(sa.BigInteger)), schema="edfi")
    for name in ("effective_begin_date", "effective_end_date"):
        op.add_column("descriptor", sa.Column(name, sa.Date), schema="edfi")
    op.get_bind().exec_driver_sql(_FUNCTIONS)
    op.get_bind().exec_driver_sql(_HISTORY)
