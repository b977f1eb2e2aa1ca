"""Which lines of its files a source sends again, byte for byte: of a delivery only the others need be read.

A line that was a row is that row still, as long as each line of the file is a row of its own. Where it isn't sure that
they are (a value that goes on over lines, a quotation mark out of place), a file is read whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from homeroom.consolidate.database import PARQUET, connect, literal, rows_in
from homeroom.consolidate.known_again import know_again, numbered_before
from homeroom.consolidate.layered_table import MOST_LATER, LayeredTable
from homeroom.sources.delivery import DeliveredFile, Delivery
from homeroom.sources.kept_files import KeptFile

# So much of a file is held at a time.
_PIECE = 32 << 20
_NEWLINE, _RETURN = 10, 13


@dataclass(frozen=True)
class SameLines:
    """Of one table: the number of its file, and the Parquet files of the rows that are sent again (`place`,
    `source_row`) and of those that are `gone` (`source_row`). `places`: where the lines that are to be read stand in
    the delivery, in their order."""

    file: int
    again: Path
    gone: Path
    places: NDArray[np.int64]

    def were_rows(self, landed: Path, table: str) -> bool:
        """Whether each line that was read into the folder `landed` became a row, or one that was set aside."""
        file = [("file_number", "=", self.file)]
        told = pq.read_table(landed / "problems.parquet", columns=["source_row"], filters=file)
        set_aside = len(told) - told["source_row"].null_count
        path = landed / "tables" / f"{table}.parquet"
        return path.exists() and rows_in(path) + set_aside == len(self.places)


@dataclass(frozen=True)
class Rest:
    """What is to be read: `delivery`, whose files hold no other lines, of the tables in `same`, below their header."""

    delivery: Delivery
    same: Mapping[str, SameLines]


def keep_lines(delivery: Delivery, table_of: Callable[[str], str | None], into: Path) -> None:
    """Write what is to be known of a delivery's lines, when the next one comes, to the folder `into`, where it is
    landed."""
    with connect(threads=1) as connection:
        for table, file in _by_table(delivery, table_of).items():
            _take_in(connection, "line_now", delivery.kept(file), file.number)
            _keep(connection, "line_now", _kept_lines(into, table))


def find_same_lines(
    delivery: Delivery,
    before: Delivery,
    landed: Path,
    table_of: Callable[[str], str | None],
    into: Path,
    scratch: Path,
) -> Rest:
    """What differs in a delivery from the one `before`, whose rows are in the folder `landed`.

    `table_of` says which table a file is whose lines are rows. The files are written to the folder `scratch`, and what
    `keep_lines` keeps, where it was found out, to the folder `into`.
    """
    then, now = (_by_table(one, table_of) for one in (before, delivery))
    same: dict[str, SameLines] = {}
    with connect(threads=1) as connection:
        for table in sorted(then.keys() & now.keys()):
            earlier = LayeredTable(landed / "tables" / f"{table}.parquet")
            if not earlier.base.exists():
                continue
            of_both = (before, then[table]), (delivery, now[table])
            found = _compare(connection, *of_both, landed, earlier, into, scratch)
            if found is not None:
                same[table] = found
    rest = {now[table].path for table in same}
    for file in delivery.files:
        if file.path not in rest:
            kept = delivery.kept(file).path
            link = scratch / "files" / kept.relative_to(delivery.folder / "files")
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(kept.resolve())
    return Rest(replace(delivery, folder=scratch), same)


def _by_table(delivery: Delivery, table_of: Callable[[str], str | None]) -> dict[str, DeliveredFile]:
    """The file of each table that is one file."""
    files: dict[str, list[DeliveredFile]] = {}
    for file in delivery.files:
        if (table := table_of(file.path)) is not None and file.position_unit == "line":
            files.setdefault(table, []).append(file)
    return {table: found[0] for table, found in files.items() if len(found) == 1}


def _compare(
    connection: duckdb.DuckDBPyConnection,
    then: tuple[Delivery, DeliveredFile],
    now: tuple[Delivery, DeliveredFile],
    landed: Path,
    earlier: LayeredTable,
    into: Path,
    scratch: Path,
) -> SameLines | None:
    """What is the same in two files of one table; None where the later one is to be read whole."""
    kept_then, kept_now = (delivery.kept(file) for delivery, file in (then, now))
    header = _header(kept_now)
    if (
        not kept_then.path.exists()
        or not header
        or header != _header(kept_then)
        or _was_guessed(connection, landed, then[1])
    ):
        return None
    known_lines = _kept_lines(landed, earlier.base.stem)
    if not known_lines.exists():
        _take_in(connection, "line_then", kept_then, then[1].number)
        known_lines = scratch / f"{earlier.base.stem}-then.parquet"
        _keep(connection, "line_then", known_lines)
    # A row that was set aside is read again, so that it is told again.
    connection.execute(
        f"""
        create or replace temp table was as
        select coalesce(known.source_row, line.place) as source_row, content
        from {literal(known_lines)} as line
        left join {numbered_before(landed)} as known on known.place = line.place
        anti join (select source_row from {literal(landed / "problems.parquet")}) as problem
            on problem.source_row = line.place
        """
    )
    if connection.execute("select count(*) from was").fetchone() != (earlier.count(),):
        return None
    _take_in(connection, "line_now", kept_now, now[1].number)
    _keep(connection, "line_now", _kept_lines(into, earlier.base.stem))
    connection.execute("create or replace temp table now as select place as source_row, content from line_now")
    know_again(connection)
    places = connection.execute(
        "select source_row from now anti join again on again.place = now.source_row order by 1"
    ).fetchnumpy()["source_row"]
    if len(places) > MOST_LATER * earlier.count():
        return None
    target = scratch / "files" / now[1].path
    target.parent.mkdir(parents=True, exist_ok=True)
    if not _write_lines(kept_now, header, places - (now[1].number << 32), target):
        target.unlink()
        return None
    again, gone = (scratch / f"{earlier.base.stem}-{name}.parquet" for name in ("again", "gone"))
    found = SameLines(now[1].number, again, gone, places)
    for relation, path in (("again", found.again), ("gone", found.gone)):
        _keep(connection, relation, path)
    return found


def _kept_lines(landed: Path, table: str) -> Path:
    return landed / "lines" / f"{table}.parquet"


def _keep(connection: duckdb.DuckDBPyConnection, relation: str, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    connection.execute(f"copy {relation} to {literal(path)} ({PARQUET})")


def _was_guessed(connection: duckdb.DuckDBPyConnection, landed: Path, file: DeliveredFile) -> bool:
    """Whether something was told of all rows of a file together, which its rest does not tell."""
    told = f"select 1 from {literal(landed / 'problems.parquet')} where source_row is null and file_number = ?"
    return bool(connection.execute(f"{told} and rule = 'encoding-guessed' limit 1", [file.number]).fetchall())


def _header(kept: KeptFile) -> bytes:
    """The first line of a file; nothing where it is blank, or in two bytes a letter."""
    with kept.open() as stream:
        line = stream.readline(_PIECE)
    return line if line.strip() and line.endswith(b"\n") and b"\0" not in line else b""


def _take_in(connection: duckdb.DuckDBPyConnection, table: str, kept: KeptFile, number: int) -> None:
    """The table (place, content): a hash of each line below the first that is not empty, and where it stands."""
    connection.execute(f"create or replace temp table {table} (place bigint, content uhugeint)")
    for first, ends, data in _lines(kept):
        starts = np.concatenate(([0], ends[:-1]))
        lengths = ends - starts
        array = np.frombuffer(data, np.uint8)
        ended = np.isin(array[starts], (_NEWLINE, _RETURN)) & (lengths == 1)
        filled = ~ended & ~((lengths == 2) & (array[starts] == _RETURN) & (array[ends - 1] == _NEWLINE))
        if first == 1:
            filled[0] = False
        offsets = pa.py_buffer(np.concatenate(([0], ends)))
        lines = pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(ends), [None, offsets, pa.py_buffer(data)])
        places = (number << 32) + first + np.flatnonzero(filled)
        relation = pa.table({"place": pa.array(places), "line": lines.filter(pa.array(filled))})
        connection.register("piece", relation)
        # Two lines of one hash would be taken for one another: with 128 bits none are.
        connection.execute(f"insert into {table} select place, md5_number(line) from piece")
        connection.unregister("piece")


def _lines(kept: KeptFile) -> Iterator[tuple[int, NDArray[np.int64], bytes]]:
    """The lines of a file piece by piece: the number of the first, where each ends in the bytes, and the bytes."""
    first, rest = 1, b""
    with kept.open() as stream:
        while True:
            piece = stream.read(_PIECE)
            data = rest + piece
            if not data:
                return
            ends = np.flatnonzero(np.frombuffer(data, np.uint8) == _NEWLINE) + 1
            if not piece and (not len(ends) or ends[-1] != len(data)):
                # The last line may want its end.
                ends = np.append(ends, len(data))
            if len(ends):
                rest = data[ends[-1] :]
                yield first, ends.astype(np.int64), data[: ends[-1]]
                first += len(ends)
            else:
                rest = data
            if not piece:
                return


def _write_lines(kept: KeptFile, header: bytes, numbers: NDArray[np.int64], target: Path) -> bool:
    """Write the lines of these numbers, in their order, below the header; False where one may be no row by itself."""
    with target.open("wb") as out:
        out.write(header)
        for first, ends, data in _lines(kept):
            of_piece = numbers[(numbers >= first) & (numbers < first + len(ends))] - first
            starts = np.concatenate(([0], ends[:-1]))
            for start, end in zip(starts[of_piece].tolist(), ends[of_piece].tolist(), strict=True):
                line = data[start:end]
                if line.count(b'"') % 2:
                    return False
                out.write(line if line.endswith(b"\n") else line + b"\n")
    return True
