"""What readers of changes ask beside the rows themselves: what was deleted and which keys changed, as finished JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

import psycopg
from psycopg import sql

from homeroom.model.columns import columns
from homeroom.record.changes import key_name
from homeroom.record.identifiers import SCHEMA


class Log(Enum):
    """A log of changes: its table, and its columns of keys by the names that they have in an answer.

    The last of them holds the key that the row has, or had last.
    """

    DELETES = ("tombstone", (("keyValues", "key_values"),))
    KEY_CHANGES = ("key_change", (("oldKeyValues", "old_key_values"), ("newKeyValues", "new_key_values")))

    @property
    def key(self) -> str:
        return self.value[1][-1][1]


def deletes(
    connection: psycopg.Connection, resource: str, after: int = 0, until: int | None = None, limit: int = 25
) -> bytes:
    """The deleted rows of a resource with a change version above `after`, at most `until`, in that order, in UTF-8.

    Each has `id`, `changeVersion` and `keyValues`, as in the Ed-Fi API's change queries.
    """
    return _read(connection, Log.DELETES, resource, after, until, limit)


def key_changes(
    connection: psycopg.Connection, resource: str, after: int = 0, until: int | None = None, limit: int = 25
) -> bytes:
    """The changes of keys in the same way, with `oldKeyValues` and `newKeyValues`: each change, first to last."""
    return _read(connection, Log.KEY_CHANGES, resource, after, until, limit)


def changes_statement(
    log: Log,
    resource: str,
    named: Iterable[str] | None = None,
    within: sql.Composable | None = None,
    about: sql.Composable | None = None,
) -> sql.Composed:
    """A page of a log in the order of change versions: its body, how many it holds, and whom they are `about`.

    `named`: the columns of the key that are told; None for all. `within`: what a `row` of the log has to fulfil, and
    `about`: an array of it. Its parameters are the lowest and the highest change version, the limit and the offset.
    """
    return sql.SQL(
        """
        with found as materialized (
            select change_version, {about} as about, {document} as document
            from {table} as row where {where} order by change_version limit %s offset %s
        )
        select convert_to('[' || coalesce(string_agg(document, ',' order by change_version), '') || ']', 'UTF8'),
            count(*), (select array_agg(distinct one) from found, unnest(about) as one where one is not null)
        from found
        """
    ).format(
        table=_table(log),
        document=_document(log, resource, named),
        where=_where(resource, within),
        about=about or sql.SQL("null::text[]"),
    )


def every_change_statement(
    log: Log, resource: str, named: Iterable[str] | None = None, within: sql.Composable | None = None
) -> sql.Composed:
    """The documents of all of a log, one to a row; the parameters are the lowest and the highest change version."""
    return sql.SQL("select {} from {} as row where {} order by change_version").format(
        _document(log, resource, named), _table(log), _where(resource, within)
    )


def everybody_changed_statement(
    log: Log, resource: str, within: sql.Composable | None, about: sql.Composable
) -> sql.Composed:
    """Whom all of a log is `about`, as one array, by the same parameters."""
    return sql.SQL(
        "select array_agg(distinct one) from {} as row, unnest({}) as one where one is not null and {}"
    ).format(_table(log), about, _where(resource, within))


def count_changes_statement(log: Log, resource: str, within: sql.Composable | None = None) -> sql.Composed:
    """How many there are; the parameters are the lowest and the highest change version."""
    return sql.SQL("select count(*) from {} as row where {}").format(_table(log), _where(resource, within))


def _table(log: Log) -> sql.Identifier:
    return sql.Identifier(SCHEMA, log.value[0])


def _document(log: Log, resource: str, named: Iterable[str] | None) -> sql.Composed:
    members = [
        sql.SQL("{} value {}").format(sql.Literal(name), _told(resource, sql.Identifier("row", column), named))
        for name, column in log.value[1]
    ]
    return sql.SQL(
        "json_object('id' value encode(uuid_send(id), 'hex'), 'changeVersion' value change_version, {} returning text)"
    ).format(sql.SQL(", ").join(members))


def _where(resource: str, within: sql.Composable | None) -> sql.Composed:
    asked = sql.SQL("resource = {} and change_version between %s and %s").format(sql.Literal(resource))
    return asked + sql.SQL(" and ") + within if within else asked


def _told(resource: str, key: sql.Composable, named: Iterable[str] | None) -> sql.Composable:
    if named is None:
        return key
    names: Sequence[str] = [
        key_name(column) for column in columns(resource) if column.key and column.name in set(named)
    ]
    parts = [one for name in names for one in (sql.Literal(name), sql.SQL("{} -> {}").format(key, sql.Literal(name)))]
    return sql.SQL("jsonb_build_object({})").format(sql.SQL(", ").join(parts))


_HIGHEST = (1 << 63) - 1


def _read(connection: psycopg.Connection, log: Log, resource: str, after: int, until: int | None, limit: int) -> bytes:
    asked = [after + 1, _HIGHEST if until is None else until, limit, 0]
    with connection.cursor(binary=True) as cursor:
        row = cursor.execute(changes_statement(log, resource), asked).fetchone()
    return row[0] if row else b"[]"
