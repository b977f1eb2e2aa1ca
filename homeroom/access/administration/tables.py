"""The tables of the Admin API. No student is in any of them, and no word that opens anything, only its hash."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
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
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from homeroom.access.accounts.tables import metadata as accounts
from homeroom.access.agreements.tables import metadata as agreements
from homeroom.access.disclosures import SCHEMA

metadata = MetaData(schema=SCHEMA)

# A program that does the work of a person with an account. Without an account: of a sandbox, where nobody need have
# one, which a trigger holds. Credentials are never deleted: what they changed is told with them.
Table(
    "administrator",
    metadata,
    Column("key", Text, primary_key=True),
    Column("account", ForeignKey(accounts.tables["access.account"].c.number), index=True),
    Column("secret_sha256", LargeBinary, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("removed_by", Text),
    Column("removed_at", DateTime(timezone=True)),
)
Table(
    "administrator_token",
    metadata,
    Column("sha256", LargeBinary, primary_key=True),
    Column("administrator", ForeignKey("access.administrator.key"), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False, index=True),
)
# What was changed over the Admin API, by whom. A trigger holds that rows are only added.
Table(
    "administrative_change",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("by", Text, nullable=False),
    Column("administrator", Text, nullable=False),
    Column("what", Text, nullable=False),
)
_vendor = Table(
    "vendor",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("company", Text, nullable=False),
    Column("namespace_prefixes", ARRAY(Text), nullable=False),
    Column("contact_name", Text, nullable=False),
    Column("contact_email_address", Text, nullable=False),
)
Index("ix_vendor_company", func.lower(_vendor.c.company), unique=True)
# `claim_set`: its name, the standard's or the district's own; `agreement`: the one that holds for it now.
_application = Table(
    "application",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("vendor", ForeignKey("access.vendor.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("claim_set", Text, nullable=False),
    Column("education_organizations", ARRAY(BigInteger), nullable=False),
    Column("agreement", ForeignKey(agreements.tables["access.agreement"].c.number), nullable=False, unique=True),
    Column("profiles", ARRAY(BigInteger), nullable=False, server_default="{}"),
)
Index("ix_application_name", _application.c.vendor, func.lower(_application.c.name), unique=True)
Table(
    "api_client",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("application", ForeignKey("access.application.id"), nullable=False, index=True),
    Column("key", ForeignKey(agreements.tables["access.client"].c.key), nullable=False, unique=True),
    Column("name", Text, nullable=False),
)
# A district's own claim sets. `granted`: by claim or resource, the actions, and the strategies that are not the usual.
_claim_set = Table(
    "claim_set",
    metadata,
    # Below are the standard's.
    Column("id", BigInteger, Identity(always=True, start=1001), primary_key=True),
    Column("name", Text, nullable=False),
    Column("purposes", ARRAY(Text), nullable=False),
    Column("granted", JSONB, nullable=False),
)
Index("ix_claim_set_name", func.lower(_claim_set.c.name), unique=True)
