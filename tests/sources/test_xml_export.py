"""Elements of an interchange are exported as they were sent, as an interchange of the same kind."""

import io

import pytest
from lxml import etree

from homeroom.sources.delivery import land
from homeroom.sources.edfi_xml import KIND, read
from homeroom.sources.kept_files import KeptFile
from homeroom.sources.report import Report
from homeroom.sources.xml_export import export_elements

HEAD = (
    '<?xml version="1.0" encoding="{}"?>\n<!-- all > of them -->\n<InterchangeStudent xmlns="http://ed-fi.org/5.2.0">'
)
ELEMENTS = """
<Student a="x>y"><StudentUniqueId>1</StudentUniqueId></Student>
<Student><StudentUniqueId>2</StudentUniqueId>
  <FirstName>José</FirstName><!-- as told --></Student >
<Student/>
<Student><StudentUniqueId>4</StudentUniqueId></Student>
"""


def sent(tmp_path, elements=ELEMENTS, encoding="utf-8", end="</InterchangeStudent>"):
    path = tmp_path / "Student.xml"
    path.write_bytes((HEAD.format(encoding) + elements + end).encode(encoding))
    return path


def exported(path, unit, reasons):
    out = io.BytesIO()
    export_elements(KeptFile(path), unit, reasons, out)
    return out.getvalue()


def elements(document):
    return list(etree.fromstring(document).iterchildren("{*}*"))


def test_an_element_is_exported_byte_for_byte_behind_its_reason(tmp_path):
    written = exported(sent(tmp_path), "line", {5: "It is -- odd -"}).decode()
    element = "<Student><StudentUniqueId>2</StudentUniqueId>\n  <FirstName>José</FirstName><!-- as told --></Student >"
    assert written == HEAD.format("utf-8") + f"\n<!-- It is - - odd - -->\n{element}\n</InterchangeStudent>\n"


def test_elements_are_found_by_line_or_by_number(tmp_path):
    assert exported(sent(tmp_path), "line", {7: "Odd."}) == exported(sent(tmp_path), "record", {3: "Odd."})


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_what_is_exported_is_well_formed_in_the_encoding_that_was_sent(tmp_path, encoding):
    first, second = elements(exported(sent(tmp_path, encoding=encoding), "record", {2: "Odd.", 3: "Odd."}))
    assert [one.text for one in first.iterchildren("{*}*")] == ["2", "José"]
    assert len(second) == 0


def test_of_a_file_that_breaks_off_what_stands_before_is_exported(tmp_path):
    path = sent(tmp_path, end="<Student><Stu")
    assert len(elements(exported(path, "record", {1: "Odd.", 4: "Odd."}))) == 2


def test_what_is_exported_is_read_as_a_delivery(tmp_path):
    written = exported(sent(tmp_path), "record", {1: "Odd.", 2: "Odd."})
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "Student.xml").write_bytes(written)
    report = Report()
    (table,) = read(land("sis", KIND, tmp_path / "again", tmp_path / "landing", 1), tmp_path / "landed", report)
    assert (table.name, table.rows, report.table().num_rows) == ("Student", 2, 0)
