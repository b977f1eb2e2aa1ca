"""A file is read piece by piece, and what is found does not depend on where the pieces end."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeroom.sources import delimited, delimited_records
from homeroom.sources.delimited import NotDelimited, pieces_of, read_delimited
from homeroom.sources.delimited_records import end_of_whole_records

LARGEST = 60


def found(data: bytes, piece: int) -> tuple[list[list[str]], list[int], set[int], int]:
    """The rows, their lines, the lines of damaged ones, and how many had another encoding."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(delimited, "PIECE", piece)
        for module in (delimited, delimited_records):
            patched.setattr(module, "LARGEST_RECORD", LARGEST)
        read = list(read_delimited(pieces_of(io.BytesIO(data)), "made.csv", lambda names: names))
    rows = [list(row.values()) for text in read for row in text.columns.to_pylist()]
    lines = [line for text in read for line in text.lines.tolist()]
    damaged = {line for text in read for of_rule in text.damaged.values() for line in of_rule.tolist()}
    return rows, lines, damaged, sum(text.guessed_encoding for text in read)


# Lines of any kind that exports have: with quotes in and out of place, newlines in values, too few values, blanks.
_piece_of_line = st.sampled_from(
    ["a", "Ann", '"b"', '"c,d"', '"e\nf"', '"g""h"', 'Bill "i" J', '"open', 'shut"', '"', "", " ", "\0", "é", '""']
)
_line = st.lists(_piece_of_line, max_size=4).map(",".join)


@settings(max_examples=400)
@given(lines=st.lists(_line, max_size=60), newline=st.sampled_from(["\n", "\r\n"]), piece=st.integers(20, 400))
def test_rows_and_lines_are_those_of_the_whole_file(lines: list[str], newline: str, piece: int) -> None:
    data = newline.join(["a,b,c", *lines]).encode("cp1252" if len(lines) % 2 else "utf-8")
    assert found(data, piece) == found(data, len(data) + 1000)


@given(rows=st.integers(1, 200), piece=st.integers(10, 300))
def test_a_sound_file_is_read_whole_in_pieces(rows: int, piece: int) -> None:
    data = "\n".join(["id,name", *(f'{number},"Ann, {number}"' for number in range(rows))]).encode()
    assert found(data, piece)[:2] == ([[str(n), f"Ann, {n}"] for n in range(rows)], list(range(2, rows + 2)))


def test_a_piece_ends_behind_a_row_and_not_within_a_value() -> None:
    text = b'1,"a\nb"\n2,"c\nd'
    assert text[: end_of_whole_records(text, b",")] == b'1,"a\nb"\n'


def test_of_a_piece_without_a_whole_row_nothing_is_taken() -> None:
    assert end_of_whole_records(b'1,"a\nb', b",") == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_part_of_a_name(encoding: str) -> None:
    assert found("id,name\n1,Ann\n".encode(encoding), 64)[0] == [["1", "Ann"]]


@pytest.mark.parametrize("data", [b"", b"\n\n", b" " * 100_000])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    with pytest.raises(NotDelimited, match="is empty"):
        found(data, 1000)
