"""The tables of retention. But for holds, no person of the record is in any of them."""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from homeroom.access.agreements.tables import metadata as agreements
from homeroom.access.disclosures import SCHEMA

metadata = MetaData(schema=SCHEMA)

# A hold is of one student, or of everything.
_hold = Table(
    "retention_hold",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("student_unique_id", Text),
    Column("why", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("released_by", Text),
    Column("released_at", DateTime(timezone=True)),
)
Index("ix_retention_hold_student", _hold.c.student_unique_id)
# That somebody asked for what was due on a day to be deleted. `schedules`: the hash of those that counted then.
Table(
    "retention_request",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("as_of", Date, nullable=False),
    Column("schedules", LargeBinary, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
# What was deleted, written in the transaction that deleted it. Neither this nor a request is ever changed.
Table(
    "retention_certificate",
    metadata,
    Column("request", ForeignKey("access.retention_request.number"), primary_key=True, autoincrement=False),
    Column("document", JSONB, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
# Which apps have to delete the same, until when, and whether their provider said that they did.
Table(
    "retention_notice",
    metadata,
    Column("request", ForeignKey("access.retention_certificate.request"), primary_key=True, autoincrement=False),
    Column("agreement", ForeignKey(agreements.tables["access.agreement"].c.number), primary_key=True,
           autoincrement=False),
    Column("delete_by", Date, nullable=False),
    Column("resources", ARRAY(Text), nullable=False),
    Column("confirmed_by", Text),
    Column("confirmed_at", DateTime(timezone=True)),
)  # fmt: skip
