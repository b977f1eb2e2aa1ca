"""What each element of an interchange becomes in the record, and that none is lost without a word."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from lxml import etree

from homeroom.consolidate import map_edfi_xml
from homeroom.consolidate.edfi.matching import Places, Tree, match
from homeroom.consolidate.staged_table import StagedTable
from homeroom.model import RESOURCES
from homeroom.model.declaration import Field, Member, Reference
from homeroom.sources.delivery import LandedTable, land
from homeroom.sources.edfi_xml import KIND, read
from homeroom.sources.report import Report

NOW = "http://ed-fi.org/5.2.0"


def mapped(
    tmp_path: Path, *documents: str, namespace: str = NOW
) -> tuple[dict[str, list[dict[str, Any]]], list[dict[str, Any]]]:
    """The staged rows by resource, and the problems, of interchange files with these elements."""
    sent = tmp_path / "sent"
    sent.mkdir()
    for number, elements in enumerate(documents):
        (sent / f"{number}.xml").write_text(f'<InterchangeAny xmlns="{namespace}">\n{elements}\n</InterchangeAny>')
    report = Report()
    landed = read(land("sis", KIND, sent, tmp_path / "landing", 1), tmp_path / "landed", report)
    tables = map_edfi_xml.map_tables(landed, "sis", tmp_path / "staged", report)
    staged = {t.resource: pq.read_table(t.path).sort_by("source_row").to_pylist() for t in tables}
    return staged, report.table().to_pylist()


def filled(row: dict[str, Any]) -> dict[str, Any]:
    """The values of a row, collections as objects without what is null."""
    return {
        name: _without_null(json.loads(value)) if str(value)[:1] in "[{" else value
        for name, value in row.items()
        if value is not None and name != "source_row"
    }


def _without_null(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_null(v) for k, v in value.items() if v is not None}
    return [_without_null(v) for v in value] if isinstance(value, list) else value


def school(number: int, identifier: str = "") -> str:
    said = f' id="{identifier}"' if identifier else ""
    return f"<School{said}>\n<NameOfInstitution>Oak</NameOfInstitution><SchoolId>{number}</SchoolId></School>\n"


def to_school(number: int) -> str:
    return f"<SchoolReference><SchoolIdentity><SchoolId>{number}</SchoolId></SchoolIdentity></SchoolReference>"


def test_what_stands_inside_a_name_or_birth_data_is_flat_in_the_record(tmp_path):
    staged, problems = mapped(
        tmp_path,
        """<Student><StudentUniqueId>604822</StudentUniqueId>
        <Name><FirstName>Lisa</FirstName><LastSurname>Woods</LastSurname></Name>
        <OtherName><OtherNameType>Nickname</OtherNameType><FirstName>Li</FirstName></OtherName>
        <BirthData><BirthDate>2008-09-13</BirthDate><BirthSex>uri://ed-fi.org/SexDescriptor#Female</BirthSex></BirthData>
        </Student>""",
    )
    assert filled(staged["Student"][0]) == {
        "student_unique_id": "604822",
        "first_name": "Lisa",
        "last_surname": "Woods",
        "birth_date": "2008-09-13",
        "birth_sex_descriptor": "uri://ed-fi.org/SexDescriptor#Female",
        "other_names": [{"otherNameTypeDescriptor": "Nickname", "firstName": "Li"}],
    }
    assert problems == []


def test_elements_side_by_side_are_a_collection_and_codes_stay_as_sent(tmp_path):
    staged, _ = mapped(
        tmp_path,
        """<School><SchoolId>1</SchoolId>
        <EducationOrganizationCategory>School</EducationOrganizationCategory>
        <GradeLevel>uri://ed-fi.org/GradeLevelDescriptor#First grade</GradeLevel><GradeLevel>2</GradeLevel>
        <EducationOrganizationIdentificationCode><IdentificationCode>9</IdentificationCode>
        <EducationOrganizationIdentificationSystem>SEA</EducationOrganizationIdentificationSystem>
        </EducationOrganizationIdentificationCode>
        <Address><City>Ely</City><Period><BeginDate>2020-01-01</BeginDate></Period></Address>
        <Address><City>Orr</City></Address></School>""",
    )
    row = filled(staged["School"][0])
    assert row["education_organization_categories"] == [{"educationOrganizationCategoryDescriptor": "School"}]
    assert [item["gradeLevelDescriptor"] for item in row["grade_levels"]] == [
        "uri://ed-fi.org/GradeLevelDescriptor#First grade",
        "2",
    ]
    assert row["identification_codes"] == [
        {"identificationCode": "9", "educationOrganizationIdentificationSystemDescriptor": "SEA"}
    ]
    assert row["addresses"] == [{"city": "Ely", "periods": [{"beginDate": "2020-01-01"}]}, {"city": "Orr"}]


def test_an_item_of_which_nothing_is_known_is_told_and_costs_nothing_else(tmp_path):
    staged, problems = mapped(
        tmp_path, "<School><SchoolId>1</SchoolId><Address><Moon>Io</Moon><Moon>Europa</Moon></Address></School>"
    )
    assert staged["School"][0]["school_id"] == "1"
    assert [(p["rule"], p["field"]) for p in problems] == [("field-unknown", "Address/Moon")]


def test_what_is_said_twice_is_told_and_the_first_is_taken(tmp_path):
    staged, problems = mapped(
        tmp_path,
        """<Student><StudentUniqueId>1</StudentUniqueId></Student>
        <Student><StudentUniqueId>2</StudentUniqueId><Name><FirstName>Maya</FirstName></Name>
        <Name><FirstName>Mia</FirstName></Name></Student>""",
    )
    assert [row["first_name"] for row in staged["Student"]] == [None, "Maya"]
    assert [(p["rule"], p["field"], p["source_row"] & 0xFFFFFFFF) for p in problems] == [("value-repeated", "Name", 3)]


def test_a_code_with_its_namespace_is_one_value(tmp_path):
    staged, _ = mapped(
        tmp_path,
        """<Contact><ContactUniqueId>1</ContactUniqueId>
        <Sex><CodeValue>F</CodeValue><Namespace>uri://oak.edu/SexDescriptor</Namespace></Sex></Contact>
        <Contact><ContactUniqueId>2</ContactUniqueId><Sex>Male</Sex></Contact>""",
    )
    assert [row["sex_descriptor"] for row in staged["Contact"]] == ["uri://oak.edu/SexDescriptor#F", "Male"]


SECTION = f"""<SectionReference><SectionIdentity><SectionIdentifier>S1</SectionIdentifier>
    <CourseOfferingReference><CourseOfferingIdentity><LocalCourseCode>ALG</LocalCourseCode>{to_school(1)}
    <SessionReference><SessionIdentity><SessionName>Fall</SessionName><SchoolYear>2021-2022</SchoolYear>{to_school(1)}
    </SessionIdentity></SessionReference></CourseOfferingIdentity></CourseOfferingReference>
    </SectionIdentity></SectionReference>"""


def test_references_inside_references_give_one_flat_key(tmp_path):
    staged, _ = mapped(
        tmp_path,
        f"""<StudentSectionAssociation><StudentReference><StudentIdentity><StudentUniqueId>7</StudentUniqueId>
        </StudentIdentity></StudentReference>{SECTION}<BeginDate>2021-08-23</BeginDate></StudentSectionAssociation>""",
    )
    assert filled(staged["StudentSectionAssociation"][0]) == {
        "student_unique_id": "7",
        "section_identifier": "S1",
        "local_course_code": "ALG",
        "school_id": "1",
        "session_name": "Fall",
        "school_year": "2021-2022",
        "begin_date": "2021-08-23",
    }


def test_a_reference_by_id_says_what_it_points_to_in_its_own_file_first(tmp_path):
    def event(number: int) -> str:
        return f'<StaffSchoolAssociation><Number>{number}</Number><SchoolReference ref="S"/></StaffSchoolAssociation>\n'

    staged, _ = mapped(tmp_path, school(1, "S") + event(1), school(2, "S") + event(2), event(3))
    assert [row["school_id"] for row in staged["StaffSchoolAssociation"]] == ["1", "2", None]


def test_a_reference_by_id_may_point_into_another_file_where_only_one_has_it(tmp_path):
    staged, problems = mapped(
        tmp_path, '<StaffSchoolAssociation><SchoolReference ref="S"/></StaffSchoolAssociation>', school(4, "S")
    )
    assert staged["StaffSchoolAssociation"][0]["school_id"] == "4"
    assert problems == []


def test_an_id_that_two_elements_have_means_neither(tmp_path):
    event = '<StaffSchoolAssociation><SchoolReference ref="S"/></StaffSchoolAssociation>'
    staged, problems = mapped(tmp_path, school(1, "S") + school(2, "S") + event)
    assert staged["StaffSchoolAssociation"][0].get("school_id") is None
    assert [p["rule"] for p in problems] == ["reference-id-not-found"]


def test_references_by_id_are_followed_through_each_other_and_inside_collections(tmp_path):
    staged, _ = mapped(
        tmp_path,
        school(1, "S")
        + '<ClassPeriod id="P">\n<ClassPeriodName>First</ClassPeriodName><SchoolReference ref="S"/></ClassPeriod>\n'
        + '<Section><SectionIdentifier>A</SectionIdentifier><ClassPeriodReference ref="P"/></Section>',
    )
    assert filled(staged["Section"][0])["class_periods"] == [
        {"classPeriodReference": {"classPeriodName": "First", "schoolId": "1"}}
    ]


def test_a_reference_to_nothing_is_told_with_its_row(tmp_path):
    _, problems = mapped(tmp_path, '<StaffSchoolAssociation><SchoolReference ref="X"/></StaffSchoolAssociation>')
    assert [(p["rule"], p["source_row"] & 0xFFFFFFFF, p["severity"]) for p in problems] == [
        ("reference-id-not-found", 2, "value")
    ]


def test_an_element_that_is_a_reference_can_be_pointed_to(tmp_path):
    named = SECTION.replace("<SectionReference>", '<SectionReference id="R">\n', 1)
    staged, problems = mapped(tmp_path, named + '<GradebookEntry><SectionReference ref="R"/></GradebookEntry>')
    assert staged["GradebookEntry"][0]["section_identifier"] == "S1"
    assert [p["rule"] for p in problems] == ["reference-element"]


def test_parents_of_earlier_versions_are_contacts(tmp_path):
    staged, problems = mapped(
        tmp_path,
        """<Parent><ParentUniqueId>P1</ParentUniqueId></Parent>
        <StudentParentAssociation><ParentReference><ParentIdentity><ParentUniqueId>P1</ParentUniqueId></ParentIdentity>
        </ParentReference><Relation>Mother</Relation></StudentParentAssociation>""",
        namespace="http://ed-fi.org/4.0.0-a",
    )
    assert staged["Contact"][0]["contact_unique_id"] == "P1"
    assert filled(staged["StudentContactAssociation"][0]) == {
        "contact_unique_id": "P1",
        "relation_descriptor": "Mother",
    }
    assert problems == []


def test_the_school_years_that_documents_speak_of_are_rows_too(tmp_path):
    def session(year: str) -> str:
        return f"<Session>\n<SessionName>Fall</SessionName><SchoolYear>{year}</SchoolYear></Session>\n"

    plan = "<GraduationPlan><GraduationSchoolYear>2029</GraduationSchoolYear></GraduationPlan>"
    staged, _ = mapped(tmp_path, session("2020-2021") + session("2021-2022") + plan)
    assert [(r["school_year"], r["current_school_year"]) for r in staged["SchoolYearType"]] == [
        ("2021", "false"),
        ("2022", "true"),
        ("2029", "false"),
    ]


def test_what_the_record_has_no_place_for_is_told(tmp_path):
    staged, problems = mapped(
        tmp_path,
        """<Student><StudentUniqueId>1</StudentUniqueId><ShoeSize>38</ShoeSize></Student>
        <LunchMenu><Dish>Soup</Dish></LunchMenu>
        <SexDescriptor><CodeValue>F</CodeValue><Namespace>uri://oak.edu/SexDescriptor</Namespace></SexDescriptor>""",
    )
    assert list(staged) == ["Student"]
    assert sorted((p["rule"], p["field"], p["severity"]) for p in problems) == [
        ("descriptor-noted", "SexDescriptor", "row"),
        ("element-unknown", "LunchMenu", "row"),
        ("field-unknown", "ShoeSize", "value"),
    ]


