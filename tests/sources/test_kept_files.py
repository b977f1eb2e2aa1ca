"""A delivered file lies in the landing packed, and is given out as it was sent."""

from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeroom.sources.kept_files import KeptFile, keep, kept_file


@given(chunks=st.lists(st.binary(max_size=2000), max_size=6))
def test_what_is_given_out_is_what_was_sent(tmp_path_factory: pytest.TempPathFactory, chunks: list[bytes]) -> None:
    folder = tmp_path_factory.mktemp("kept")
    keep(chunks, folder, "2026/users.csv")
    assert kept_file(folder, "2026/users.csv").read() == b"".join(chunks)


def test_many_alike_rows_take_little_room(tmp_path: Path) -> None:
    rows = b"".join(b"u%d,Ann,active\n" % number for number in range(20_000))
    keep([rows], tmp_path, "users.csv")
    assert kept_file(tmp_path, "users.csv").path.stat().st_size < len(rows) / 4


def test_duckdb_reads_a_packed_file_as_it_is(tmp_path: Path) -> None:
    keep([b"id,name\n1,Ann\n"], tmp_path, "users.csv")
    path = kept_file(tmp_path, "users.csv").path
    assert duckdb.read_csv(str(path)).fetchall() == [(1, "Ann")]


def test_a_file_that_was_kept_before_files_were_packed_is_read(tmp_path: Path) -> None:
    (tmp_path / "users.csv").write_bytes(b"id\n1\n")
    assert kept_file(tmp_path, "users.csv").read() == b"id\n1\n"


def test_a_file_that_was_sent_packed_by_the_source_is_not_taken_for_ours(tmp_path: Path) -> None:
    keep([b"something"], tmp_path, "users.csv.zst")
    assert kept_file(tmp_path, "users.csv.zst").read() == b"something"


def test_a_file_is_kept_once(tmp_path: Path) -> None:
    keep([b"first"], tmp_path, "users.csv")
    with pytest.raises(FileExistsError):
        keep([b"second"], tmp_path, "users.csv")
    assert kept_file(tmp_path, "users.csv").read() == b"first"


def test_nothing_is_left_of_a_file_that_could_not_be_read_to_its_end(tmp_path: Path) -> None:
    def broken():
        yield b"a beginning"
        raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        keep(broken(), tmp_path, "users.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_stream_ends_where_the_file_does(tmp_path: Path) -> None:
    keep([b"x" * 10], tmp_path, "users.csv")
    with KeptFile(tmp_path / "users.csv.zst").open() as stream:
        assert (stream.read(4), stream.read(100), stream.read(1)) == (b"xxxx", b"xxxxxx", b"")
