"""Give a row another natural key: what refers to it follows, and a log tells readers of changes what became of which.

Foreign keys follow by themselves (`ON UPDATE CASCADE`). Before that, the rows that will follow are written down with
their old keys, so that each of them gets a change version of its own, and those whose own key follows are logged too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from homeroom.errors import HomeroomError
from homeroom.model import RESOURCES
from homeroom.model.columns import columns, foreign_keys, key_columns
from homeroom.record.changes import key_name, key_values, writing
from homeroom.record.deletion import NotThere
from homeroom.record.document import take_apart
from homeroom.record.identifiers import SCHEMA, names, table
from homeroom.record.keys import BASE_KEYS, base_key
from homeroom.record.nested_references import Nested, nested_to, renamed
from homeroom.record.order import dependency_order
from homeroom.record.upsert import KeyTaken, Upserted, must_be_known, upsert

_FOLLOWING = sql.Identifier("pg_temp", "following")


class SaidBySources(HomeroomError):
    """The sources say this key, of the row or of one that would follow: the next batch would bring it again."""


def change_key(
    connection: psycopg.Connection,
    resource: str,
    id_: UUID,
    document: Mapping[str, Any],
    source: str,
    written: tuple[str, ...] | None = None,
    against_sources: bool = True,
) -> Upserted:
    """Make the row `id_` what a document says, its natural key included. `source` is who wants it, by name.

    `written`: as upsert has it. Raises NotThere; InvalidDocument as upsert does; KeyTaken where another row has the key
    already; and, but `against_sources`, SaidBySources. The caller's transaction decides.
    """
    taken = take_apart(resource, document)
    key = key_columns(resource)
    with writing(connection):
        must_be_known(connection, taken)
        present = connection.execute(
            sql.SQL("select {} from {} where id = %s for update").format(names(key), table(resource)), [id_]
        ).fetchone()
        if present is None:
            raise NotThere(f"The record has no {resource} with this id.")
        wanted = tuple(taken.values[column] for column in key)
        if wanted != present:
            try:
                with connection.transaction():
                    _write_down(connection, resource, id_)
                    if not against_sources:
                        _refuse_said(connection, resource)
                    _change(connection, resource, id_, dict(zip(key, zip(present, wanted, strict=True), strict=True)))
            except psycopg.errors.UniqueViolation:
                raise KeyTaken(f"Another row of the record has the key that this {resource} was to get.") from None
            _log(connection, source)
        return upsert(connection, resource, document, source, written)


def _refuse_said(connection: psycopg.Connection, resource: str) -> None:
    for follower in _resources(connection):
        said = sql.SQL(
            "select from {} as row join {} as f on f.resource = %s and f.id = row.id where row.source_rows <> '{{}}'"
            " limit 1"
        ).format(table(follower), _FOLLOWING)
        if connection.execute(said, [follower]).fetchone() is not None:
            what = f"this {resource}" if follower == resource else f"a {follower} that names this {resource}"
            raise SaidBySources(
                f"A system of the district delivers {what}, under this key: the next run would bring it again. Have "
                "the key changed there."
            )


def _change(connection: psycopg.Connection, resource: str, id_: UUID, key: Mapping[str, tuple[Any, Any]]) -> None:
    """Change the key of what was written down: `key` holds the old and the new value of each column."""
    # A row may be reached over several ways; its references are right again when all of them are done.
    connection.execute("set constraints all deferred")
    base = RESOURCES[resource].subclass_of
    if base:
        own = base_key(resource)
        _set(connection, base, BASE_KEYS[base], [key[c][1] for c in own], BASE_KEYS[base], [key[c][0] for c in own])
    _set(connection, resource, tuple(key), [new for _, new in key.values()], ("id",), [id_])
    _bring_bases_along(connection)
    connection.execute("set constraints all immediate")
    _rename_nested(connection)


def _set(
    connection: psycopg.Connection,
    resource: str,
    changed: tuple[str, ...],
    values: list[Any],
    where: tuple[str, ...],
    wanted: list[Any],
) -> None:
    connection.execute(
        sql.SQL("update {} set ({}) = row({}) where ({}) = ({})").format(
            table(resource),
            names(changed),
            sql.SQL(", ").join(sql.Placeholder() * len(changed)),
            names(where),
            sql.SQL(", ").join(sql.Placeholder() * len(where)),
        ),
        [*values, *wanted],
    )


def _write_down(connection: psycopg.Connection, resource: str, id_: UUID) -> None:
    """Fill `following` with the row and all that will change with it; `key_follows` where a row's own key will."""
    connection.execute(
        "create temporary table if not exists following"
        " (resource text, id uuid, key_follows boolean, old_key_values jsonb, primary key (resource, id))"
        " on commit drop"
    )
    connection.execute(sql.SQL("truncate {}").format(_FOLLOWING))
    connection.execute(
        sql.SQL("insert into {} select %s, id, true, {} from {} as row where id = %s").format(
            _FOLLOWING, key_values(resource, "row"), table(resource)
        ),
        [resource, id_],
    )
    reached = {resource}
    for follower in dependency_order():
        while _follow(connection, follower, reached):
            reached.add(follower)


