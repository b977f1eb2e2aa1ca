"""Opting out and explaining, as somebody at a terminal does it."""

import json

import psycopg
from made_up_agreement import agreement_file

STUDENT = """
    insert into edfi.student (student_unique_id, first_name, last_surname, birth_date)
    values ('900123', 'Maya', 'Okafor', '2015-03-03')
"""


def test_what_is_shown_to_an_app_is_explained_before_a_family_opts_out_and_after(homeroom, record, tmp_path):
    homeroom("agreement", "list")
    with psycopg.connect(record) as connection:
        connection.execute(STUDENT)
    file = agreement_file(tmp_path, more="optional = true")
    assert "Agreement 1 with Reading Trail" in homeroom("agreement", "ask", str(file), "--by", "Ines")
    homeroom("agreement", "approve", "1", "--by", "Tom")
    homeroom("agreement", "activate", "1", "--by", "Tom")
    asked = ("access", "explain", "--who", "agreement:1", "--resource", "students", "--id", "900123")
    told = homeroom(*asked)
    assert told.startswith("Yes: Reading Trail of Reading Trail, Inc., provider's app, is shown 3 of")
    assert "Maya" not in told
    told = json.loads(homeroom(*asked, "--field", "birthDate", "--json"))
    assert told["visible"] is False
    assert "gets nothing about this student" in homeroom("opt-out", "add", "900123", "1", "--by", "the mother")
    told = homeroom(*asked)
    assert told.startswith("No: ")
    assert "The student is opted out of Reading Trail" in told
    assert "opted out of agreement 1" in homeroom("opt-out", "list")
    assert "again" in homeroom("opt-out", "undo", "900123", "1", "--by", "the mother")
    assert homeroom(*asked, "--field", "firstName").startswith("Yes: ")


def test_nobody_opts_out_where_there_is_no_such_agreement(homeroom):
    assert homeroom("opt-out", "add", "900123", "7", "--by", "the mother").startswith("2 homeroom: The record has no")
