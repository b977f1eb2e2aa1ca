"""Rows of a delimited file are exported as they were sent, with the reason in a column, and can be delivered again."""

import csv

import pytest

from homeroom.sources.delimited_export import export_rows
from homeroom.sources.delivery import land
from homeroom.sources.oneroster_csv import KIND, read
from homeroom.sources.report import Report

USERS = b'sourcedId,givenName,familyName\r\n1,Maya,Okafor\r\n2,Jos\xc3\xa9,"O\'Brien, Jr."\r\n3,Asha,Verma\r\n'


def test_only_the_rows_that_are_named_are_exported_byte_for_byte_with_their_reason():
    assert export_rows(USERS, {3: 'The "name" is odd.'}) == (
        b'sourcedId,givenName,familyName,homeroom_reason\r\n2,Jos\xc3\xa9,"O\'Brien, Jr.","The ""name"" is odd."\r\n'
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_stays(encoding):
    sent = USERS.decode().encode(encoding)
    exported = export_rows(sent, {3: "Mend it."})
    assert exported.decode(encoding).splitlines()[1] == """2,José,"O'Brien, Jr.","Mend it.\""""


def test_the_delimiter_stays_and_a_value_over_two_lines_is_one_row():
    sent = b'sourcedId;title\n1;"two\nlines"\n2;one\n'
    assert export_rows(sent, {2: "Odd."}) == b'sourcedId;title;homeroom_reason\n1;"two\nlines";"Odd."\n'


def test_a_damaged_row_is_exported_as_it_is():
    sent = b"sourcedId,givenName,familyName\n1,Maya\n2,Asha,Verma\n"
    assert export_rows(sent, {2: "Too few."}).splitlines()[1] == b'1,Maya,"Too few."'


def test_the_reason_of_an_earlier_export_is_replaced():
    once = export_rows(USERS, {2: "One.", 3: "Two, and more."})
    assert export_rows(once, {2: "New.", 3: "New."}) == export_rows(USERS, {2: "New.", 3: "New."})


def test_a_mended_file_is_read_with_the_reasons_left_in(tmp_path):
    sent = tmp_path / "sent"
    sent.mkdir()
    (sent / "users.csv").write_bytes(export_rows(USERS, {2: "Mend it.", 3: "Mend it, too."}))
    report = Report()
    (table,) = read(land("sis", KIND, sent, tmp_path / "landing", 1), tmp_path / "landed", report)
    assert table.rows == 2
    assert report.table().num_rows == 0
    with (sent / "users.csv").open(newline="") as lines:
        assert next(csv.reader(lines))[-1] == "homeroom_reason"
