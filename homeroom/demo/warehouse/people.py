"""Students, contacts and staff as the warehouse lists them: with addresses and cities of birth, under its own ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from homeroom.demo.arrays import objects
from homeroom.demo.csv_files import Columns, days, texts
from homeroom.demo.dirt import RATE
from homeroom.demo.dirtying import Dirtier, Names
from homeroom.demo.district import District
from homeroom.demo.families import LATEST
from homeroom.demo.names import places
from homeroom.demo.rosters import Roster, make_roster
from homeroom.demo.schools import CITIES, STATE
from homeroom.demo.sis_adults import mail_addresses, short_forms, staff_mail, written_telephones
from homeroom.demo.truth import Truth
from homeroom.demo.warehouse.interchange import (
    STAFF,
    STUDENT,
    escaped,
    organization_reference,
    uri,
    write_interchange,
)
from homeroom.demo.warehouse.places import section_identities

SOURCE = "warehouse"
SPLIT = 2024  # from this year on, a student with two ids is kept under the second
_KINDS = ("Street", "Avenue", "Road", "Lane", "Drive", "Court", "Boulevard", "Circle", "Way", "Place")
_NAME = (
    "<Name><FirstName>{first}</FirstName>[<MiddleName>{middle}</MiddleName>]<LastSurname>{last}</LastSurname>"
    "[<GenerationCodeSuffix>{suffix}</GenerationCodeSuffix>][<PreferredFirstName>{called}</PreferredFirstName>]</Name>"
)
ADDRESS = (
    "<Address><StreetNumberName>{street}</StreetNumberName>{apartment}<City>{city}</City>"
    f"<StateAbbreviation>{uri('StateAbbreviation', STATE)}</StateAbbreviation><PostalCode>{{zip}}</PostalCode>"
    f"<AddressType>{uri('AddressType', 'Home')}</AddressType></Address>"
)


@dataclass(frozen=True)
class People:
    """The warehouse's lists: `last_row` is each listed student's last row of the school `years` in the warehouse."""

    years: Sequence[int]
    roster: Roster
    last_row: np.ndarray
    contact_ids: np.ndarray  # of every adult, '' where not listed
    staff_ids: np.ndarray


def addresses(district: District, household: np.ndarray, ordinal: np.ndarray) -> dict[str, np.ndarray]:
    """Street, apartment element, city and postal code of the `ordinal`th address of each household."""
    chance, streets = district.chance(41), places("street")
    shape = (len(district.households), 5)
    number, street, kind = (
        chance.integers(100, 9900, shape),
        chance.integers(0, len(streets), shape),
        chance.integers(0, 10, shape),
    )
    flat, town = chance.integers(-40, 30, shape), chance.choice(len(CITIES), shape, p=[0.7, 0.14, 0.1, 0.06])
    where = (household, np.minimum(ordinal, 4))
    parts = zip(number[where].tolist(), street[where].tolist(), kind[where].tolist(), strict=True)
    return {
        "street": objects([f"{n} {streets[s]} {_KINDS[k]}" for n, s, k in parts]),
        "apartment": objects(
            [f"<ApartmentRoomSuiteNumber>{n}</ApartmentRoomSuiteNumber>" if n > 0 else "" for n in flat[where].tolist()]
        ),
        "city": objects([one[0] for one in CITIES])[town[where]],
        "zip": objects([one[1] for one in CITIES])[town[where]],
    }


def telephones(district: District, chance: np.random.Generator, adults: np.ndarray, dirtier: Dirtier) -> np.ndarray:
    """The number of each adult as the warehouse has it: some families have had another since."""
    numbers = district.telephones[adults].copy()
    changed = dirtier.pick("telephone-changed", "telephone", rate=RATE["telephone-changed"])
    numbers[changed] = district.former_telephones[adults[changed]]
    return dirtier.missing(written_telephones(chance, numbers), "telephone")


def list_people(district: District, truth: Truth, held: Sequence[int]) -> People:
    chance, years = district.chance(42), district.years
    rows = np.flatnonzero(np.isin(years.year, held))
    last = np.full(len(district.children), -1)
    last[years.child[rows]] = rows
    children = np.flatnonzero(last >= 0)
    numbers = 604_000_000 + chance.permutation(12 * len(children))[: 2 * len(children)]
    roster = make_roster(district, SOURCE, chance, truth.log, children, numbers, "{}", former=0.5, swapped="Luis")
    truth.students(SOURCE, roster.ids, roster.owner)
    listed = np.flatnonzero(np.isin(district.adults.household, district.children.household[children]))
    contacts = np.full(len(district.adults.household), "", dtype=object)
    contacts[listed] = texts(7_000_000 + chance.permutation(9 * len(listed))[: len(listed)])
    truth.contacts(SOURCE, contacts[listed], listed)
    employed = np.flatnonzero(district.staff.first_year < LATEST)
    staff = np.full(len(district.staff), "", dtype=object)
    staff[employed] = texts(880_000 + chance.permutation(20 * len(employed))[: len(employed)])
    truth.staff(SOURCE, staff[employed], employed)
    return People(held, roster, last[roster.owner], contacts, staff)


def write_students(path: Path, district: District, people: People) -> int:
    chance, children, roster = district.chance(43), district.children, people.roster
    owner, names = roster.owner, roster.names
    known = (children.former_surname[owner] != "") & (names.surname != children.former_surname[owner])
    template = (
        f"<Student><StudentUniqueId>{{id}}</StudentUniqueId>{_NAME}"
        "[<OtherName><FirstName>{first}</FirstName><LastSurname>{former}</LastSurname>"
        f"<OtherNameType>{uri('OtherNameType', 'Previous Legal Name')}</OtherNameType></OtherName>]"
        "<BirthData><BirthDate>{birth}</BirthDate>[<BirthCity>{city}</BirthCity>]"
        "[<MultipleBirthStatus>{twin}</MultipleBirthStatus>]</BirthData></Student>"
    )
    births = objects(places("birth city"))
    cities = chance.choice(births, len(children), p=_falling(len(births)))
    columns: Columns = {
        "id": roster.ids,
        "first": escaped(names.given),
        "middle": escaped(names.middle),
        "last": escaped(names.surname),
        "suffix": children.suffix[owner],
        "called": np.where(chance.random(len(owner)) < 0.12, children.goes_by[owner], "").astype(object),
        "former": np.where(known, children.former_surname[owner], "").astype(object),
        "birth": days(roster.birth_date),
        "city": roster.dirtier.missing(cities[owner], "birth city", 0.15),
        "twin": np.where((children.twin[owner] >= 0) & (chance.random(len(owner)) < 0.7), "true", "").astype(object),
    }
    return write_interchange(path, "Student", [(template, columns)])


def write_contacts(path: Path, district: District, truth: Truth, people: People) -> int:
    """The contacts, and whose contacts they are."""
    chance, adults, years = district.chance(44), district.adults, district.years
    listed = np.flatnonzero(people.contact_ids != "")
    ids = people.contact_ids[listed]
    dirtier = Dirtier(chance, truth.log, SOURCE, "Contact", ids, np.zeros(len(ids), bool))
    names = dirtier.names(
        Names(adults.given[listed], adults.middle[listed], adults.surname[listed]), short_forms(adults.given[listed])
    )
    latest = np.zeros(len(district.households), dtype=int)
    latest[district.children.household[people.roster.owner]] = years.address[people.last_row]
    contact = (
        f"<Contact><ContactUniqueId>{{id}}</ContactUniqueId>{_NAME}[<Sex>{{sex}}</Sex>]{ADDRESS}"
        "[<Telephone><TelephoneNumber>{telephone}</TelephoneNumber>"
        f"<TelephoneNumberType>{uri('TelephoneNumberType', 'Mobile')}</TelephoneNumberType></Telephone>]"
        "[<ElectronicMail><ElectronicMailAddress>{mail}</ElectronicMailAddress>"
        f"<ElectronicMailType>{uri('ElectronicMailType', 'Home/Personal')}</ElectronicMailType></ElectronicMail>]"
        "</Contact>"
    )
    sex = np.where(adults.female[listed], uri("Sex", "Female"), uri("Sex", "Male")).astype(object)
    columns: Columns = {
        "id": ids,
        "first": escaped(names.given),
        "middle": escaped(names.middle),
        "last": escaped(names.surname),
        "suffix": "",
        "called": "",
        "sex": dirtier.missing(sex, "sex"),
        "telephone": telephones(district, chance, listed, dirtier),
        "mail": dirtier.missing(mail_addresses(district)[listed], "email", 0.3),
        **addresses(district, adults.household[listed], latest[adults.household[listed]]),
    }
    return write_interchange(path, "Contact", [(contact, columns), _ties(district, people, listed)])


def _ties(district: District, people: People, listed: np.ndarray) -> tuple[str, Columns]:
    """One row for each listed student and adult of the student's household."""
    adults, roster = district.adults, people.roster
    order = listed[np.argsort(adults.household[listed], kind="stable")]
    house = adults.household[order]
    students = district.children.household[roster.owner]
    first, last = np.searchsorted(house, students, "left"), np.searchsorted(house, students, "right")
    count = last - first
    student = np.repeat(np.arange(len(students)), count)
    adult = order[np.repeat(first, count) + np.arange(len(student)) - np.repeat(np.cumsum(count) - count, count)]
    template = (
        f"<StudentContactAssociation>{STUDENT}<ContactReference><ContactIdentity><ContactUniqueId>{{contact}}"
        "</ContactUniqueId></ContactIdentity></ContactReference><Relation>{relation}</Relation>"
        "<PrimaryContactStatus>{primary}</PrimaryContactStatus><LivesWith>true</LivesWith>"
        "<EmergencyContactStatus>{emergency}</EmergencyContactStatus></StudentContactAssociation>"
    )
    relations = {name: uri("Relation", name) for name in ("Mother", "Father", "Grandparent")}
    return template, {
        "student": roster.ids[student],
        "contact": people.contact_ids[adult],
        "relation": objects([relations[name] for name in adults.relation[adult]]),
        "primary": np.where(adults.ordinal[adult] == 0, "true", "false").astype(object),
        "emergency": np.where(adults.ordinal[adult] < 2, "true", "false").astype(object),
    }


