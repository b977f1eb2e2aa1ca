"""Who was enrolled where in a year, in which sections, and what the warehouse says about each student."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from homeroom.demo.arrays import objects
from homeroom.demo.csv_files import Columns, days, texts
from homeroom.demo.dirt import RATE
from homeroom.demo.district import District
from homeroom.demo.names import ORIGINS
from homeroom.demo.schools import instruction
from homeroom.demo.truth import Truth
from homeroom.demo.warehouse.interchange import (
    STUDENT,
    organization_reference,
    school_reference,
    school_year,
    uri,
    write_interchange,
)
from homeroom.demo.warehouse.people import ADDRESS, SOURCE, SPLIT, People, addresses, telephones
from homeroom.demo.warehouse.places import DISTRICT, GRADES, section_identities

_EXITS = {
    "": "End of school year",
    "returns": "End of school year",
    "moved away": "Transferred",
    "dropped out": "Dropout",
    "graduated": "Graduated",
}


def write_enrollment(path: Path, district: District, truth: Truth, people: People, year: int) -> int:
    """Enrollments of the year, seats in sections, and for those who were seen last in it, what is known of them."""
    parts = [
        *_plans(district, year),
        _about(district, truth, people, year),
        _stays(district, truth, people, year),
        _seats(district, truth, people, year),
    ]
    return write_interchange(path, "StudentEnrollment", parts)


def student_ids(district: District, people: People, rows: np.ndarray) -> np.ndarray:
    """The id under which each row of the school years is kept."""
    years = district.years
    return people.roster.id_of(years.child[rows], years.year[rows] >= SPLIT)


def _plans(district: District, year: int) -> list[tuple[str, Columns]]:
    """What graduates of the year's ninth grade will need, at each high school."""
    high = [one.warehouse_id for one in district.schools if one.level == "High"]
    template = (
        f"<GraduationPlan><GraduationPlanType>{uri('GraduationPlanType', 'Standard')}</GraduationPlanType>"
        "<TotalRequiredCredits><Credits>22</Credits></TotalRequiredCredits>{school}"
        f"<GraduationSchoolYear>{school_year(year + 3)}</GraduationSchoolYear></GraduationPlan>"
    )
    return [(template, {"school": objects([organization_reference(one) for one in high])})]


def _about(district: District, truth: Truth, people: People, year: int) -> tuple[str, Columns]:
    chance, children, roster, years = district.chance(500 + year), district.children, people.roster, district.years
    # A student with two ids was last seen under the first before the split.
    last = people.last_row.copy()
    rows = np.flatnonzero((years.year < SPLIT) & np.isin(years.year, people.years))
    before = np.full(len(children), -1)
    before[years.child[rows]] = rows
    twice = np.isin(roster.owner, roster.owner[roster.second]) & ~roster.second & (before[roster.owner] >= 0)
    last[twice] = before[roster.owner[twice]]
    here = np.flatnonzero(years.year[last] == year)
    owner, row = roster.owner[here], last[here]
    dirtier = roster.dirtier.of(here)
    first_adult = np.full(len(district.households), -1)
    first_adult[district.adults.household[::-1]] = np.arange(len(district.adults.household))[::-1]
    number = texts(district.sis_numbers[owner], "{:08d}")
    number[chance.random(len(owner)) >= 0.25] = ""
    lost = dirtier.pick("leading-zero-lost", "identification code", number != "")
    number[lost] = [one.lstrip("0") for one in number[lost]]
    template = (
        "<StudentEducationOrganizationAssociation>"
        + STUDENT
        + organization_reference(DISTRICT)
        + "[<StudentIdentificationCode><IdentificationCode>{number}</IdentificationCode><StudentIdentificationSystem>"
        + f"{uri('StudentIdentificationSystem', 'District')}</StudentIdentificationSystem>"
        + "<AssigningOrganizationIdentificationCode>MGSIS</AssigningOrganizationIdentificationCode>"
        + "</StudentIdentificationCode>][<Sex>{sex}</Sex>]"
        + ADDRESS
        + "[<Telephone><TelephoneNumber>{telephone}</TelephoneNumber>"
        + f"<TelephoneNumberType>{uri('TelephoneNumberType', 'Home')}</TelephoneNumberType></Telephone>]"
        + "<HispanicLatinoEthnicity>{hispanic}</HispanicLatinoEthnicity>[<Race>{race}</Race>][<Race>{race2}</Race>]"
        + "[<StudentCharacteristic><StudentCharacteristic>{poor}</StudentCharacteristic></StudentCharacteristic>]"
        + "[<StudentCharacteristic><StudentCharacteristic>{homeless}</StudentCharacteristic></StudentCharacteristic>]"
        + "<LimitedEnglishProficiency>{english}</LimitedEnglishProficiency>[<Language><Language>{language}</Language>"
        + f"<LanguageUse>{uri('LanguageUse', 'Home language')}</LanguageUse></Language>]"
        + "[<Disability><Disability>{disability}</Disability></Disability>]</StudentEducationOrganizationAssociation>"
    )
    sex = np.where(children.female[owner], uri("Sex", "Female"), uri("Sex", "Male")).astype(object)
    languages = objects([uri("Language", one.language) for one in ORIGINS])
    columns: Columns = {
        "student": roster.ids[here],
        "number": number,
        "sex": dirtier.missing(sex, "sex"),
        "telephone": telephones(district, chance, first_adult[children.household[owner]], dirtier),
        "hispanic": np.where(children.hispanic[owner], "true", "false").astype(object),
        "race": coded("Race", children.race[owner]),
        "race2": coded("Race", children.second_race[owner]),
        "poor": np.where(years.meals[row] == "Full", "", uri("StudentCharacteristic", "Economic Disadvantaged")).astype(
            object
        ),
        "homeless": np.where(years.homeless[row], uri("StudentCharacteristic", "Homeless"), "").astype(object),
        "english": np.where(
            children.learner[owner],
            uri("LimitedEnglishProficiency", "Limited"),
            uri("LimitedEnglishProficiency", "NotLimited"),
        ).astype(object),
        "language": languages[district.households.origin[children.household[owner]]],
        "disability": coded("Disability", children.disability[owner]),
        **addresses(district, children.household[owner], years.address[row]),
    }
    return template, columns


