"""A family opts its child out of an optional app, and in again: no interface tells the app of them meanwhile."""

import asyncio
import csv
import json
from uuid import uuid4

import pytest
from asking import answer, change, rows
from made_up_agreement import agreement_file, made_active
from people_of_the_record import principal, somebody

from homeroom.access import identities
from homeroom.access.agreements import kept
from homeroom.access.door import Door
from homeroom.access.oneroster.collections import WHOLE
from homeroom.access.oneroster.declaration import Version
from homeroom.access.oneroster.exporting import export_bundle
from homeroom.access.oneroster.reading import page as roster_page
from homeroom.access.oneroster.selection import Selection
from homeroom.access.opt_outs import kept as opt_outs
from homeroom.access.opt_outs.apps import apps_of
from homeroom.access.permissions import Action, Principal, Role, purpose_of
from homeroom.access.resources.reading import page
from homeroom.errors import WrongUse

DECIDE = Action.DECIDE_AGREEMENTS
ELEMENTS = (
    'Student = ["studentUniqueId", "firstName", "lastSurname"]\n'
    'StudentSchoolAssociation = ["studentReference.studentUniqueId", "schoolReference.schoolId", "entryDate"]'
)


def asked(url, who, action, question):
    async def answered():
        async with Door(url) as door, door.use(who, action, purpose_of(who, action)) as use:
            return await question(use)

    return asyncio.run(answered())


def agreed(url, folder, **terms):
    number = answer(url, lambda use: made_active(use, agreement_file(folder, elements=ELEMENTS, **terms)), DECIDE)
    return answer(url, lambda use: kept.agreement(use, number), DECIDE)


def test_no_interface_tells_of_whoever_opted_out_until_they_opt_in_again(copied_record, tmp_path):
    agreement = agreed(copied_record, tmp_path, more="optional = true")
    parent, (child, *_) = principal(copied_record, Role.CONTACT), sorted(somebody(copied_record, Role.CONTACT)[1])
    app = Principal("Reading Trail", Role.APP, agreement)

    def told() -> dict[str, bool]:
        """Whether each interface tells the app of the child, and of everybody else as before."""
        students = json.loads(asked(copied_record, app, Action.READ_RESOURCES, lambda use: page(
            use, "Student", {}, limit=500)).body)  # fmt: skip
        assert len(students) > 50
        enrolled = asked(copied_record, app, Action.READ_RESOURCES, lambda use: page(
            use, "StudentSchoolAssociation", {"studentUniqueId": child}, limit=25)).rows  # fmt: skip
        rosters = json.loads(asked(copied_record, app, Action.READ_RESOURCES, lambda use: roster_page(
            use, WHOLE["users"], Version.V1P2, {}, "", Selection(limit=1000))).body)["users"]  # fmt: skip
        ids = asked(copied_record, app, Action.FIND_IDENTITIES, lambda use: identities.told(use, [child]))
        folder = tmp_path / uuid4().hex
        asyncio.run(export_bundle(copied_record, agreement.number, folder, "Ines", "Tom"))
        with (folder / "users.csv").open() as file:
            exported = {row["sourcedId"] for row in csv.DictReader(file)}
        (row_id,) = rows(copied_record, f"select id from edfi.student where student_unique_id = '{child}'")[0]
        return {
            "Ed-Fi": child in {one["studentUniqueId"] for one in students},
            "by key": enrolled > 0,
            "OneRoster": row_id.hex in {one["sourcedId"] for one in rosters},
            "export": row_id.hex in exported,
            "Identities": child in ids,
        }

    assert set(told().values()) == {True}
    decide = Action.DECIDE_OPT_OUTS
    asked(copied_record, parent, decide, lambda use: opt_outs.decide(use, child, agreement.number, True))
    assert set(told().values()) == {False}
    asked(copied_record, parent, decide, lambda use: opt_outs.decide(use, child, agreement.number, False))
    assert set(told().values()) == {True}
    decided = rows(copied_record, "select decision, by, student_unique_id from access.opt_out order by id")
    assert decided == [("opted out", parent.name, child), ("opted in", parent.name, child)]


def test_a_parent_decides_for_nobody_elses_child(copied_record, tmp_path):
    agreement = agreed(copied_record, tmp_path, more="optional = true")
    parent, children = principal(copied_record, Role.CONTACT), somebody(copied_record, Role.CONTACT)[1]
    (other,) = rows(copied_record, "select student_unique_id from edfi.student where not student_unique_id = any"
                    f" (array{sorted(children)}) order by 1 limit 1")[0]  # fmt: skip
    with pytest.raises(WrongUse, match="none for whom you decide"):
        asked(copied_record, parent, Action.DECIDE_OPT_OUTS,
              lambda use: opt_outs.decide(use, other, agreement.number, True))  # fmt: skip
    assert rows(copied_record, "select * from access.opt_out") == []


def test_nobody_opts_out_of_what_is_not_optional(copied_record, tmp_path):
    agreement = agreed(copied_record, tmp_path)
    parent, (child, *_) = principal(copied_record, Role.CONTACT), sorted(somebody(copied_record, Role.CONTACT)[1])
    with pytest.raises(WrongUse, match="not optional"):
        asked(copied_record, parent, Action.DECIDE_OPT_OUTS,
              lambda use: opt_outs.decide(use, child, agreement.number, True))  # fmt: skip


def test_a_student_decides_from_18_on(copied_record, tmp_path):
    agreement = agreed(copied_record, tmp_path, more="optional = true")
    student = principal(copied_record, Role.STUDENT)

    def out(use):
        return opt_outs.decide(use, student.person, agreement.number, True)

    born = "update edfi.student set birth_date = current_date - interval '{}' where student_unique_id = '{}'"
    for age, decides in (("17 years 11 months", False), ("18 years", True)):
        change(copied_record, born.format(age, student.person))
        if decides:
            asked(copied_record, student, Action.DECIDE_OPT_OUTS, out)
        else:
            with pytest.raises(WrongUse, match="a parent or guardian decides"):
                asked(copied_record, student, Action.DECIDE_OPT_OUTS, out)


def test_a_family_sees_which_apps_get_what(copied_record, tmp_path):
    parent, (child, *_) = principal(copied_record, Role.CONTACT), sorted(somebody(copied_record, Role.CONTACT)[1])
    (own,) = rows(copied_record, f"select school_id from edfi.student_school_association where student_unique_id ="
                  f" '{child}' and exit_withdraw_date is null")[0]  # fmt: skip
    (other,) = rows(copied_record, "select school_id from edfi.school where school_id not in (select school_id from"
                    f" edfi.student_school_association where student_unique_id = '{child}') limit 1")[0]  # fmt: skip
    everywhere, here = agreed(copied_record, tmp_path), agreed(copied_record, tmp_path, schools=[own])
    agreed(copied_record, tmp_path, schools=[other])
    agreed(copied_record, tmp_path, end="2021-01-01")
    found = asked(copied_record, parent, Action.SEE_STUDENT, lambda use: apps_of(use, child))
    assert [one.agreement.number for one in found] == [everywhere.number, here.number]
    assert found[0].gets == {
        "Who the student is": ["First name", "Last surname", "Student id"],
        "Enrollment": ["Entry date", "School id", "Student id"],
    }
