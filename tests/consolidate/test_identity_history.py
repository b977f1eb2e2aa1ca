"""Three runs: as the sources say, as a person decides, and undone: the record is row for row as it was."""

import shutil

import psycopg
import pytest

from homeroom.consolidate.run import consolidate
from homeroom.progress import TerminalProgress
from homeroom.settings import Workspace

# What a row is, apart from when it was written: its own id and versions may be new.
TABLES = (
    "select table_name from information_schema.tables where table_schema = 'edfi' and table_type = 'BASE TABLE'"
    " and table_name not in ('tombstone', 'key_change', 'replaced_row', 'descriptor') order by 1"
)


@pytest.fixture
def workspace(maple_grove, copied_record, tmp_path):
    """Maple Grove's sources and all that its first run made, with a record of its own."""
    place = tmp_path / "district"
    shutil.copytree(maple_grove.root, place, ignore=shutil.ignore_patterns("postgres"))
    settings = place / maple_grove.settings_file.name
    settings.write_text(settings.read_text().replace(maple_grove.settings().record_url, copied_record))
    return Workspace.open(place)


def run(workspace):
    with TerminalProgress(quiet=True) as progress:
        consolidate(workspace, progress)


def rows(url):
    with psycopg.connect(url) as record:
        found = {}
        for (name,) in record.execute(TABLES).fetchall():
            found[name] = record.execute(
                f"select (to_jsonb(t) - array['id', 'change_version', 'last_modified'])::text from edfi.{name} as t"
                " order by 1"
            ).fetchall()
        return found


def asked(url, question, *values):
    with psycopg.connect(url) as record:
        return record.execute(question, values).fetchall()


def changed(url, statement, *values):
    with psycopg.connect(url) as record:
        record.execute(statement, values)


DECIDE = (
    "insert into consolidation.match_decision"
    " (kind, left_source, left_id, right_source, right_id, decision, decided_by)"
    " values ('Student', %s, %s, %s, %s, %s, 'a test')"
)
UNDO = "update consolidation.match_decision set undone_at = now(), undone_by = 'a test'"
PEOPLE = "select source, kind, source_id, unique_id from consolidation.identity order by 1, 2, 3"


def test_two_students_are_joined_and_taken_apart_again_row_for_row(workspace):
    url = workspace.settings().record_url
    run(workspace)
    before, people = rows(url), asked(url, PEOPLE)
    (one, other) = asked(
        url,
        "select distinct on (unique_id) source, source_id, unique_id from consolidation.identity"
        " where kind = 'Student' and source = 'sis' order by unique_id limit 2",
    )
    changed(url, DECIDE, *one[:2], *other[:2], "together")
    run(workspace)
    ids = asked(url, "select distinct unique_id from consolidation.identity where (source, source_id) in"
                " ((%s, %s), (%s, %s)) and kind = 'Student'", *one[:2], *other[:2])  # fmt: skip
    assert len(ids) == 1
    (gone,) = {one[2], other[2]} - {ids[0][0]}
    for table in ("student", "student_school_association", "student_contact_association", "grade"):
        assert asked(url, f"select count(*) from edfi.{table} where student_unique_id = %s", gone) == [(0,)]
    assert asked(url, "select count(*) > 0 from edfi.tombstone where resource = 'Student'") == [(True,)]
    changed(url, UNDO)
    run(workspace)
    assert asked(url, PEOPLE) == people
    after = rows(url)
    assert [name for name in before if before[name] != after[name]] == []


def test_a_sure_match_is_taken_apart_and_joined_again_row_for_row(workspace):
    url = workspace.settings().record_url
    run(workspace)
    before, people = rows(url), asked(url, PEOPLE)
    ((_, sources, ids),) = asked(
        url,
        "select unique_id, array_agg(source order by source), array_agg(source_id order by source)"
        " from consolidation.identity where kind = 'Student' group by 1 having count(distinct source) = 2"
        " and count(*) = 2 order by 1 limit 1",
    )
    changed(url, DECIDE, sources[0], ids[0], sources[1], ids[1], "apart")
    run(workspace)
    apart = asked(
        url,
        "select count(distinct unique_id) from consolidation.identity where kind = 'Student'"
        " and (source, source_id) in ((%s, %s), (%s, %s))",
        *(sources[0], ids[0], sources[1], ids[1]),
    )
    assert apart == [(2,)]
    changed(url, UNDO)
    run(workspace)
    assert asked(url, PEOPLE) == people
    after = rows(url)
    assert [name for name in before if before[name] != after[name]] == []
