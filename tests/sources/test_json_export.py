"""Documents of JSON are exported as they were sent, with the reason in a member, and can be delivered again."""

import io
import json

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeroom.sources import edfi_json, learning_events
from homeroom.sources.delivery import land
from homeroom.sources.json_export import export_documents
from homeroom.sources.json_lines import documents_of
from homeroom.sources.report import Report

LINES = '{"id": 1, "score": 1.50, "name": "José"}\n\n{"id": 2}\r\n{}\n{"id": 4'.encode()
DOCUMENTS = st.lists(
    st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=9) | st.none(), max_size=3),
    min_size=1,
    max_size=5,
)


def exported(sent, reasons):
    out = io.BytesIO()
    words = export_documents(sent, reasons, out)
    return out.getvalue().decode(), words


def test_only_the_documents_that_are_named_are_exported_with_their_reason_and_otherwise_as_they_were():
    written, _ = exported(LINES, {1: 'It is\n"odd".', 4: "Empty."})
    assert written == (
        '{"homeroom_reason": "It is \\"odd\\".", "id": 1, "score": 1.50, "name": "José"}\n'
        '{"homeroom_reason": "Empty."}\n'
    )


def test_a_line_that_is_no_document_is_exported_as_text_beside_its_reason():
    written, words = exported(LINES, {5: "Cut short."})
    assert json.loads(written) == {"homeroom_reason": "Cut short.", "homeroom_document": '{"id": 4'}
    assert "id" in words


def test_documents_of_a_list_are_exported_one_a_line():
    written, _ = exported(json.dumps([{"id": 1}, {"id": 2}, [3]], indent=1).encode("utf-16"), {2: "Odd.", 3: "None."})
    assert [json.loads(line) for line in written.splitlines()] == [
        {"homeroom_reason": "Odd.", "id": 2},
        {"homeroom_reason": "None.", "homeroom_document": "[3]"},
    ]


@pytest.mark.parametrize("at", ["first", "last"])
def test_the_reason_of_an_earlier_export_is_replaced(at):
    sent = {"homeroom_reason": "Old.", "id": 1} if at == "first" else {"id": 1, "homeroom_reason": "Old."}
    written, _ = exported(json.dumps(sent).encode(), {1: "New."})
    assert written == '{"homeroom_reason": "New.", "id": 1}\n'


def test_each_value_is_among_the_words_however_deep_it_stands():
    sent = {"studentReference": {"studentUniqueId": 605}, "items": [{"mail": " ana@maple.example "}], "none": None}
    assert exported(json.dumps(sent).encode(), {1: "Odd."})[1] == {"605", "ana@maple.example"}


@given(DOCUMENTS)
def test_what_is_exported_is_what_was_sent_but_for_the_reason(documents):
    sent = "\n".join(json.dumps(one, ensure_ascii=False) for one in documents).encode()
    written, _ = exported(sent, dict.fromkeys(documents_of(sent).positions.to_pylist(), "Odd."))
    assert [json.loads(line) for line in written.split("\n")[:-1]] == [
        {"homeroom_reason": "Odd.", **one} for one in documents
    ]


@pytest.mark.parametrize(("reader", "kind"), [(edfi_json, "edfi-json"), (learning_events, "xapi")])
def test_a_mended_file_is_read_document_by_document(tmp_path, reader, kind):
    sent = tmp_path / "sent"
    sent.mkdir()
    (sent / "students.json").write_bytes(json.dumps([{"id": 1}, {"id": 2}, {"id": 3}]).encode())
    delivery = land("tool", kind, sent, tmp_path / "landing", 1)
    (file,) = delivery.files
    out = io.BytesIO()
    reader.export(delivery.kept(file), file, {1: "Odd.", 3: "Odd."}, out)
    (sent / "students.json").write_bytes(out.getvalue())
    (table,) = reader.read(land("tool", kind, sent, tmp_path / "landing", 9), tmp_path / "landed", Report())
    rows = pq.read_table(table.path).to_pylist()
    assert [(row["source_row"], json.loads(row["document"])["id"]) for row in rows] == [
        (9 << 32 | 1, 1),
        (9 << 32 | 2, 3),
    ]
