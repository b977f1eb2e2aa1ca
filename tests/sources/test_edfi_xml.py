"""Interchange files are landed element by element, each with the line it starts on; what is bad costs only itself."""

import gzip
import io
import json
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from homeroom.sources import edfi_xml
from homeroom.sources.delivery import land, read_delivery
from homeroom.sources.edfi_xml import KIND, read
from homeroom.sources.report import Report
from homeroom.sources.xml_elements import NotInterchange, read_elements

NOW = "http://ed-fi.org/5.2.0"
STUDENT = "<Student>\n<StudentUniqueId>{}</StudentUniqueId>\n</Student>\n"


def interchange(*elements: str, name: str = "Student", namespace: str | None = NOW, head: str = "") -> bytes:
    said = f' xmlns="{namespace}"' if namespace else ""
    body = "".join(elements)
    return f'<?xml version="1.0"?>\n{head}<Interchange{name}{said}>\n{body}</Interchange{name}>\n'.encode()


def delivered(tmp_path: Path, **files: bytes) -> tuple[dict[str, list[dict[str, Any]]], list[dict[str, Any]]]:
    """The landed rows by table, with their documents as objects, and the problems."""
    sent = tmp_path / "sent"
    sent.mkdir(exist_ok=True)
    for name, content in files.items():
        (sent / name.replace("__", ".")).write_bytes(content)
    return landed(tmp_path, sent)


def landed(tmp_path: Path, sent: Path) -> tuple[dict[str, list[dict[str, Any]]], list[dict[str, Any]]]:
    report = Report()
    tables = read(land("sis", KIND, sent, tmp_path / "landing", 1), tmp_path / "landed", report)
    rows = {t.name: pq.read_table(t.path).to_pylist() for t in tables}
    for row in (row for table in rows.values() for row in table):
        row["document"] = json.loads(row["document"])
    return rows, report.table().to_pylist()


def places(rows: list[dict[str, Any]]) -> list[tuple[int, int]]:
    return [(row["source_row"] >> 32, row["source_row"] & 0xFFFFFFFF) for row in rows]


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["document"]["StudentUniqueId"][0] for row in rows]


def kept_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_an_element_is_landed_with_its_file_its_line_and_all_that_it_holds(tmp_path: Path) -> None:
    student = """<Student id="S1">
      <Name><FirstName>Maya &amp; Zoë</FirstName></Name>
      <Address><City>Ely</City></Address><Address><City/></Address>
    </Student>\n"""
    rows, problems = delivered(tmp_path, a__xml=interchange(STUDENT.format(1), student))
    assert places(rows["Student"]) == [(1, 3), (1, 6)]
    assert rows["Student"][1]["document"] == {
        "@id": "S1",
        "Name": [{"FirstName": ["Maya & Zoë"]}],
        "Address": [{"City": ["Ely"]}, {"City": [None]}],
    }
    assert (rows["Student"][1]["standard"], rows["Student"][1]["interchange"]) == ("current", "InterchangeStudent")
    assert problems == []


@pytest.mark.parametrize(
    ("namespace", "standard"),
    [
        ("http://ed-fi.org/5.2.0", "current"),
        ("http://ed-fi.org/4.0.0-a", "current"),
        ("http://ed-fi.org/0310", "current"),
        ("http://ed-fi.org/0100", "1.0"),
        ("http://ed-fi.org/0100RFC062811", "1.0"),
    ],
)
def test_the_namespace_tells_the_form(tmp_path: Path, namespace: str, standard: str) -> None:
    rows, _ = delivered(tmp_path, a__xml=interchange(STUDENT.format(1), namespace=namespace))
    assert rows["Student"][0]["standard"] == standard


