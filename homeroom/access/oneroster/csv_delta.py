"""A bundle of OneRoster CSV 1.2 that holds changes only: what is to be told to whoever had earlier bundles.

What they told is read from them, and compared with what the agreement lets be told now. So also what only left the
agreement's reach is told as gone (a student who moved to another school, or whose family opted out of the app), which
no change version tells. Of what is gone the id alone is told.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg

from homeroom.access.door import Use
from homeroom.access.oneroster.agreed import elements_of
from homeroom.access.oneroster.csv_bundle import ABSENT, BULK, DELTA, write_file, write_manifest
from homeroom.access.oneroster.csv_files import (
    CHANGED,
    COMMON,
    STUDENTS,
    columns_of,
    every_file,
    opened_files,
    rows_of_files,
    shown_in,
)
from homeroom.access.oneroster.declaration import Kind
from homeroom.access.oneroster.documents import as_text
from homeroom.access.resources.agreed import terms_of, under_agreement
from homeroom.errors import WrongUse

_GONE = "tobedeleted"
_LARGEST_PIECE = 1 << 20


async def write_delta(use: Use, folder: Path, on_behalf_of: str, before: Sequence[Path]) -> Mapping[str, int]:
    """Write the files of changes into `folder`, which is there; the rows of each by its name.

    `before`: the manifests of the earlier bundles, a whole one first and then each that changed it. Whoever is told of
    is logged. Raises WrongUse where these are no such bundles, and Refused where there is no agreement.
    """
    modes = _modes(before)
    terms = terms_of(use)
    await use.record.execute("set transaction isolation level repeatable read")
    opened = opened_files(elements_of(terms))
    files = rows_of_files(opened, terms.extent, with_changes=True)
    had = {name for told in modes for name, mode in told.items() if mode != ABSENT}
    told = sorted({*files, *had})
    async with under_agreement(use, as_app=True):
        for name in told:
            await _keep_now(use, name, files.get(name))
            earlier = [path for path, mode in zip(before, modes, strict=True) if mode[name] != ABSENT]
            await _keep_before(use, name, [path.with_name(f"{name}.csv") for path in earlier])
        students = await _students(use, told)
    students |= await _gone_students(use, told)
    await use.disclose(students, shown_in(opened), on_behalf_of=on_behalf_of)
    async with under_agreement(use, as_app=True):
        written = {name: await write_file(use, folder, name, _changes(name)) for name in told}
    write_manifest(folder, written, DELTA)
    return written


def _modes(before: Sequence[Path]) -> list[Mapping[str, str]]:
    """Of each earlier bundle the mode of each file. Raises WrongUse where the first is not whole, or a later one is."""
    found = [_manifest(path) for path in before]
    for number, (path, told) in enumerate(zip(before, found, strict=True)):
        wanted, words = (DELTA, "holds changes") if number else (BULK, "is whole")
        if {*told.values(), ABSENT} != {wanted, ABSENT}:
            raise WrongUse(
                f"{path} is not that of a bundle which {words}. Name the manifest of the last whole bundle first, and "
                "then those of all that changed it, in their order: "
                "--since FULL/manifest.csv --since DELTA/manifest.csv"
            )
    return found


def _manifest(path: Path) -> Mapping[str, str]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            told = {row[0]: row[1] for row in csv.reader(file) if len(row) == 2}
    except (OSError, UnicodeDecodeError, csv.Error):
        raise WrongUse(
            f"{path} can't be read. Name the manifest of an earlier bundle: --since FOLDER/manifest.csv"
        ) from None
    return {name: told.get(f"file.{name}", ABSENT) for name in every_file()}


async def _keep_now(use: Use, name: str, rows: str | None) -> None:
    """What a file has to tell now, in a table of this transaction."""
    empty = ", ".join(f'null::text as "{column}"' for column in columns_of(name))
    nothing = f"select {empty}, null::timestamptz as {CHANGED}, null::text[] as {STUDENTS} where false"
    await use.record.execute(f"create temporary table now_{name} on commit drop as {rows or nothing}")


async def _keep_before(use: Use, name: str, files: Sequence[Path]) -> None:
    """What earlier bundles told in a file, the newest word of each id, in a table of this transaction."""
    columns = ", ".join(f'"{column}" text' for column in columns_of(name))
    await use.record.execute(f"create temporary table came_{name} (bundle int, {columns}) on commit drop")
    for number, path in enumerate(files):
        await _load(use, name, number, path)
    await use.record.execute(
        f'create temporary table before_{name} on commit drop as select * from (select distinct on ("sourcedId") *'
        f" from came_{name} order by \"sourcedId\", bundle desc) as newest where status is distinct from '{_GONE}'"
    )
    await use.record.execute(f"analyze before_{name}; analyze now_{name}")


async def _load(use: Use, name: str, number: int, path: Path) -> None:
    listed = ", ".join(f'"{column}"' for column in columns_of(name))
    await use.record.execute(f"alter table came_{name} alter column bundle set default {number}")
    try:
        async with use.record.cursor() as cursor:
            with path.open("rb") as file:
                async with cursor.copy(f"copy came_{name} ({listed}) from stdin (format csv, header match)") as copy:
                    while piece := file.read(_LARGEST_PIECE):
                        await copy.write(piece)
    except OSError:
        raise WrongUse(f"{path} can't be read. The files of a bundle lie beside its manifest.") from None
    except psycopg.errors.DataError:
        raise WrongUse(f"{path} is not as an earlier export wrote it: what it told can't be compared.") from None


def _told(name: str) -> list[str]:
    return [f'"{column}"' for column in columns_of(name) if column not in COMMON]


def _changed(name: str) -> str:
    """The condition that a row of now says something new."""
    now, before = (", ".join(f"{side}.{column}" for column in _told(name)) for side in ("now", "before"))
    return (
        f'not exists (select from before_{name} as before where before."sourcedId" = now."sourcedId"'
        f" and row({now}) is not distinct from row({before}))"
    )


def _changes(name: str) -> str:
    """The rows of a file of changes."""
    changed, ended = as_text(Kind.MOMENT, CHANGED), as_text(Kind.MOMENT, "now()")
    told, nothing = ", ".join(_told(name)), ", ".join("null" for _ in _told(name))
    return f"""
        select now."sourcedId", 'active' as status, {changed} as "dateLastModified", {told}
        from now_{name} as now where {_changed(name)}
        union all
        select before."sourcedId", '{_GONE}', {ended}, {nothing} from before_{name} as before
        where not exists (select from now_{name} as now where now."sourcedId" = before."sourcedId") order by 1
    """


async def _students(use: Use, files: Sequence[str]) -> set[str]:
    """Everyone of whom something new is told."""
    told = " union all ".join(f"select {STUDENTS} from now_{name} as now where {_changed(name)}" for name in files)
    row = await use.row(f"select array_agg(distinct one) as students from ({told}) as told, unnest({STUDENTS}) as one")
    return set((row or {}).get("students") or ())


async def _gone_students(use: Use, files: Sequence[str]) -> set[str]:
    """The students who are told as gone, whom the agreement doesn't reach any more, or nobody."""
    if "users" not in files:
        return set()
    row = await use.row(
        """
        with gone as (select before."sourcedId"::uuid as id from before_users as before
            where not exists (select from now_users as now where now."sourcedId" = before."sourcedId"))
        select array_agg(student_unique_id) as students from (
            select student_unique_id from edfi.student join gone using (id)
            union select key_values ->> 'studentUniqueId' from edfi.tombstone join gone using (id)
                where resource = 'Student') as known
        """
    )
    return set((row or {}).get("students") or ())
