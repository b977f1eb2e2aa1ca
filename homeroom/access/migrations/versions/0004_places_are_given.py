"""No entry of the disclosure log is written with a place: it would stand in the way of all that come."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

_NO_PLACE = """
    create function access.no_place() returns trigger language plpgsql as $$
    begin raise exception 'An entry of the disclosure log gets its place later.'; end $$;
    create trigger no_place before insert on access.disclosure
        for each row when (new.position is not null) execute function access.no_place()
"""


def upgrade() -> None:
    op.execute(_NO_PLACE)