def test_a_prefix_is_no_part_of_a_name(tmp_path: Path) -> None:
    content = f'<e:InterchangeStudent xmlns:e="{NOW}"><e:Student><e:A>1</e:A></e:Student></e:InterchangeStudent>'
    rows, _ = delivered(tmp_path, a__xml=content.encode())
    assert rows["Student"][0]["document"] == {"A": ["1"]}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_every_encoding_lands_the_same(tmp_path: Path, encoding: str) -> None:
    said = "utf-8" if encoding == "utf-8-sig" else encoding
    head = f'<?xml version="1.0" encoding="{said}"?>'
    text = f'{head}<InterchangeStudent xmlns="{NOW}"><Student><A>Zoë</A></Student></InterchangeStudent>'
    rows, problems = delivered(tmp_path, a__xml=text.encode(encoding))
    assert rows["Student"][0]["document"] == {"A": ["Zoë"]}
    assert problems == []


def test_lines_are_exact_beyond_65535(tmp_path: Path) -> None:
    rows, _ = delivered(tmp_path, a__xml=interchange("\n" * 70_000, STUDENT.format(1)))
    assert places(rows["Student"]) == [(1, 70_003)]


def test_elements_that_share_a_line_are_told_apart_by_their_ordinal(tmp_path: Path) -> None:
    elements = "".join(f"<Student><StudentUniqueId>{n}</StudentUniqueId></Student>" for n in range(3))
    rows, _ = delivered(tmp_path, a__xml=interchange(elements), b__xml=interchange(STUDENT.format(9)))
    assert places(rows["Student"]) == [(1, 1), (1, 2), (1, 3), (2, 3)]
    record = next((tmp_path / "landing" / "sis").glob("*/delivery.json")).parent
    assert [file.position_unit for file in read_delivery(record).files] == ["record", "line"]


def test_a_zip_and_packed_files_land_like_a_folder(tmp_path: Path) -> None:
    (tmp_path / "sent").mkdir()
    (tmp_path / "sent" / "a.xml.gz").write_bytes(gzip.compress(interchange(STUDENT.format(1))))
    with zipfile.ZipFile(tmp_path / "sent" / "b.zip", "w") as archive:
        archive.writestr("inner/b.xml", interchange(STUDENT.format(2)))
    rows, problems = landed(tmp_path, tmp_path / "sent")
    assert ids(rows["Student"]) == ["1", "2"]
    assert problems == []


def test_large_deliveries_are_read_side_by_side_with_the_same_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edfi_xml, "_WORTH_A_PROCESS", 0)
    files = {f"{name}__xml": interchange(STUDENT.format(number)) for number, name in enumerate("abc")}
    rows, _ = delivered(tmp_path, **files)
    assert list(zip(places(rows["Student"]), ids(rows["Student"]), strict=True)) == [
        ((1, 3), "0"), ((2, 3), "1"), ((3, 3), "2")
    ]  # fmt: skip


BILLION_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n'


@pytest.mark.parametrize(
    ("content", "rule", "words"),
    [
        (interchange("<Student><A>&b;</A></Student>", head=BILLION_LAUGHS), "document-type", "DOCTYPE"),
        (interchange("<Student><A>&a;</A></Student>", head=OUTSIDE), "document-type", "DOCTYPE"),
        (b"", "empty-file", "is empty"),
        (b"sourcedId,name\n1,A\n", "not-xml", "is not XML"),
        (b"<html><body/></html>", "wrong-root", "outermost element is html"),
        (interchange(STUDENT.format(1), namespace="http://ed-fi.org/0200"), "unknown-standard", "3.x to 5.x"),
        (interchange(STUDENT.format(1), namespace=None), "unknown-standard", "says nothing"),
        (interchange(), "empty-file", "holds no elements"),
    ],
    ids=["entities", "outside entity", "empty", "CSV", "HTML", "version 2", "no namespace", "no elements"],
)
def test_a_file_that_is_no_interchange_is_told_in_a_sentence_and_the_others_are_read(
    tmp_path: Path, content: bytes, rule: str, words: str
) -> None:
    rows, problems = delivered(tmp_path, bad__xml=content, good__xml=interchange(STUDENT.format(7)))
    assert ids(rows["Student"]) == ["7"]
    ((told, sentence, severity),) = [(p["rule"], p["sentence"], p["severity"]) for p in problems]
    assert (told, severity) == (rule, "file")
    assert words in sentence
    assert "bad.xml" in sentence
    assert "passwd" not in sentence


