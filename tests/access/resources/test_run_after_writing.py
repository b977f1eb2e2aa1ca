"""A run of the district neither undoes nor stumbles over what an app wrote, whether it goes on or begins anew."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from made_up_agreement import agreement_file, made_active
from own_database import own_database
from own_workspace import use_record
from psycopg.rows import dict_row

from homeroom.access.agreements import kept
from homeroom.access.door import Door, ask, prepare
from homeroom.access.permissions import Action, Principal, Purpose, Role
from homeroom.access.resources.writing import delete, post
from homeroom.consolidate.run import consolidate
from homeroom.consolidate.source_kinds import SOURCE_KINDS
from homeroom.jobs.demo_workspace import make_demo_workspace
from homeroom.progress import TerminalProgress
from homeroom.settings import Workspace

WRITES = 'Student = "all"\nStudentSchoolAssociation = "all"\nStudentSchoolAttendanceEvent = "all"'
NEW = {"studentUniqueId": "new-one", "firstName": "Zuri", "lastSurname": "Okonkwo-Bell", "birthDate": "2015-05-05"}


class Nights:
    """Maple Grove with a record of its own, which an app writes between two runs."""

    def __init__(self, folder: Path, url: str) -> None:
        self.url, self.folder = url, folder
        with TerminalProgress(quiet=True) as progress:
            self.workspace: Workspace = make_demo_workspace(folder / "district", 100, tuple(SOURCE_KINDS), progress)
        use_record(self.workspace, url)

    def run(self, forget: str = "") -> None:
        """Consolidate; `forget`: what kind of steps is to be made anew."""
        for step in self.workspace.staging.glob(f"{forget}-*") if forget else ():
            shutil.rmtree(step)
        with TerminalProgress(quiet=True) as progress:
            consolidate(self.workspace, progress)

    def rows(self, question: str, *values: Any) -> list[dict[str, Any]]:
        with psycopg.connect(self.url, row_factory=dict_row) as record:
            return record.execute(question, values).fetchall()

    def write(self) -> None:
        """A student's name is changed, an absence deleted, and somebody new enrolled."""
        prepare(self.url)
        (student,) = self.rows(
            "select * from edfi.student where middle_name is null order by student_unique_id limit 1"
        )
        (event,) = self.rows("select * from edfi.student_school_attendance_event order by id limit 1")
        (school,) = self.rows("select school_id from edfi.student_school_association order by 1 limit 1")
        self.student, self.event = student, event

        async def written() -> None:
            file = agreement_file(self.folder, writes=WRITES)
            number = await ask(self.url, Action.DECIDE_AGREEMENTS, lambda use: made_active(use, file))
            agreement = await ask(self.url, Action.SEE_AGREEMENTS, lambda use: kept.agreement(use, number))
            app = Principal("Reading Trail", Role.APP, agreement, "a key")
            async with Door(self.url) as door:
                documents = [
                    ("Student", {
                        "studentUniqueId": student["student_unique_id"], "firstName": "Changed", "middleName": "Added",
                        "lastSurname": student["last_surname"], "birthDate": student["birth_date"].isoformat(),
                        "birthSexDescriptor": student["birth_sex_descriptor"],
                    }),
                    ("Student", NEW),
                    ("StudentSchoolAssociation", {
                        "studentReference": {"studentUniqueId": "new-one"}, "schoolReference": school_of(school),
                        "entryDate": "2026-01-08",
                        "entryGradeLevelDescriptor": "uri://ed-fi.org/GradeLevelDescriptor#Fourth grade",
                    }),
                ]  # fmt: skip
                for resource, document in documents:
                    async with door.use(app, Action.WRITE_RESOURCES, Purpose.ROSTERING) as use:
                        await post(use, resource, document)
                async with door.use(app, Action.DELETE_RESOURCES, Purpose.ROSTERING) as use:
                    await delete(use, "StudentSchoolAttendanceEvent", event["id"], lambda tag: True)

        asyncio.run(written())

    def held(self) -> dict[str, Any]:
        """What the record holds of what was written."""
        (student,) = self.rows(
            "select first_name, middle_name, last_surname, written_by from edfi.student where id = %s",
            self.student["id"],
        )
        event = {name: self.event[name] for name in ("student_unique_id", "school_id", "event_date")}
        left = self.rows(
            "select count(*) as n from edfi.student_school_attendance_event where student_unique_id = %s"
            " and school_id = %s and event_date = %s and attendance_event_category_descriptor = %s",
            *event.values(), self.event["attendance_event_category_descriptor"],
        )  # fmt: skip
        return {
            "student": student,
            "absences": left[0]["n"],
            "new": self.rows("select first_name from edfi.student where student_unique_id = 'new-one'"),
            "enrolled": self.rows(
                "select exit_withdraw_date from edfi.student_school_association where student_unique_id = 'new-one'"
            ),
        }


def school_of(row: dict[str, Any]) -> dict[str, Any]:
    return {"schoolId": row["school_id"]}


@pytest.fixture(scope="module")
def nights(tmp_path_factory, postgres_url: str, template_database: str) -> Iterator[Nights]:
    with own_database(postgres_url, template_database) as url:
        district = Nights(tmp_path_factory.mktemp("nights"), url)
        district.run()
        district.write()
        yield district


@pytest.mark.parametrize("forget", ["", "merged", "linked"])
def test_what_an_app_wrote_is_there_after_the_next_run(nights, forget):
    before = nights.held()
    assert (before["student"]["first_name"], before["student"]["middle_name"]) == ("Changed", "Added")
    assert (before["absences"], len(before["new"]), before["enrolled"]) == (0, 1, [{"exit_withdraw_date": None}])
    nights.run(forget)
    assert nights.held() == before


def test_the_new_student_is_known_to_linking_under_the_same_id(nights):
    nights.run()
    asked = "select unique_id from consolidation.identity where source_id = 'new-one'"
    assert nights.rows(asked) == [{"unique_id": "new-one"}]
