"""What was let go of, so that the next delivery of the same rows doesn't bring it back. No value of a row is in it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, LargeBinary, PrimaryKeyConstraint, Table, Text

from homeroom.record.provenance import metadata

# A row by the hash of its key. `waits`: it was let go of because somebody had left, and counts again when they return.
Table(
    "let_go",
    metadata,
    Column("resource", Text, nullable=False),
    Column("key_hash", LargeBinary, nullable=False),
    Column("waits", Boolean, nullable=False),
    PrimaryKeyConstraint("resource", "key_hash"),
)
# The one salt of those hashes.
Table("let_go_salt", metadata, Column("salt", LargeBinary, primary_key=True))
