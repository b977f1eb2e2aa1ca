"""What readers of changes ask beside the rows themselves: what was deleted and which keys changed, as finished JSON."""

from __future__ import annotations

from typing import LiteralString

import psycopg
from psycopg import sql

from homeroom.record.identifiers import SCHEMA

_DELETED: LiteralString = "'keyValues' value key_values"
_CHANGED: LiteralString = "'oldKeyValues' value old_key_values, 'newKeyValues' value new_key_values"


def deletes(
    connection: psycopg.Connection, resource: str, after: int = 0, until: int | None = None, limit: int = 25
) -> bytes:
    """The deleted rows of a resource with a change version above `after`, at most `until`, in that order, in UTF-8.

    Each has `id`, `changeVersion` and `keyValues`, as in the Ed-Fi API's change queries.
    """
    return _read(connection, "tombstone", _DELETED, resource, after, until, limit)


def key_changes(
    connection: psycopg.Connection, resource: str, after: int = 0, until: int | None = None, limit: int = 25
) -> bytes:
    """The changes of keys in the same way, with `oldKeyValues` and `newKeyValues`: each change, first to last."""
    return _read(connection, "key_change", _CHANGED, resource, after, until, limit)


def _read(
    connection: psycopg.Connection,
    log: str,
    values: LiteralString,
    resource: str,
    after: int,
    until: int | None,
    limit: int,
) -> bytes:
    statement = sql.SQL(
        """
        select convert_to('[' || coalesce(string_agg(document, ',' order by change_version), '') || ']', 'UTF8')
        from (
            select change_version, json_object('id' value encode(uuid_send(id), 'hex'),
                'changeVersion' value change_version, {values} returning text) as document
            from {log} where resource = %s and change_version > %s and (%s::bigint is null or change_version <= %s)
            order by change_version limit %s
        ) as found
        """
    ).format(values=sql.SQL(values), log=sql.Identifier(SCHEMA, log))
    with connection.cursor(binary=True) as cursor:
        row = cursor.execute(statement, [resource, after, until, until, limit]).fetchone()
    return row[0] if row else b"[]"
