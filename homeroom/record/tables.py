"""The record's tables, built from the model: one for each resource, in the schema `edfi`.

The natural key is a unique constraint, references are foreign keys on natural keys that follow a key change,
collections are JSON, codes are the URIs of descriptors. Beside the model's columns each table has `id`,
`change_version`, `last_modified`, and where the row came from: `source_rows`, the rows that it was merged from, the
believed one first, and `said`, what each of several rows said; or `written_by`, who wrote a row that no delivered file
holds. Two base tables hold the keys of the abstract resources'
subclasses.
"""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
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
from homeroom.model.columns import EDUCATION_ORGANIZATION, GENERAL_STUDENT_PROGRAM_ASSOCIATION
from homeroom.model.declaration import Kind, ValueType

SCHEMA = "edfi"
metadata = MetaData(schema=SCHEMA)

# One sequence for the whole record, so that a reader who knows the last number it saw has missed nothing.
change_version = Sequence("change_version", metadata=metadata, schema=SCHEMA)

# An id has to be unique, not secret. PostgreSQL's own random UUIDs ask the operating system for each one, which takes
# longer than writing the row; its generator is seeded by the system once for each session.
_NEW_ID = "(md5(((random())::text || (random())::text)))::uuid"

_PERSONS = ("Student", "Contact", "Staff")

# The columns of a subclass that make the key of its base table.
BASE_KEYS = {
    EDUCATION_ORGANIZATION: ("education_organization_id",),
    GENERAL_STUDENT_PROGRAM_ASSOCIATION: (
        "begin_date",
        "education_organization_id",
        "program_education_organization_id",
        "program_name",
        "program_type_descriptor",
        "student_unique_id",
    ),
}


def table_of(resource: str) -> Table:
    """The table of a resource or of an abstract one. Raises KeyError for a name that is neither."""
    return metadata.tables[f"{SCHEMA}.{shape.table_name(resource)}"]


def base_key(resource: str) -> tuple[str, ...]:
    """The columns of a subclass's table that hold the key of its base, in the base's order."""
    base = RESOURCES[resource].subclass_of
    if base == EDUCATION_ORGANIZATION:
        return shape.key_columns(resource)
    return BASE_KEYS[base] if base else ()


def unique_columns(resource: str) -> tuple[str, ...]:
    """The natural key in the order of its index: the person first, by whom rows are asked for, then as declared."""
    key = [column for column in shape.columns(resource) if column.key]
    return tuple(column.name for column in sorted(key, key=lambda column: column.identifies not in _PERSONS))


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


def reference_constraint(resource: str, path: str) -> str:
    """The name of the foreign key of a top-level reference."""
    return _name("fk", shape.table_name(resource), shape.snake(path.removesuffix("Reference")))


def _name(*parts: str) -> str:
    """A constraint's name of at most 63 bytes, cut with a hash so that two never collide."""
    name = "_".join(parts)
    if len(name) <= 63:
        return name
    return f"{name[:54]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


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
                name=_name("fk", name, "base"),
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
        UniqueConstraint(*unique_columns(resource), name=_name("key", name)),
        *keys,
    )


_build()
