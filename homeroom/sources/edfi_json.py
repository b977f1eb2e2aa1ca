"""Reader of Ed-Fi resources as JSON, one document a line or in lists, as earthmover writes and lightbeam sends them.

A file, or the folder in which it lies, is named for its resource: `students.jsonl`, `ed-fi/students/part-1.json`,
`gradeLevelDescriptors.jsonl`. Each resource is a table of its documents, as they were sent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from homeroom.model import DESCRIPTORS, RESOURCES
from homeroom.sources.delivery import DeliveredFile, Delivery, LandedTable
from homeroom.sources.json_export import export_documents
from homeroom.sources.json_lines import documents_of
from homeroom.sources.kept_files import KeptFile
from homeroom.sources.report import Report

KIND = "edfi-json"
SUFFIXES = (".json", ".jsonl", ".ndjson")
# What a pull from an API says of itself, beside the resources.
PULL = "pull.json"
_SCHEMA = pa.schema([("source_row", pa.int64()), ("document", pa.large_string())])
# Resources of versions before 5.0, by their endpoints.
_BEFORE = {"parents": "Contact", "studentparentassociations": "StudentContactAssociation"}


def read(delivery: Delivery, into: Path, report: Report) -> list[LandedTable]:
    """Land each resource as `<into>/<Resource>.parquet`: `source_row` and `document`, as sent.

    What can't be read is told to the report: a file with a sentence; what a line holds is looked at by the mapping.
    """
    delivery.report_refused(report)
    into.mkdir(parents=True, exist_ok=True)
    tables: dict[str, list[pa.Table]] = {}
    for file in delivery.files:
        if PurePosixPath(file.path).name == PULL:
            _tell_withheld(delivery, file, report)
            continue
        resource = resource_of(file.path)
        if resource is None or PurePosixPath(file.path).suffix.lower() not in SUFFIXES:
            report.file_problem(
                file,
                "unknown-file",
                f"{file.path} is not named for a resource of Ed-Fi, such as students.jsonl. It was kept as sent and "
                "not read.",
            )
            continue
        delivery, documents = _documents(delivery, file)
        tables.setdefault(resource, []).append(documents)
    return [_write(resource, found, into) for resource, found in sorted(tables.items())]


def export(sent: KeptFile, file: DeliveredFile, reasons: Mapping[int, str], out: BinaryIO) -> set[str]:
    """Write the documents of a file at the positions in `reasons`, one a line, with the reason in a member."""
    return export_documents(sent.read(), reasons, out)


def resource_of(path: str) -> str | None:
    """The resource or descriptor that a file's name, or else a folder above it, names in any of the usual ways."""
    parts = PurePosixPath(path)
    for name in (parts.name.split(".")[0], *(part for part in reversed(parts.parts[:-1]))):
        if found := _names().get(name.replace("-", "").replace("_", "").lower()):
            return found
    return None


@cache
def _names() -> dict[str, str]:
    names = dict(_BEFORE)
    for resource, definition in RESOURCES.items():
        names |= {definition.endpoint.lower(): resource, resource.lower(): resource}
    for descriptor in DESCRIPTORS:
        names |= {descriptor.lower(): descriptor, f"{descriptor.lower()}s": descriptor}
    return names


def _documents(delivery: Delivery, file: DeliveredFile) -> tuple[Delivery, pa.Table]:
    found = documents_of(delivery.kept(file).read())
    if found.unit != file.position_unit:
        delivery = delivery.with_position_unit(file, found.unit)
    rows = np.asarray(found.positions) + (file.number << 32)
    return delivery, pa.table([pa.array(rows, pa.int64()), found.documents], schema=_SCHEMA)


def _write(resource: str, tables: list[pa.Table], into: Path) -> LandedTable:
    table = pa.concat_tables(tables)
    path, unfinished = into / f"{resource}.parquet", into / f"{resource}.unfinished"
    pq.write_table(table, unfinished, compression="lz4")
    unfinished.replace(path)
    return LandedTable(resource, path, table.num_rows)


def _tell_withheld(delivery: Delivery, file: DeliveredFile, report: Report) -> None:
    """Tell what the API did not let be read: it is not gone, and not known to be as it was."""
    for name in json.loads(delivery.kept(file).read()).get("withheld", []):
        report.file_problem(
            file,
            "resource-withheld",
            f"The API does not let this source read {name}. What came of it before counts on. Have its key's claim set "
            "widened, if it should.",
        )
