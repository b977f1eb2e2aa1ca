"""Who was shown a student learns what became of the rows they had, and nothing of what the student does elsewhere."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import psycopg
import pytest
from documents import Maker, write_what_it_refers_to
from made_up_agreement import agreement_file, made_active
from two_schools import ELM, OAK, fill

from homeroom.access.agreements import kept
from homeroom.access.door import Door, ask, prepare
from homeroom.access.permissions import Action, Principal, Purpose, Role
from homeroom.access.resources import reading
from homeroom.access.resources.changes import changes
from homeroom.record.change_queries import Log
from homeroom.record.deletion import delete
from homeroom.record.upsert import upsert

NAMED = 'StudentSchoolAssociation = ["studentReference.studentUniqueId", "schoolReference.schoolId", "entryDate"]'
MAYA = "Maya of Oak"


@pytest.mark.parametrize(("school", "told"), [(OAK, [OAK]), (ELM, [])])
def test_a_deletion_at_a_school_out_of_reach_is_not_told(record, tmp_path: Path, school, told):
    prepare(record)
    with psycopg.connect(record) as connection:
        fill(connection)
        at_oak = enroll(connection, OAK)
    file = agreement_file(tmp_path, schools=[OAK], elements=NAMED)

    async def learn() -> list[dict[str, Any]]:
        number = await ask(record, Action.DECIDE_AGREEMENTS, lambda use: made_active(use, file))
        agreement = await ask(record, Action.SEE_AGREEMENTS, lambda use: kept.agreement(use, number))
        app = Principal("Reading Trail", Role.APP, agreement)
        async with Door(record) as door:
            async with door.use(app, Action.READ_RESOURCES, Purpose.ROSTERING) as use:
                await reading.page(use, "StudentSchoolAssociation", {}, limit=500)
            with psycopg.connect(record) as connection:
                gone = at_oak if school == OAK else enroll(connection, school)
                delete(connection, "StudentSchoolAssociation", gone, "a test")
            async with door.use(app, Action.READ_RESOURCES, Purpose.ROSTERING) as use:
                page = await changes(use, Log.DELETES, "StudentSchoolAssociation", limit=500)
        return json.loads(page.body)

    assert [one["keyValues"]["schoolId"] for one in asyncio.run(learn())] == told


def enroll(connection: psycopg.Connection, school: int):
    fixed = {"school_id": school, "student_unique_id": MAYA}
    document = Maker().document("StudentSchoolAssociation", fixed)
    write_what_it_refers_to(connection, "StudentSchoolAssociation", document)
    return upsert(connection, "StudentSchoolAssociation", document, "test").id
