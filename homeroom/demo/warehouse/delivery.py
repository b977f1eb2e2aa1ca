"""All files of the warehouse: the people and places once, what happened by school year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from homeroom.demo.district import District
from homeroom.demo.truth import Truth
from homeroom.demo.warehouse.enrollment import write_enrollment
from homeroom.demo.warehouse.interchange import school_year
from homeroom.demo.warehouse.people import list_people, write_contacts, write_staff, write_students
from homeroom.demo.warehouse.places import EARLIER, write_calendar, write_organizations, write_schedule
from homeroom.demo.warehouse.programs import write_programs
from homeroom.demo.warehouse.school_life import write_attendance, write_discipline, write_grades, write_transcripts


def write_warehouse(folder: Path, district: District, truth: Truth, years: Sequence[int] = EARLIER) -> int:
    """Write the interchange files into `folder`, and who is who into `truth`. Returns the number of elements.

    `years`: the school years of which the warehouse knows; who was enrolled in none of them is not in it.
    """
    people = list_people(district, truth, years)
    written = write_organizations(folder / "EducationOrganization.xml", district)
    written += write_students(folder / "Student.xml", district, people)
    written += write_contacts(folder / "Contact.xml", district, truth, people)
    written += write_staff(folder / "StaffAssociation.xml", district, truth, people)
    for year in years:
        own = folder / school_year(year)
        written += write_calendar(own / "EducationOrgCalendar.xml", district, year)
        written += write_schedule(own / "MasterSchedule.xml", district, year)
        written += write_enrollment(own / "StudentEnrollment.xml", district, truth, people, year)
        written += write_attendance(own / "StudentAttendance.xml", district, truth, people, year)
        written += write_grades(own / "StudentGrade.xml", district, people, year)
        written += write_transcripts(own / "StudentTranscript.xml", district, people, year)
        written += write_discipline(own / "StudentDiscipline.xml", district, people, year)
        written += write_programs(own / "StudentProgram.xml", district, people, year)
    return written
