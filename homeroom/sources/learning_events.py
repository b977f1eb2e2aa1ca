"""Reader of learning events, Caliper's or xAPI's, as JSON: lines, lists, or one to a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from homeroom.sources.delivery import DeliveredFile, Delivery, LandedTable
from homeroom.sources.json_export import export_documents
from homeroom.sources.json_lines import documents_of
from homeroom.sources.kept_files import KeptFile
from homeroom.sources.report import Report

TABLE = "events"
_SUFFIXES = (".json", ".jsonl", ".ndjson", ".log", "")
_SCHEMA = pa.schema([("source_row", pa.int64()), ("document", pa.large_string())])


def read(delivery: Delivery, into: Path, report: Report) -> list[LandedTable]:
    """Land all documents of a delivery as `<into>/events.parquet`: `source_row` and the `document` as it was sent."""
    delivery.report_refused(report)
    into.mkdir(parents=True, exist_ok=True)
    path, unfinished, rows = into / f"{TABLE}.parquet", into / f"{TABLE}.unfinished", 0
    with pq.ParquetWriter(unfinished, _SCHEMA, compression="lz4") as writer:
        for file in delivery.files:
            if PurePosixPath(file.path).suffix.lower() not in _SUFFIXES:
                report.file_problem(
                    file, "unknown-file", f"{file.path} is no file of JSON. It was kept as sent and not read."
                )
                continue
            delivery, documents = _documents(delivery, file)
            writer.write_table(documents)
            rows += documents.num_rows
    unfinished.replace(path)
    return [LandedTable(TABLE, path, rows)]


def export(sent: KeptFile, file: DeliveredFile, reasons: Mapping[int, str], out: BinaryIO) -> set[str]:
    """Write the documents of a file at the positions in `reasons`, one a line, with the reason in a member."""
    return export_documents(sent.read(), reasons, out)


def _documents(delivery: Delivery, file: DeliveredFile) -> tuple[Delivery, pa.Table]:
    found = documents_of(delivery.kept(file).read())
    if found.unit != file.position_unit:
        delivery = delivery.with_position_unit(file, found.unit)
    rows = np.asarray(found.positions) + (file.number << 32)
    return delivery, pa.table([pa.array(rows, pa.int64()), found.documents], schema=_SCHEMA)
