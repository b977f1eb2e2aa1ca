"""The tables of notices to apps. No person is in any of them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Integer, MetaData, Table, Text, func

from homeroom.access.agreements.tables import metadata as agreements
from homeroom.access.disclosures import SCHEMA

metadata = MetaData(schema=SCHEMA)
_agreement = agreements.tables["access.agreement"].c.number

# Up to which change version an agreement's app was told.
Table(
    "webhook",
    metadata,
    Column("agreement", ForeignKey(_agreement), primary_key=True, autoincrement=False),
    Column("noticed_up_to", BigInteger, nullable=False),
)
# `next_at`: when it is sent next; nothing where it was taken, or nobody took it for a day.
Table(
    "webhook_message",
    metadata,
    Column("id", Text, primary_key=True),
    Column("agreement", ForeignKey(_agreement), nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("max_change_version", BigInteger, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("next_at", DateTime(timezone=True), index=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("delivered_at", DateTime(timezone=True)),
    Column("last_answer", Text),
)
