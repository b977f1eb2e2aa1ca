"""The named students of Maple Grove live their stories."""

import datetime
import re

from homeroom.demo.cast import CAST
from homeroom.demo.district import District
from homeroom.demo.maple_grove import MapleGrove
from homeroom.demo.schools import instruction


def _person(rows, given: str) -> str:
    (found,) = [r["person_id"] for r in rows("truth/students.csv") if r["given"] == given and r["story"] == "cast"]
    return found


def _id(rows, source: str, given: str) -> str:
    person = _person(rows, given)
    (found,) = [r["source_id"] for r in rows("truth/persons.csv") if (r["source"], r["person_id"]) == (source, person)]
    return found


def test_each_is_in_the_grade_that_the_cast_says(rows) -> None:
    grades = {row["sourcedId"]: row["grades"] for row in rows("sis/users.csv")}
    assert {m.given: grades[_id(rows, "sis", m.given)] for m in CAST} == {m.given: m.grade for m in CAST}


def test_the_vendor_knows_elizabeth_as_liz(rows) -> None:
    (user,) = [r for r in rows("assessments/users.csv") if r["sourcedId"] == _id(rows, "assessments", "Elizabeth")]
    assert (user["givenName"], user["familyName"]) == ("Liz", "Tran")


def test_the_warehouse_has_the_day_and_month_of_luis_swapped(grove: MapleGrove, rows) -> None:
    document = (grove.folder / "warehouse" / "Student.xml").read_text()
    own = re.search(rf"<Student><StudentUniqueId>{_id(rows, 'warehouse', 'Luis')}</.*", document)
    assert own
    assert "<BirthDate>2012-03-04</BirthDate>" in own[0]


def test_amina_and_amira_are_two_people_everywhere(rows) -> None:
    for source in ("sis", "warehouse", "assessments"):
        assert _id(rows, source, "Amina") != _id(rows, source, "Amira")


def test_maya_misses_mondays_in_winter(district: District) -> None:
    years = district.years
    maya = years.child[years.event_row] == 0
    days = [
        instruction(int(years.year[row]))[day].astype(datetime.date)
        for row, day in zip(years.event_row[maya], years.event_day[maya], strict=True)
    ]
    assert days
    assert all(day.weekday() == 0 and day.month in (12, 1, 2) for day in days)
