"""The table of what apps wrote: who, which row of which resource, what and when. No value of a row is in it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, MetaData, Table, Text, Uuid, func

from homeroom.access.disclosures import SCHEMA

metadata = MetaData(schema=SCHEMA)

# What was done to a row.
CREATED, CHANGED, KEY_CHANGED, DELETED = "created", "changed", "key changed", "deleted"

# `client`: the app's key. Like the disclosure log it refers to nothing, and a trigger holds that rows are only added.
# Whom an app created it may see, until they are placed somewhere: `homeroom.access.resources.reach` asks who did.
_written = Table(
    "record_write",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("agreement", BigInteger, nullable=False),
    Column("client", Text, nullable=False),
    Column("resource", Text, nullable=False),
    Column("row_id", Uuid, nullable=False),
    Column("what", Text, nullable=False),
)
Index("ix_record_write_row", _written.c.row_id)
Index("ix_record_write_agreement", _written.c.agreement, _written.c.id)
Index(
    "ix_record_write_person",
    _written.c.agreement,
    postgresql_where=(_written.c.what == CREATED) & _written.c.resource.in_(("Student", "Contact", "Staff")),
)
Index(
    "ix_record_write_organization",
    _written.c.agreement,
    postgresql_where=(_written.c.what == CREATED)
    & _written.c.resource.in_(
        (
            "CommunityOrganization",
            "CommunityProvider",
            "EducationOrganizationNetwork",
            "EducationServiceCenter",
            "LocalEducationAgency",
            "OrganizationDepartment",
            "PostSecondaryInstitution",
            "School",
            "StateEducationAgency",
        )
    ),
)
