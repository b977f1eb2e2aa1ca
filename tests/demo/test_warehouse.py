"""The warehouse's files are what the standard's schemas say, and its numbers those of the truth."""

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from homeroom.demo.maple_grove import MapleGrove

SCHEMAS = Path(__file__).parents[3] / "shared" / "standards" / "edfi-xsd-5.2" / "Schemas" / "Bulk"


def _names(grove: MapleGrove) -> list[Path]:
    return sorted((grove.folder / "warehouse").rglob("*.xml"))


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the standard's schemas are not on this machine")
def test_every_file_is_valid(grove: MapleGrove) -> None:
    schemas: dict[str, etree.XMLSchema] = {}
    for file in _names(grove):
        document = etree.parse(str(file))
        name = etree.QName(document.getroot()).localname.replace("Interchange", "Interchange-", 1)
        if name not in schemas:
            schemas[name] = etree.XMLSchema(etree.parse(str(SCHEMAS / f"{name}.xsd")))
        assert schemas[name].validate(document), (file.name, schemas[name].error_log.last_error)


def test_there_is_a_file_of_each_kind_for_each_earlier_year(grove: MapleGrove) -> None:
    kinds = Counter(file.name for file in _names(grove) if file.parent.name != "warehouse")
    assert set(kinds.values()) == {4}
    assert len(kinds) == 8


def test_one_element_stands_on_each_line(grove: MapleGrove) -> None:
    lines = (grove.folder / "warehouse" / "Student.xml").read_text().splitlines()
    assert all(line.startswith("<Student>") and line.endswith("</Student>") for line in lines[2:-1])


def test_absences_are_those_of_the_truth(grove: MapleGrove, rows) -> None:
    document = (grove.folder / "warehouse" / "2023-2024" / "StudentAttendance.xml").read_text()
    person = {r["source_id"]: r["person_id"] for r in rows("truth/persons.csv") if r["source"] == "warehouse"}
    found = re.findall(r"#(?:Une|E)xcused Absence<.*?<StudentUniqueId>(\d+)", document)
    told = Counter(person[one] for one in found)
    truly = {r["person_id"]: int(r["absences"]) for r in rows("truth/student_years.csv") if r["school_year"] == "2024"}
    assert told == {who: number for who, number in truly.items() if number}


def test_only_graduates_have_a_diploma(grove: MapleGrove, rows) -> None:
    document = (grove.folder / "warehouse" / "2023-2024" / "StudentTranscript.xml").read_text()
    graduated = [
        r for r in rows("truth/student_years.csv") if (r["school_year"], r["leaving"]) == ("2024", "graduated")
    ]
    assert document.count("<Diploma>") == len(graduated)


def test_an_address_may_have_an_apartment_or_none(grove: MapleGrove) -> None:
    lines = (grove.folder / "warehouse" / "Contact.xml").read_text().splitlines()
    contacts = [line for line in lines if line.startswith("<Contact>")]
    assert all("<StreetNumberName>" in line for line in contacts)
    assert 0 < sum("<ApartmentRoomSuiteNumber>" in line for line in contacts) < len(contacts)
