"""Rows as a OneRoster service said them, written as files of the standard, in the place of those that it said before.

The files are the same, byte for byte, whether all rows were asked for or only the changed ones: their rows are in a
fixed order, and a row with the status `tobedeleted` is in none.
"""

from __future__ import annotations

import csv
from collections.abc import Collection as Keys
from collections.abc import Mapping
from io import TextIOWrapper
from pathlib import Path

import duckdb

from homeroom.errors import CannotRun
from homeroom.sources.kept_files import KeptFile
from homeroom.sources.oneroster_json import Collection, details_of, rows_of

_MEMORY = "2GB"
_ROW_BYTES = 1 << 26


def compose(
    collection: Collection,
    version: str,
    rows: Path,
    metadata: Keys[str],
    before: Mapping[str, KeptFile],
    into: Path,
) -> list[str]:
    """Write a collection's file, and those of its details, to `into`; gives their names.

    `rows`: what was said, an object with a `number` and the `row` on each line; `metadata`: the keys of the rows' own.
    `before`: the files whose other rows stay, by name; empty where all was said.
    """
    with duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": str(rows.parent)}) as connection:
        try:
            connection.execute(_said(rows))
            files = {collection.name: ("sourcedId", rows_of(collection, version, metadata))}
            files |= {one.file: (one.owner, details_of(one)) for one in collection.details_of(version)}
            return [
                name
                for name, (key, query) in files.items()
                if _write(connection, name, key, query, before.get(name), into) or name == collection.name
            ]
        except duckdb.Error as problem:
            # What it says may hold what a row says.
            raise CannotRun(
                f"What the service said about {collection.name} could not be written as a file "
                f"({type(problem).__name__}). Nothing was taken. If the disk has room, tell who cares for Homeroom."
            ) from None


def _said(rows: Path) -> str:
    """`changed`: every id that was said; `said`: the rows that are there, one for each id."""
    return f"""
        create table told as
        select row, json_extract_string(row, '$.sourcedId') as id, json_extract_string(row, '$.status') as status from (
            select json_extract(json, '$.row') as row, json_extract(json, '$.number')::bigint as number
            from read_json_objects('{_literal(rows)}', format = 'newline_delimited', maximum_object_size = {_ROW_BYTES})
        ) qualify id is null or row_number() over (partition by id order by number desc) = 1;
        create table changed as select id from told where id is not null;
        create table said as select row from told where lower(trim(coalesce(status, ''))) <> 'tobedeleted';
    """


def _write(
    connection: duckdb.DuckDBPyConnection, name: str, key: str, query: str, before: KeptFile | None, into: Path
) -> bool:
    """Write one file; whether it was written: a detail of which there are no rows is not."""
    now = query
    if before is not None:
        stays = f'select * from {_csv(before)} as row where row."{key}" is null or row."{key}" not in (from changed)'
        now = f"{stays} union all by name {query}"
    columns = [row[0] for row in connection.execute(f"describe {now}").fetchall()]
    plain = [column for column in columns if not column.startswith("metadata.")]
    listed = ", ".join(_identifier(column) for column in [*plain, *sorted(set(columns) - set(plain))])
    target = into / f"{name}.csv"
    written = connection.execute(
        f"copy (select {listed} from ({now}) order by all) to '{_literal(target)}' (format csv, header)"
    ).fetchone()
    if key != "sourcedId" and not (written and written[0]):
        target.unlink()
        return False
    return True


def _csv(file: KeptFile) -> str:
    with file.open() as stream, TextIOWrapper(stream, encoding="utf-8", newline="") as lines:
        columns = ", ".join(f"'{_literal(name)}': 'varchar'" for name in next(csv.reader(lines)))
    form = "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"'"
    return f"read_csv('{_literal(file.path)}', {form}, columns = {{{columns}}})"


def _literal(text: Path | str) -> str:
    return str(text).replace("'", "''")


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
