"""The rows in quarantine of any kind of source go out in its own form, and when they are mended they come back in."""

import asyncio
import json
from functools import partial

import openpyxl
import psycopg
import pytest
from own_workspace import own_workspace

from homeroom.access.door import ask, prepare
from homeroom.access.permissions import Action
from homeroom.access.quarantine_export import export_bad_rows
from homeroom.consolidate.quarantine_export import write_bad_rows
from homeroom.consolidate.run import consolidate
from homeroom.consolidate.source_kinds import SOURCE_KINDS, module_of
from homeroom.progress import TerminalProgress
from homeroom.settings import Workspace
from homeroom.sources.delivery import land

ROSTER = [
    ["ID", "Last", "First", "Birth", "Mail", "Sex"],
    ["7", "Ortiz", "Ana", "2012-01-05", "ana@maple.example", "F"],
    ["8", "Berg", "Bo", "2012-02-05", "nowhere", "M"],
    ["9", "Moreau", "Cy", "2012-03-05", "cy@maple.example", "M"],
]
MAPPING = """
[[table]]
file = "roster.*"
[table.Student]
studentUniqueId = "ID"
lastSurname = "Last"
firstName = "First"
birthDate = "Birth"
[table.School]
schoolId = { value = "1" }
nameOfInstitution = { value = "Birch Elementary" }
[[table.School.gradeLevels]]
gradeLevelDescriptor = { value = "Fifth grade" }
[[table.School.educationOrganizationCategories]]
educationOrganizationCategoryDescriptor = { value = "School" }
[table.StudentEducationOrganizationAssociation]
educationOrganizationReference = { educationOrganizationId = { value = "1" } }
studentReference = { studentUniqueId = "ID" }
sexDescriptor = "Sex"
[[table.StudentEducationOrganizationAssociation.electronicMails]]
electronicMailAddress = "Mail"
electronicMailTypeDescriptor = { value = "Home/Personal" }
"""


def dee(**members):
    return {"studentUniqueId": "11", "firstName": "Dee", "lastSurname": "Ekholm", "birthDate": "2012-05-01", **members}


def finn(**members):
    return {"studentUniqueId": "12", "firstName": "Finn", "lastSurname": "Okafor", **members}


def event(number, **members):
    return {
        "id": f"urn:uuid:{number}",
        "type": "Event",
        "actor": {"id": "https://tool.example/users/8", "type": "Person"},
        "action": "Used",
        "object": "tool",
        "eventTime": "2025-09-01T10:00:00Z",
        **members,
    }


@pytest.fixture
def district(tmp_path, record):
    """A district of four sources; of each, one row can't be used or has a value that can't be."""
    sent = tmp_path / "sent"
    sent.mkdir()
    book = openpyxl.Workbook()
    for row in ROSTER:
        book.active.append(row)
    book.save(sent / "roster.xlsx")
    (sent / "students.json").write_text(json.dumps([dee(), finn(birthDate="soon")]))
    (sent / "events.jsonl").write_text("\n".join(json.dumps(one) for one in (event(1), event(2, eventTime="soon"))))
    (sent / "usage.csv").write_text("Email,Date,Minutes\nana@maple.example,2025-09-14,5\ncy@maple.example,soon,5\n")
    made = own_workspace(tmp_path / "district", record)
    (tmp_path / "mapping.toml").write_text(MAPPING)
    kinds = tuple(SOURCE_KINDS)
    made.add_source("office", "excel", sent / "roster.xlsx", kinds, {"mapping": str(tmp_path / "mapping.toml")})
    made.add_source("state", "edfi-json", sent / "students.json", kinds)
    made.add_source("tool", "caliper", sent / "events.jsonl", kinds, {"learners": "office"})
    made.add_source("reader", "tool-usage", sent / "usage.csv", kinds)
    run(made)
    return made


@pytest.fixture
def export(district, record, tmp_path):
    """Writes the rows in quarantine of a source; gives the file, which is the only one."""

    def write(source, rule=None):
        prepare(record)
        exported = asyncio.run(
            ask(
                record,
                Action.EXPORT_QUARANTINE,
                lambda use: export_bad_rows(use, source, rule, tmp_path / source, partial(write_bad_rows, district)),
            )
        )
        assert exported.left_out == []
        (file,) = exported.files
        return file

    return write


def run(district):
    with TerminalProgress(quiet=True) as progress:
        consolidate(district, progress)


