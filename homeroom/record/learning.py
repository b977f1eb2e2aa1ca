"""What learners did in the tools they learn with: single events, and how long a tool was used on a day.

The tables stand in the schema `learning`. They grow with each delivery: what a tool's log said once stays. The student
of a row is found anew in each run as long as nobody is known by the learner's id. Every column has its privacy class.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from homeroom.model.member import PrivacyClass

SCHEMA = "learning"
metadata = MetaData(schema=SCHEMA)

_PUBLIC = {"privacy": PrivacyClass.PUBLIC}
_IDENTIFYING = {"privacy": PrivacyClass.IDENTIFYING}
_EDUCATION = {"privacy": PrivacyClass.EDUCATION}

# One event of a learner, in the words of IMS Caliper Analytics, to which xAPI's are brought.
event = Table(
    "event",
    metadata,
    Column("source", Text, primary_key=True, info=_PUBLIC),
    Column("event_id", Text, primary_key=True, info=_EDUCATION),
    Column("source_row", BigInteger, nullable=False, info=_EDUCATION),
    Column("happened_at", DateTime(timezone=True), nullable=False, info=_EDUCATION),
    Column("learner", Text, nullable=False, info=_IDENTIFYING),
    Column("student_unique_id", Text, info=_IDENTIFYING),
    Column("event_type", Text, nullable=False, info=_EDUCATION),
    Column("action", Text, nullable=False, info=_EDUCATION),
    Column("tool", Text, info=_EDUCATION),
    Column("object_id", Text, info=_EDUCATION),
    Column("object_type", Text, info=_EDUCATION),
    Column("object_name", Text, info=_EDUCATION),
    Column("part_of", Text, info=_EDUCATION),
    Column("section", Text, info=_EDUCATION),
    Column("attempt", Integer, info=_EDUCATION),
    Column("score", Double, info=_EDUCATION),
    Column("max_score", Double, info=_EDUCATION),
    Column("success", Boolean, info=_EDUCATION),
    Column("seconds", Double, info=_EDUCATION),
    Column("learning_objectives", JSONB, info=_EDUCATION),
    Index("ix_event_student", "student_unique_id", "happened_at"),
    Index("ix_event_learner", "source", "learner"),
)
# How long and how often a learner used a tool on a day, as its usage log says.
tool_use = Table(
    "tool_use",
    metadata,
    Column("source", Text, primary_key=True, info=_PUBLIC),
    Column("learner", Text, primary_key=True, info=_IDENTIFYING),
    Column("tool", Text, primary_key=True, info=_EDUCATION),
    Column("used_on", Date, primary_key=True, info=_EDUCATION),
    Column("source_row", BigInteger, nullable=False, info=_EDUCATION),
    Column("student_unique_id", Text, info=_IDENTIFYING),
    Column("seconds", Double, info=_EDUCATION),
    Column("sessions", Integer, info=_EDUCATION),
    Index("ix_tool_use_student", "student_unique_id", "used_on"),
)
