"""One run brings a real bundle into the record, loses no row, and changes nothing when it comes again."""

import csv
import shutil
from pathlib import Path

import psycopg
import pytest
from own_workspace import own_workspace

from homeroom.consolidate.run import consolidate
from homeroom.errors import CannotRun
from homeroom.progress import TerminalProgress
from homeroom.record.server import url_of
from homeroom.settings import Workspace


@pytest.fixture
def bundle(shared_data: Path) -> Path:
    """Microsoft's OneRoster-shaped bundle v2.1."""
    return shared_data / "microsoft-sds" / "SDS v2.1"


@pytest.fixture
def workspace(tmp_path: Path, record: str) -> Workspace:
    """A workspace whose record is the tests' own."""
    return own_workspace(tmp_path / "district", record)


def run(workspace: Workspace) -> None:
    with TerminalProgress(quiet=True) as progress:
        consolidate(workspace, progress)


def asked(workspace: Workspace, question: str) -> list[tuple]:
    with psycopg.connect(url_of(workspace.postgres, workspace.settings().record_url)) as connection:
        return connection.execute(question).fetchall()


def test_every_row_of_a_real_bundle_is_in_the_record_or_in_quarantine(workspace, bundle):
    workspace.add_source("sds", "oneroster-csv", bundle, ("oneroster-csv",))
    run(workspace)
    sent = sum(len(list(csv.DictReader(path.open(encoding="utf-8-sig")))) for path in bundle.glob("*.csv"))
    ((landed, accepted, quarantined),) = asked(
        workspace, "select landed, accepted, quarantined from consolidation.source_count"
    )
    assert landed == sent
    assert accepted + quarantined == landed
    assert asked(workspace, "select count(*) from edfi.student where first_name = 'Jack'") == [(1,)]


def test_the_same_delivery_again_changes_nothing(workspace, bundle):
    workspace.add_source("sds", "oneroster-csv", bundle, ("oneroster-csv",))
    run(workspace)
    before = asked(workspace, "select id, change_version, source_rows, said from edfi.student order by id")
    version = asked(workspace, "select last_value from edfi.change_version")
    run(workspace)
    assert asked(workspace, "select id, change_version, source_rows, said from edfi.student order by id") == before
    assert asked(workspace, "select last_value from edfi.change_version") == version


def test_what_the_steps_made_may_be_deleted_and_changes_nothing_of_the_record(workspace, bundle):
    workspace.add_source("sds", "oneroster-csv", bundle, ("oneroster-csv",))
    run(workspace)
    before = asked(workspace, "select id, change_version, source_rows, said from edfi.student order by id")
    shutil.rmtree(workspace.staging)
    run(workspace)
    assert asked(workspace, "select id, change_version, source_rows, said from edfi.student order by id") == before


def test_every_student_leads_back_to_a_file_and_a_line(workspace, bundle):
    workspace.add_source("sds", "oneroster-csv", bundle, ("oneroster-csv",))
    run(workspace)
    found = asked(
        workspace,
        """
        select file.path, student.source_rows[1] & 4294967295
        from edfi.student join consolidation.delivered_file file on file.number = student.source_rows[1] >> 32
        where student.first_name = 'Jack' and student.last_surname = 'Craig'
        """,
    )
    assert found
    for path, line in found:
        assert "114001" in (bundle / path).read_text(encoding="utf-8-sig").splitlines()[line - 1]


def test_a_source_that_cannot_be_taken_does_not_keep_the_others_from_the_record(workspace, bundle, tmp_path):
    broken = tmp_path / "export.zip"
    broken.write_bytes(b"PK\x03\x04 cut off here")
    workspace.add_source("broken", "oneroster-csv", broken, ("oneroster-csv",))
    workspace.add_source("sds", "oneroster-csv", bundle, ("oneroster-csv",))
    run(workspace)
    assert asked(workspace, "select count(*) > 0 from edfi.student") == [(True,)]


def test_a_workspace_without_a_source_cannot_run_and_says_what_to_do(workspace):
    with pytest.raises(CannotRun, match="homeroom source add"):
        run(workspace)


def test_what_a_source_says_of_its_dates_telephones_and_codes_decides_how_they_are_read(workspace, tmp_path):
    sent = tmp_path / "sent"
    sent.mkdir()
    for name, lines in {
        "orgs": ["sourcedId,name,type,identifier,parentSourcedId", "1,Maple Grove,district,1,", "2,Elm,school,2,1"],
        "academicSessions": [
            "sourcedId,title,type,startDate,endDate,parentSourcedId,schoolYear",
            "y,2024-25,schoolYear,2024-08-19,2025-06-06,,2025",
        ],
        "users": [
            "sourcedId,enabledUser,orgSourcedIds,role,username,givenName,familyName,phone,grades",
            "11,true,2,student,asha,Asha,Verma,555-0123,04",
            "12,true,2,parent,ravi,Ravi,Verma,,",
        ],
        "demographics": ["sourcedId,birthDate,sex", "11,03/04/2015,female"],
        "relationships": ["userSourcedId,relationshipUserSourcedId,relationshipRole", "11,12,Host family"],
    }.items():
        (sent / f"{name}.csv").write_text("\n".join(lines) + "\n")
    workspace.add_source(
        "sis",
        "oneroster-csv",
        sent,
        ("oneroster-csv",),
        {"dates": "day-first", "area_code": "217", "namespace": "uri://maplegrove.example"},
    )
    run(workspace)
    assert asked(
        workspace,
        """
        select birth_date::text, telephones -> 0 ->> 'telephoneNumber', relation_descriptor
        from edfi.student join edfi.student_education_organization_association using (student_unique_id)
        join edfi.student_contact_association using (student_unique_id)
        """,
    ) == [("2015-04-03", "+12175550123", "uri://maplegrove.example/RelationDescriptor#Host family")]
