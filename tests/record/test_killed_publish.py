"""A process that is killed while it publishes leaves the record as it was, and the next one ends as if nothing was."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import killed_publish
import psycopg
import pytest
from batches import batch

from homeroom.record.opening import prepare
from homeroom.record.publish import publish
from homeroom.record.server import url_of

HERE = Path(__file__).parent
SCHOOL = {
    "school_id": 1001,
    "name_of_institution": "Oak Elementary",
    "grade_levels": "[]",
    "education_organization_categories": "[]",
}
MAYA = {"student_unique_id": "900", "first_name": "Maya", "last_surname": "Okafor", "birth_date": "2016-03-01"}
TABLES = ("school", "student", "student_school_association")


def contents(url: str) -> list[list]:
    with psycopg.connect(url) as connection:
        return [
            connection.execute(f"select to_jsonb(t) as row from edfi.{table} t order by 1").fetchall()
            for table in TABLES
        ]


def constraints(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select count(*) from pg_constraint where connamespace = 'edfi'::regnamespace and convalidated"
        ).fetchone()
    return row[0]


def postmaster(folder: Path) -> int:
    return int((folder / "postmaster.pid").read_text().split("\n")[0])


def publish_until(url: str, moment: str) -> None:
    """Publish in a process of its own, and kill that at a moment it tells."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parents[1])])}
    with subprocess.Popen(
        [sys.executable, str(HERE / "killed_publish.py"), url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        for line in process.stdout:
            if line.strip() == moment:
                os.kill(process.pid, signal.SIGKILL)
                return
            process.stdin.write("\n")
            process.stdin.flush()
    raise AssertionError(f"The process never came to {moment}.")


MOMENTS = (
    "Student 1",
    "Student written",
    "StudentSchoolAssociation 1",
    "StudentSchoolAssociation written",
    "all written",
)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_publish_killed_at_any_moment_leaves_the_old_record_and_the_next_one_ends_in_the_same(record, moment):
    with psycopg.connect(record) as connection:
        publish(connection, {"School": batch("School", SCHOOL), "Student": batch("Student", MAYA)})
    before, held = contents(record), constraints(record)
    publish_until(record, moment)
    assert contents(record) == before
    with psycopg.connect(record) as connection:
        published = publish(connection, killed_publish.batches())
    assert (published.updated["Student"], published.inserted["Student"]) == (1, killed_publish.ROWS - 1)
    assert published.inserted["StudentSchoolAssociation"] == killed_publish.ROWS
    assert constraints(record) == held


def test_what_was_committed_is_there_after_the_server_itself_broke_down(tmp_path):
    url = url_of(tmp_path / "postgres", None)
    prepare(url)
    with psycopg.connect(url) as connection:
        publish(connection, {"School": batch("School", SCHOOL)} | killed_publish.batches())
    before = contents(url)
    # The signal for an immediate shutdown: what was only in memory is lost, as when the power fails.
    os.kill(postmaster(tmp_path / "postgres"), signal.SIGQUIT)
    reading = (
        "import sys; sys.path[:0] = [sys.argv[1]];"
        "from pathlib import Path; from homeroom.record.server import url_of;"
        "import json, test_killed_publish as t; print(json.dumps(t.contents(url_of(Path(sys.argv[2]), None))))"
    )
    environment = os.environ | {"PYTHONPATH": str(HERE.parents[1])}
    after = subprocess.run(
        [sys.executable, "-c", reading, str(HERE), str(tmp_path / "postgres")],
        capture_output=True,
        check=True,
        env=environment,
    )
    # Who reads started the server anew, and left it to this process, which knows nothing of that.
    os.kill(postmaster(tmp_path / "postgres"), signal.SIGINT)
    assert [[tuple(row) for row in rows] for rows in json.loads(after.stdout)] == before
