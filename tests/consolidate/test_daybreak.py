"""inBloom's own data set, Ed-Fi 1.0, comes into the record whole: every element is there, or told of with a reason."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from lxml import etree
from own_database import own_database
from own_workspace import own_workspace

from homeroom.consolidate.run import consolidate
from homeroom.model import RESOURCES
from homeroom.model.columns import table_name
from homeroom.progress import TerminalProgress
from homeroom.record.server import url_of
from homeroom.settings import Workspace

# Rows that are set aside, by rule, and why that is true of the data.
SET_ASIDE = {
    # Families that only hold other families.
    "family-not-used": 20,
    # Codes that are kept with the rows that use them.
    "descriptor-noted": 6,
    # Three of four plans are followed by nobody.
    "graduation-plan-not-used": 3,
    "competency-without-grading-period": 1,
    # Two grades of the grading periods of 2010-11 in a section of the autumn of 2006.
    "grading-period-of-another-year": 2,
    # Two students, 74 days each, at the elementary school that they had left years before.
    "attendance-outside-enrollment": 148,
}


@pytest.fixture(scope="module")
def daybreak(shared_data: Path) -> Path:
    return shared_data / "inbloom-daybreak"


@pytest.fixture(scope="module")
def workspace(
    tmp_path_factory: pytest.TempPathFactory, daybreak: Path, postgres_url: str, template_database: str
) -> Iterator[Workspace]:
    """Daybreak, consolidated into a record of its own."""
    with own_database(postgres_url, template_database) as url:
        workspace = own_workspace(tmp_path_factory.mktemp("daybreak") / "district", url, "Daybreak")
        workspace.add_source("inbloom", "edfi-xml", daybreak, ("edfi-xml",))
        with TerminalProgress(quiet=True) as progress:
            consolidate(workspace, progress)
        yield workspace


def asked(workspace: Workspace, question: str) -> list[tuple]:
    with psycopg.connect(url_of(workspace.postgres, workspace.settings().record_url)) as connection:
        return connection.execute(question).fetchall()


def elements(path: Path) -> Counter[str]:
    """The top-level elements of an interchange file, counted by name."""
    root = etree.parse(path).getroot()
    return Counter(etree.QName(child).localname for child in root if isinstance(child.tag, str))


def test_every_element_of_every_file_is_in_the_record_or_in_quarantine(workspace, daybreak):
    tables = " union ".join(
        f"select unnest(source_rows) as source_row from edfi.{table_name(name)}" for name in RESOURCES
    )
    found = asked(
        workspace,
        f"""
        select file.path, count(distinct row.source_row)
        from ({tables} union select source_row from consolidation.quarantine where severity = 'row') as row
        join consolidation.delivered_file as file on file.number = row.source_row >> 32 group by 1
        """,
    )
    assert dict(found) == {path.name: elements(path).total() for path in sorted(daybreak.glob("*.xml"))}


def test_rows_are_counted_once(workspace, daybreak):
    ((landed, accepted, quarantined),) = asked(
        workspace, "select landed, accepted, quarantined from consolidation.source_count"
    )
    assert landed == sum(elements(path).total() for path in daybreak.glob("*.xml"))
    assert accepted + quarantined == landed


def test_what_is_set_aside_is_set_aside_for_what_the_data_says(workspace):
    found = dict(
        asked(workspace, "select rule, count(*) from consolidation.quarantine where severity = 'row' group by 1")
    )
    assert {rule: found.get(rule) for rule in SET_ASIDE} == SET_ASIDE
    # Four students are eight years old in seventh grade; what is theirs waits with them.
    assert set(found) - set(SET_ASIDE) <= {"required-missing", "reference-not-found"}


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("state_education_agency", 1),
        ("local_education_agency", 2),
        ("school", 3),
        ("staff", 14),
        ("session", 22),
        ("grading_period", 17),
        ("course", 95),
        ("course_offering", 95),
        ("section", 97),
        ("staff_section_association", 11),
        ("calendar_date", 3 * 556),
        ("learning_standard", 1499 + 198),
        ("assessment", 19),
        ("objective_assessment", 12),
        ("assessment_item", 5),
        ("gradebook_entry", 12),
        ("discipline_incident", 2),
        ("discipline_action", 3),
        ("cohort", 3),
        ("report_card", 2),
    ],
)
def test_what_needs_no_student_is_all_there(workspace, table, rows):
    assert asked(workspace, f"select count(*) from edfi.{table}") == [(rows,)]


def test_attendance_is_of_the_session_of_its_day(workspace):
    found = asked(
        workspace,
        """select distinct session_name from edfi.student_school_attendance_event e
        where not exists (select 1 from edfi.session s where s.school_id = e.school_id
            and s.session_name = e.session_name and e.event_date between s.begin_date and s.end_date)""",
    )
    assert found == []


def test_scores_of_parts_are_with_the_assessment_that_they_were_taken_in(workspace):
    ((parts, items),) = asked(
        workspace,
        """select sum(jsonb_array_length(student_objective_assessments)), sum(jsonb_array_length(items))
        from edfi.student_assessment""",
    )
    # Twelve parts and two items for each of the 25 students who took the test, of whom one is too young for the grade.
    assert (parts, items) == (12 * 24, 2 * 24)


def test_the_codes_that_the_district_made_are_kept_as_its_own(workspace):
    found = asked(workspace, "select uri from edfi.descriptor where uri like 'uri://inbloom/Behavior%' order by 1")
    assert [uri for (uri,) in found] == [f"uri://inbloom/BehaviorDescriptor#BEH0{number}" for number in (1, 2)]
