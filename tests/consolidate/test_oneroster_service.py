"""A OneRoster service is a source like any other: what it says is in the record, and what it takes back is not."""

import psycopg
import pytest
from oneroster_server import KEY, SECRET, oneroster_service
from own_workspace import own_workspace

from homeroom.consolidate.run import consolidate
from homeroom.errors import CannotRun
from homeroom.progress import TerminalProgress
from homeroom.sources import authorized_service as asking


@pytest.fixture
def service():
    with oneroster_service("1.2") as service:
        yield service


@pytest.fixture
def workspace(tmp_path, record, service):
    workspace = own_workspace(tmp_path / "district", record)
    workspace.add_source("sis", "oneroster-api", service.address, ("oneroster-api",), {"token_url": service.token_url})
    workspace.secrets_file.write_text(f'[sis]\nclient_id = "{KEY}"\nclient_secret = "{SECRET}"\n')
    workspace.secrets_file.chmod(0o600)
    return workspace


def run(workspace):
    with TerminalProgress(quiet=True) as progress:
        consolidate(workspace, progress)


def asked(record, question):
    with psycopg.connect(record) as connection:
        return connection.execute(question).fetchall()


def test_what_a_service_says_is_in_the_record_and_what_it_takes_back_is_ended(workspace, record, service, monkeypatch):
    run(workspace)
    students = "select first_name, birth_date::text from edfi.student order by 1"
    assert asked(record, students) == [("Maya", "2017-01-11"), ("Theo", "2017-02-11")]
    assert asked(record, "select first_name from edfi.staff union select first_name from edfi.contact order by 1") == [
        ("Ada",),
        ("Rosa",),
    ]
    assert asked(record, "select points_earned from edfi.student_gradebook_entry") == [(9.5,)]
    assert asked(record, "select rule from consolidation.quarantine where severity = 'file'") == []

    service.change("users", "s2", "2026-10-05T08:00:00.000Z", givenName="Theodore")
    service.change("enrollments", "e-s1", "2026-10-05T08:00:00.000Z", status="tobedeleted")
    run(workspace)
    assert asked(record, students) == [("Maya", "2017-01-11"), ("Theodore", "2017-02-11")]
    assert asked(
        record,
        "select distinct first_name, end_date is null from edfi.student_section_association"
        " join edfi.student using (student_unique_id) order by 1",
    ) == [("Maya", False), ("Theodore", True)]

    # A service that fails half-way changes nothing.
    monkeypatch.setattr(asking, "_FIRST_PAUSE", 0.0)
    service.change("users", "s2", "2026-10-06T08:00:00.000Z", givenName="Ted")
    service.not_given = {"enrollments": 403}
    with pytest.raises(CannotRun, match="does not give enrollments any more"):
        run(workspace)
    assert asked(record, students) == [("Maya", "2017-01-11"), ("Theodore", "2017-02-11")]
    assert [path.name for path in workspace.landing.iterdir()] == ["sis"]
