"""The disclosure log: whose data was shown to whom, when, what of it and what for (FERPA, 34 CFR 99.32).

It holds no value of anyone's record, and no foreign key: what was shown stays told when the student's row is gone. An
entry is written in the transaction of the page that shows; its place in the tree is given later
(`homeroom.access.disclosure_log`), so that no page waits for another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

SCHEMA = "access"
metadata = MetaData(schema=SCHEMA)

# A trigger holds that rows are only added: of one that is there only `position` is set, once.
_disclosure = Table(
    "disclosure",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("principal", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("student_unique_ids", ARRAY(Text), nullable=False),
    Column("on_behalf_of", Text),
    Column("agreement", BigInteger),
    # The fields by resource, where they are known.
    Column("shown", JSONB, nullable=False, server_default="{}"),
    Column("salt", LargeBinary, nullable=False),
    # The number of the leaf, from 0.
    Column("position", BigInteger),
)
Index("ix_disclosure_student", _disclosure.c.student_unique_ids, postgresql_using="gin")
Index("ix_disclosure_position", _disclosure.c.position, unique=True)
Index("ix_disclosure_without_position", _disclosure.c.id, postgresql_where=_disclosure.c.position.is_(None))
# The hashes of the tree, 256 to a tile: of leaves at level 0, of the full tiles of the level below at each other.
Table(
    "disclosure_tile",
    metadata,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("hashes", LargeBinary, nullable=False),
)
# Every checkpoint that was given out, by the number of entries.
Table(
    "disclosure_checkpoint",
    metadata,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
    Column("signed_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
# The one key that signs this log.
Table("disclosure_key", metadata, Column("verifier_key", Text, primary_key=True))

WRITE = """
    insert into access.disclosure
        (at, principal, role, purpose, action, student_unique_ids, on_behalf_of, agreement, shown, salt)
    values (%(at)s, %(principal)s, %(role)s, %(purpose)s, %(action)s, %(students)s, %(on_behalf_of)s, %(agreement)s,
        %(shown)s, %(salt)s)
"""

_OF_STUDENT = """
    select max(at) as at, count(distinct id) as times, principal, role, on_behalf_of, agreement, purpose, action,
        coalesce(array_agg(distinct resource order by resource) filter (where resource is not null), '{}') as resources,
        sum(count(distinct id)) over ()::bigint as entries, count(*) over () as lines
    from access.disclosure left join lateral jsonb_object_keys(shown) as resource on true
    where student_unique_ids @> array[%(student)s]::text[]
    group by at::date, principal, role, on_behalf_of, agreement, purpose, action order by 1 desc, action limit %(most)s
"""


async def of_student(record: Any, student_unique_id: str, most: int = 50) -> Sequence[dict[str, Any]]:
    """Who was shown what of this student on which day, how often and when last: the latest `most`.

    Each with `entries` and `lines`: how many entries and such lines there are in all. `resources`: none where it is not
    known what was shown.
    """
    found = await record.execute(_OF_STUDENT, {"student": student_unique_id, "most": most})
    rows: Sequence[dict[str, Any]] = await found.fetchall()
    return rows
