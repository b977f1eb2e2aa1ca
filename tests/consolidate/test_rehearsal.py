"""What a delivery would do is told before it is done, each cause once, and nothing is changed."""

import shutil
from pathlib import Path

import psycopg
import pytest

from homeroom.consolidate.rehearsal import rehearse
from homeroom.consolidate.staging import stage
from homeroom.errors import CannotRun, HomeroomError
from homeroom.progress import TerminalProgress
from homeroom.settings import SourceSettings, Workspace
from homeroom.sources.archive import ArchiveLimits
from homeroom.sources.delivery import free_file_number, land

FILES = {
    "orgs": ["sourcedId,name,type,identifier,parentSourcedId", "d,Maple Grove,district,1,", "s,Elm,school,2,d"],
    "academicSessions": [
        "sourcedId,title,type,startDate,endDate,parentSourcedId,schoolYear",
        "y,2024-25,schoolYear,2024-08-19,2025-06-06,,2025",
    ],
    "courses": ["sourcedId,title,courseCode,orgSourcedId,schoolYearSourcedId", "k,Mathematics,M1,d,y"],
    "classes": [
        "sourcedId,title,classType,courseSourcedId,schoolSourcedId,termSourcedIds",
        "c,Mathematics,scheduled,k,s,y",
    ],
    "users": [
        "sourcedId,enabledUser,orgSourcedIds,role,username,givenName,familyName,grades",
        "id-of-asha,true,s,student,asha,Asha,Verma,04",
        "id-of-maya,true,s,student,maya,Maya,Okafor,04",
    ],
    "demographics": [
        "sourcedId,birthDate,sex",
        "id-of-asha,2015-04-03,female",
        "id-of-maya,2015-05-04,female",
    ],
    "enrollments": [
        "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,primary",
        "e1,c,s,id-of-asha,student,true",
        "e2,c,s,id-of-maya,student,true",
    ],
}


