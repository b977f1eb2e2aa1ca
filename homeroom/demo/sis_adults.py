"""Contacts and staff as the student information system lists them."""

from __future__ import annotations

import numpy as np

from homeroom.demo.arrays import objects
from homeroom.demo.csv_files import Columns, texts
from homeroom.demo.dirt import RATE
from homeroom.demo.dirtying import Dirtier, Names, without_accents
from homeroom.demo.district import District
from homeroom.demo.families import LATEST
from homeroom.demo.nicknames import NICKNAMES
from homeroom.demo.rosters import Roster
from homeroom.demo.sis_catalog import DISTRICT
from homeroom.demo.truth import Truth

_DOMAINS = objects(["inbox.example", "post.example", "familymail.example", "letters.example"])


def contacts_of(
    district: District, chance: np.random.Generator, truth: Truth, source: str, roster: Roster, row: np.ndarray
) -> tuple[Columns, Columns, np.ndarray]:
    """The contacts' users and roles, and for each student the ids of the contacts."""
    adults, households = district.adults, district.children.household[roster.owner]
    here = np.flatnonzero(np.isin(adults.household, households))
    several = np.bincount(households, minlength=len(district.households))[adults.household[here]] > 1
    twice = here[several & (chance.random(len(here)) < RATE["contact-entered-again"])]
    owner = np.concatenate([here, twice])
    again = np.arange(len(owner)) >= len(here)
    ids = texts(500_000 + chance.permutation(max(400_000, 4 * len(owner)))[: len(owner)], "P{}")
    truth.contacts(source, ids, owner)
    truth.log.note(source, "Contact", ids[again], "id", "contact-entered-again")
    dirtier = Dirtier(chance, truth.log, source, "Contact", ids, np.zeros(len(owner), bool), 0.7)
    names = dirtier.names(
        Names(adults.given[owner], adults.middle[owner], adults.surname[owner]), short_forms(adults.given[owner])
    )
    agents, school = _agents(adults.household, owner, again, ids, households, district, row)
    users: Columns = {
        "sourcedId": ids,
        "enabledUser": "true",
        "username": user_name(names.given, names.surname, ids),
        "givenName": names.given,
        "familyName": names.surname,
        "middleName": names.middle,
        "email": dirtier.missing(mail_addresses(district)[owner], "email", 0.15),
        "sms": dirtier.missing(written_telephones(chance, district.telephones[owner]), "sms"),
    }
    roles: Columns = {
        "userSourcedId": ids,
        "roleType": "primary",
        "role": np.where(adults.relation[owner] == "Grandparent", "guardian", "parent").astype(object),
        "orgSourcedId": school,
    }
    return users, roles, agents


def _agents(
    household: np.ndarray,
    owner: np.ndarray,
    again: np.ndarray,
    ids: np.ndarray,
    students: np.ndarray,
    district: District,
    row: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """For each student the contacts' ids, joined by commas, and for each contact the school of the family's first.

    A contact who was entered again stands in the second row for all children but the first.
    """
    schools = objects([s.sis_id for s in district.schools])
    first: dict[int, list[tuple[int, str]]] = {}
    second: dict[int, dict[int, str]] = {}
    for place, (person, entered_again) in enumerate(zip(owner.tolist(), again.tolist(), strict=True)):
        if entered_again:
            second.setdefault(int(household[person]), {})[person] = ids[place]
        else:
            first.setdefault(int(household[person]), []).append((person, ids[place]))
    seen: dict[int, str] = {}
    agents = np.empty(len(students), dtype=object)
    for place, house in enumerate(students.tolist()):
        later = second.get(house, {}) if house in seen else {}
        agents[place] = ",".join(later.get(person, one) for person, one in first.get(house, []))
        seen.setdefault(house, schools[district.years.next_school[row[place]]])
    return agents, objects([seen[int(household[person])] for person in owner])


def staff_of(
    district: District, chance: np.random.Generator, truth: Truth, source: str
) -> tuple[Columns, Columns, np.ndarray]:
    """The users and roles of those who work in the latest year, and each member of staff's id ('' where not listed)."""
    staff = district.staff
    here = np.flatnonzero(staff.last_year == LATEST)
    ids = texts(20_000 + chance.permutation(max(70_000, 2 * len(here)))[: len(here)], "T{}")
    truth.staff(source, ids, here)
    dirtier = Dirtier(chance, truth.log, source, "Staff", ids, np.zeros(len(here), bool), 0.3)
    none = np.full(len(here), "", dtype=object)
    names = dirtier.names(Names(staff.given[here], none, staff.surname[here]), short_forms(staff.given[here]))
    mail = staff_mail(district)[here]
    schools = objects([s.sis_id for s in district.schools] + [DISTRICT])[staff.school[here]]
    users: Columns = {
        "sourcedId": ids,
        "enabledUser": "true",
        "username": objects([address.partition("@")[0] for address in mail]),
        "givenName": names.given,
        "familyName": names.surname,
        "email": mail,
        "primaryOrgSourcedId": schools,
    }
    roles: Columns = {
        "userSourcedId": ids,
        "roleType": "primary",
        "role": staff.role[here],
        "orgSourcedId": schools,
        "beginDate": texts(staff.first_year[here] - 1, "{}-08-01"),
    }
    of_all = np.full(len(staff), "", dtype=object)
    of_all[here] = ids
    return users, roles, of_all


def short_forms(given: np.ndarray) -> np.ndarray:
    """The first short form of each name, '' where there is none."""
    return objects([NICKNAMES.get(name, ("",))[0] for name in given])


def user_name(given: np.ndarray, surname: np.ndarray, ids: np.ndarray) -> np.ndarray:
    """The name to log in with: first letter, surname and the end of the id."""
    return objects(
        [_plain(g)[:1] + _plain(s)[:12] + i[-5:].lower() for g, s, i in zip(given, surname, ids, strict=True)]
    )


def mail_addresses(district: District) -> np.ndarray:
    """The private address of each adult: theirs in every system, and nobody else's."""
    adults = district.adults
    domain = _DOMAINS[np.arange(len(adults.given)) * 7 % 4]
    addresses: dict[str, None] = {}
    for place, (given, last, host) in enumerate(zip(adults.given, adults.surname, domain, strict=True)):
        number, name = place % 97, f"{_plain(given)}.{_plain(last)}"
        while (address := f"{name}{number:02d}@{host}") in addresses:
            number += 1
        addresses[address] = None
    return objects(list(addresses))


def staff_mail(district: District) -> np.ndarray:
    """The work address of each member of staff; a second one of the same name gets a number."""
    taken: dict[str, int] = {}
    addresses = []
    for given, surname in zip(district.staff.given, district.staff.surname, strict=True):
        name = f"{_plain(given)}.{_plain(surname)}"
        taken[name] = taken.get(name, 0) + 1
        addresses.append(f"{name}{taken[name] if taken[name] > 1 else ''}@maplegrove.example")
    return objects(addresses)


def written_telephones(chance: np.random.Generator, numbers: np.ndarray) -> np.ndarray:
    """Ten digits in the forms in which people write them."""
    forms = chance.choice(4, len(numbers), p=[0.55, 0.25, 0.15, 0.05])
    written = []
    for number, form in zip(numbers, forms.tolist(), strict=True):
        area, exchange, line = number[:3], number[3:6], number[6:]
        written.append(
            (f"({area}) {exchange}-{line}", f"{area}-{exchange}-{line}", number, f"+1 {area} {exchange} {line}")[form]
        )
    return objects(written)


def _plain(name: str) -> str:
    return "".join(letter for letter in without_accents(name).lower() if letter.isascii() and letter.isalpha())
