"""The truth names every person of every source, once."""

import re
from collections import Counter

from homeroom.demo.maple_grove import MapleGrove


def _known(rows, source: str, kind: str) -> list[str]:
    return [r["source_id"] for r in rows("truth/persons.csv") if (r["source"], r["kind"]) == (source, kind)]


def test_every_user_of_the_student_information_system_is_somebody(rows) -> None:
    known = [one for kind in ("Student", "Contact", "Staff") for one in _known(rows, "sis", kind)]
    assert sorted(known) == sorted(row["sourcedId"] for row in rows("sis/users.csv"))


def test_every_user_of_the_vendor_is_somebody(rows) -> None:
    assert sorted(_known(rows, "assessments", "Student")) == sorted(
        row["sourcedId"] for row in rows("assessments/users.csv")
    )


def test_every_person_of_the_warehouse_is_somebody(grove: MapleGrove, rows) -> None:
    for kind, file in (("Student", "Student"), ("Contact", "Contact"), ("Staff", "StaffAssociation")):
        document = (grove.folder / "warehouse" / f"{file}.xml").read_text()
        listed = re.findall(rf"<{kind}><{kind}UniqueId>([^<]*)", document)
        assert sorted(_known(rows, "warehouse", kind)) == sorted(listed)


def test_an_id_is_given_once_in_a_source(rows) -> None:
    counted = Counter((r["source"], r["kind"], r["source_id"]) for r in rows("truth/persons.csv"))
    assert set(counted.values()) == {1}


def test_a_student_with_two_ids_is_one_person(rows) -> None:
    second = {r["source_id"] for r in rows("truth/dirt.csv") if (r["source"], r["dirt"]) == ("sis", "second-id")}
    people = {r["source_id"]: r["person_id"] for r in rows("truth/persons.csv") if r["source"] == "sis"}
    often = Counter(people.values())
    assert second
    assert all(often[people[one]] == 2 for one in second)


def test_schools_have_another_number_in_each_source(rows) -> None:
    for row in rows("truth/schools.csv"):
        assert len({row["sis"], row["warehouse"], row["assessments"]}) == 3
