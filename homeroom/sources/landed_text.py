"""One delimited file as a landed table, read and written piece by piece: a file may be larger than the memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from homeroom.sources.delimited import NotDelimited, read_delimited
from homeroom.sources.delivery import DeliveredFile
from homeroom.sources.report import Report

SOURCE_ROW = "source_row"


def land_text(
    file: DeliveredFile,
    pieces: Iterable[bytes],
    header: Callable[[list[str]], list[str]],
    left_out: Collection[str],
    target: Path,
    report: Report,
    lines_above: int = 0,
) -> int | None:
    """Write the rows of a delimited file to the Parquet file `target`, each with its `source_row`; gives their number.

    `pieces` and `header`: as `read_delimited` has them. `left_out`: names of columns, in small letters, that are not
    kept. `lines_above`: how many lines of the file stand above the first piece. Rows that can't be taken are told to
    the report; of a file that can't be read at all it is told, and the result is None, with nothing written.
    """
    unfinished = target.with_suffix(".unfinished")
    first = (file.number << 32) + lines_above
    damaged: list[tuple[str, NDArray[np.int64]]] = []
    guessed = rows = 0
    readable = True
    writer: pq.ParquetWriter | None = None
    try:
        for text in read_delimited(pieces, file.path, header):
            columns = text.columns.drop_columns([n for n in text.columns.column_names if n.lower() in left_out])
            columns = columns.append_column(SOURCE_ROW, pa.array(first + text.lines, pa.int64()))
            writer = writer or pq.ParquetWriter(unfinished, columns.schema, compression="lz4")
            writer.write_table(columns)
            damaged += [(rule, first + lines) for rule, lines in text.damaged.items()]
            guessed += text.guessed_encoding
            rows += columns.num_rows
    except NotDelimited as problem:
        report.file_problem(file, problem.rule, str(problem))
        readable = False
    finally:
        if writer:
            writer.close()
    if not readable:
        # Its beginning may have been written.
        unfinished.unlink(missing_ok=True)
        return None
    for rule, source_rows in damaged:
        report.row_problems(source_rows, rule)
    if guessed:
        report.file_problem(
            file,
            "encoding-guessed",
            f"{guessed:,} rows of {file.path} are not UTF-8 and were read as Windows-1252. "
            "Check names with accents, and export as UTF-8.",
        )
    unfinished.replace(target)
    return rows