def test_what_stands_before_the_break_of_a_file_cut_short_is_kept(tmp_path: Path) -> None:
    whole = interchange(*(STUDENT.format(n) for n in range(5)))
    rows, problems = delivered(tmp_path, a__xml=whole[: whole.index(b"<StudentUniqueId>3")])
    assert ids(rows["Student"]) == ["0", "1", "2"]
    assert problems[0]["rule"] == "truncated-xml"
    assert "breaks off on line 13" in problems[0]["sentence"]
    assert "before it was read (3 elements)" in problems[0]["sentence"]


def test_what_stands_before_damage_is_kept(tmp_path: Path) -> None:
    rows, problems = delivered(tmp_path, a__xml=interchange(STUDENT.format(1), "<Student><A></B></Student>\n"))
    assert ids(rows["Student"]) == ["1"]
    assert (problems[0]["rule"], "line 6" in problems[0]["sentence"]) == ("damaged-xml", True)


def test_an_element_with_a_nul_byte_is_set_aside_and_the_others_are_kept(tmp_path: Path) -> None:
    rows, problems = delivered(tmp_path, a__xml=interchange(*(STUDENT.format(v) for v in ("1", "2\0", "3"))))
    assert ids(rows["Student"]) == ["1", "3"]
    assert [(p["rule"], p["severity"], p["source_row"] & 0xFFFFFFFF) for p in problems] == [("nul-byte", "row", 6)]


def test_an_element_with_a_field_of_ten_megabytes_is_set_aside_and_the_others_are_kept(tmp_path: Path) -> None:
    rows, problems = delivered(tmp_path, a__xml=interchange(*(STUDENT.format(v) for v in ("1", "x" * 10_000_000, "3"))))
    assert ids(rows["Student"]) == ["1", "3"]
    assert [(p["rule"], p["source_row"] & 0xFFFFFFFF) for p in problems] == [("field-too-large", 6)]


def test_elements_nested_without_end_are_set_aside(tmp_path: Path) -> None:
    deep = "<Student>" + "<A>" * 5_000 + "</A>" * 5_000 + "</Student>\n"
    rows, problems = delivered(tmp_path, a__xml=interchange(STUDENT.format(1), deep))
    assert ids(rows["Student"]) == ["1"]
    assert [p["rule"] for p in problems] == ["element-too-deep"]


class Endless(io.RawIOBase):
    """A document of many megabytes that is nowhere whole."""

    def __init__(self, element: bytes, times: int) -> None:
        self._pieces = iter([interchange()[: -len("</InterchangeStudent>\n")], *[element] * times])
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size and (piece := next(self._pieces, None)):
            self._rest += piece
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