def _follow(connection: psycopg.Connection, follower: str, reached: set[str]) -> bool:
    """Add the rows of a resource that refer to one whose key will change; whether there were any that may go on."""
    added = False
    for foreign in foreign_keys(follower):
        for target in reached:
            if foreign.target == target:
                named = foreign.target_columns
            elif foreign.target == RESOURCES[target].subclass_of:
                positions = [BASE_KEYS[foreign.target].index(column) for column in foreign.target_columns]
                named = tuple(base_key(target)[position] for position in positions)
            else:
                continue
            cursor = connection.execute(
                sql.SQL(
                    """
                    insert into {following}
                    select %(follower)s, row.id, %(key)s, {key_values}
                    from {table} as row join {target} as named on ({own}) = ({named})
                        join {following} as f on f.resource = %(target)s and f.id = named.id and f.key_follows
                    on conflict (resource, id) do update set key_follows = true
                    where excluded.key_follows and not following.key_follows
                    """
                ).format(
                    following=_FOLLOWING,
                    key_values=key_values(follower, "row"),
                    table=table(follower),
                    target=table(target),
                    own=names(foreign.columns, "row"),
                    named=names(named, "named"),
                ),
                {
                    "follower": follower,
                    "target": target,
                    "key": bool(set(foreign.columns) & set(key_columns(follower))),
                },
            )
            added |= cursor.rowcount > 0
    return added


def _resources(connection: psycopg.Connection) -> list[str]:
    rows = connection.execute(sql.SQL("select distinct resource from {} order by 1").format(_FOLLOWING)).fetchall()
    return [resource for (resource,) in rows]


def _bring_bases_along(connection: psycopg.Connection) -> None:
    """A base table refers to nothing: the keys of its subclasses' rows that followed are changed there too."""
    for resource in _resources(connection):
        base = RESOURCES[resource].subclass_of
        if not base:
            continue
        held = {column.name: key_name(column) for column in columns(resource) if column.key}
        old = [
            sql.SQL("base.{}::text = f.old_key_values ->> {}").format(sql.Identifier(column), sql.Literal(held[own]))
            for column, own in zip(BASE_KEYS[base], base_key(resource), strict=True)
        ]
        connection.execute(
            sql.SQL(
                "update {} as base set ({}) = row({}) from {} as f join {} as row on row.id = f.id"
                " where f.resource = %s and f.key_follows and {}"
            ).format(
                table(base),
                names(BASE_KEYS[base]),
                names(base_key(resource), "row"),
                _FOLLOWING,
                table(resource),
                sql.SQL(" and ").join(old),
            ),
            [resource],
        )


def _rename_nested(connection: psycopg.Connection) -> None:
    """References inside collections have no foreign key that would follow."""
    for resource in _resources(connection):
        held = {column.name: key_name(column) for column in columns(resource) if column.key}
        changed = connection.execute(
            sql.SQL(
                "select old_key_values, {} from {} as row join {} as f"
                " on f.resource = %s and f.id = row.id and f.key_follows"
            ).format(key_values(resource, "row"), table(resource), _FOLLOWING),
            [resource],
        ).fetchall()
        for nested in nested_to(resource):
            for was, becomes in changed:
                old, new = ({part: key[held[column]] for part, column in nested.parts} for key in (was, becomes))
                if old != new:
                    _rename(connection, nested, old, new)


def _rename(connection: psycopg.Connection, nested: Nested, old: dict[str, Any], new: dict[str, Any]) -> None:
    rows = connection.execute(
        sql.SQL("select id, {column} from {table} where jsonb_path_exists({column}, {path}, %s)").format(
            column=sql.Identifier(nested.column), table=table(nested.resource), path=sql.Literal(nested.filtered)
        ),
        [Jsonb(old)],
    ).fetchall()
    for id_, value in rows:
        connection.execute(
            sql.SQL(
                "update {table} set {column} = %s, change_version = nextval({sequence}), last_modified = now()"
                " where id = %s"
            ).format(
                table=table(nested.resource),
                column=sql.Identifier(nested.column),
                sequence=sql.Literal(f"{SCHEMA}.change_version"),
            ),
            [Jsonb(renamed(value, nested.name, old, new)), id_],
        )


def _log(connection: psycopg.Connection, source: str) -> None:
    """A new change version for every row that followed, and a line in the log for every key that changed."""
    for resource in _resources(connection):
        connection.execute(
            sql.SQL(
                """
                with changed as (
                    update {table} as row set change_version = nextval({sequence}), last_modified = now()
                    from {following} as f where f.resource = %(resource)s and f.id = row.id
                    returning row.id, row.change_version, f.old_key_values, {key_values} as new_key_values
                )
                insert into {log} (change_version, resource, id, old_key_values, new_key_values, changed_by)
                select change_version, %(resource)s, id, old_key_values, new_key_values, %(source)s from changed
                where old_key_values <> new_key_values
                """
            ).format(
                table=table(resource),
                sequence=sql.Literal(f"{SCHEMA}.change_version"),
                following=_FOLLOWING,
                key_values=key_values(resource, "row"),
                log=sql.Identifier(SCHEMA, "key_change"),
            ),
            {"resource": resource, "source": source},
        )
