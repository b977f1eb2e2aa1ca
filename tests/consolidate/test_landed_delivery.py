"""Of a delivery only the lines are read that did not come before, and it is the same as if all were."""

from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeroom.consolidate import landed_delivery
from homeroom.consolidate.engine import IN_THIS_PROCESS
from homeroom.consolidate.known_again import places_of
from homeroom.consolidate.landed_delivery import read_landed
from homeroom.consolidate.layered_table import LayeredTable
from homeroom.sources.delivery import Delivery, land

HEADER = b"sourcedId,lineItemSourcedId,studentSourcedId,score\n"
# Whatever stands in a file: rows, among them quoted ones and one that goes on over lines, and what is no row.
LINES = [
    b"1,a,s,90\n",
    b"1,a,s,91\n",
    b'"2","a","s","9,0"\n',
    b'2,a,"O""Neil",\n',
    b"3,a,s,90\r\n",
    b"4,\xc3\xa9,s,90\n",
    b'5,a,"over\n',
    b'lines",90\n',
    b"5,a\n",
    b"6,a,s,90,too many\n",
    b"7,a,n\0l,90\n",
    b'8,"a"x,s,90\n',
    b'9,a,William "Bill" Smith,90\n',
    b"\n",
    b"  \n",
    b"\r\n",
]
files = st.lists(st.sampled_from(LINES), max_size=12)


def deliver(folder: Path, content: bytes, number: int) -> Delivery:
    system = folder / f"system-{number}"
    system.mkdir(parents=True)
    (system / "results.csv").write_bytes(content)
    return land("sis", "oneroster-csv", system, folder / "landing", number)


def rows_of(landed: Path) -> list[tuple]:
    """The rows of a landed table, each with the line on which it stands in its delivery."""
    table = LayeredTable(landed / "tables" / "results.parquet")
    if not table.base.exists():
        return []
    places = places_of(landed)
    known = f"(from '{places}')" if places else "(select 0::bigint as source_row, 0::bigint as place where false)"
    return sorted(
        duckdb.sql(
            f"""
            select coalesce(place, source_row) & 4294967295, row.* exclude (source_row)
            from {table.sql} as row left join {known} using (source_row)
            """
        ).fetchall()
    )


def problems_of(landed: Path) -> list[tuple]:
    told = f"select source_row & 4294967295, rule, sentence, severity from '{landed / 'problems.parquet'}'"
    return sorted(duckdb.sql(told).fetchall(), key=str)


def read(delivery: Delivery, staging: Path) -> Path:
    return read_landed(delivery, (), staging, IN_THIS_PROCESS)


# Enough rows that what differs is the smaller part.
STEADY = b"".join(b"r%d,a,s,90\n" % number for number in range(200))


@settings(max_examples=50)
@given(then=files, now=files, cut=st.booleans())
def test_a_delivery_read_by_its_new_lines_is_the_one_that_is_read_whole(tmp_path_factory, then, now, cut):
    folder = tmp_path_factory.mktemp("lines")
    text = HEADER + b"".join(now) + STEADY
    first = deliver(folder, HEADER + b"".join(then) + STEADY, 1)
    second = deliver(folder, text[:-1] if cut else text, 2)
    read(first, folder / "going-on")
    going_on, anew = read(second, folder / "going-on"), read(second, folder / "anew")
    assert rows_of(going_on) == rows_of(anew)
    assert problems_of(going_on) == problems_of(anew)


def test_a_row_keeps_its_number_for_as_many_nights_as_its_line_comes(tmp_path):
    nights = [HEADER + b"".join([*[b"new,a,s,%d\n" % night] * night, STEADY]) for night in range(4)]
    for number, content in enumerate(nights, start=1):
        landed = read(deliver(tmp_path, content, number), tmp_path / "staging")
    table = LayeredTable(landed / "tables" / "results.parquet")
    numbers = duckdb.sql(f"select source_row >> 32, count(*) from {table.sql} group by 1 order by 1").fetchall()
    assert numbers == [(1, 200), (4, 3)]


def test_only_new_lines_are_read(tmp_path, monkeypatch):
    first = deliver(tmp_path, HEADER + STEADY, 1)
    second = deliver(tmp_path, HEADER + b"new,a,s,90\n" + STEADY, 2)
    read(first, tmp_path / "staging")
    sent: list[bytes] = []
    reading = landed_delivery._read

    def look(delivery: Delivery, into: Path) -> None:
        sent.extend(delivery.kept(file).read() for file in delivery.files)
        reading(delivery, into)

    monkeypatch.setattr(landed_delivery, "_read", look)
    read(second, tmp_path / "staging")
    assert sent == [HEADER + b"new,a,s,90\n"]


@pytest.mark.parametrize(
    "then",
    [
        pytest.param(HEADER.replace(b"score", b"comment") + STEADY, id="another header"),
        pytest.param((HEADER + STEADY).decode().encode("utf-16"), id="two bytes a letter"),
        pytest.param(HEADER + b"x,\xe9,s,90\n" + STEADY, id="an encoding that was guessed"),
    ],
)
def test_a_file_is_read_whole_where_its_lines_say_less(tmp_path, then):
    first, second = deliver(tmp_path, then, 1), deliver(tmp_path, HEADER + b"x,\xe9,s,90\n" + STEADY, 2)
    read(first, tmp_path / "going-on")
    going_on, anew = read(second, tmp_path / "going-on"), read(second, tmp_path / "anew")
    assert (rows_of(going_on), problems_of(going_on)) == (rows_of(anew), problems_of(anew))
