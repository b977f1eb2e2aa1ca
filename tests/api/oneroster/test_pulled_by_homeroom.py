"""What one district's Homeroom tells another's reads, and has the same students, classes and enrollments."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import psycopg
import pytest
from app_of_agreement import App
from commands import homeroom
from own_workspace import own_workspace
from roster_app import V1P1, V1P2, elements
from served_pages import Pages

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


def exported(served: Pages, number: int, folder: Path, *since: Path) -> Mapping[str, list[dict[str, str]]]:
    """The rows of a bundle by its files; `since`: the manifests of those that its reader has."""
    people = ("--by", "Ines Duarte", "--approved-by", "Omar Haddad", "--agreement", number)
    options = [word for path in since for word in ("--since", path)]
    written = homeroom("export", "oneroster", folder, *people, *options, "--workspace", served.workspace)
    assert written.returncode == 0, written.stderr
    return {path.stem: list(csv.DictReader(path.read_text().splitlines())) for path in folder.glob("*.csv")}


def test_an_exported_bundle_gives_the_same_and_so_does_one_of_changes(own_served, record, tmp_path):
    App.under_agreement(own_served, tmp_path, elements=elements())
    folder, first_night = tmp_path / "bundle", tmp_path / "first"
    (number,) = rows(own_served.record, "select max(number) from access.agreement")[0]
    exported(own_served, number, folder)
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

    folder.rename(first_night)
    unchanged = exported(own_served, number, tmp_path / "unchanged", first_night / "manifest.csv")
    modes = {row["value"] for row in unchanged.pop("manifest") if row["propertyName"].startswith("file.")}
    assert modes == {"delta", "absent"}
    assert {name: found for name, found in unchanged.items() if found} == {}
    with psycopg.connect(own_served.record) as changing:
        (student, renamed) = changing.execute(
            "update edfi.student set first_name = 'Ottilie', last_modified = now() where id in (select id from"
            " edfi.student order by id limit 1) returning student_unique_id, replace(id::text, '-', '')"
        ).fetchone()
        (left, section) = changing.execute(
            "delete from edfi.staff_section_association where id in (select id from edfi.staff_section_association"
            " where end_date is null order by id limit 1) returning replace(id::text, '-', ''), (select"
            " replace(id::text, '-', '') from edfi.section as held where held.section_identifier ="
            " staff_section_association.section_identifier and held.local_course_code ="
            " staff_section_association.local_course_code and held.school_id = staff_section_association.school_id and"
            " held.school_year = staff_section_association.school_year and held.session_name ="
            " staff_section_association.session_name)"
        ).fetchone()
    told = exported(own_served, number, folder, first_night / "manifest.csv", tmp_path / "unchanged" / "manifest.csv")
    assert [(row["sourcedId"], row["status"], row["givenName"]) for row in told["users"]] == [
        (renamed, "active", "Ottilie")
    ]
    assert [(row["sourcedId"], row["status"], row["userSourcedId"]) for row in told["enrollments"]] == [
        (left, "tobedeleted", "")
    ]
    ((told_of,),) = rows(
        own_served.record,
        "select student_unique_ids from access.disclosure where agreement = %s order by id desc limit 1",
        number,
    )
    assert student in told_of
    run(workspace)
    assert rows(record, "select count(*) from edfi.student where first_name = 'Ottilie'") == [(1,)]
    # Who teaches a class no more has taught it until then.
    ends = "select end_date from edfi.staff_section_association where section_identifier = %s"
    assert [day for (day,) in rows(record, ends, section) if day is not None] != []
    assert rows(record, "select rule from consolidation.quarantine where severity = 'file'") == []
