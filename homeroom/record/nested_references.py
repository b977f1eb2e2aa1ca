"""References inside collections: they have no foreign key, and are looked up where a document is written."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
from psycopg import sql

from homeroom.model.columns import target_columns
from homeroom.record.document import Document
from homeroom.record.identifiers import names, table


def missing_nested(connection: psycopg.Connection, taken: Document) -> Iterator[tuple[str, str]]:
    """The path and the target of each reference inside a collection that names nothing in the record."""
    for path, (member, parts) in taken.nested.items():
        row = connection.execute(
            sql.SQL("select from {} where ({}) = ({})").format(
                table(member.target),
                names(target_columns(member)),
                sql.SQL(", ").join(sql.Placeholder() * len(parts)),
            ),
            list(parts.values()),
        ).fetchone()
        if row is None:
            yield path, member.target
