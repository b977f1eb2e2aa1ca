"""The table of what two people decided: that files of the whole district may be made under an agreement."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Identity, MetaData, Table, Text, func

from homeroom.access.agreements.tables import metadata as agreements
from homeroom.access.disclosures import SCHEMA

metadata = MetaData(schema=SCHEMA)

# A trigger holds that rows are only added. One that ends at once ends what was decided before.
Table(
    "bulk_release",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("agreement", ForeignKey(agreements.tables["access.agreement"].c.number), nullable=False, index=True),
    Column("by", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("ends_at", DateTime(timezone=True), nullable=False),
)
