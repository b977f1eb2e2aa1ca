"""The tables of egress limits: whom a key was shown of late, what its budget is, and when it was suspended."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Identity, Index, Integer, MetaData, Table, Text, func

from homeroom.access.agreements.tables import metadata as agreements
from homeroom.access.disclosures import SCHEMA

metadata = MetaData(schema=SCHEMA)
_client = agreements.tables["access.client"].c.key

# The budget as it was worked out last, and how many students the key was shown in the hour and the day at most. Its row
# is locked while a page of the key is counted.
Table(
    "client_budget",
    metadata,
    Column("client", ForeignKey(_client), primary_key=True),
    Column("students_per_hour", Integer, nullable=False),
    Column("students_per_day", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("shown_in_hour", BigInteger, nullable=False, server_default="0"),
    Column("shown_in_day", BigInteger, nullable=False, server_default="0"),
)
# When a student was shown last: whoever was shown within the last hour is so once, however often.
_shown = Table(
    "client_student",
    metadata,
    Column("client", ForeignKey(_client), primary_key=True),
    Column("student_unique_id", Text, primary_key=True),
    Column("shown_at", DateTime(timezone=True), nullable=False),
)
Index("ix_client_student_shown", _shown.c.client, _shown.c.shown_at)
# Who suspended a key and who reinstated it. A trigger holds that rows are only added.
Table(
    "client_change",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("client", ForeignKey(_client), nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("why", Text, nullable=False),
)
# What the privacy officer is told of a key that was suspended: how many students it would have been shown in an hour or
# a day, of how many allowed. Nothing of a student is in it. `mailed_at`: when it went out by e-mail.
_notice = Table(
    "notice",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("client", ForeignKey(_client), nullable=False, index=True),
    Column("window_of", Text, nullable=False),
    Column("allowed", BigInteger, nullable=False),
    Column("asked", BigInteger, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("mailed_at", DateTime(timezone=True)),
)
Index("ix_notice_not_mailed", _notice.c.id, postgresql_where=_notice.c.mailed_at.is_(None))
