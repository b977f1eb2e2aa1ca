"""Reader of Ed-Fi interchange files (XML), in the standard's current form (3.x to 5.x) and in that of Ed-Fi 1.0.

Any subset of the interchanges, in any folder of the delivery. Each kind of top-level element is a table; the element
itself is landed as JSON (`homeroom.sources.xml_elements` says in what shape), for the mapping to take apart by columns.
"""

from __future__ import annotations

import os
import re
import shutil
from array import array
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from homeroom.sources import control_file
from homeroom.sources.delivery import DeliveredFile, Delivery, LandedTable
from homeroom.sources.kept_files import KeptFile
from homeroom.sources.report import Report, Rule
from homeroom.sources.xml_elements import NotInterchange, XmlElement, read_elements
from homeroom.sources.xml_export import export_elements

KIND = "edfi-xml"
CURRENT, ONE = "current", "1.0"

RULES = (
    Rule("nul-byte", "The element holds a NUL byte, which no text has.", "The file may be damaged: export it again."),
    Rule(
        "field-too-large",
        "A value in the element is larger than one megabyte.",
        "Look at it in the source: no field of the standard is so long.",
    ),
    Rule(
        "element-too-large",
        "The element is larger than 8 megabytes.",
        "Look at it in the source: it can't be one record.",
    ),
    Rule(
        "element-too-deep",
        "The element holds elements inside elements, a thousand deep.",
        "Look at it in the source: it can't be one record.",
    ),
    Rule(
        "element-unknown", "The standard has no element of this name.", "Nothing is lost if no other system needs it."
    ),
)

_SCHEMA = pa.schema(
    [("source_row", pa.int64()), ("standard", pa.string()), ("interchange", pa.string()), ("document", pa.string())]
)
_PART = pa.schema([("line", pa.int64()), ("record", pa.int64()), ("document", pa.string())])
_BATCH = 8 << 20
_TABLE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,119}")
_MOST_TABLES = 300
# Below this a second process costs more than it saves.
_WORTH_A_PROCESS = 24 << 20


def read(delivery: Delivery, into: Path, report: Report) -> list[LandedTable]:
    """Land each kind of top-level element as `<into>/<Element>.parquet`.

    Columns: `source_row` BIGINT; `standard`, 'current' or '1.0'; `interchange`, the document's outermost element;
    `document`, the element as JSON. What can't be read is told to the report: a file with a sentence, an element with
    its rule and place. Where two elements of a file start on one line, positions in that file count elements.
    """
    report.knows(RULES)
    delivery.report_refused(report)
    into.mkdir(parents=True, exist_ok=True)
    parts = into / ".parts"
    shutil.rmtree(parts, ignore_errors=True)
    files = [file for file in delivery.files if _is_xml(file)]
    for file in delivery.files:
        if file.path.lower().endswith(control_file.SUFFIX):
            control_file.compare(delivery, file, report)
        elif not _is_xml(file):
            report.file_problem(
                file,
                "unknown-file",
                f"{file.path} is not an interchange file (.xml). It was kept as sent and not read.",
            )
    try:
        documents = _read_all(delivery, files, parts)
        for document in documents:
            if document.by_record:
                delivery = delivery.with_position_unit(document.file, "record")
            _tell(document, report)
        return [_join(name, documents, parts, into) for name in sorted({t for d in documents for t in d.tables})]
    finally:
        shutil.rmtree(parts, ignore_errors=True)


def export(sent: KeptFile, file: DeliveredFile, reasons: Mapping[int, str], out: BinaryIO) -> set[str]:
    """Write an interchange of the elements at the places in `reasons`, as sent, each behind a comment with its own."""
    return export_elements(sent, file.position_unit, reasons, out)


@dataclass
class _Document:
    """What came of one file. `tables` counts elements by name, `broken` places by rule; `problem` is rule and words."""

    file: DeliveredFile
    standard: str = ""
    interchange: str = ""
    tables: dict[str, int] = field(default_factory=dict)
    broken: dict[str, tuple[array[int], array[int]]] = field(default_factory=dict)
    by_record: bool = False
    problem: tuple[str, str] | None = None


def _is_xml(file: DeliveredFile) -> bool:
    return PurePosixPath(file.path).suffix.lower() == ".xml"


def _read_all(delivery: Delivery, files: list[DeliveredFile], parts: Path) -> list[_Document]:
    """The documents of all files, in their order; large deliveries are read in two processes."""
    # The longest first, so that the two end at about the same time.
    order = sorted(files, key=lambda file: -file.bytes)
    tasks = [(file, delivery.kept(file), parts / str(file.number)) for file in order]
    documents: list[_Document] = []
    if len(files) > 1 and sum(file.bytes for file in files) >= _WORTH_A_PROCESS and (os.cpu_count() or 1) > 1:
        try:
            with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as workers:
                documents = list(workers.map(_read_file, *zip(*tasks, strict=True)))
        except BrokenProcessPool:
            # Where Python can't start itself anew (embedded, say), one process does it all.
            shutil.rmtree(parts, ignore_errors=True)
    documents = documents or [_read_file(*task) for task in tasks]
    return sorted(documents, key=lambda document: document.file.number)


