"""The warehouse's schools, calendars, courses and sections."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from homeroom.demo.arrays import objects
from homeroom.demo.csv_files import Columns, days, texts
from homeroom.demo.district import District
from homeroom.demo.families import LATEST
from homeroom.demo.schools import CITIES, STATE, YEARS, calendar, instruction
from homeroom.demo.warehouse.interchange import (
    organization_reference,
    school_reference,
    school_year,
    session_reference,
    uri,
    write_interchange,
)

EARLIER = tuple(year for year in YEARS if year < LATEST)
DISTRICT = "27912000"
GRADES = objects(
    [
        "Kindergarten",
        "First grade",
        "Second grade",
        "Third grade",
        "Fourth grade",
        "Fifth grade",
        "Sixth grade",
        "Seventh grade",
        "Eighth grade",
        "Ninth grade",
        "Tenth grade",
        "Eleventh grade",
        "Twelfth grade",
    ]
)
PROGRAMS = {
    "Special Education": "Special Education",
    "English Learners": "English as a Second Language (ESL)",
    "School Meals": "Other",
    "Homeless Students": "Homeless",
}
_SUBJECTS = {
    "Homeroom": "Cross Subject",
    "English": "English Language Arts",
    "Mathematics": "Mathematics",
    "Science": "Science",
    "Social Studies": "Social Studies",
    "Fine Arts": "Fine and Performing Arts",
    "Physical Education": "Physical, Health, and Safety Education",
    "World Languages": "Foreign Language and Literature",
}
_ADDRESS = (
    "<Address><StreetNumberName>{street}</StreetNumberName><City>{city}</City>"
    f"<StateAbbreviation>{uri('StateAbbreviation', STATE)}</StateAbbreviation><PostalCode>{{zip}}</PostalCode>"
    f"<AddressType>{uri('AddressType', 'Physical')}</AddressType></Address>"
)
_CATEGORY = {"Elementary": "Elementary School", "Middle": "Middle School", "High": "High School"}


def write_organizations(path: Path, district: District) -> int:
    """The district, its schools, courses and programs."""
    schools = district.schools
    place = np.arange(len(schools))
    lea = (
        f"<LocalEducationAgency>{{code}}<NameOfInstitution>Maple Grove Public Schools</NameOfInstitution>"
        f"<EducationOrganizationCategory>{uri('EducationOrganizationCategory', 'Local Education Agency')}"
        f"</EducationOrganizationCategory><LocalEducationAgencyId>{DISTRICT}</LocalEducationAgencyId>"
        "<LocalEducationAgencyCategory>"
        f"{uri('LocalEducationAgencyCategory', 'Regular public school district')}</LocalEducationAgencyCategory>"
        "</LocalEducationAgency>"
    )
    school = (
        "<School>{code}<NameOfInstitution>{name}</NameOfInstitution>"
        f"<EducationOrganizationCategory>{uri('EducationOrganizationCategory', 'School')}"
        "</EducationOrganizationCategory>"
        f"{_ADDRESS}<SchoolId>{{id}}</SchoolId>{{grades}}<SchoolCategory>{{category}}</SchoolCategory>"
        f"<SchoolType>{uri('SchoolType', 'Regular')}</SchoolType>"
        "<LocalEducationAgencyReference><LocalEducationAgencyIdentity>"
        f"<LocalEducationAgencyId>{DISTRICT}</LocalEducationAgencyId></LocalEducationAgencyIdentity>"
        "</LocalEducationAgencyReference></School>"
    )
    # The warehouse knows the state's number of every other school only.
    codes = [_code("SEA", one.state_code) if one.number % 2 else "" for one in schools]
    columns: Columns = {
        "code": objects(codes),
        "name": objects([one.name.removesuffix(" School") for one in schools]),
        "street": texts(100 + place * 37, "{} School Road"),
        "city": objects([CITIES[n % len(CITIES)][0] for n in place]),
        "zip": objects([CITIES[n % len(CITIES)][1] for n in place]),
        "id": objects([one.warehouse_id for one in schools]),
        "grades": objects([_grade_levels(one.grades) for one in schools]),
        "category": objects([uri("SchoolCategory", _CATEGORY[one.level]) for one in schools]),
    }
    return write_interchange(
        path,
        "EducationOrganization",
        [
            (lea, {"code": objects([_code("SEA", "0279")])}),
            (school, columns),
            _courses(district),
            _programs(),
        ],
    )


def _code(system: str, code: str) -> str:
    return (
        f"<EducationOrganizationIdentificationCode><IdentificationCode>{code}</IdentificationCode>"
        f"<EducationOrganizationIdentificationSystem>{uri('EducationOrganizationIdentificationSystem', system)}"
        "</EducationOrganizationIdentificationSystem></EducationOrganizationIdentificationCode>"
    )


def _grade_levels(grades: tuple[int, ...], name: str = "GradeLevel") -> str:
    return "".join(f"<{name}>{uri('GradeLevel', GRADES[grade])}</{name}>" for grade in grades)


def _courses(district: District) -> tuple[str, Columns]:
    courses = district.courses
    template = (
        "<Course><CourseCode>{code}</CourseCode><CourseTitle>{title}</CourseTitle><NumberOfParts>1</NumberOfParts>"
        "<CourseIdentificationCode><IdentificationCode>{code}</IdentificationCode><CourseIdentificationSystem>"
        f"{uri('CourseIdentificationSystem', 'LEA course code')}</CourseIdentificationSystem>"
        "</CourseIdentificationCode>"
        "{grade}<AcademicSubject>{subject}</AcademicSubject>" + organization_reference(DISTRICT) + "</Course>"
    )
    return template, {
        "code": objects([one.code for one in courses]),
        "title": objects([one.title for one in courses]),
        "grade": objects([_grade_levels((one.grade,), "OfferedGradeLevel") for one in courses]),
        "subject": objects([uri("AcademicSubject", _SUBJECTS[one.subject]) for one in courses]),
    }


def _programs() -> tuple[str, Columns]:
    template = (
        "<Program>" + organization_reference(DISTRICT) + "<ProgramName>{name}</ProgramName>"
        "<ProgramType>{type}</ProgramType></Program>"
    )
    return template, {
        "name": objects(list(PROGRAMS)),
        "type": objects([uri("ProgramType", kind) for kind in PROGRAMS.values()]),
    }


def write_calendar(path: Path, district: District, year: int) -> int:
    """Sessions, grading periods, calendars and every weekday of the year, for each school."""
    ids = objects([one.warehouse_id for one in district.schools])
    held, spelled = instruction(year), school_year(year)
    span = f"<BeginDate>{held[0]}</BeginDate><EndDate>{held[-1]}</EndDate>"
    schools = objects([school_reference(one) for one in ids])
    session = (
        f"<Session><SessionName>{spelled} Year</SessionName><SchoolYear>{spelled}</SchoolYear>{span}"
        f"<Term>{uri('Term', 'Year Round')}</Term><TotalInstructionalDays>{len(held)}</TotalInstructionalDays>"
        "{school}</Session>"
    )
    period = (
        f"<GradingPeriod>{{school}}<GradingPeriod>{uri('GradingPeriod', 'End of Year')}</GradingPeriod>"
        f"<GradingPeriodName>{spelled} Final</GradingPeriodName><SchoolYear>{spelled}</SchoolYear>{span}"
        f"<TotalInstructionalDays>{len(held)}</TotalInstructionalDays></GradingPeriod>"
    )
    calendars = (
        f"<Calendar><CalendarCode>{{id}}</CalendarCode><CalendarType>{uri('CalendarType', 'School')}</CalendarType>"
        f"{{school}}<SchoolYear>{spelled}</SchoolYear></Calendar>"
    )
    dates = (
        "<CalendarDate><Date>{day}</Date><CalendarEvent>{event}</CalendarEvent><CalendarReference><CalendarIdentity>"
        f"<CalendarCode>{{id}}</CalendarCode>{{school}}<SchoolYear>{spelled}</SchoolYear></CalendarIdentity>"
        "</CalendarReference></CalendarDate>"
    )
    weekdays, kinds = calendar(year)
    events = objects([uri("CalendarEvent", kind) for kind in kinds])
    each = {"school": schools, "id": ids}
    return write_interchange(
        path,
        "EducationOrgCalendar",
        [
            (session, each),
            (period, each),
            (calendars, each),
            (
                dates,
                {
                    "day": np.tile(days(weekdays), len(ids)),
                    "event": np.tile(events, len(ids)),
                    "id": np.repeat(ids, len(weekdays)),
                    "school": np.repeat(schools, len(weekdays)),
                },
            ),
        ],
    )


def offering_identity(district: District, section: int) -> str:
    """The identity of the course offering of a section."""
    lists = district.lists
    school_id = district.schools[lists.section_school[section]].warehouse_id
    return (
        f"<CourseOfferingReference><CourseOfferingIdentity><LocalCourseCode>"
        f"{district.courses[lists.section_course[section]].code}</LocalCourseCode>{school_reference(school_id)}"
        f"{session_reference(school_id, lists.section_year[section])}</CourseOfferingIdentity>"
        "</CourseOfferingReference>"
    )


def section_identities(district: District) -> np.ndarray:
    """For each section of an earlier year its identity, as references to it say it; '' for the others."""
    lists = district.lists
    identities = np.full(len(lists.section_year), "", dtype=object)
    for section in np.flatnonzero(lists.section_year < LATEST).tolist():
        identities[section] = (
            f"<SectionIdentity><SectionIdentifier>{section_code(district, section)}</SectionIdentifier>"
            f"{offering_identity(district, section)}</SectionIdentity>"
        )
    return identities


def section_code(district: District, section: int) -> str:
    lists = district.lists
    school, course = district.schools[lists.section_school[section]], district.courses[lists.section_course[section]]
    return f"{school.warehouse_id[-3:]}-{lists.section_year[section]}-{course.code}-{lists.section_ordinal[section]}"


def write_schedule(path: Path, district: District, year: int) -> int:
    """The course offerings and the sections of a year."""
    lists = district.lists
    sections = np.flatnonzero(lists.section_year == year)
    _, first = np.unique(lists.section_school[sections] * 1000 + lists.section_course[sections], return_index=True)
    offered = sections[first]
    offering = (
        "<CourseOffering><LocalCourseCode>{code}</LocalCourseCode>{school}{session}<CourseReference><CourseIdentity>"
        "<CourseCode>{code}</CourseCode>" + organization_reference(DISTRICT) + "</CourseIdentity></CourseReference>"
        "</CourseOffering>"
    )
    ids = [district.schools[school].warehouse_id for school in lists.section_school[offered]]
    codes = objects([district.courses[course].code for course in lists.section_course[offered]])
    section = (
        "<Section><SectionIdentifier>{code}</SectionIdentifier>{offering}<SectionName>{name}</SectionName></Section>"
    )
    titles = [district.courses[course].title for course in lists.section_course[sections]]
    return write_interchange(
        path,
        "MasterSchedule",
        [
            (
                offering,
                {
                    "code": codes,
                    "school": objects([school_reference(one) for one in ids]),
                    "session": objects([session_reference(one, year) for one in ids]),
                },
            ),
            (
                section,
                {
                    "code": objects([section_code(district, one) for one in sections.tolist()]),
                    "offering": objects([offering_identity(district, one) for one in sections.tolist()]),
                    "name": objects(
                        [f"{t} - {n}" for t, n in zip(titles, lists.section_ordinal[sections], strict=True)]
                    ),
                },
            ),
        ],
    )
