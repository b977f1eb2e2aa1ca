"""Special education, language instruction, school meals and help for the homeless, by year."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from homeroom.demo.arrays import objects
from homeroom.demo.csv_files import Columns, days
from homeroom.demo.district import District
from homeroom.demo.schools import instruction
from homeroom.demo.warehouse.enrollment import coded, student_ids
from homeroom.demo.warehouse.interchange import STUDENT, organization_reference, uri, write_interchange
from homeroom.demo.warehouse.people import People
from homeroom.demo.warehouse.places import DISTRICT, PROGRAMS

_MEALS = {"Free": "Free Lunch", "Reduced": "Reduced Price Lunch"}
_NIGHTS = objects(["Doubled-up", "Shelters", "Hotels/motels", "Unsheltered"])


def write_programs(path: Path, district: District, people: People, year: int) -> int:
    chance, years, children, held = district.chance(1000 + year), district.years, district.children, instruction(year)
    rows = np.flatnonzero(years.year == year)
    child = years.child[rows]

    def part(element: str, program: str, chosen: np.ndarray, more: str, columns: Columns) -> tuple[str, Columns]:
        taken = rows[chosen]
        own = {name: v if isinstance(v, str) else v[chosen] for name, v in columns.items()}
        reference = (
            "<ProgramReference><ProgramIdentity>"
            + organization_reference(DISTRICT)
            + f"<ProgramName>{program}</ProgramName><ProgramType>{uri('ProgramType', PROGRAMS[program])}</ProgramType>"
            "</ProgramIdentity></ProgramReference>"
        )
        template = (
            f"<{element}>{STUDENT}{reference}<BeginDate>{{begin}}</BeginDate><EndDate>{{end}}</EndDate>"
            f"{organization_reference(DISTRICT)}{more}</{element}>"
        )
        return template, {
            "student": student_ids(district, people, taken),
            "begin": days(held[years.entry[taken]]),
            "end": days(held[years.exit[taken]]),
            **own,
        }

    setting = np.where(chance.random(len(rows)) < 0.7, "Inside regular class 80% or more of the day", "Separate class")
    nights = _NIGHTS[chance.choice(4, len(rows), p=[0.7, 0.17, 0.1, 0.03])]
    parts = [
        part(
            "StudentSpecialEducationProgramAssociation",
            "Special Education",
            children.disability[child] != "",
            "<IdeaEligibility>true</IdeaEligibility><SpecialEducationSetting>{setting}</SpecialEducationSetting>"
            "<Disability><Disability>{disability}</Disability></Disability>",
            {
                "setting": coded("SpecialEducationSetting", setting),
                "disability": coded("Disability", children.disability[child]),
            },
        ),
        part(
            "StudentLanguageInstructionProgramAssociation",
            "English Learners",
            children.learner[child] & (years.grade[rows] < 10),
            "<EnglishLearnerParticipation>true</EnglishLearnerParticipation>",
            {},
        ),
        part(
            "StudentHomelessProgramAssociation",
            "Homeless Students",
            years.homeless[rows],
            "<HomelessPrimaryNighttimeResidence>{nights}</HomelessPrimaryNighttimeResidence>",
            {"nights": coded("HomelessPrimaryNighttimeResidence", nights)},
        ),
        part(
            "StudentSchoolFoodServiceProgramAssociation",
            "School Meals",
            years.meals[rows] != "Full",
            "<SchoolFoodServiceProgramService><SchoolFoodServiceProgramService>{meal}"
            "</SchoolFoodServiceProgramService></SchoolFoodServiceProgramService>",
            {
                "meal": coded(
                    "SchoolFoodServiceProgramService",
                    objects([_MEALS.get(m, "") for m in years.meals[rows]]),
                )
            },
        ),
    ]
    return write_interchange(path, "StudentProgram", parts)
