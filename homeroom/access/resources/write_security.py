"""The second wall for what apps write: a role that owns nothing, under a policy on each table for each kind of writing.

A row has to be one that the agreement lets be written before it is changed and afterwards. The role sees the rows that
it may name, and no more than it needs; what apps read they read as other roles.
"""

from __future__ import annotations

from collections.abc import Iterator

from psycopg import sql

from homeroom.access.disclosures import SCHEMA as ACCESS
from homeroom.access.resources.write_reach import signatures
from homeroom.access.resources.write_scope import may_be_new, may_be_written, seen_while_writing
from homeroom.model import RESOURCES
from homeroom.model.columns import table_name
from homeroom.record.identifiers import SCHEMA, table
from homeroom.record.keys import BASE_KEYS

APP_WRITING = "homeroom_app_writing"


def write_policies() -> Iterator[sql.Composable]:
    """The statements that grant the role what it needs, and make its policies."""
    role = sql.Identifier(APP_WRITING)
    tables = sql.SQL(", ").join(table(resource) for resource in RESOURCES)
    bases = sql.SQL(", ").join(table(base) for base in BASE_KEYS)
    yield sql.SQL("grant usage on schema {}, {}, consolidation to {}").format(
        sql.Identifier(SCHEMA), sql.Identifier(ACCESS), role
    )
    yield sql.SQL("grant select, insert, update, delete on {} to {}").format(tables, role)
    yield sql.SQL("grant select, insert, delete on {} to {}").format(bases, role)
    yield sql.SQL("grant select, insert, update, delete on edfi.descriptor to {}").format(role)
    yield sql.SQL("grant usage on sequence edfi.change_version to {}").format(role)
    # A tombstone tells its change version to whoever writes it.
    yield sql.SQL("grant insert, select (change_version) on edfi.tombstone to {}").format(role)
    yield sql.SQL("grant insert on access.record_write, consolidation.created_identity to {}").format(role)
    yield sql.SQL("grant execute on function {} to {}").format(sql.SQL(", ").join(signatures()), role)
    yield from _policies_of_codes()
    for resource in RESOURCES:
        yield from _policies(resource)


def _policies_of_codes() -> Iterator[sql.Composable]:
    """Everybody reads codes; an app writes those of its namespaces."""
    codes = sql.Identifier(SCHEMA, "descriptor")
    own = sql.SQL("access.may_write(descriptor_type) and access.within_namespace(namespace)")
    yield sql.SQL("alter table {} enable row level security").format(codes)
    for policy, kind, to, condition in (
        ("everybody_reads", "select", sql.SQL("public"), sql.SQL("using (true)")),
        (f"{APP_WRITING}_insert", "insert", sql.Identifier(APP_WRITING), sql.SQL("with check ({})").format(own)),
        (f"{APP_WRITING}_update", "update", sql.Identifier(APP_WRITING), sql.SQL("using ({})").format(own)),
        (f"{APP_WRITING}_delete", "delete", sql.Identifier(APP_WRITING), sql.SQL("using ({})").format(own)),
    ):
        yield sql.SQL("drop policy if exists {} on {}").format(sql.Identifier(policy), codes)
        yield sql.SQL("create policy {} on {} for {} to {} {}").format(
            sql.Identifier(policy), codes, sql.SQL(kind), to, condition
        )


def _policies(resource: str) -> Iterator[sql.Composed]:
    name = table_name(resource)
    may_write = sql.SQL("{}({})").format(sql.Identifier(ACCESS, "may_write"), sql.Literal(resource))
    written = sql.SQL("{} and {}").format(may_write, may_be_written(resource, name))
    deleted = sql.SQL("{}({}, {}) and {}").format(
        sql.Identifier(ACCESS, "may_delete"),
        sql.Literal(resource),
        sql.Identifier(name, "id"),
        may_be_written(resource, name),
    )
    new = sql.SQL("{} and {}").format(may_write, may_be_new(resource, name))
    conditions = {
        "select": sql.SQL("using ({})").format(seen_while_writing(resource, name)),
        "insert": sql.SQL("with check ({})").format(new),
        "update": sql.SQL("using ({}) with check ({})").format(written, written),
        "delete": sql.SQL("using ({})").format(deleted),
    }
    for kind, condition in conditions.items():
        policy = sql.Identifier(f"{APP_WRITING}_{kind}")
        yield sql.SQL("drop policy if exists {} on {}").format(policy, table(resource))
        yield sql.SQL("create policy {} on {} for {} to {} {}").format(
            policy, table(resource), sql.SQL(kind), sql.Identifier(APP_WRITING), condition
        )