@dataclass(frozen=True)
class Mapped:
    landed: list[LandedTable]
    staged: list[StagedTable]
    problems: list[dict[str, Any]]


@pytest.fixture(scope="module", params=["edfi-5-sample", "edfi-4-lakeside"])
def real(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Mapped:
    """A district's files as others made them."""
    folder, report = tmp_path_factory.mktemp("real"), Report()
    landed = read(land("sis", KIND, shared_data / request.param, folder / "landing", 1), folder / "landed", report)
    staged = map_edfi_xml.map_tables(landed, "sis", folder / "staged", report)
    return Mapped(landed, staged, report.table().to_pylist())


def test_every_element_of_real_files_is_staged_or_told(real):
    landed, staged = (
        [row for table in tables for row in pq.read_table(table.path, columns=["source_row"])["source_row"].to_pylist()]
        for tables in (real.landed, real.staged)
    )
    told = {problem["source_row"] for problem in real.problems if problem["severity"] == "row"}
    assert len(set(landed)) == len(landed)
    assert set(landed) == set(staged) | told
    assert not set(staged) & told


def texts(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {text for name, inner in value.items() if not name.startswith("@") for text in texts(inner)}
    return {text for inner in value for text in texts(inner)} if isinstance(value, list) else {value} - {None}


def test_every_value_of_real_files_is_staged_or_told(real):
    found: dict[int, set[str]] = {}
    for table in real.staged:
        for row in pq.read_table(table.path).to_pylist():
            # A row may be staged as a school year too.
            found.setdefault(row["source_row"], set()).update(texts(list(filled(row).values())))
    told = {problem["source_row"] for problem in real.problems}
    lost = [
        row["source_row"]
        for table in real.landed
        for row in pq.read_table(table.path).to_pylist()
        if row["source_row"] not in told and texts(json.loads(row["document"])) - found[row["source_row"]]
    ]
    assert lost == []


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The types of the standard's own XML schema."""
    file = Path(__file__).parents[3] / "shared/standards/edfi-xsd-5.2/Schemas/Bulk/Ed-Fi-Core.xsd"
    if not file.is_file():
        pytest.skip("the standard's schema, ../shared/standards, is not here")
    return {element.get("name"): element for element in etree.parse(file).getroot() if element.get("name")}


XS = "{http://www.w3.org/2001/XMLSchema}"


def tree_of_type(schema: dict[str, Any], name: str) -> Tree:
    type_ = schema.get(name)
    if type_ is None or type_.tag != f"{XS}complexType" or name.endswith("DescriptorReferenceType"):
        return Tree()
    extension = type_.find(f"{XS}complexContent/{XS}extension")
    base = tree_of_type(schema, extension.get("base")).children if extension is not None else {}
    own = (type_ if extension is None else extension).iter(f"{XS}element")
    # A lookup finds what it names by other things than the key: it is told as unknown where one comes.
    children = {e.get("name"): tree_of_type(schema, e.get("type")) for e in own if not e.get("name").endswith("Lookup")}
    return Tree({**base, **children})


def json_paths(members: dict[str, Member]) -> set[str]:
    found: set[str] = set()
    for name, member in members.items():
        if isinstance(member, Field):
            found.add(name)
        elif isinstance(member, Reference):
            found |= {f"{name}.{part}" for part, _ in member.parts}
        else:
            found |= {f"{name}/{below}" for below in json_paths(member.element.members)}
    return found


def placed(places: Places) -> set[str]:
    inner = {f"{n}/{below}" for n, items in places.objects.items() for _, item in items for below in placed(item)}
    return set(places.values) | inner


# XML has no element for school years: they are taken from where they are named.
@pytest.mark.parametrize("resource", sorted(set(RESOURCES) - {"SchoolYearType"}))
def test_every_element_of_the_standard_has_its_place_and_every_place_its_element(schema, resource):
    places = match(RESOURCES[resource], tree_of_type(schema, resource))
    assert places.all_unknown() == []
    assert placed(places) == json_paths(RESOURCES[resource].members)
