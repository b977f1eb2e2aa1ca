"""A bundle of OneRoster CSV 1.2, whole: all that an agreement lets its app have, as files.

The database writes the files (`COPY`); all of them say what was so at one moment. A file of whose rows the agreement
names nothing is absent. As the standard wants of a whole bundle, status and date of change are left empty.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from homeroom.access.agreements.terms import Extent
from homeroom.access.door import Use
from homeroom.access.oneroster.agreed import Open, elements_of, open_parts
from homeroom.access.oneroster.collections import ALL_CLASSES
from homeroom.access.oneroster.declaration import Field, Kind, OneRosterClass, Version
from homeroom.access.oneroster.documents import as_text
from homeroom.access.oneroster.rows import field_value, item_value, select_rows
from homeroom.access.oneroster.users import USERS
from homeroom.access.resources.agreed import terms_of, under_agreement

# Files of the standard for which the record has no rows.
_NEVER = (
    "classResources", "courseResources", "lineItemLearningObjectiveIds", "lineItemScoreScales",
    "resultLearningObjectiveIds", "resultScoreScales", "scoreScales", "userProfiles", "userResources",
)  # fmt: skip
_COMMON = {"sourcedId": "sourcedId", "status": "", "dateLastModified": ""}
_ROLES = "roleType role beginDate endDate orgSourcedId=org userProfileSourcedId="


async def write_bundle(use: Use, folder: Path, on_behalf_of: str) -> Mapping[str, int]:
    """Write the files into `folder`, which is there; the rows of each by its name. Whoever is in them is logged.

    `on_behalf_of`: who takes the files, for the log. Raises Refused where there is no agreement.
    """
    terms = terms_of(use)
    agreed, extent = elements_of(terms), terms.extent
    await use.record.execute("set transaction isolation level repeatable read")
    opened = {name: open_parts(of, agreed) for name, of in ALL_CLASSES.items() if of.columns}
    async with under_agreement(use, as_app=True):
        students = await _students(use, opened, extent)
    # Logged before a byte is written: no entry, no file.
    await use.disclose(students, _shown(opened), on_behalf_of=on_behalf_of)
    written = {}
    async with under_agreement(use, as_app=True):
        for name, parts in opened.items():
            if parts:
                written[name] = await _write(use, folder, name, _file(ALL_CLASSES[name], parts, extent))
        if roles := _roles(opened["users"], extent):
            written["roles"] = await _write(use, folder, "roles", roles)
    _write_manifest(folder, written)
    return dict(sorted(written.items()))


async def _students(use: Use, opened: Mapping[str, tuple[Open, ...]], extent: Extent) -> list[str]:
    """Everyone of whom the bundle tells."""
    parts = [one for found in opened.values() for one in found if _tells_of_students(one)]
    if not parts:
        return []
    told = " union all ".join(
        select_rows(one, {"students": f"{one.part.students}::text[]"}, "true", extent) for one in parts
    )
    row = await use.row(f"select array_agg(distinct one) as students from ({told}) as told, unnest(students) as one")
    return (row or {}).get("students") or []


def _shown(opened: Mapping[str, tuple[Open, ...]]) -> dict[str, set[str]]:
    shown: dict[str, set[str]] = {}
    for name, parts in opened.items():
        fields = list(ALL_CLASSES[name].fields_of(Version.V1P2).values())
        for one in filter(_tells_of_students, parts):
            for resource, paths in one.elements(fields).items():
                shown.setdefault(resource, set()).update(paths)
    return shown


def _tells_of_students(one: Open) -> bool:
    return not one.part.students.startswith("null")


def _file(of: OneRosterClass, parts: tuple[Open, ...], extent: Extent) -> str:
    """The rows of a class's file."""
    fields = of.fields_of(Version.V1P2)
    columns = _COMMON | dict(_named(word) for word in of.columns.split())
    told = [
        select_rows(
            one,
            {f'"{column}"': _text(one, fields[name]) if name else "null::text" for column, name in columns.items()},
            "true",
            extent,
        )
        for one in parts
    ]
    return _sorted(told)


def _roles(parts: tuple[Open, ...], extent: Extent) -> str:
    """The rows of `roles.csv`, one for each role of a user; its id is made of user, role and organization.

    Nothing where no role may be told.
    """
    roles = USERS.fields_of(Version.V1P2)["roles"]
    inner = {part.name: part for part in roles.parts}
    told = []
    for one in parts:
        value = field_value(one, roles)
        if value is None:
            continue
        held = select_rows(one, {"id": one.part.id, "roles": value}, "true", extent)
        shown = {
            column: _role_text(one, roles, inner[name]) if name else "null::text"
            for column, name in map(_named, _ROLES.split())
        }
        columns = {
            "sourcedId": f"md5(jsonb_build_array(held.id, {shown['role']}, {shown['orgSourcedId']})::text)",
            "status": "null::text",
            "dateLastModified": "null::text",
            "userSourcedId": as_text(Kind.REFERENCE, "held.id"),
            **shown,
        }
        listed = ", ".join(f'{text} as "{column}"' for column, text in columns.items())
        told.append(f"select {listed} from ({held}) as held, jsonb_array_elements(held.roles) as one")
    return _sorted(told) if told else ""


def _role_text(one: Open, roles: Field, inner: Field) -> str:
    return as_text(inner.kind, item_value(one, roles, inner) or f"null::{inner.kind}")


def _text(one: Open, field: Field) -> str:
    """A value as its file has it: lists with commas between their items."""
    value = field_value(one, field)
    if value is None:
        return "null::text"
    if field.kind is Kind.REFERENCES:
        return f"(select string_agg({as_text(Kind.REFERENCE, 'one')}, ',') from unnest({value}) as one)"
    if field.kind is Kind.TEXTS:
        # An item with a comma in it would be two.
        return f"(select string_agg(replace(one, ',', ''), ',') from unnest({value}) as one)"
    if field.kind is Kind.OBJECTS:
        sides = " || ':' || ".join(f"({item_value(one, field, inner)})" for inner in field.parts)
        return f"(select string_agg('{{' || {sides} || '}}', ',') from jsonb_array_elements({value}) as one)"
    return as_text(field.kind, value)


def _sorted(told: list[str]) -> str:
    return f"select * from ({' union all '.join(told)}) as told order by 1"


def _named(word: str) -> tuple[str, str]:
    """The name of a column, and the field that it holds; none where nothing stands behind the equals sign."""
    column, equals, name = word.partition("=")
    return column, name if equals else column


async def _write(use: Use, folder: Path, name: str, rows: str) -> int:
    """One file, which only its owner may read; how many rows it has."""
    with _new_file(folder / f"{name}.csv") as out:
        async with use.record.cursor() as cursor, cursor.copy(f"copy ({rows}) to stdout (format csv, header)") as copy:
            async for piece in copy:
                out.write(piece)
            return max(cursor.rowcount, 0)


def _write_manifest(folder: Path, written: Mapping[str, int]) -> None:
    told = {"manifest.version": "1.0", "oneroster.version": "1.2"}
    files = sorted({*(name for name, of in ALL_CLASSES.items() if of.columns), "roles", *_NEVER})
    told |= {f"file.{name}": "bulk" if name in written else "absent" for name in files}
    told |= {"source.systemName": "Homeroom", "source.systemCode": f"homeroom-{version('homeroom')}"}
    with _new_file(folder / "manifest.csv") as out, TextIOWrapper(out, encoding="utf-8", newline="") as text:
        csv.writer(text).writerows([("propertyName", "value"), *told.items()])


def _new_file(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
