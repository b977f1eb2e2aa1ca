"""Rows in quarantine are handed out as files that only their owner reads, and whose they are is logged."""

import csv
import io
from functools import partial

import pytest
from asking import answer, change, rows

from homeroom.access.permissions import Action
from homeroom.access.quarantine_export import export_bad_rows
from homeroom.consolidate.quarantine_export import write_bad_rows
from homeroom.errors import CannotRun, WrongUse
from homeroom.sources.kept_files import kept_file

# What the last run set aside of the first students: line, rule, severity, sentence.
SET_ASIDE = (
    (2, "odd", "row", "It is odd."),
    (2, "strange", "value", "It is strange."),
    (3, "odd", "value", "It is odd."),
    (4, "look", "notice", "Look at it."),
    (5, "no-place", "row", "There is no place. Nothing to do: it is kept."),
)


@pytest.fixture
def bad_record(copied_record):
    """Maple Grove's record, where only `SET_ASIDE` of the student system's users is in quarantine."""
    change(copied_record, "delete from consolidation.quarantine")
    for line, rule, severity, sentence in SET_ASIDE:
        change(
            copied_record,
            "insert into consolidation.quarantine"
            " select (select max(id) from consolidation.run), source, number::bigint << 32 | "
            f"{line}, number, '{rule}', null, '{sentence}', '{severity}'"
            " from consolidation.delivered_file join consolidation.delivery using (delivery_id)"
            " where source = 'sis' and path = 'users.csv'",
        )
    return copied_record


@pytest.fixture
def export(bad_record, maple_grove):
    """Export what is in quarantine."""

    def ask(source, into, rule=None):
        write = partial(write_bad_rows, maple_grove)
        return answer(bad_record, lambda use: export_bad_rows(use, source, rule, into, write), Action.EXPORT_QUARANTINE)

    return ask


def exported_rows(exported):
    (path,) = exported.files
    with path.open(newline="") as lines:
        return list(csv.DictReader(lines))


def test_exactly_the_rows_that_can_be_mended_are_exported_with_all_their_reasons(export, tmp_path, maple_grove):
    exported = export("sis", tmp_path / "rows")
    (files,) = maple_grove.landing.glob("sis/*/files")
    sent = kept_file(files, "users.csv").read().decode()
    first, second, *_ = csv.DictReader(io.StringIO(sent, newline=""))
    assert exported.rows == 2
    assert exported_rows(exported) == [
        first | {"homeroom_reason": "It is odd. It is strange."},
        second | {"homeroom_reason": "It is odd."},
    ]


def test_a_rule_that_is_named_is_exported_whatever_it_costs(export, tmp_path):
    assert exported_rows(export("sis", tmp_path / "rows", "no-place"))[0]["homeroom_reason"].startswith("There is no")


def test_nobody_else_may_read_what_is_exported(export, tmp_path):
    export("sis", tmp_path / "rows")
    found = [tmp_path / "rows", *(tmp_path / "rows").rglob("*")]
    assert len(found) == 2
    assert all(path.stat().st_mode & 0o077 == 0 for path in found)


def test_each_student_whose_row_is_exported_is_in_the_disclosure_log(export, bad_record, tmp_path):
    ids = [row["sourcedId"] for row in exported_rows(export("sis", tmp_path / "rows"))]
    named = {
        unique_id
        for source_id, unique_id in rows(
            bad_record, "select source_id, unique_id from consolidation.identity where source = 'sis'"
        )
        if source_id in ids
    }
    ((action, logged),) = rows(bad_record, "select action, student_unique_ids from access.disclosure")
    assert action == "export rows in quarantine"
    assert named
    assert set(logged) == named


def test_where_it_cannot_be_logged_nothing_is_written(export, bad_record, tmp_path):
    answer(bad_record, lambda use: use.rows("select 1"))
    change(bad_record, "alter table access.disclosure add constraint full_disk check (id < 0) not valid")
    with pytest.raises(Exception, match="full_disk"):
        export("sis", tmp_path / "rows")
    assert not (tmp_path / "rows").exists()


def test_a_folder_that_holds_something_is_left_alone(export, tmp_path):
    (tmp_path / "rows").mkdir()
    (tmp_path / "rows" / "users.csv").write_text("mine")
    with pytest.raises(WrongUse, match="not empty"):
        export("sis", tmp_path / "rows")
    assert (tmp_path / "rows" / "users.csv").read_text() == "mine"


def test_where_nothing_is_in_quarantine_that_is_said(export, tmp_path):
    with pytest.raises(CannotRun, match="no-such-rule"):
        export("sis", tmp_path / "rows", "no-such-rule")
