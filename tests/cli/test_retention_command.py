"""What is due is deleted by two people, with a certificate, and the next run doesn't bring it back."""

import json
import shutil

import psycopg
import pytest
from commands import homeroom
from own_database import own_database
from own_workspace import use_record
from whole_record import record_at

from homeroom.settings import Workspace

ATTENDANCE = """
[[schedule]]
resources = ["StudentSchoolAttendanceEvent", "StudentSectionAttendanceEvent"]
years = 0
after = "left"
source = "A policy of the board"
"""


@pytest.fixture(scope="module")
def district(postgres_url, maple_grove, tmp_path_factory):
    """Maple Grove, from which a student has left and of whom nothing but attendance is due; and what was done."""
    root = tmp_path_factory.mktemp("retention") / "district"
    shutil.copytree(maple_grove.root, root)
    with own_database(postgres_url, "maple_grove_template") as url:
        place = Workspace(root)
        settings = place.settings_file.read_text()
        place.settings_file.write_text(
            settings[: settings.index("[record]")] + settings[settings.index("[[source]]") :]
        )
        use_record(place, url)
        place.retention_file.write_text(ATTENDANCE)
        yield place, url


def ran(place, *words):
    done = homeroom(*words, "--workspace", place.root)
    assert done.returncode == 0, done.stderr
    return done.stdout


def attendance(url, student):
    with psycopg.connect(url) as record:
        return record.execute(
            "select count(*) from edfi.student_school_attendance_event where student_unique_id = %s", [student]
        ).fetchone()[0]


def test_what_was_deleted_stays_deleted_when_its_source_sends_it_again(district):
    place, url = district
    with psycopg.connect(url) as record:
        (student,) = record.execute(
            "select student_unique_id from edfi.student_school_attendance_event"
            " join edfi.student_school_association using (student_unique_id) group by 1"
            " having bool_and(exit_withdraw_date is not null) order by count(*) desc, 1 limit 1"
        ).fetchone()
    assert attendance(url, student)
    told = json.loads(ran(place, "retention", "due", "--json"))
    assert "StudentSchoolAttendanceEvent" in [one["resource"] for one in told["due"]]
    assert attendance(url, student)

    request = json.loads(ran(place, "retention", "delete", "--by", "Ada", "--json"))["request"]
    alone = homeroom("retention", "approve", request, "--by", " ada", "--workspace", place.root)
    assert alone.returncode == 2
    assert "two people decide it" in alone.stderr
    held = ran(place, "retention", "hold", student, "--by", "Ada", "--why", "A request to inspect is open.")
    assert "held" in held
    assert student not in str(json.loads(ran(place, "retention", "due", "--json"))["due"])
    ran(place, "retention", "release", "1", "--by", "Ada")

    ran(place, "retention", "approve", request, "--by", "Grace")
    assert attendance(url, student) == 0
    with psycopg.connect(url) as record:
        assert record.execute(
            "select count(*) from edfi.replaced_row where table_name = 'student_school_attendance_event'"
            " and student_unique_id = %s",
            [student],
        ).fetchone() == (0,)
        tombstones = "select count(*) from edfi.tombstone where deleted_by = 'retention'"
        deleted = record.execute(tombstones).fetchone()
        assert deleted != (0,)

    file = place.root / "certificate.json"
    ran(place, "retention", "certificate", request, file)
    assert student not in file.read_text()
    assert "approved by Grace" in homeroom("verify", file).stdout
    changed = json.loads(file.read_text())
    changed["certificate"]["deleted"] = []
    file.write_text(json.dumps(changed))
    assert homeroom("verify", file).returncode == 1
    ran(place, "disclosures", "audit")

    before = record_at(url)
    ran(place, "consolidate")
    assert attendance(url, student) == 0
    ran(place, "consolidate")
    now = record_at(url)
    leave = ("student_school_association", "replaced_row")
    assert {name: len(rows) for name, rows in now.items() if name not in leave} == {
        name: len(rows) for name, rows in before.items() if name not in leave
    }
    with psycopg.connect(url) as record:
        assert record.execute(tombstones).fetchone() == deleted