def write_staff(path: Path, district: District, truth: Truth, people: People) -> int:
    """Staff, where they work, and the sections they teach."""
    chance, staff, lists = district.chance(45), district.staff, district.lists
    listed = np.flatnonzero(people.staff_ids != "")
    ids = people.staff_ids[listed]
    dirtier = Dirtier(chance, truth.log, SOURCE, "Staff", ids, np.zeros(len(ids), bool), 0.5)
    none = np.full(len(ids), "", dtype=object)
    names = dirtier.names(Names(staff.given[listed], none, staff.surname[listed]), short_forms(staff.given[listed]))
    person = (
        f"<Staff><StaffUniqueId>{{id}}</StaffUniqueId>{_NAME}<Sex>{{sex}}</Sex><BirthDate>{{birth}}</BirthDate>"
        "[<ElectronicMail><ElectronicMailAddress>{mail}</ElectronicMailAddress>"
        f"<ElectronicMailType>{uri('ElectronicMailType', 'Work')}</ElectronicMailType></ElectronicMail>]</Staff>"
    )
    assignment = (
        f"<StaffEducationOrganizationAssignmentAssociation>{STAFF}{{organization}}"
        "<StaffClassification>{classification}</StaffClassification><BeginDate>{begin}</BeginDate>"
        "[<EndDate>{end}</EndDate>]</StaffEducationOrganizationAssignmentAssociation>"
    )
    kinds = {"teacher": "Teacher", "principal": "Principal", "counselor": "Counselor", "aide": "Instructional Aide"}
    organizations = [organization_reference(one.warehouse_id) for one in district.schools]
    left = staff.last_year[listed] < LATEST
    people_columns: Columns = {
        "id": ids,
        "first": escaped(names.given),
        "middle": "",
        "last": escaped(names.surname),
        "suffix": "",
        "called": "",
        "sex": np.where(staff.female[listed], uri("Sex", "Female"), uri("Sex", "Male")).astype(object),
        "birth": days(staff.birth_date[listed]),
        "mail": dirtier.missing(staff_mail(district)[listed], "email", 0.15),
    }
    places: Columns = {
        "staff": ids,
        "organization": objects([organizations[school] for school in staff.school[listed]]),
        "classification": objects([uri("StaffClassification", kinds[role]) for role in staff.role[listed]]),
        "begin": texts(staff.first_year[listed] - 1, "{}-08-01"),
        "end": np.where(left, texts(staff.last_year[listed], "{}-06-15"), "").astype(object),
    }
    taught = np.flatnonzero(np.isin(lists.section_year, people.years))
    section = (
        f"<StaffSectionAssociation>{STAFF}<SectionReference>{{section}}</SectionReference><ClassroomPosition>"
        f"{uri('ClassroomPosition', 'Teacher of Record')}</ClassroomPosition><BeginDate>{{begin}}</BeginDate>"
        "</StaffSectionAssociation>"
    )
    sections: Columns = {
        "staff": people.staff_ids[lists.section_teacher[taught]],
        "section": section_identities(district)[taught],
        "begin": texts(lists.section_year[taught] - 1, "{}-08-25"),
    }
    return write_interchange(
        path, "StaffAssociation", [(person, people_columns), (assignment, places), (section, sections)]
    )


def _falling(number: int) -> np.ndarray:
    shares = 1.0 / (np.arange(number) + 1.0)
    return shares / shares.sum()
