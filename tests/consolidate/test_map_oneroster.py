"""What a OneRoster bundle says, in the record's terms; and no row of it is lost."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeroom.consolidate.map_oneroster import KIND, map_tables
from homeroom.model.columns import columns
from homeroom.sources.delivery import land
from homeroom.sources.oneroster_csv import read
from homeroom.sources.report import Report

DATA = Path(__file__).parents[2].parent / "shared" / "data"
Rows = list[dict[str, Any]]


class Staged:
    """A bundle taken through landing, reading and mapping: staged rows by resource, problems, source rows landed."""

    def __init__(self, folder: Path, sent: Path, options: Mapping[str, str] | None = None) -> None:
        report = Report()
        landed = read(land("sis", KIND, sent, folder / "landing", 1), folder / "landed", report)
        staged = map_tables(landed, "sis", folder / "staged", report, options)
        self.tables = {t.resource: pq.read_table(t.path) for t in staged}
        self.problems: Rows = report.table().to_pylist()
        self.landed = {row for t in landed for row in pq.read_table(t.path)["source_row"].to_pylist()}

    def __getitem__(self, resource: str) -> Rows:
        """The rows, without what the bundle leaves empty, in the order of the file."""
        rows = self.tables[resource].to_pylist() if resource in self.tables else []
        ordered = sorted(rows, key=lambda row: (row["source_row"], str(row)))
        return [{k: v for k, v in row.items() if v is not None and k != "source_row"} for row in ordered]

    def lost(self) -> set[int]:
        accounted = {p["source_row"] for p in self.problems}
        for table in self.tables.values():
            accounted |= set(table["source_row"].to_pylist())
        return self.landed - accounted


def bundle(folder: Path, options: Mapping[str, str] | None = None, **files: str) -> Staged:
    sent = folder / "sent"
    sent.mkdir()
    for name, text in files.items():
        lines = "\n".join(line.strip() for line in text.strip().splitlines())
        (sent / f"{name}.csv").write_text(lines + "\n", "utf-8")
    return Staged(folder, sent, options)


ORGS = """sourcedId,name,type,identifier,parentSourcedId
    d,Maple Grove,district,77,
    s,Elm School,school,0042,d"""
SESSIONS = """sourcedId,title,type,startDate,endDate,parentSourcedId,schoolYear
    y,2024-25,schoolYear,2024-08-19,2025-06-06,,2025
    f,Fall,semester,2024-08-19,2025-01-10,y,2025
    w,Spring,semester,2025-01-13,2025-06-06,y,2025
    q1,Q1,gradingPeriod,2024-08-19,2024-10-18,f,2025
    q2,Q2,gradingPeriod,2024-10-21,2025-01-10,f,2025"""
USERS = """sourcedId,orgSourcedIds,role,username,userIds,givenName,familyName,identifier,email,sms,agentSourcedIds,grade
    u1,s,student,ann,{State:9},Ann,Lee,0012,ann@example.org,,p1,04
    p1,s,guardian,,,Bo,Lee,,bo@example.org,5550100,u1,
    t1,s,teacher,cy,,Cy,Day,,,,,"""
COURSES = "sourcedId,title,courseCode,orgSourcedId,subjects\nc1,Math 4,M4,d,Mathematics"
CLASSES = 'sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds\nk1,Math 4-1,c1,s,"f,w"'
ENROLLMENTS = """sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
    e1,k1,s,u1,student,,2024-08-26,
    e2,k1,s,t1,teacher,true,,"""
WHOLE = {
    "orgs": ORGS,
    "academicSessions": SESSIONS,
    "users": USERS,
    "courses": COURSES,
    "classes": CLASSES,
    "enrollments": ENROLLMENTS,
}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Staged:
    return bundle(tmp_path_factory.mktemp("school"), **WHOLE)


def test_a_school_belongs_to_its_district_and_keeps_its_identifier(school: Staged) -> None:
    (staged,) = school["School"]
    assert (staged["school_id"], staged["local_education_agency_id"]) == ("s", "d")
    assert json.loads(staged["identification_codes"])[0]["identificationCode"] == "0042"
    assert json.loads(staged["grade_levels"]) == [{"gradeLevelDescriptor": "04"}]


def test_a_class_of_two_terms_is_a_section_in_each(school: Staged) -> None:
    assert {(s["section_identifier"], s["session_name"]) for s in school["Section"]} == {
        ("k1", "Fall"),
        ("k1", "Spring"),
    }
    assert {(s["school_id"], s["term_descriptor"]) for s in school["Session"]} == {
        ("s", "Fall Semester"),
        ("s", "Spring Semester"),
    }


def test_a_course_is_offered_by_the_school_that_teaches_it(school: Staged) -> None:
    assert {(o["school_id"], o["education_organization_id"], o["course_code"]) for o in school["CourseOffering"]} == {
        ("s", "d", "M4")
    }


def test_an_enrollment_begins_in_each_term_not_before_it(school: Staged) -> None:
    assert {(a["session_name"], a["begin_date"]) for a in school["StudentSectionAssociation"]} == {
        ("Fall", "2024-08-26"),
        ("Spring", "2025-01-13"),
    }


def test_a_student_is_enrolled_in_a_school_from_their_first_day_in_a_class(school: Staged) -> None:
    assert school["StudentSchoolAssociation"] == [
        {
            "school_id": "s",
            "student_unique_id": "u1",
            "entry_date": "2024-08-26",
            "school_year": "2025",
            "entry_grade_level_descriptor": "04",
        }
    ]


def test_a_students_details_hang_on_the_district(school: Staged) -> None:
    (at,) = school["StudentEducationOrganizationAssociation"]
    assert (at["education_organization_id"], at["login_id"]) == ("d", "ann")
    codes = {
        (c["studentIdentificationSystemDescriptor"], c["identificationCode"])
        for c in json.loads(at["student_identification_codes"])
    }
    assert codes == {("School", "0012"), ("State", "9")}


def test_a_guardian_named_from_either_side_is_tied_to_the_student(school: Staged) -> None:
    ties = {tuple(sorted(tie.items())) for tie in school["StudentContactAssociation"]}
    expected = {"contact_unique_id": "p1", "student_unique_id": "u1", "relation_descriptor": "Guardian"}
    assert ties == {tuple(sorted(expected.items()))}


def test_a_teacher_is_staff_of_the_school_and_of_the_section(school: Staged) -> None:
    (assigned,) = school["StaffEducationOrganizationAssignmentAssociation"]
    assert (assigned["staff_classification_descriptor"], assigned["begin_date"]) == ("Teacher", "2024-08-19")
    assert {s["classroom_position_descriptor"] for s in school["StaffSectionAssociation"]} == {"Teacher of Record"}


def test_demographics_are_parts_of_the_students_rows(tmp_path: Path) -> None:
    demographics = """sourcedId,birthDate,sex,asian,white,hispanicOrLatinoEthnicity,cityOfBirth
        u1,2014-05-06,female,true,true,false,Elm"""
    staged = bundle(tmp_path, **WHOLE, demographics=demographics)
    assert {"student_unique_id": "u1", "birth_date": "2014-05-06", "birth_city": "Elm"} in staged["Student"]
    part = next(row for row in staged["StudentEducationOrganizationAssociation"] if "races" in row)
    assert (part["sex_descriptor"], part["hispanic_latino_ethnicity"]) == ("female", "false")
    assert json.loads(part["races"]) == [{"raceDescriptor": "Asian"}, {"raceDescriptor": "White"}]


def test_a_role_of_version_1_2_says_school_entry_and_exit(tmp_path: Path) -> None:
    users = "sourcedId,givenName,familyName,grades\nu1,Ann,Lee,04"
    roles = """sourcedId,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId
        r1,u1,primary,student,2024-09-03,2025-02-01,s"""
    staged = bundle(tmp_path, orgs=ORGS, academicSessions=SESSIONS, users=users, roles=roles)
    (enrolled,) = staged["StudentSchoolAssociation"]
    assert (enrolled["entry_date"], enrolled["exit_withdraw_date"]) == ("2024-09-03", "2025-02-01")
    assert (enrolled["primary_school"], enrolled["entry_grade_level_descriptor"]) == ("true", "04")


LINE_ITEMS = """sourcedId,title,assignDate,dueDate,classSourcedId,categorySourcedId,gradingPeriodSourcedId
    l1,Fractions,2024-09-01,2024-09-08,k1,hw,q1
    l2,Fall mark,2024-09-01,2025-01-10,k1,fg,q2"""
CATEGORIES = "sourcedId,title\nhw,Homework\nfg,Final Grade"
RESULTS = """sourcedId,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate
    r1,l1,u1,fully graded,8,2024-09-09
    r2,l2,u1,fully graded,B+,2025-01-10"""


def test_homework_is_a_gradebook_entry_and_its_result_points(tmp_path: Path) -> None:
    staged = bundle(tmp_path, **WHOLE, lineItems=LINE_ITEMS, categories=CATEGORIES, results=RESULTS)
    (entry,) = staged["StudentGradebookEntry"]
    assert (entry["gradebook_entry_identifier"], entry["points_earned"]) == ("l1", "8")
    assert {
        "gradebook_entry_identifier": "l1",
        "namespace": "uri://sis",
        "gradebook_entry_type_descriptor": "Homework",
    } in (staged["GradebookEntry"])


def test_a_result_in_a_category_of_final_grades_is_a_grade(tmp_path: Path) -> None:
    staged = bundle(tmp_path, **WHOLE, lineItems=LINE_ITEMS, categories=CATEGORIES, results=RESULTS)
    (grade,) = staged["Grade"]
    assert (grade["grade_type_descriptor"], grade["letter_grade_earned"]) == ("Final", "B+")
    assert (grade["grading_period_name"], grade["session_name"], grade["begin_date"]) == ("Q2", "Fall", "2024-08-26")
    periods = {(p["grading_period_name"], p["grading_period_descriptor"]) for p in staged["GradingPeriod"]}
    assert (grade["grading_period_name"], grade["grading_period_descriptor"]) in periods
    assert staged.lost() == set()


def test_a_vendors_results_are_assessments(tmp_path: Path) -> None:
    items = "sourcedId,title,assignDate,dueDate,classSourcedId,resultValueMax\nl1,Fall Reading Growth,2024-09-01,,x,350"
    results = "sourcedId,lineItemSourcedId,studentSourcedId,score,scoreDate\nr1,l1,v9,212,2024-09-20"
    users = "sourcedId,givenName,familyName\nv9,Ann,Lee"
    staged = bundle(tmp_path, {"results": "assessments"}, users=users, lineItems=items, results=results)
    assert staged["Student"] == [{"student_unique_id": "v9", "first_name": "Ann", "last_surname": "Lee"}]
    assert json.loads(staged["Assessment"][0]["academic_subjects"]) == [{"academicSubjectDescriptor": "Reading"}]
    (taken,) = staged["StudentAssessment"]
    assert (taken["administration_date"], taken["school_year"]) == ("2024-09-20", "2025")
    assert json.loads(taken["score_results"])[0]["result"] == "212"


REASONS = {
    "to-be-deleted": {"orgs": "sourcedId,status,name,type\no9,toBeDeleted,Old,school"},
    "no-identifier": {"orgs": "sourcedId,name,type\n,Nameless,school"},
    "unknown-organization-type": {"orgs": "sourcedId,name,type\no9,Odd,bakery"},
    "no-role": {"users": "sourcedId,givenName\nu9,Ann"},
    "no-session": {"classes": "sourcedId,title,schoolSourcedId,termSourcedIds\nk9,Art,s,nowhere"},
    "no-section": {"enrollments": "sourcedId,classSourcedId,userSourcedId,role\ne9,k9,u9,student"},
    "unknown-enrollment-role": {"enrollments": "sourcedId,classSourcedId,userSourcedId,role\ne9,k9,u9,parent"},
    "unused-category": {"categories": "sourcedId,title\nc9,Homework"},
    "no-place": {"scoreScales": "sourcedId,title\nx9,Stars"},
}


@pytest.mark.parametrize("rule", REASONS)
def test_a_row_that_cannot_be_mapped_is_told_with_its_reason(tmp_path: Path, rule: str) -> None:
    staged = bundle(tmp_path, **REASONS[rule])
    assert [p["rule"] for p in staged.problems if p["severity"] == "row"] == [rule]


def test_staged_tables_hold_the_models_columns_as_text(school: Staged) -> None:
    for resource, table in school.tables.items():
        assert set(table.column_names) <= {"source_row", *(c.name for c in columns(resource))}
        assert {str(f.type) for f in table.schema if f.name != "source_row"} == {"string"}


UNPLACED = {
    "users": """sourcedId,role,givenName,familyName,email
        1,student,Ana,Lopez,ana@maple.example
        2,student,Bo,Kim,
        3,parent,Cy,Lopez,cy@maple.example""",
    "demographics": """sourcedId,birthDate,asian
        1,2016-02-03,true
        2,2016-02-03,false""",
}


def test_a_student_without_organization_belongs_to_the_bundles_one_district(tmp_path: Path) -> None:
    staged = bundle(tmp_path, orgs=ORGS, **UNPLACED)
    ties = staged["StudentEducationOrganizationAssociation"]
    assert {tie["education_organization_id"] for tie in ties} == {"d"}
    assert any("ana@maple.example" in tie.get("electronic_mails", "") for tie in ties)
    assert staged.problems == []


def test_what_cannot_be_kept_of_a_student_without_organization_is_told(tmp_path: Path) -> None:
    staged = bundle(tmp_path, orgs=ORGS + "\n    e,Oak Hill,district,78,", **UNPLACED)
    told = [(p["source_row"] & 0xFFFFFFFF, p["rule"], p["severity"]) for p in staged.problems]
    assert told == [(2, "details-without-organization", "value")] * 2
    assert {p["file_number"] for p in staged.problems} == {1, 3}


_ids = st.sampled_from(["", "a", "b", "c", "s", "y"])
_loose = {
    "orgs": {"sourcedId": _ids, "type": st.sampled_from(["school", "district", "", "x"]), "parentSourcedId": _ids},
    "academicSessions": {
        "sourcedId": _ids,
        "type": st.sampled_from(["schoolYear", "term", "gradingPeriod", ""]),
        "startDate": st.sampled_from(["2024-08-01", "", "never"]),
        "endDate": st.sampled_from(["2025-06-01", "2024-01-01", ""]),
        "parentSourcedId": _ids,
        "schoolYear": st.sampled_from(["2025", "", "2024-25", "x"]),
    },
    "classes": {"sourcedId": _ids, "schoolSourcedId": _ids, "termSourcedIds": _ids, "courseSourcedId": _ids},
    "courses": {"sourcedId": _ids, "orgSourcedId": _ids, "courseCode": _ids},
    "users": {"sourcedId": _ids, "role": st.sampled_from(["student", "teacher", "parent", ""]), "orgSourcedIds": _ids,
              "agentSourcedIds": _ids, "grades": st.sampled_from(["", "04"])},
    "roles": {"userSourcedId": _ids, "role": st.sampled_from(["student", "aide", "parent", ""]), "orgSourcedId": _ids},
    "demographics": {"sourcedId": _ids, "sex": st.sampled_from(["male", ""])},
    "enrollments": {"classSourcedId": _ids, "userSourcedId": _ids, "status": st.sampled_from(["", "tobedeleted"]),
                    "role": st.sampled_from(["student", "teacher", "parent", ""])},
    "categories": {"sourcedId": _ids, "title": st.sampled_from(["Final Grade", "Homework", ""])},
    "lineItems": {"sourcedId": _ids, "classSourcedId": _ids, "categorySourcedId": _ids, "gradingPeriodSourcedId": _ids},
    "results": {"sourcedId": _ids, "lineItemSourcedId": _ids, "studentSourcedId": _ids, "score": _ids},
    "relationships": {"userSourcedId": _ids, "relationshipUserSourcedId": _ids},
    "userFlags": {"userSourcedId": _ids, "flag": _ids},
    "userProfiles": {"userSourcedId": _ids, "username": _ids},
    "resources": {"sourcedId": _ids, "title": _ids},
    "scoreScales": {"sourcedId": _ids},
}  # fmt: skip


def _table(fields: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[str]:
    header = ",".join([*fields, "title2"])
    row = st.tuples(*fields.values()).map(lambda values: ",".join([*values, "x"]))
    return st.lists(row, max_size=4).map(lambda rows: "\n".join([header, *rows]))


_bundles = st.fixed_dictionaries({}, optional={name: _table(fields) for name, fields in _loose.items()})


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_bundles.filter(bool))
def test_no_row_of_any_bundle_is_lost(tmp_path_factory: pytest.TempPathFactory, files: dict[str, str]) -> None:
    staged = bundle(tmp_path_factory.mktemp("any"), **files)
    assert staged.lost() == set()


@pytest.mark.skipif(not DATA.exists(), reason="the real files are not here")
@pytest.mark.parametrize("version", ["SDS v2", "SDS v2.1"])
def test_no_row_of_school_data_syncs_bundles_is_lost(tmp_path: Path, version: str) -> None:
    staged = Staged(tmp_path, DATA / "microsoft-sds" / version)
    assert len(staged.landed) == {"SDS v2": 67, "SDS v2.1": 44}[version]
    assert staged.lost() == set()
