"""The table that marks a record as a sandbox's: one row, or none."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, DateTime, MetaData, Table, func, true

from homeroom.access.disclosures import SCHEMA

metadata = MetaData(schema=SCHEMA)

# Triggers hold that it is written only while the record holds nothing, and that it stays.
Table(
    "sandbox",
    metadata,
    Column("marked", Boolean, primary_key=True, server_default=true()),
    Column("made_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint("marked", name="sandbox_marked"),
)
