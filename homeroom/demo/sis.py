"""The student information system: a OneRoster 1.2 bundle of the school year 2025-26, as exported on one day in May."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from homeroom.demo.arrays import objects
from homeroom.demo.csv_files import Columns, days, stacked, texts, write_csv
from homeroom.demo.district import District
from homeroom.demo.families import LATEST
from homeroom.demo.rosters import Roster, make_roster
from homeroom.demo.schools import DELIVERED, instruction
from homeroom.demo.sis_adults import contacts_of, staff_of, user_name
from homeroom.demo.sis_catalog import write_catalog
from homeroom.demo.sis_classes import write_classes
from homeroom.demo.truth import Truth

SOURCE = "sis"
_USERS = (
    "sourcedId",
    "status",
    "dateLastModified",
    "enabledUser",
    "username",
    "userIds",
    "givenName",
    "familyName",
    "middleName",
    "identifier",
    "email",
    "sms",
    "phone",
    "agentSourcedIds",
    "grades",
    "password",
    "userMasterIdentifier",
    "preferredGivenName",
    "preferredMiddleName",
    "preferredFamilyName",
    "primaryOrgSourcedId",
    "pronouns",
)
_RACES = {
    "americanIndianOrAlaskaNative": "American Indian or Alaska Native",
    "asian": "Asian",
    "blackOrAfricanAmerican": "Black or African American",
    "nativeHawaiianOrOtherPacificIslander": "Native Hawaiian or Pacific Islander",
    "white": "White",
}


def write_sis(folder: Path, district: District, truth: Truth) -> int:
    """Write the bundle into `folder`, and who is who into `truth`. Returns the number of rows."""
    chance = district.chance(20)
    rows = np.flatnonzero(district.years.year == LATEST)
    children = district.years.child[rows]
    spare = 10 ** len(str(district.sis_numbers.max()))
    numbers = np.concatenate([district.sis_numbers[children], spare + chance.permutation(10 * len(children))])
    roster = make_roster(district, SOURCE, chance, truth.log, children, numbers, "{}", factor=0.5)
    truth.students(SOURCE, roster.ids, roster.owner)
    year_row = np.full(len(district.children), -1)
    year_row[children] = rows
    row = year_row[roster.owner]
    contacts, contact_roles, agents = contacts_of(district, chance, truth, SOURCE, roster, row)
    staff, staff_roles, staff_ids = staff_of(district, chance, truth, SOURCE)
    users = stacked([_students(district, chance, roster, row, agents), contacts, staff])
    written = write_csv(folder / "users.csv", users)
    roles = stacked([_roles(district, roster, row), contact_roles, staff_roles])
    numbered: Columns = {"sourcedId": texts(np.arange(len(roles["role"])), "R{}"), "status": "", "dateLastModified": ""}
    written += write_csv(folder / "roles.csv", {**numbered, **roles})
    written += write_csv(folder / "demographics.csv", _demographics(district, roster))
    written += write_catalog(folder, district)
    return written + write_classes(folder, district, chance, roster, staff_ids, truth.log)


def _students(
    district: District, chance: np.random.Generator, roster: Roster, row: np.ndarray, agents: np.ndarray
) -> Columns:
    children, owner, names = district.children, roster.owner, roster.names
    suffix = np.where(children.suffix[owner] == "", "", " " + children.suffix[owner])
    user = user_name(names.given, names.surname, roster.ids)
    first_adult = np.full(len(district.households), -1)
    adults = district.adults
    first_adult[adults.household[::-1]] = np.arange(len(adults.household))[::-1]
    phone = district.telephones[first_adult[children.household[owner]]]
    called = (
        (children.goes_by[owner] != "") & (names.given != children.goes_by[owner]) & (chance.random(len(owner)) < 0.3)
    )
    # A student who was entered again got a new number, and the old one was not looked up.
    number = objects([f"{int(one):08d}" for one in roster.ids])
    return dict.fromkeys(_USERS, "") | {
        "sourcedId": roster.ids,
        "enabledUser": "true",
        "username": user,
        "givenName": names.given,
        "familyName": names.surname + suffix,
        "middleName": names.middle,
        "email": user + "@students.maplegrove.example",
        "phone": roster.dirtier.missing(phone, "phone"),
        "agentSourcedIds": agents,
        "grades": grade_codes(district.years.grade[row]),
        "userMasterIdentifier": number,
        "preferredGivenName": np.where(called, children.goes_by[owner], "").astype(object),
        "primaryOrgSourcedId": objects([s.sis_id for s in district.schools])[district.years.next_school[row]],
    }


def grade_codes(grade: np.ndarray) -> np.ndarray:
    """KG, 01 ... 12."""
    return objects(["KG", *(f"{number:02d}" for number in range(1, 13))])[grade]


def _roles(district: District, roster: Roster, row: np.ndarray) -> Columns:
    """One role for each stay at a school; the end only where it is known by the day of the export."""
    years, held = district.years, instruction(LATEST)
    known = int((held <= np.datetime64(DELIVERED)).sum())
    ids = objects([s.sis_id for s in district.schools])
    changed = np.flatnonzero(years.transfer[row] >= 0)
    begin = held[np.where(years.transfer[row] >= 0, years.transfer[row], years.entry[row])]
    leave = years.exit[row]
    end = np.where(leave < known, held[np.minimum(leave, known - 1)], np.datetime64("NaT"))
    now = {
        "userSourcedId": roster.ids,
        "roleType": "primary",
        "role": "student",
        "beginDate": days(begin),
        "endDate": days(end),
        "orgSourcedId": ids[years.next_school[row]],
        "userProfileSourcedId": "",
    }
    before = {
        "userSourcedId": roster.ids[changed],
        "roleType": "primary",
        "role": "student",
        "beginDate": days(held[years.entry[row[changed]]]),
        "endDate": days(held[years.transfer[row[changed]] - 1]),
        "orgSourcedId": ids[years.school[row[changed]]],
        "userProfileSourcedId": "",
    }
    return stacked([now, before])


def _demographics(district: District, roster: Roster) -> Columns:
    children, owner = district.children, roster.owner
    race = roster.dirtier.missing(children.race[owner], "race")
    second = np.where(race == "", "", children.second_race[owner])
    flags = {
        column: np.where(race == "", "", np.where((race == name) | (second == name), "true", "false")).astype(object)
        for column, name in _RACES.items()
    }
    sex = np.where(children.female[owner], "female", "male").astype(object)
    return {
        "sourcedId": roster.ids,
        "status": "",
        "dateLastModified": "",
        "birthDate": roster.dirtier.missing(days(roster.birth_date), "birth date", 0.002),
        "sex": roster.dirtier.missing(sex, "sex", 0.005),
        **flags,
        "demographicRaceTwoOrMoreRaces": np.where(race == "", "", np.where(second != "", "true", "false")).astype(
            object
        ),
        "hispanicOrLatinoEthnicity": np.where(children.hispanic[owner], "true", "false").astype(object),
        "countryOfBirthCode": "",
        "stateOfBirthAbbreviation": "",
        "cityOfBirth": "",
        "publicSchoolResidenceStatus": "",
    }
