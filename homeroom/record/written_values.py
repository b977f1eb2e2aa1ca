"""What apps wrote, when a batch comes: a value that an app wrote stays until the sources say something new of it.

A row that an app changed holds beside each value that it wrote what the sources said then (`said`). Where they say the
same still, they say nothing new, and the app's value stays; where they say something else now, that counts. Where they
say nothing of a field, what an app says of it stays. For resources on which the district names an authority, its
sources are believed before any app wherever they say anything.

A row that an app deleted does not come back while the sources say it in the same words as before.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

from homeroom.model.columns import key_columns
from homeroom.record.changes import key_values
from homeroom.record.identifiers import SCHEMA, as_json, equal, model_columns, names, table
from homeroom.record.withdrawal import WRITER


def keep_written_values(cursor: psycopg.Cursor, resource: str, received: sql.Identifier, outranked: bool) -> None:
    """Put what apps wrote into the rows of `received`, as far as it stays; `outranked`: the sources come first.

    Its column `written_by` is who wrote what stays, where something does that the sources say otherwise.
    """
    key = key_columns(resource)
    values = [name for name in model_columns(resource) if name not in key]
    if not values:
        return
    kept = [
        sql.SQL("{} as {}").format(_outranked(name) if outranked else _kept(name), sql.Identifier(name))
        for name in values
    ]
    cursor.execute(
        sql.SQL(
            """
            with kept as (
                select waiting.ctid as place, present.written_by, present.said as held, {kept}
                from {received} as waiting join {table} as present on {same_key} and present.written_by is not null
            )
            update {received} as waiting set ({values}) = row({new}),
                said = edfi.said_after_run(waiting.said, kept.held, waiting.source_rows[1], {before}, {after},
                    kept.written_by),
                written_by = case when row({new}) is distinct from row({old}) then kept.written_by end
            from kept where waiting.ctid = kept.place
            """
        ).format(
            kept=sql.SQL(", ").join(kept),
            received=received,
            table=table(resource),
            same_key=equal(key, "present", "waiting"),
            values=names(values),
            new=names(values, "kept"),
            old=names(values, "waiting"),
            before=as_json(values, "waiting"),
            after=as_json(values, "kept"),
        )
    )


def leave_deleted(cursor: psycopg.Cursor, resource: str, waiting: sql.Identifier) -> None:
    """Take the rows out of `waiting` that an app deleted, where they come from the very rows that they came from."""
    cursor.execute(
        sql.SQL(
            """
            delete from {waiting} as waiting using {tombstone} as gone
            where gone.resource = %s and gone.deleted_by is distinct from %s and gone.source_rows = waiting.source_rows
                and waiting.present_id is null and gone.key_values = {key}
            """
        ).format(
            waiting=waiting,
            tombstone=sql.Identifier(SCHEMA, "tombstone"),
            key=key_values(resource, "waiting"),
        ),
        [resource, WRITER],
    )


def _kept(name: str) -> sql.Composed:
    return sql.SQL(
        """
        case when present.source_rows = '{{}}' then coalesce(waiting.{column}, present.{column})
            when {written} and coalesce(to_jsonb(waiting.{column}), 'null') = present.said -> {name} -> 1 -> 1
            then present.{column} else waiting.{column} end
        """
    ).format(column=sql.Identifier(name), name=sql.Literal(name), written=_written(name))


def _outranked(name: str) -> sql.Composed:
    return sql.SQL(
        """
        case when present.source_rows = '{{}}' or {written} then coalesce(waiting.{column}, present.{column})
            else waiting.{column} end
        """
    ).format(column=sql.Identifier(name), written=_written(name))


def _written(name: str) -> sql.Composed:
    """Whether somebody other than the sources wrote the value that the row of the record holds."""
    return sql.SQL("jsonb_typeof(present.said -> {} -> 0 -> 0) = 'string'").format(sql.Literal(name))
