"""Interchange files written by whole columns: a template is joined with its columns, and the bytes go to the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from homeroom.demo.arrays import objects
from homeroom.demo.csv_files import Columns

NAMESPACE = "http://ed-fi.org/5.2.0"
_AT_ONCE = 200_000


def write_interchange(path: Path, name: str, parts: Sequence[tuple[str, Columns]]) -> int:
    """Write the document `Interchange<name>` with one element per row of each part; returns the number of elements.

    A part is a template and its columns, all of one length. In the template `{column}` stands for a row's value, and
    what is in square brackets is left out where a value in it is empty. An element stands on a line of its own.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with path.open("wb") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<Interchange{name} xmlns="{NAMESPACE}">\n'.encode())
        for template, columns in parts:
            rows = next(len(values) for values in columns.values() if not isinstance(values, str))
            for start in range(0, rows, _AT_ONCE):
                chunk = {
                    column: values
                    if isinstance(values, str)
                    else pa.array(values[start : start + _AT_ONCE], pa.string())
                    for column, values in columns.items()
                }
                lines = _joined(template + "\n", chunk, min(_AT_ONCE, rows - start))
                # The characters of a string array lie one behind the other: they are the file's lines as they are.
                _, offsets, characters = lines.buffers()
                size = np.frombuffer(offsets, dtype=np.int32)[len(lines)]
                file.write(memoryview(characters)[:size])
            written += rows
        file.write(f"</Interchange{name}>\n".encode())
    return written


def escaped(values: np.ndarray) -> np.ndarray:
    """Free text as it may stand in XML."""
    return objects([v.replace("&", "&amp;").replace("<", "&lt;") if "&" in v or "<" in v else v for v in values])


def uri(descriptor: str, value: str) -> str:
    """The standard's own code, as a descriptor is named in a document."""
    return f"uri://ed-fi.org/{descriptor}Descriptor#{value}".replace("&", "&amp;")


def school_year(year: int) -> str:
    return f"{year - 1}-{year}"


def school_reference(school_id: str, name: str = "School") -> str:
    return f"<{name}Reference><SchoolIdentity><SchoolId>{school_id}</SchoolId></SchoolIdentity></{name}Reference>"


def organization_reference(organization_id: str) -> str:
    return (
        "<EducationOrganizationReference><EducationOrganizationIdentity>"
        f"<EducationOrganizationId>{organization_id}</EducationOrganizationId>"
        "</EducationOrganizationIdentity></EducationOrganizationReference>"
    )


def session_reference(school_id: str, year: int) -> str:
    return (
        f"<SessionReference><SessionIdentity><SessionName>{school_year(year)} Year</SessionName>"
        f"<SchoolYear>{school_year(year)}</SchoolYear>{school_reference(school_id)}</SessionIdentity></SessionReference>"
    )


STUDENT = (
    "<StudentReference><StudentIdentity><StudentUniqueId>{student}</StudentUniqueId></StudentIdentity>"
    "</StudentReference>"
)
STAFF = "<StaffReference><StaffIdentity><StaffUniqueId>{staff}</StaffUniqueId></StaffIdentity></StaffReference>"


def _joined(template: str, columns: Mapping[str, Any], rows: int) -> pa.StringArray:
    pieces: list[Any] = []
    for part in re.split(r"(\[[^\]]*\])", template):
        if part.startswith("["):
            inner = _pieces(part[1:-1], columns)
            present = pa.repeat(pa.scalar(True), rows)
            for name in re.findall(r"\{(\w+)\}", part):
                column = columns[name]
                here = pa.repeat(pa.scalar(column != ""), rows) if isinstance(column, str) else pc.not_equal(column, "")
                present = pc.and_(present, here)
            pieces.append(pc.if_else(present, _concatenated(inner, rows), ""))
        else:
            pieces += _pieces(part, columns)
    return _concatenated(pieces, rows)


def _pieces(template: str, columns: Mapping[str, Any]) -> list[Any]:
    split = re.split(r"\{(\w+)\}", template)
    return [columns[text] if place % 2 else text for place, text in enumerate(split) if place % 2 or text]


def _concatenated(pieces: list[Any], rows: int) -> pa.StringArray:
    values = [pa.scalar(piece, pa.string()) if isinstance(piece, str) else piece for piece in pieces]
    if all(isinstance(value, pa.Scalar) for value in values):
        return pa.repeat(pa.scalar("".join(str(value) for value in values)), rows)
    return pc.binary_join_element_wise(*values, pa.scalar("", pa.string()))
