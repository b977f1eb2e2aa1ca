"""The table of profiles. No student is in it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Identity, Index, MetaData, Table, Text, func

from homeroom.access.disclosures import SCHEMA

metadata = MetaData(schema=SCHEMA)

# `definition`: `<Profile name=...>` with all that is in it, as the Ed-Fi ODS/API writes it.
_profile = Table(
    "profile",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("name", Text, nullable=False),
    Column("definition", Text, nullable=False),
)
Index("ix_profile_name", func.lower(_profile.c.name), unique=True)