def asked(record, question):
    with psycopg.connect(record) as connection:
        return connection.execute(question).fetchall()


def rows_of(path):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active]


def logged(record):
    """The source ids of the students in the newest entry of the log."""
    return {
        source_id
        for (source_id,) in asked(
            record,
            "select i.source_id from consolidation.identity i where i.kind = 'Student' and i.unique_id = any ("
            "select unnest(student_unique_ids) from access.disclosure order by id desc limit 1)",
        )
    }


def test_every_kind_of_source_can_give_out_its_rows():
    assert all(hasattr(module_of(kind.reader), "export") for kind in SOURCE_KINDS.values())


def test_files_of_one_name_from_several_deliveries_do_not_get_in_each_others_way(tmp_path):
    workspace = Workspace.create(tmp_path / "district", "Maple Grove")
    deliveries = {}
    for first in (1, 2):
        (tmp_path / "usage.csv").write_text(f"Email,Date\n{first}@maple.example,soon\n")
        delivery = land("reader", "tool-usage", tmp_path / "usage.csv", workspace.landing, first)
        deliveries[delivery.delivery_id] = {"usage.csv": {2: "Odd."}}
    first, second = write_bad_rows(workspace, "reader", deliveries, tmp_path / "rows").files
    assert (first.name, second.parent.name) == ("usage.csv", delivery.delivery_id[:12])
    assert [path.read_text().splitlines()[1][0] for path in (first, second)] == ["1", "2"]


def test_a_workbook_goes_out_and_comes_back_in(export, district, record, tmp_path):
    file = export("office")
    header, bad = rows_of(file)
    assert header == [*ROSTER[0], "homeroom_reason"]
    assert bad[:-1] == ROSTER[2]
    assert logged(record) == {"8"}
    book = openpyxl.load_workbook(file)
    book.active["E2"].value = "bo@maple.example"
    for row in (ROSTER[1], ROSTER[3]):
        book.active.append(row)
    book.save(tmp_path / "sent" / "roster.xlsx")
    run(district)
    mails = """select m ->> 'electronicMailAddress' from edfi.student_education_organization_association,
        jsonb_array_elements(electronic_mails) m where student_unique_id = '8'"""
    assert asked(record, mails) == [("bo@maple.example",)]
    assert asked(record, "select rule from consolidation.quarantine where source = 'office'") == []


def test_documents_go_out_and_come_back_in(export, district, record, tmp_path):
    file = export("state")
    (bad,) = map(json.loads, file.read_text().splitlines())
    reason = bad.pop("homeroom_reason")
    assert bad == finn(birthDate="soon")
    assert "birth" in reason
    mended = [dee(), finn(birthDate="2012-06-01", homeroom_reason=reason)]
    (tmp_path / "sent" / "students.json").write_text("\n".join(map(json.dumps, mended)))
    run(district)
    assert asked(record, "select first_name from edfi.student order by 1") == [
        (one,) for one in ("Ana", "Bo", "Cy", "Dee", "Finn")
    ]
    assert asked(record, "select rule, field from consolidation.quarantine where source = 'state'") == []


def test_events_go_out_whose_they_are_is_logged_and_they_come_back_in(export, district, record, tmp_path):
    file = export("tool")
    (bad,) = map(json.loads, file.read_text().splitlines())
    assert bad.pop("homeroom_reason").startswith("Nothing says when the event happened.")
    assert bad == event(2, eventTime="soon")
    assert logged(record) == {"8"}
    (tmp_path / "sent" / "events.jsonl").write_text(json.dumps(event(2, homeroom_reason="It had no time.")))
    run(district)
    assert asked(record, "select event_id from learning.event order by 1") == [("urn:uuid:1",), ("urn:uuid:2",)]


def test_the_use_of_tools_goes_out_whose_it_is_is_logged_and_it_comes_back_in(export, district, record, tmp_path):
    file = export("reader")
    header, bad = file.read_text().splitlines()
    assert header == "Email,Date,Minutes,homeroom_reason"
    assert bad.startswith('cy@maple.example,soon,5,"Nothing says')
    assert logged(record) == {"9"}
    (tmp_path / "sent" / "usage.csv").write_text(f"{header}\n{bad.replace('soon', '2025-09-15')}\n")
    run(district)
    assert asked(record, "select count(*) from learning.tool_use where student_unique_id is not null") == [(2,)]
