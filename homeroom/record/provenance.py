"""Where the record came from: sources, deliveries and files; runs and their steps; quarantine; who is who.

These tables stand in the schema `consolidation`, beside the record that they explain, and are written in the same
transaction. `source_row` is a file's number and a position in it (`file_number << 32 | position`).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

SCHEMA = "consolidation"
metadata = MetaData(schema=SCHEMA)

# How the advice of a rule begins that tells of rows which are as they should be.
NOTHING_TO_MEND = "Nothing to do"

Table(
    "delivery",
    metadata,
    Column("delivery_id", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
Table(
    "delivered_file",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("delivery_id", ForeignKey("consolidation.delivery.delivery_id"), nullable=False),
    Column("path", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("position_unit", Text, nullable=False),
)
Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
# What became of what a source offered in a run: published, held or refused; then an earlier one was published for it.
Table(
    "run_delivery",
    metadata,
    Column("run_id", ForeignKey("consolidation.run.id"), primary_key=True),
    Column("source", Text, primary_key=True),
    Column("delivery_id", ForeignKey("consolidation.delivery.delivery_id"), primary_key=True),
    Column("outcome", Text, nullable=False),
)
# Wherein a delivery differs from the one that was accepted before it, as it was compared last.
Table(
    "delivery_finding",
    metadata,
    Column("delivery_id", ForeignKey("consolidation.delivery.delivery_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("compared_with", Text, nullable=False),
    Column("holds", Boolean, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("what", "about")),
    *(Column(name, BigInteger, nullable=False) for name in ("before", "before_of", "now", "now_of")),
    Column("sentence", Text, nullable=False),
)
# What people decided of held deliveries, never overwritten: the newest counts.
Table(
    "delivery_decision",
    metadata,
    Column("decision_number", BigInteger, Identity(always=True), primary_key=True),
    Column("delivery_id", ForeignKey("consolidation.delivery.delivery_id"), nullable=False),
    Column("decision", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("note", Text),
)
# The last batch: where each of its parts was merged, and the newest change version before it was written; its rows that
# the record refused, each by the row of a source that it believes most; and what sources said and don't say any more.
Table(
    "published_part",
    metadata,
    Column("part", Text, primary_key=True),
    Column("merged", Text, nullable=False),
    Column("change_version", BigInteger, nullable=False),
)
Table(
    "refused_row",
    metadata,
    Column("resource", Text, nullable=False),
    Column("source_row", BigInteger, nullable=False),
)
Table(
    "unsaid",
    metadata,
    Column("resource", Text, primary_key=True),
    Column("id", Uuid, primary_key=True),
)
Table(
    "run_step",
    metadata,
    Column("run_id", ForeignKey("consolidation.run.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("rows", BigInteger, nullable=False),
    Column("seconds", Double, nullable=False),
)
Table(
    "source_count",
    metadata,
    Column("run_id", ForeignKey("consolidation.run.id"), primary_key=True),
    Column("source", Text, primary_key=True),
    Column("landed", BigInteger, nullable=False),
    Column("accepted", BigInteger, nullable=False),
    Column("quarantined", BigInteger, nullable=False),
    Column("failure", Text),
)
Table(
    "quarantine",
    metadata,
    Column("run_id", ForeignKey("consolidation.run.id"), nullable=False, index=True),
    Column("source", Text, nullable=False),
    Column("source_row", BigInteger),
    Column("file_number", BigInteger),
    Column("rule", Text, nullable=False),
    Column("field", Text),
    Column("sentence", Text),
    Column("severity", Text, nullable=False),
)
# How many rows each reason set aside in each run. `file` is its path, with a day or moment in it as a star, and
# '' where it is not known; `field` is '' where the whole row is meant.
Table(
    "quarantine_count",
    metadata,
    Column("run_id", ForeignKey("consolidation.run.id"), primary_key=True),
    Column("source", Text, primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("file", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("severity", Text, primary_key=True),
    Column("rows", BigInteger, nullable=False),
    Column("sentence", Text),
)
# What each rule means and what to do about it, in the words of the last run, for whoever shows the quarantine.
Table(
    "rule",
    metadata,
    Column("name", Text, primary_key=True),
    Column("sentence", Text, nullable=False),
    Column("advice", Text, nullable=False),
    Column("severity", Text, nullable=False),
)
Table(
    "identity",
    metadata,
    Column("source", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("source_id", Text, nullable=False),
    Column("unique_id", Text, nullable=False),
    Column("probability", Double),
    Column("decided_by", Text, nullable=False),
    UniqueConstraint("source", "kind", "source_id"),
)
_PAIR = ("kind", "left_source", "left_id", "right_source", "right_id")
Table(
    "match",
    metadata,
    *(Column(name, Text, nullable=False) for name in _PAIR),
    Column("probability", Double),
    Column("state", Text, nullable=False),
    Column("comparison", JSONB),
)
# What people decided, never overwritten: of a pair the newest counts that was not undone.
Table(
    "match_decision",
    metadata,
    Column("decision_number", BigInteger, Identity(always=True), primary_key=True),
    *(Column(name, Text, nullable=False) for name in _PAIR),
    Column("decision", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("note", Text),
    Column("postponed_until", DateTime(timezone=True)),
    Column("undone_by", Text),
    Column("undone_at", DateTime(timezone=True)),
)
# Ids that rows of sources had before, so that persons who are taken apart again have theirs again.
Table(
    "identity_history",
    metadata,
    Column("source", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("source_id", Text, nullable=False),
    Column("unique_id", Text, nullable=False),
    Column("valid_until", DateTime(timezone=True), nullable=False),
    Index("ix_identity_history", "kind", "unique_id"),
)
# Persons whom an app asked an id for, before any system delivered them; `agreement`: the number of the one under which
# it asked. The next run links them as it links the rows of sources, and their ids stay.
Table(
    "created_identity",
    metadata,
    Column("unique_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("first_name", Text, nullable=False),
    Column("middle_name", Text),
    Column("last_name", Text, nullable=False),
    Column("suffix", Text),
    Column("birth_date", Date, nullable=False),
    Column("sex", Text),
    Column("agreement", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
# The quality of what each source said, from each run in which it said something new; counts, of which shares are made.
Table(
    "quality_source",
    metadata,
    Column("run_id", ForeignKey("consolidation.run.id"), primary_key=True),
    Column("source", Text, primary_key=True),
    Column("inputs", Text, nullable=False),
    Column("landed", BigInteger, nullable=False),
    Column("set_aside", BigInteger, nullable=False),
)
Table(
    "quality_field",
    metadata,
    *(Column(name, Text, primary_key=True) for name in ("source", "resource", "field")),
    Column("run_id", ForeignKey("consolidation.run.id"), primary_key=True, index=True),
    *(Column(name, BigInteger, nullable=False) for name in ("rows", "filled", "valid")),
    Column("newest", Date),
)
Table(
    "quality_agreement",
    metadata,
    *(Column(name, Text, primary_key=True) for name in ("resource", "field", "source", "other")),
    Column("run_id", ForeignKey("consolidation.run.id"), primary_key=True, index=True),
    *(Column(name, BigInteger, nullable=False) for name in ("compared", "equal")),
)
Table(
    "quality_identity",
    metadata,
    *(Column(name, Text, primary_key=True) for name in ("source", "kind")),
    Column("run_id", ForeignKey("consolidation.run.id"), primary_key=True),
    *(Column(name, BigInteger, nullable=False) for name in ("ids", "unique_ids")),
)
# What the business rules say, in the words of the last time they were asked; `failure`: why one could not be asked;
# `query` and `change_version`: with what, and of the record up to which change.
Table(
    "business_rule",
    metadata,
    Column("name", Text, primary_key=True),
    Column("means", Text, nullable=False),
    Column("advice", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("domain", Text, nullable=False),
    Column("resource", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("failure", Text),
    Column("query", Text),
    Column("change_version", BigInteger),
)
Table(
    "business_rule_count",
    metadata,
    Column("run_id", ForeignKey("consolidation.run.id"), primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("findings", BigInteger, nullable=False),
)
Table(
    "business_rule_finding",
    metadata,
    Column("rule", Text, nullable=False, index=True),
    Column("id", Uuid),
    Column("education_organization_id", BigInteger),
    Column("student_unique_id", Text),
    Column("source_row", BigInteger),
)
