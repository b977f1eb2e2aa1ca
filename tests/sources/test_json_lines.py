"""Documents of JSON are found where they stand, a line or a place in a list each."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeroom.sources.json_lines import documents_of

DOCUMENTS = st.lists(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=9), max_size=3), max_size=5)


def found(data):
    read = documents_of(data)
    return read.unit, list(zip(read.positions.to_pylist(), read.documents.to_pylist(), strict=True))


def test_each_line_is_a_document_with_its_line_and_what_is_no_json_is_there_as_it_came():
    unit, documents = found(b'{"a": 1}\n\nnonsense\r\n{"a": 2}')
    assert unit == "line"
    assert [(line, text.strip()) for line, text in documents] == [(1, '{"a": 1}'), (3, "nonsense"), (4, '{"a": 2}')]


def test_a_document_over_several_lines_is_the_whole_file():
    assert found(b'{\n "a": 1\n}\n') == ("record", [(1, '{"a": 1}')])


def test_a_damaged_line_does_not_make_the_file_one_document():
    unit, documents = found(b'{"a": \n{"a": 2}\n')
    assert (unit, len(documents)) == ("line", 2)


@pytest.mark.parametrize("sent", [b'[{"a": "\\ud800"}, {"a": 2}]', b"[" * 9000 + b"]" * 9000, b"{" * 9000 + b"\n{}"])
def test_what_nobody_can_read_stops_nothing(sent):
    unit, documents = found(sent)
    assert unit in ("line", "record")
    assert documents


@given(DOCUMENTS)
def test_a_list_gives_its_documents_by_their_places(documents):
    unit, read = found(json.dumps(documents, indent=1).encode())
    assert unit == "record"
    assert [json.loads(text) for _, text in read] == documents


@given(DOCUMENTS)
def test_lines_give_their_documents_in_any_encoding_that_systems_write(documents):
    text = "\n".join(json.dumps(one, ensure_ascii=False) for one in documents)
    for data in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16")):
        assert [json.loads(one) for _, one in found(data)[1]] == documents
