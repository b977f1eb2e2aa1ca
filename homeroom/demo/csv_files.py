"""Columns written as a CSV file with a header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv

from homeroom.demo.arrays import objects

Columns = Mapping[str, np.ndarray | str]


def write_csv(path: Path, columns: Columns) -> int:
    """Write the columns to `path` and return the number of rows. A single text is the value of the whole column."""
    rows = next(len(values) for values in columns.values() if not isinstance(values, str))
    arrays = {}
    for name, values in columns.items():
        if isinstance(values, str):
            arrays[name] = pa.repeat(pa.scalar(values, pa.string()), rows)
        else:
            arrays[name] = pa.array(values, pa.string(), from_pandas=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    csv.write_csv(pa.table(arrays), str(path), csv.WriteOptions(quoting_style="needed"))
    return rows


def stacked(parts: Sequence[Columns]) -> dict[str, np.ndarray | str]:
    """Tables one below the other, with the columns of the first; a column that a later one lacks is empty there."""
    counts = [next(len(v) for v in part.values() if not isinstance(v, str)) for part in parts]
    columns: dict[str, np.ndarray | str] = {}
    for name in parts[0]:
        pieces = [part.get(name, "") for part in parts]
        columns[name] = np.concatenate(
            [
                np.full(n, piece, dtype=object) if isinstance(piece, str) else piece.astype(object)
                for n, piece in zip(counts, pieces, strict=True)
            ]
        )
    return columns


def texts(values: np.ndarray, form: str = "{}") -> np.ndarray:
    """Each value as a text."""
    return objects([form.format(value) for value in values.tolist()])


def days(dates: np.ndarray) -> np.ndarray:
    """Dates as year-month-day; a date that is not one as nothing."""
    written = dates.astype("datetime64[D]").astype(str).astype(object)
    written[np.isnat(dates)] = ""
    return written
