"""The record's tables, built from the model: one for each resource, in the schema `edfi`.

The natural key is a unique constraint, references are foreign keys on natural keys that follow a key change,
collections are JSON, codes are the URIs of descriptors. Beside the model's columns each table has `id`,
`change_version`, `last_modified`, and where the row came from: `source_rows`, the rows that it was merged from, the
believed one first, and `said`, what each of several rows said; and `written_by`, who wrote it since, or who wrote a row
that no delivered file holds. Two base tables hold the keys of the abstract resources' subclasses; two say what was
deleted and which keys were changed; and one keeps what rows said before (`homeroom.record.earlier_days` asks it).

The migrations are written from this; what works in the record needs none of it, and building it takes a moment.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Numeric,
    PrimaryKeyConstraint,
    Sequence,
    Table,
    Text,
    Time,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from homeroom.model import RESOURCES
from homeroom.model import columns as shape
from homeroom.model.columns import GENERAL_STUDENT_PROGRAM_ASSOCIATION
from homeroom.model.declaration import Kind, ValueType
from homeroom.record.identifiers import SCHEMA, constraint_name, reference_constraint
from homeroom.record.keys import BASE_KEYS, base_key, unique_columns

metadata = MetaData(schema=SCHEMA)

# One sequence for the whole record, so that a reader who knows the last number it saw has missed nothing.
change_version = Sequence("change_version", metadata=metadata, schema=SCHEMA)

# An id has to be unique, not secret. PostgreSQL's own random UUIDs ask the operating system for each one, which takes
# longer than writing the row; its generator is seeded by the system once for each session.
_NEW_ID = "(md5(((random())::text || (random())::text)))::uuid"


def _column_type(type_: ValueType | None, compared: bool = False) -> TypeEngine[Any]:
    """The column's type. Text that is only ever `compared` is ordered by its bytes.

    An index of it then stays right when the machine's language or its C library changes, and is built several times
    faster.
    """
    if type_ is None:
        return JSONB()
    if type_.kind is Kind.DESCRIPTOR or (type_.kind is Kind.TEXT and compared):
        return Text(collation="C")
    if type_.kind is Kind.DECIMAL:
        return Numeric(type_.precision, type_.scale)
    simple: dict[Kind, TypeEngine[Any]] = {
        Kind.TEXT: Text(),
        Kind.INTEGER: Integer(),
        Kind.LONG: BigInteger(),
        Kind.BOOLEAN: Boolean(),
        Kind.DATE: Date(),
        Kind.TIME: Time(),
        Kind.DATETIME: DateTime(),
    }
    return simple[type_.kind]


def _build() -> None:
    Table(
        "descriptor",
        metadata,
        Column("uri", Text(collation="C"), primary_key=True),
        Column("descriptor_type", Text, nullable=False),
        Column("namespace", Text, nullable=False),
        Column("code_value", Text, nullable=False),
        Column("short_description", Text),
        Column("description", Text),
        Column("effective_begin_date", Date),
        Column("effective_end_date", Date),
        Column("last_modified", DateTime(timezone=True), nullable=False, server_default=func.now()),
    )
    Table(
        "education_organization",
        metadata,
        Column("education_organization_id", BigInteger, primary_key=True, autoincrement=False),
        Column("discriminator", Text, nullable=False),
    )
    types = {c.name: c.type for c in shape.columns("StudentProgramAssociation") if c.key}
    Table(
        "general_student_program_association",
        metadata,
        *(
            Column(name, _column_type(types[name], compared=True), nullable=False)
            for name in BASE_KEYS[GENERAL_STUDENT_PROGRAM_ASSOCIATION]
        ),
        Column("discriminator", Text, nullable=False),
        PrimaryKeyConstraint(*BASE_KEYS[GENERAL_STUDENT_PROGRAM_ASSOCIATION]),
    )
    for resource in RESOURCES:
        _build_resource(resource)
    # Who is at a school is asked whenever somebody who sees some schools reads anything.
    enrollment = metadata.tables[f"{SCHEMA}.student_school_association"]
    Index("ix_student_school_association_school", enrollment.c.school_id)
    # And who takes a section, whenever its teacher reads.
    seat = metadata.tables[f"{SCHEMA}.student_section_association"].c
    Index(
        "ix_student_section_association_section",
        seat.section_identifier,
        seat.local_course_code,
        seat.school_id,
        seat.school_year,
        seat.session_name,
    )
    # And who a student's contacts are, whenever rosters are read.
    tie = metadata.tables[f"{SCHEMA}.student_contact_association"]
    Index("ix_student_contact_association_student", tie.c.student_unique_id)
    _build_changes()


def _build_resource(resource: str) -> None:
    name = shape.table_name(resource)
    compared = {name for foreign in shape.foreign_keys(resource) for name in foreign.columns}
    values = [
        Column(c.name, _column_type(c.type, c.key or c.name in compared), nullable=not c.required)
        for c in shape.columns(resource)
    ]
    keys = []
    for foreign in shape.foreign_keys(resource):
        target = f"{SCHEMA}.{shape.table_name(foreign.target)}"
        keys.append(
            ForeignKeyConstraint(
                foreign.columns,
                [f"{target}.{column}" for column in foreign.target_columns],
                name=reference_constraint(resource, foreign.path),
                onupdate="CASCADE",
                deferrable=True,
            )
        )
    base = RESOURCES[resource].subclass_of
    if base:
        target = f"{SCHEMA}.{shape.table_name(base)}"
        keys.append(
            ForeignKeyConstraint(
                base_key(resource),
                [f"{target}.{column}" for column in BASE_KEYS[base]],
                name=constraint_name("fk", name, "base"),
                onupdate="CASCADE",
                deferrable=True,
            )
        )
    Table(
        name,
        metadata,
        Column("id", Uuid, primary_key=True, server_default=text(_NEW_ID)),
        *values,
        Column("change_version", BigInteger, nullable=False, server_default=change_version.next_value(), index=True),
        Column("last_modified", DateTime(timezone=True), nullable=False, server_default=func.now()),
        Column("source_rows", ARRAY(BigInteger), nullable=False, server_default=text("'{}'")),
        Column("said", JSONB),
        Column("written_by", Text),
        UniqueConstraint(*unique_columns(resource), name=constraint_name("key", name)),
        *keys,
    )


def _build_changes() -> None:
    Table(
        "tombstone",
        metadata,
        Column("change_version", BigInteger, primary_key=True, server_default=change_version.next_value()),
        Column("resource", Text, nullable=False),
        Column("id", Uuid, nullable=False),
        Column("key_values", JSONB, nullable=False),
        Column("deleted_by", Text),
        Column("deleted_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
        Column("source_rows", ARRAY(BigInteger)),
        Index("ix_tombstone_resource", "resource", "change_version"),
    )
    Table(
        "key_change",
        metadata,
        Column("change_version", BigInteger, primary_key=True, autoincrement=False),
        Column("resource", Text, nullable=False),
        Column("id", Uuid, nullable=False),
        Column("old_key_values", JSONB, nullable=False),
        Column("new_key_values", JSONB, nullable=False),
        Column("changed_by", Text),
        Column("changed_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
        Index("ix_key_change_resource", "resource", "change_version"),
    )
    Table(
        "replaced_row",
        metadata,
        Column("table_name", Text, nullable=False),
        Column("id", Uuid, nullable=False),
        Column("student_unique_id", Text),
        Column("valid_from", DateTime(timezone=True), nullable=False),
        Column("valid_until", DateTime(timezone=True), nullable=False),
        Column("document", JSONB, nullable=False),
        Index("ix_replaced_row_id", "table_name", "id"),
        Index("ix_replaced_row_student", "table_name", "student_unique_id"),
    )


_build()
