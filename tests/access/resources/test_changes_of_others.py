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
from homeroom.record.key_change import change_key
from homeroom.record.upsert import upsert

ENROLLMENTS = 'StudentSchoolAssociation = ["studentReference.studentUniqueId", "schoolReference.schoolId", "entryDate"]'
PERIODS = 'ClassPeriod = ["classPeriodName", "schoolReference.schoolId"]'
MAYA = "Maya of Oak"


@pytest.mark.parametrize(("school", "told"), [(OAK, [OAK]), (ELM, [])])
def test_a_deletion_at_a_school_out_of_reach_is_not_told(record, tmp_path: Path, school, told):
    prepare(record)
    with psycopg.connect(record) as connection:
        fill(connection)
        at_oak = enroll(connection, OAK)
    app = app_of_oak(record, tmp_path, ENROLLMENTS)
    read(record, app, lambda use: reading.page(use, "StudentSchoolAssociation", {}, limit=500))
    with psycopg.connect(record) as connection:
        gone = at_oak if school == OAK else enroll(connection, school)
        delete(connection, "StudentSchoolAssociation", gone, "a test")
    page = read(record, app, lambda use: changes(use, Log.DELETES, "StudentSchoolAssociation", limit=500))
    assert [one["keyValues"]["schoolId"] for one in json.loads(page.body)] == told


@pytest.mark.parametrize(("before", "told"), [(OAK, [OAK]), (ELM, [])])
def test_a_key_that_was_at_a_school_out_of_reach_is_not_told(record, tmp_path: Path, before, told):
    prepare(record)
    with psycopg.connect(record) as connection:
        fill(connection)
        period = {"classPeriodName": "First", "schoolReference": {"schoolId": before}}
        written = upsert(connection, "ClassPeriod", period, "a test")
        after = {"classPeriodName": "Second", "schoolReference": {"schoolId": OAK}}
        change_key(connection, "ClassPeriod", written.id, after, "a test")
    app = app_of_oak(record, tmp_path, PERIODS)
    page = read(record, app, lambda use: changes(use, Log.KEY_CHANGES, "ClassPeriod", limit=500))
    assert [one["oldKeyValues"]["schoolId"] for one in json.loads(page.body)] == told


def app_of_oak(url: str, folder: Path, elements: str) -> Principal:
    file = agreement_file(folder, schools=[OAK], elements=elements)

    async def agreed() -> Principal:
        number = await ask(url, Action.DECIDE_AGREEMENTS, lambda use: made_active(use, file))
        agreement = await ask(url, Action.SEE_AGREEMENTS, lambda use: kept.agreement(use, number))
        return Principal("Reading Trail", Role.APP, agreement)

    return asyncio.run(agreed())


def read(url: str, app: Principal, question: Any) -> Any:
    async def asked() -> Any:
        async with Door(url) as door, door.use(app, Action.READ_RESOURCES, Purpose.ROSTERING) as use:
            return await question(use)

    return asyncio.run(asked())


def enroll(connection: psycopg.Connection, school: int):
    fixed = {"school_id": school, "student_unique_id": MAYA}
    document = Maker().document("StudentSchoolAssociation", fixed)
    write_what_it_refers_to(connection, "StudentSchoolAssociation", document)
    return upsert(connection, "StudentSchoolAssociation", document, "test").id
