"""A bundle of OneRoster CSV 1.2, whole: all that an agreement lets its app have, as files.

The database writes the files (`COPY`); all of them say what was so at one moment. As the standard wants of a whole
bundle, status and date of change are left empty.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from homeroom.access.agreements.terms import Extent
from homeroom.access.door import Use
from homeroom.access.oneroster.agreed import Open, elements_of
from homeroom.access.oneroster.csv_files import every_file, opened_files, rows_of_files, shown_in, tells_of_students
from homeroom.access.oneroster.rows import select_rows
from homeroom.access.resources.agreed import terms_of, under_agreement

BULK, DELTA, ABSENT = "bulk", "delta", "absent"


async def write_bundle(use: Use, folder: Path, on_behalf_of: str) -> Mapping[str, int]:
    """Write the files into `folder`, which is there; the rows of each by its name. Whoever is in them is logged.

    `on_behalf_of`: who takes the files, for the log. Raises Refused where there is no agreement.
    """
    terms = terms_of(use)
    extent = terms.extent
    await use.record.execute("set transaction isolation level repeatable read")
    opened = opened_files(elements_of(terms))
    async with under_agreement(use, as_app=True):
        students = await _students(use, opened, extent)
    # Logged before a byte is written: no entry, no file.
    await use.disclose(students, shown_in(opened), on_behalf_of=on_behalf_of)
    async with under_agreement(use, as_app=True):
        written = {
            name: await write_file(use, folder, name, rows) for name, rows in rows_of_files(opened, extent).items()
        }
    write_manifest(folder, written, BULK)
    return dict(sorted(written.items()))


async def write_file(use: Use, folder: Path, name: str, rows: str) -> int:
    """One file, which only its owner may read; how many rows it has."""
    with _new_file(folder / f"{name}.csv") as out:
        async with use.record.cursor() as cursor, cursor.copy(f"copy ({rows}) to stdout (format csv, header)") as copy:
            async for piece in copy:
                out.write(piece)
            return max(cursor.rowcount, 0)


def write_manifest(folder: Path, written: Iterable[str], mode: str) -> None:
    """The manifest of the files that are `written`, all in one mode."""
    told = {"manifest.version": "1.0", "oneroster.version": "1.2"}
    told |= {f"file.{name}": mode if name in set(written) else ABSENT for name in every_file()}
    told |= {"source.systemName": "Homeroom", "source.systemCode": f"homeroom-{version('homeroom')}"}
    with _new_file(folder / "manifest.csv") as out, TextIOWrapper(out, encoding="utf-8", newline="") as text:
        csv.writer(text).writerows([("propertyName", "value"), *told.items()])


async def _students(use: Use, opened: Mapping[str, tuple[Open, ...]], extent: Extent) -> list[str]:
    """Everyone of whom the bundle tells."""
    parts = [one for found in opened.values() for one in found if tells_of_students(one)]
    if not parts:
        return []
    told = " union all ".join(
        select_rows(one, {"students": f"{one.part.students}::text[]"}, "true", extent) for one in parts
    )
    row = await use.row(f"select array_agg(distinct one) as students from ({told}) as told, unnest(students) as one")
    return (row or {}).get("students") or []


def _new_file(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
