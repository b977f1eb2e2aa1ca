"""The tables of agreements and of what apps are let in with. No student is in any of them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from homeroom.access.disclosures import SCHEMA

metadata = MetaData(schema=SCHEMA)

# What was asked for, in the words of `homeroom.access.agreements.file`. Neither this nor a change is ever changed or
# deleted, which a trigger of the database holds.
Table(
    "agreement",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("terms", JSONB, nullable=False),
)
Table(
    "agreement_change",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("agreement", ForeignKey("access.agreement.number"), nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("why", Text, nullable=False),
    Column("widens_budget", Boolean, nullable=False, server_default="false"),
)
# A program's key, and the hash of its secret. Keys are never deleted: the log of what was told names them. `enabled`:
# whether it opens anything, as whoever looks after it over the Admin API says.
Table(
    "client",
    metadata,
    Column("key", Text, primary_key=True),
    Column("agreement", ForeignKey("access.agreement.number"), nullable=False, index=True),
    Column("secret_sha256", LargeBinary, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("removed_by", Text),
    Column("removed_at", DateTime(timezone=True)),
    Column("enabled", Boolean, nullable=False, server_default="true"),
)
Table(
    "token",
    metadata,
    Column("sha256", LargeBinary, primary_key=True),
    Column("client", ForeignKey("access.client.key"), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False, index=True),
)