def _read_file(file: DeliveredFile, sent: KeptFile, folder: Path) -> _Document:
    """Read one file into Parquet by element name in `folder`, with both line and ordinal of each element."""
    document = _Document(file)
    folder.mkdir(parents=True, exist_ok=True)
    tables = _Tables(folder)
    last_line = 0

    def root(name: str, namespace: str | None) -> None:
        document.standard = _standard(file.path, name, namespace)
        document.interchange = name

    def take(element: XmlElement) -> None:
        nonlocal last_line
        document.by_record = document.by_record or element.line == last_line
        last_line = element.line
        broken = element.broken or tables.add(element)
        if broken:
            lines, records = document.broken.setdefault(broken, (array("q"), array("q")))
            lines.append(element.line)
            records.append(element.record)

    try:
        with sent.open() as stream:
            read_elements(stream, file.path, root, take)
    except NotInterchange as problem:
        document.problem = (problem.rule, str(problem))
    finally:
        document.tables = tables.close()
    return document


class _Tables:
    """The Parquet files of one document, one for each element name, written in batches."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._rows: dict[str, tuple[list[int], list[int], list[str]]] = {}
        self._counts: dict[str, int] = {}
        self._waiting = 0

    def add(self, element: XmlElement) -> str | None:
        """Take an element; answers the rule that its name breaks, if any."""
        rows = self._rows.get(element.name)
        if rows is None:
            if len(self._rows) >= _MOST_TABLES or not _TABLE_NAME.fullmatch(element.name):
                return "element-unknown"
            rows = self._rows[element.name] = ([], [], [])
        rows[0].append(element.line)
        rows[1].append(element.record)
        rows[2].append(element.document)
        self._waiting += len(element.document)
        if self._waiting > _BATCH:
            self._flush()
        return None

    def close(self) -> dict[str, int]:
        self._flush()
        for writer in self._writers.values():
            writer.close()
        return self._counts

    def _flush(self) -> None:
        for name, rows in self._rows.items():
            if not rows[0]:
                continue
            if name not in self._writers:
                self._writers[name] = pq.ParquetWriter(self._folder / f"{name}.parquet", _PART, compression="lz4")
            self._writers[name].write_table(pa.table(list(rows), _PART))
            self._counts[name] = self._counts.get(name, 0) + len(rows[0])
            for values in rows:
                values.clear()
        self._waiting = 0


def _standard(path: str, name: str, namespace: str | None) -> str:
    if not name.startswith("Interchange"):
        raise NotInterchange(
            "wrong-root",
            f"{path} is XML, but not an Ed-Fi interchange: its outermost element is {name[:60]}. It was not read.",
        )
    version = re.fullmatch(r"https?://(?:www\.)?ed-fi\.org/v?(\d+)(?:\D.*)?", namespace or "")
    if version:
        digits = version[1]
        # The four digits of older releases: 0100 is 1.0, 0310 is 3.1.
        major = int(digits[:2]) if len(digits) == 4 else int(digits)
        if major == 1:
            return ONE
        if 3 <= major <= 5:
            return CURRENT
    said = f"says '{(namespace or '')[:80]}'" if namespace else "says nothing of it"
    raise NotInterchange(
        "unknown-standard",
        f"{path} is in no version of the Ed-Fi standard that can be read, which are 1.0 and 3.x to 5.x: "
        f"its namespace {said}. It was not read. Export it in one of those.",
    )


def _tell(document: _Document, report: Report) -> None:
    if document.problem:
        report.file_problem(document.file, *document.problem)
    elif not document.tables and not document.broken:
        report.file_problem(
            document.file,
            "empty-file",
            f"{document.file.path} holds no elements. Check whether its export was finished.",
        )
    first = document.file.number << 32
    for rule, (lines, records) in document.broken.items():
        positions = np.frombuffer(records if document.by_record else lines, np.int64)
        report.row_problems(pa.array(positions + first), rule)


def _join(name: str, documents: list[_Document], parts: Path, into: Path) -> LandedTable:
    """One table of the parts of all files, with positions that are now known to be lines or ordinals."""
    path, unfinished, rows = into / f"{name}.parquet", into / f"{name}.unfinished", 0
    with pq.ParquetWriter(unfinished, _SCHEMA, compression="lz4") as writer:
        for document in documents:
            if name in document.tables:
                for batch in _landed(document, parts / str(document.file.number) / f"{name}.parquet"):
                    writer.write_table(batch)
                    rows += batch.num_rows
    unfinished.replace(path)
    return LandedTable(name, path, rows)


def _landed(document: _Document, part: Path) -> Iterator[pa.Table]:
    file = pq.ParquetFile(part)
    said: Mapping[str, str] = {"standard": document.standard, "interchange": document.interchange}
    for group in range(file.num_row_groups):
        table = file.read_row_group(group)
        positions = table["record" if document.by_record else "line"]
        rows = pa.compute.add(positions, pa.scalar(document.file.number << 32, pa.int64()))
        same = [pa.repeat(pa.scalar(value), table.num_rows) for value in said.values()]
        yield pa.table([rows, *same, table["document"]], _SCHEMA)
