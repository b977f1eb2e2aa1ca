"""The disclosure log: whose data was shown to whom, when and what for (FERPA, 34 CFR 99.32).

It holds no value of anyone's record, and no foreign key: what was shown stays told when the student's row is gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Column, DateTime, Identity, Index, MetaData, Table, Text, func

SCHEMA = "access"
metadata = MetaData(schema=SCHEMA)

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
)
Index("ix_disclosure_student", _disclosure.c.student_unique_ids, postgresql_using="gin")

WRITE = """
    insert into access.disclosure (principal, role, purpose, action, student_unique_ids)
    values (%(principal)s, %(role)s, %(purpose)s, %(action)s, %(students)s)
"""

_OF_STUDENT = """
    select max(at) as at, count(*) as times, principal, role, purpose, action from access.disclosure
    where student_unique_ids @> array[%(student)s]::text[]
    group by at::date, principal, role, purpose, action order by 1 desc, action limit %(most)s
"""


async def of_student(record: Any, student_unique_id: str, most: int = 50) -> Sequence[dict[str, Any]]:
    """Who was shown something of this student on which day, how often and when last: the latest `most`."""
    found = await record.execute(_OF_STUDENT, {"student": student_unique_id, "most": most})
    rows: Sequence[dict[str, Any]] = await found.fetchall()
    return rows
