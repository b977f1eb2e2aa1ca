"""What one district's Homeroom tells another's reads, and has the same students, classes and enrollments."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from app_of_agreement import App
from commands import homeroom
from own_workspace import own_workspace
from roster_app import V1P1, V1P2, elements

from homeroom.consolidate.run import consolidate
from homeroom.progress import TerminalProgress
from homeroom.settings import Workspace

IDS_OF = "select source_id, unique_id from consolidation.identity where kind = %s and source = 'upstream'"


def rows(url: str, question: str, *values: object) -> list[tuple]:
    with psycopg.connect(url) as record:
        return record.execute(question, values).fetchall()


def district(folder: Path, record: str) -> Workspace:
    return own_workspace(folder / "another", record, "Springfield")


def run(workspace: Workspace) -> None:
    with TerminalProgress(quiet=True) as progress:
        consolidate(workspace, progress)


def pulling(folder: Path, record: str, app: App, place: str) -> Workspace:
    """Another district, whose source is the first one's interface."""
    workspace = district(folder, record)
    address = f"{app.served.address}api/{place}"
    options = {"token_url": f"{app.served.address}api/oauth/token"}
    workspace.add_source("upstream", "oneroster-api", address, ("oneroster-api",), options)
    workspace.secrets_file.write_text(f'[upstream]\nclient_id = "{app.key.key}"\nclient_secret = "{app.key.secret}"\n')
    workspace.secrets_file.chmod(0o600)
    return workspace


def compare(first: str, second: str) -> None:
    """That the second record holds the persons, classes and enrollments of the first, and no others."""
    for kind in ("Student", "Staff", "Contact"):
        held = dict(rows(first, f"select replace(id::text, '-', ''), {kind}_unique_id from edfi.{kind}"))
        known = dict(rows(second, IDS_OF, kind))
        assert set(known) == set(held), kind
        assert len(set(known.values())) == len(held), kind
        names = "first_name, last_surname, middle_name" + (", birth_date" if kind == "Student" else "")
        before = {id_: rest for id_, *rest in rows(first, f"select {kind}_unique_id, {names} from edfi.{kind}")}
        after = {id_: rest for id_, *rest in rows(second, f"select {kind}_unique_id, {names} from edfi.{kind}")}
        assert {key: before[id_] for key, id_ in held.items()} == {key: after[id_] for key, id_ in known.items()}
    meets = (
        "school_year, begin_date, end_date from edfi.section"
        " join edfi.session using (school_id, school_year, session_name)"
    )
    classes = {
        id_: rest for id_, *rest in rows(first, f"select replace(section.id::text, '-', ''), section_name, {meets}")
    }
    again = {id_: rest for id_, *rest in rows(second, f"select section_identifier, section_name, {meets}")}
    # Where the first knows no name, it tells that of the course.
    assert again == {id_: [name or again[id_][0], *rest] for id_, (name, *rest) in classes.items()}
    for kind in ("student", "staff"):
        seats = f"""
            select replace(person.id::text, '-', ''), replace(section.id::text, '-', ''), begin_date, end_date
            from edfi.{kind}_section_association join edfi.{kind} as person using ({kind}_unique_id)
            join edfi.section using (local_course_code, school_id, school_year, session_name, section_identifier)
        """
        again = f"""
            select source_id, section_identifier, begin_date, end_date from edfi.{kind}_section_association
            join consolidation.identity on unique_id = {kind}_unique_id and kind = initcap('{kind}')
                and source = 'upstream'
        """
        assert sorted(rows(first, seats), key=str) == sorted(rows(second, again), key=str), kind


@pytest.mark.parametrize("place", [V1P2, V1P1])
def test_a_district_that_pulls_from_homeroom_has_the_same_rosters(served, record, tmp_path, place):
    app = App.under_agreement(served, tmp_path, elements=elements())
    workspace = pulling(tmp_path, record, app, place)
    run(workspace)
    compare(served.record, record)
    assert rows(record, "select count(*) from edfi.grade")[0][0] > 0


def test_a_night_on_which_one_thing_changed_brings_that_over(own_served, record, tmp_path):
    app = App.under_agreement(own_served, tmp_path, elements=elements())
    workspace = pulling(tmp_path, record, app, V1P2)
    run(workspace)
    with psycopg.connect(own_served.record) as first:
        (id_,) = first.execute(
            "update edfi.student set first_name = 'Ottilie', last_modified = now() where id ="
            " (select id from edfi.student order by id limit 1) returning replace(id::text, '-', '')"
        ).fetchone()
    run(workspace)
    told = rows(
        record,
        "select first_name from edfi.student join consolidation.identity on unique_id = student_unique_id"
        " where kind = 'Student' and source_id = %s",
        id_,
    )
    assert told == [("Ottilie",)]


def test_an_exported_bundle_gives_the_same(own_served, record, tmp_path):
    App.under_agreement(own_served, tmp_path, elements=elements())
    folder = tmp_path / "bundle"
    (number,) = rows(own_served.record, "select max(number) from access.agreement")[0]
    people = ("--by", "Ines Duarte", "--approved-by", "Omar Haddad")
    written = homeroom(
        "export", "oneroster", folder, "--agreement", number, *people, "--workspace", own_served.workspace
    )
    assert written.returncode == 0, written.stderr
    assert "students" not in written.stderr
    workspace = district(tmp_path, record)
    workspace.add_source("upstream", "oneroster-csv", str(folder), ("oneroster-csv",))
    run(workspace)
    compare(own_served.record, record)
    assert rows(record, "select rule from consolidation.quarantine where severity = 'file'") == []
    ((students, behalf),) = rows(
        own_served.record, "select student_unique_ids, on_behalf_of from access.disclosure where agreement = %s", number
    )
    assert behalf == "Ines Duarte, approved by Omar Haddad"
    assert set(students) == {id_ for (id_,) in rows(own_served.record, "select student_unique_id from edfi.student")}
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
