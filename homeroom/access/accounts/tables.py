"""The tables of accounts and of what lets people in. No word that opens anything is in them, only its hash."""

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
from sqlalchemy.dialects.postgresql import JSONB

from homeroom.access.disclosures import SCHEMA

metadata = MetaData(schema=SCHEMA)

# Somebody who may sign in. `role`: what the district made them; the unique ids: as whom the record knows them, which
# tells what else they are. An account is never deleted: the log of what was shown may name it.
_account = Table(
    "account",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text),
    Column("staff_unique_id", Text),
    Column("contact_unique_id", Text),
    Column("student_unique_id", Text),
    Column("email", Text),
    # What a passkey knows the account by, random.
    Column("handle", LargeBinary, nullable=False, unique=True),
    Column("added_by", Text, nullable=False),
    Column("approved_by", Text),
    Column("added_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("ended_by", Text),
    Column("ended_at", DateTime(timezone=True)),
)
# A person has one account at a time.
for _kind in ("staff", "contact", "student"):
    Index(
        f"ix_account_{_kind}",
        _account.c[f"{_kind}_unique_id"],
        unique=True,
        postgresql_where=_account.c.ended_at.is_(None),
    )
Index("ix_account_email", _account.c.email, unique=True, postgresql_where=_account.c.ended_at.is_(None))
# By whom of an OpenID provider an account is used (OpenID Connect Core 1.0, section 2: `iss` and `sub`).
Table(
    "account_identity",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("account", ForeignKey("access.account.number"), nullable=False, index=True),
    Column("bound_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
Table(
    "passkey",
    metadata,
    Column("credential_id", LargeBinary, primary_key=True),
    Column("account", ForeignKey("access.account.number"), nullable=False, index=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("used_at", DateTime(timezone=True)),
)
# Who is signed in, by the hash of the word in their cookie. No account: whoever started the pages on this machine.
# `role`: as what they are here, where they are several things.
Table(
    "session",
    metadata,
    Column("sha256", LargeBinary, primary_key=True),
    Column("account", ForeignKey("access.account.number"), index=True),
    Column("role", Text),
    Column("begun_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("idle_until", DateTime(timezone=True), nullable=False),
    Column("ends_at", DateTime(timezone=True), nullable=False, index=True),
)
# Words that open something once: an invitation, an attempt to sign in, the link of this machine.
Table(
    "one_time_word",
    metadata,
    Column("sha256", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("account", ForeignKey("access.account.number"), index=True),
    Column("held", JSONB, nullable=False),
    Column("ends_at", DateTime(timezone=True), nullable=False, index=True),
)