@pytest.mark.parametrize(
    "element",
    [STUDENT.format(1).encode() * 1_000, b"<Student><A>" + b"x" * (1 << 20), b"<A>" * 100_000],
    ids=["many elements", "one text", "one element"],
)
def test_what_is_held_in_memory_does_not_grow_with_the_file(element: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(NotInterchange):
        read_elements(Endless(element, 50), "a.xml", lambda *_: None, lambda _: None)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 24 << 20


@pytest.mark.parametrize(
    "element",
    [
        "<Student><SocialSecurityNumber>219099999</SocialSecurityNumber></Student>",
        "<Student><SSN>219-09-9999</SSN></Student>",
        '<StudentIdentificationCode IdentificationSystem="SSN"><ID>219099999</ID></StudentIdentificationCode>',
        "<StudentIdentificationCode><IdentificationCode>219099999</IdentificationCode><StudentIdentificationSystem>"
        "uri://ed-fi.org/StudentIdentificationSystemDescriptor#SSN</StudentIdentificationSystem>"
        "</StudentIdentificationCode>",
        "<Code>\n<AssigningOrganizationIdentificationCode>SSN</AssigningOrganizationIdentificationCode>"
        "<IdentificationCode>219-09-9999</IdentificationCode></Code>",
        "<Student><StudentUniqueId>219-09-9999</StudentUniqueId></Student>",
        "<Student><A><![CDATA[219-09-9999]]></A></Student>",
    ],
    ids=["name", "short name", "attribute", "system", "assigning organization", "values", "CDATA"],
)
def test_social_security_numbers_are_refused_and_never_written(tmp_path: Path, element: str) -> None:
    rows, problems = delivered(tmp_path, bad__xml=interchange(element), good__xml=interchange(STUDENT.format(7)))
    assert ids(rows["Student"]) == ["7"]
    assert [p["rule"] for p in problems] == ["social-security-numbers"]
    assert b"9999" not in kept_bytes(tmp_path / "landing") + kept_bytes(tmp_path / "landed")


def test_numbers_that_follow_the_break_of_a_damaged_file_are_refused_too(tmp_path: Path) -> None:
    _, problems = delivered(tmp_path, a__xml=interchange("<Student></B>", "<Student><A>219-09-9999</A></Student>"))
    assert [p["rule"] for p in problems] == ["social-security-numbers"]


@pytest.mark.parametrize(
    "element",
    [
        "<StudentIdentificationSystemDescriptor><CodeValue>SSN</CodeValue></StudentIdentificationSystemDescriptor>\n",
        "<Code>\n<AssigningOrganizationIdentificationCode>SSN</AssigningOrganizationIdentificationCode>"
        "<IdentificationCode>9707532001</IdentificationCode></Code>\n",
        "<LearningStandard><Description>discuss Social Security and Medicare</Description></LearningStandard>\n",
    ],
    ids=["a code's definition", "a number of ten digits", "a text"],
)
def test_words_about_social_security_are_no_numbers(tmp_path: Path, element: str) -> None:
    rows, problems = delivered(tmp_path, a__xml=interchange(element))
    assert (len(rows), problems) == (1, [])


@pytest.mark.parametrize(
    ("folder", "rule", "words"),
    [
        ("MissingXMLFile", "missing-file", "MissingXmlFile.xml, which did not come"),
        ("ChecksumError", "checksum-differs", "Session2.xml is not the file that Session2.ctl describes"),
        ("BadCtlFile", "control-file-line", "Line 1 of Session2.ctl"),
        ("InvalidRecordType", "control-file-line", "Line 1 of InvalidRecordType.ctl"),
    ],
)
def test_what_a_control_file_says_and_what_came_are_compared_and_what_came_is_read(
    tmp_path: Path, shared_data: Path, folder: str, rule: str, words: str
) -> None:
    rows, problems = landed(tmp_path, shared_data / "inbloom-bad-inputs" / folder)
    assert rows
    assert any(problem["rule"] == rule and words in problem["sentence"] for problem in problems)


@pytest.mark.parametrize(
    ("folder", "elements", "unread"),
    [("edfi-5-sample", 17_450, 1), ("edfi-4-lakeside", 3_543, 2), ("inbloom-daybreak", 10_217, 1)],
)
def test_every_element_of_real_files_is_landed(
    tmp_path: Path, shared_data: Path, folder: str, elements: int, unread: int
) -> None:
    report = Report()
    delivery = land("sis", KIND, shared_data / folder, tmp_path / "landing", 1)
    tables = read(delivery, tmp_path / "landed", report)
    assert sum(table.rows for table in tables) == elements
    # Four of Daybreak's files are not those that its control file was made of.
    assert report.counts() == {"unknown-file": unread, **({"checksum-differs": 4} if "daybreak" in folder else {})}
    first = pq.read_table(tables[0].path)["source_row"].to_pylist()
    assert len(set(first)) == len(first)
