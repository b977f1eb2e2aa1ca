"""The table of families' decisions about optional apps."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Identity, Index, MetaData, Table, Text, func

from homeroom.access.agreements.tables import metadata as agreements
from homeroom.access.disclosures import SCHEMA

metadata = MetaData(schema=SCHEMA)

# What was decided.
OUT, IN = "opted out", "opted in"

# The newest decision about a student counts. A trigger holds that rows are only added; like the disclosure log they
# name the student by the id that was theirs then. `account`: of whoever decided on the pages.
_opt_out = Table(
    "opt_out",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("agreement", ForeignKey(agreements.tables["access.agreement"].c.number), nullable=False),
    Column("student_unique_id", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("account", BigInteger),
    Column("why", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
Index("ix_opt_out_agreement", _opt_out.c.agreement, _opt_out.c.student_unique_id, _opt_out.c.id)
Index("ix_opt_out_student", _opt_out.c.student_unique_id)