def coded(descriptor: str, values: np.ndarray) -> np.ndarray:
    """Each value as a descriptor; an empty one stays empty."""
    return objects([uri(descriptor, value) if value else "" for value in values])


def _stays(district: District, truth: Truth, people: People, year: int) -> tuple[str, Columns]:
    chance, years, held = district.chance(600 + year), district.years, instruction(year)
    rows = np.flatnonzero(years.year == year)
    moved = rows[years.transfer[rows] >= 0]
    row = np.concatenate([rows, moved])
    second = np.arange(len(row)) >= len(rows)
    to_other = (years.transfer[row] >= 0) & ~second
    school = np.where(second, years.next_school[row], years.school[row])
    begin = held[np.where(second, years.transfer[row], years.entry[row])]
    end = held[np.where(to_other, years.transfer[row] - 1, years.exit[row])]
    kind = np.where(to_other, "Transferred", objects([_EXITS[one] for one in years.leaving[row]]))
    came = np.where(second, "Transfer", np.where(years.entry[row] > 0, "Transfer", "Next year school"))
    ids, calm = student_ids(district, people, row), ~district.children.cast[years.child[row]]
    backwards = np.flatnonzero((chance.random(len(row)) < RATE["exit-before-entry"]) & calm)
    end[backwards] = begin[backwards] - 14
    truth.log.note(SOURCE, f"StudentSchoolAssociation {year}", ids[backwards], "exit date", "exit-before-entry")
    # Another school's enrollment that began a week later and was never ended.
    extra = np.flatnonzero((chance.random(len(row)) < RATE["overlapping-enrollment"]) & calm & (end > begin + 30))
    truth.log.note(SOURCE, f"StudentSchoolAssociation {year}", ids[extra], "exit date", "overlapping-enrollment")
    elsewhere = (school[extra] + 1) % len(district.schools)
    grade = coded("GradeLevel", GRADES[years.grade[row]])
    references = objects([school_reference(one.warehouse_id) for one in district.schools])
    graduation = np.where(years.grade[row] >= 9, texts(year + 12 - years.grade[row]), "")
    cohort = objects([school_year(int(one)) if one else "" for one in graduation])
    template = (
        "<StudentSchoolAssociation>" + STUDENT + "{school}<PrimarySchool>true</PrimarySchool>"
        f"<SchoolYear>{school_year(year)}</SchoolYear><EntryDate>{{begin}}</EntryDate>"
        "<EntryGradeLevel>{grade}</EntryGradeLevel><EntryType>{came}</EntryType>"
        "[<ClassOfSchoolYear>{cohort}</ClassOfSchoolYear>][<ExitWithdrawDate>{end}</ExitWithdrawDate>]"
        "[<ExitWithdrawType>{kind}</ExitWithdrawType>]</StudentSchoolAssociation>"
    )
    nothing = np.full(len(extra), "", dtype=object)
    return template, {
        "student": np.concatenate([ids, ids[extra]]),
        "school": references[np.concatenate([school, elsewhere])],
        "begin": np.concatenate([days(begin), days(begin[extra] + 7)]),
        "grade": np.concatenate([grade, grade[extra]]),
        "came": coded("EntryType", np.concatenate([came, np.full(len(extra), "Transfer", dtype=object)])),
        "cohort": np.concatenate([cohort, cohort[extra]]),
        "end": np.concatenate([days(end), nothing]),
        "kind": np.concatenate([coded("ExitWithdrawType", kind), nothing]),
    }


def _seats(district: District, truth: Truth, people: People, year: int) -> tuple[str, Columns]:
    chance, years, lists, held = district.chance(700 + year), district.years, district.lists, instruction(year)
    seats = np.flatnonzero(years.year[lists.seat_row] == year)
    ids = student_ids(district, people, lists.seat_row[seats])
    calm = ~district.children.cast[years.child[lists.seat_row[seats]]]
    dangling = np.flatnonzero((chance.random(len(seats)) < RATE["reference-dangling"]) & calm)
    truth.log.note(SOURCE, f"StudentSectionAssociation {year}", ids[dangling], "student", "reference-dangling")
    ids[dangling] = texts(999_000_000 + dangling)
    template = (
        "<StudentSectionAssociation>"
        + STUDENT
        + "<SectionReference>{section}</SectionReference><BeginDate>{begin}</BeginDate>"
        "<EndDate>{end}</EndDate>[<HomeroomIndicator>{homeroom}</HomeroomIndicator>]</StudentSectionAssociation>"
    )
    section = lists.seat_section[seats]
    return template, {
        "student": ids,
        "section": section_identities(district)[section],
        "begin": days(held[lists.seat_entry[seats]]),
        "end": days(held[lists.seat_exit[seats]]),
        "homeroom": np.where(lists.section_course[section] < 6, "true", "").astype(object),
    }