def write(folder: Path, **changed: list[str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, lines in (FILES | changed).items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n")
    return folder


def told(source, path, workspace=None, record=None):
    with TerminalProgress(quiet=True) as steps:
        return rehearse(source, path, ArchiveLimits(), workspace, record, steps)


@pytest.fixture
def source(tmp_path):
    return SourceSettings("sis", "oneroster-csv", tmp_path / "sent", 1)


@pytest.fixture
def check(tmp_path, source):
    """What the bundle would do, with some of its files changed, as the first of a source without a workspace."""
    return lambda **changed: told(source, write(tmp_path / "sent", **changed))


@pytest.fixture
def workspace(tmp_path, source):
    """A workspace in which the whole bundle came last."""
    workspace = Workspace.create(tmp_path / "district", "Maple Grove")
    sent = write(tmp_path / "last")
    delivery = land("sis", source.kind, sent, workspace.landing, free_file_number(workspace.landing))
    stage(source, delivery, workspace.staging, lambda rows: None)
    return workspace


def counts(found, resource):
    (one,) = [one for one in found.compared if one.resource == resource]
    return {name: count for name, count in vars(one).items() if name != "resource" and count}


def contents(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in sorted(folder.rglob("*"))}


@pytest.mark.parametrize("name", ["sis", "warehouse", "assessments"])
def test_as_many_rows_are_told_as_a_run_really_sets_aside(maple_grove, name):
    settings = maple_grove.settings()
    (source,) = [source for source in settings.sources if source.name == name]
    found = told(source, source.path, maple_grove, settings.record_url)
    with psycopg.connect(settings.record_url) as record:
        assert record.execute(
            "select landed, quarantined from consolidation.source_count where source = %s", [name]
        ).fetchone() == (found.rows, found.set_aside)
    assert sum(one.new + one.changed + one.gone for one in found.compared) == 0


def test_a_faultless_delivery_is_told_as_such(check):
    found = check()
    assert (found.set_aside, found.causes, found.faultless) == (0, [], True)


def test_one_missing_school_is_said_once_with_all_the_rows_that_it_explains(check):
    found = check(orgs=FILES["orgs"][:2])
    (cause,) = found.causes
    assert (cause.missing, cause.key) == ("school or organization", "s")
    assert cause.rows == found.set_aside
    assert {"classes.csv": 1, "enrollments.csv": 2}.items() <= cause.files.items()


def test_a_missing_student_is_never_told_by_the_id(check):
    found = check(
        users=FILES["users"][:2], demographics=FILES["demographics"][:2],
        enrollments=[*FILES["enrollments"], "e3,c,s,id-of-sam,student,true"],
    )  # fmt: skip
    (cause,) = found.causes
    assert (cause.missing, cause.key, cause.keys, cause.rows) == ("student", None, 2, 2)
    assert (cause.file, cause.position) == ("enrollments.csv", 3)
    assert "id-of" not in repr(found)


def test_what_was_delivered_and_set_aside_is_not_called_missing(check):
    found = check(orgs=[*FILES["orgs"][:2], "s,Elm,tower,2,d"], classes=FILES["classes"][:1])
    causes = {cause.rule or cause.missing: cause for cause in found.causes}
    assert "school or organization" not in causes
    assert causes["unknown-organization-type"].own == 1
    assert causes["unknown-organization-type"].rows > 1


def test_rows_that_the_mapping_cannot_use_are_explained_by_the_row_that_they_name(check):
    (cause,) = check(classes=[FILES["classes"][0]]).causes
    assert (cause.missing, cause.key, cause.files) == ("row of classes", "c", {"enrollments.csv": 2})


def test_a_row_with_a_fault_is_told_with_the_rows_that_depend_on_it(check):
    found = check(demographics=FILES["demographics"][:2])
    (cause,) = found.causes
    assert (cause.rule, cause.field) == ("required-missing", "birthDate")
    assert cause.own == 1
    assert cause.files["enrollments.csv"] == 1


def test_what_nobody_can_mend_is_no_fault(check):
    found = check(users=[
        FILES["users"][0] + ",status", *(f"{line},active" for line in FILES["users"][1:]),
        "id-of-lee,true,s,student,lee,Lee,Park,04,tobedeleted",
    ])  # fmt: skip
    assert [cause.rule for cause in found.causes] == ["to-be-deleted"]
    assert found.faultless


def test_files_that_are_not_read_and_columns_that_are_not_known_are_told(check):
    found = check(notes=["a,b"], orgs=[line + ",x" for line in FILES["orgs"][:1]] + FILES["orgs"][1:])
    assert any("notes.csv is not a file of OneRoster" in sentence for sentence in found.files)
    assert found.unknown_columns == {"orgs": ["x"]}


def test_what_is_new_changed_gone_and_the_same_is_told(workspace, source, tmp_path):
    sent = write(
        tmp_path / "sent",
        users=[
            FILES["users"][0],
            FILES["users"][1].replace("Asha", "Aisha"),
            "id-of-sam,true,s,student,sam,Sam,Lee,04",
        ],
        demographics=[*FILES["demographics"][:2], "id-of-sam,2015-06-05,male"],
        enrollments=FILES["enrollments"][:2],
    )
    found = told(source, sent, workspace)
    assert counts(found, "Student") == {"new": 1, "changed": 1, "gone": 1}
    assert counts(found, "School") == {"same": 1}
    assert counts(found, "StudentSectionAssociation") == {"same": 1, "gone": 1}


def test_what_is_set_aside_is_not_called_gone(workspace, source, tmp_path):
    sent = write(tmp_path / "sent", demographics=FILES["demographics"][:2])
    assert counts(told(source, sent, workspace), "Student") == {"same": 1, "set_aside": 1}


def test_nothing_in_the_workspace_is_changed(workspace, source, tmp_path):
    before = contents(workspace.root)
    told(source, write(tmp_path / "sent", users=FILES["users"][:2]), workspace)
    assert contents(workspace.root) == before


def test_an_earlier_delivery_whose_steps_were_deleted_is_still_compared(workspace, source, tmp_path):
    for path in sorted(workspace.staging.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    before = contents(workspace.root)
    assert counts(told(source, write(tmp_path / "sent"), workspace), "Student") == {"same": 2}
    assert contents(workspace.root) == before


# Asha is called otherwise, Maya has left, and Sam came to a class that there is not.
CHANGES = {
    "users": [
        f"{FILES['users'][0]},status",
        f"{FILES['users'][1].replace('Asha', 'Aisha')},active",
        f"{FILES['users'][2]},tobedeleted",
        "id-of-sam,true,s,student,sam,Sam,Lee,04,active",
    ],
    "demographics": [
        f"{FILES['demographics'][0]},status",
        f"{FILES['demographics'][2]},tobedeleted",
        "id-of-sam,2015-06-05,male,active",
    ],
    "enrollments": [
        f"{FILES['enrollments'][0]},status",
        f"{FILES['enrollments'][2]},tobedeleted",
        "e3,c9,s,id-of-sam,student,true,active",
    ],
}


def write_changes(folder: Path, changes: dict[str, list[str]]) -> Path:
    folder.mkdir()
    for name, lines in changes.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n")
    manifest = ["propertyName,value", *(f"file.{name},delta" for name in changes)]
    (folder / "manifest.csv").write_text("\n".join(manifest) + "\n")
    return folder


@pytest.fixture
def bundle_of_changes(tmp_path):
    return write_changes(tmp_path / "changes", CHANGES)


def test_a_bundle_of_changes_is_told_with_what_it_changes(workspace, source, bundle_of_changes):
    found = told(source, bundle_of_changes, workspace)
    assert counts(found, "Student") == {"new": 1, "changed": 1, "gone": 1}
    assert counts(found, "School") == {"same": 1}
    assert [(cause.missing, cause.key, cause.file) for cause in found.causes if not cause.as_it_should_be] == [
        ("row of classes", "c9", "enrollments.csv")
    ]


def test_a_bundle_of_changes_changes_nothing_in_the_workspace(workspace, source, bundle_of_changes):
    before = contents(workspace.root)
    told(source, bundle_of_changes, workspace)
    assert contents(workspace.root) == before


def test_rows_that_fall_with_what_a_bundle_of_changes_takes_out_are_told_by_the_file_in_which_they_came(
    workspace, source, tmp_path
):
    no_class = [f"{FILES['classes'][0]},status", f"{FILES['classes'][1]},tobedeleted"]
    found = told(source, write_changes(tmp_path / "changes", {"classes": no_class}), workspace)
    (fallen,) = [cause.files for cause in found.causes if "enrollments.csv" in cause.files]
    assert fallen == {"classes.csv": 1, "enrollments.csv": 2}


def test_a_bundle_of_changes_before_anything_whole_is_refused(tmp_path, source, bundle_of_changes):
    district = Workspace.create(tmp_path / "new", "Maple Grove")
    with pytest.raises(HomeroomError, match="nothing came before"):
        told(source, bundle_of_changes, district)


def test_a_bundle_of_changes_of_no_workspace_is_refused_with_what_to_do(source, bundle_of_changes):
    with pytest.raises(CannotRun, match="without --kind"):
        told(source, bundle_of_changes)


def test_of_many_things_that_are_missing_only_that_is_named_which_explains_much(check):
    classes = [f"c{n},Mathematics,scheduled,k,s{n},y" for n in range(30)]
    enrollments = [f"f{n},c0,s0,id-of-asha,student,true" for n in range(30)]
    found = check(classes=[*FILES["classes"], *classes], enrollments=[*FILES["enrollments"], *enrollments])
    assert [(cause.key, cause.keys) for cause in found.causes] == [("s0", 1), (None, 29)]


def test_what_the_record_holds_already_is_not_missing(maple_grove, tmp_path):
    settings = maple_grove.settings()
    (source,) = [source for source in settings.sources if source.name == "warehouse"]
    sent = tmp_path / "sent"
    # One year is enough, without the file of its sections.
    left_out = ("2021-2022", "2022-2023", "2023-2024", "MasterSchedule.xml")
    shutil.copytree(source.path, sent, ignore=shutil.ignore_patterns(*left_out))
    first = told(source, sent)
    assert any(cause.missing == "section" for cause in first.causes)
    later = told(source, sent, record=settings.record_url)
    assert not any(cause.missing == "section" for cause in later.causes)
