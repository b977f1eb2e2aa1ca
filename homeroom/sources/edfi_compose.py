"""A resource as it is now, out of what it was and what changed: documents are known by the ids that the API gives."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from homeroom.sources.kept_files import KeptFile

# No text of JSON holds it: what separates lines is all that is written between documents.
_NEVER = "\\x01"


def compose(pages: Sequence[Path], deleted: Sequence[str], before: KeptFile | None, into: Path) -> None:
    """Write the documents to `into`, one a line and by their ids: those of the `pages` (each a list), and those of the
    file `before` that are in none and were not deleted. No file is written where there is none."""
    with duckdb.connect() as connection:
        connection.execute("create table now (document json)")
        for page in pages:
            connection.execute(
                "insert into now select unnest(json_extract(content::json, '$[*]')) from read_text(?)", [str(page)]
            )
        connection.execute("create table known as select *, lower(replace(document->>'$.id', '-', '')) as id from now")
        gone = pa.table({"id": pa.array([one.replace("-", "").lower() for one in deleted], pa.string())})
        connection.register("gone", gone)
        if before is not None:
            connection.execute(
                f"""
                insert into known
                with had as (
                    select line::json as document, lower(replace(line::json->>'$.id', '-', '')) as id
                    from read_csv(?, columns = {{'line': 'VARCHAR'}}, delim = E'{_NEVER}', quote = '', escape = '',
                        header = false, auto_detect = false, max_line_size = {64 << 20}))
                select * from had anti join known using (id) anti join gone using (id)
                """,
                [str(before.path)],
            )
        row = connection.execute("select count(*) from known").fetchone()
        if row and row[0]:
            target = str(into).replace("'", "''")
            connection.execute(
                f"""copy (select document::varchar from known order by id, document::varchar) to '{target}'
                (format csv, header false, delimiter E'{_NEVER}', quote '', escape '')"""
            )
