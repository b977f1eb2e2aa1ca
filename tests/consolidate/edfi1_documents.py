"""Small interchange files of Ed-Fi 1.0, and what the mapping makes of them."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from homeroom.consolidate import map_edfi_xml
from homeroom.sources.delivery import land
from homeroom.sources.edfi_xml import KIND, read
from homeroom.sources.report import Report

ONE = "http://ed-fi.org/0100"


class Mapped:
    """The staged rows of each resource, without what is null, and the problems' rules by element."""

    def __init__(self, tmp_path: Path, *files: str) -> None:
        sent = tmp_path / "sent"
        sent.mkdir()
        for number, elements in enumerate(files):
            (sent / f"{number}.xml").write_text(f'<InterchangeAny xmlns="{ONE}">\n{elements}\n</InterchangeAny>')
        report = Report()
        landed = read(land("warehouse", KIND, sent, tmp_path / "landing", 1), tmp_path / "landed", report)
        tables = map_edfi_xml.map_tables(landed, "warehouse", tmp_path / "mapped" / "tables", report)
        self._tables = {table.resource: table.path for table in tables}
        self.problems = [(problem["rule"], problem["field"]) for problem in report.table().to_pylist()]

    def rows(self, resource: str) -> list[dict[str, Any]]:
        if resource not in self._tables:
            return []
        table = pq.read_table(self._tables[resource]).sort_by("source_row").drop_columns(["source_row"])
        return [{name: _read(value) for name, value in row.items() if value is not None} for row in table.to_pylist()]

    def row(self, resource: str) -> dict[str, Any]:
        (row,) = self.rows(resource)
        return row


def _read(value: str) -> Any:
    return _without_null(json.loads(value)) if value[:1] in "[{" else value


def _without_null(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_null(held) for name, held in value.items() if held is not None}
    return [_without_null(held) for held in value] if isinstance(value, list) else value


def organization(identifier: str, category: str = "School", above: str = "") -> str:
    parent = reference("ParentEducationAgency", above) if above else ""
    return f"""<EducationOrganization><StateOrganizationId>{identifier}</StateOrganizationId>
    <NameOfInstitution>{identifier}</NameOfInstitution>
    <OrganizationCategories><OrganizationCategory>{category}</OrganizationCategory></OrganizationCategories>
    {parent}</EducationOrganization>\n"""


def reference(role: str, identifier: str) -> str:
    return f"""<{role}Reference><EducationalOrgIdentity><StateOrganizationId>{identifier}</StateOrganizationId>
    </EducationalOrgIdentity></{role}Reference>"""


def student_reference(identifier: str = "S1") -> str:
    return f"""<StudentReference><StudentIdentity><StudentUniqueStateId>{identifier}</StudentUniqueStateId>
    </StudentIdentity></StudentReference>"""


def session(name: str, first_day: str, last_day: str, school: str = "Oak", term: str = "Fall Semester") -> str:
    return f"""<Session><SessionName>{name}</SessionName><SchoolYear>2011-2012</SchoolYear><Term>{term}</Term>
    <BeginDate>{first_day}</BeginDate><EndDate>{last_day}</EndDate>
    <TotalInstructionalDays>75</TotalInstructionalDays>{reference("EducationOrganization", school)}</Session>\n"""


FALL = session("Fall", "2011-09-06", "2011-12-16")

COURSE = f"""<Course><CourseTitle>Algebra</CourseTitle><NumberOfParts>1</NumberOfParts>
    <CourseCode IdentificationSystem="School course code"><ID>ALG</ID></CourseCode>
    {reference("EducationOrganization", "Oak")}<UniqueCourseId>Algebra-1</UniqueCourseId></Course>
    <CourseOffering><LocalCourseCode>ALG-A</LocalCourseCode>{reference("School", "Oak")}
    <SessionReference><SessionIdentity>{reference("EducationalOrg", "Oak")}<SessionName>Fall</SessionName>
    </SessionIdentity></SessionReference><CourseReference><CourseIdentity>{reference("EducationalOrg", "Oak")}
    <UniqueCourseId>Algebra-1</UniqueCourseId></CourseIdentity></CourseReference></CourseOffering>
    """


def section(code: str = "Room 4", where: str = "") -> str:
    return f"""<Section><UniqueSectionCode>{code}</UniqueSectionCode><SequenceOfCourse>1</SequenceOfCourse>
    <CourseOfferingReference><CourseOfferingIdentity><LocalCourseCode>ALG-A</LocalCourseCode>
    <SessionReference><SessionIdentity>{reference("EducationalOrg", "Oak")}<SessionName>Fall</SessionName>
    </SessionIdentity></SessionReference></CourseOfferingIdentity></CourseOfferingReference>
    {reference("School", "Oak")}{where}</Section>\n"""


SECTION_REFERENCE = f"""<SectionReference><SectionIdentity>{reference("EducationalOrg", "Oak")}
    <UniqueSectionCode>Room 4</UniqueSectionCode></SectionIdentity></SectionReference>"""

ENROLLED = f"""<StudentSectionAssociation>{student_reference()}{SECTION_REFERENCE}
    <BeginDate>2011-09-07</BeginDate></StudentSectionAssociation>\n"""
