"""A family's file proves each of its entries, and whatever was changed in it is found without asking anybody."""

import json

import pytest
from asking import change
from own_log import SEE, checkpoint, exported, show

from homeroom.access.disclosure_log import merkle
from homeroom.access.disclosure_log.sequencing import signed_checkpoint
from homeroom.access.disclosure_log.signing_key import signing_key
from homeroom.access.disclosure_log.verification import NotGenuine, verify
from homeroom.access.door import Door
from homeroom.access.permissions import THIS_MACHINE, Purpose
from homeroom.errors import CannotRun, WrongUse


def test_every_entry_about_a_student_proves_itself(record, key):
    show(record, ["900", "901"], ["901"], ["900"])
    found = verify(json.loads(json.dumps(exported(record, key))), str(key.verifier))
    assert [entry["action"] for entry in found.entries] == ["see a student", "see a student", str(SEE)]
    assert found.entries[0]["shown"] == {"Student": ["birthDate", "firstName"]}
    assert found.checkpoint.size == 4


def test_a_file_tells_of_no_other_student(record, key):
    show(record, ["900", "other-child-1", "other-child-2"])
    assert "other-child" not in json.dumps(exported(record, key))


@pytest.mark.parametrize(
    "change_entry",
    [
        lambda one: one["entry"].update(action="search students"),
        lambda one: one["entry"].update(principal="somebody else"),
        lambda one: one["entry"].update(at="2020-01-01T00:00:00.000000Z"),
        lambda one: one["entry"]["shown"].update(Student=["firstName"]),
        lambda one: one["entry"].update(agreement=7),
        lambda one: one["student"].update(salt="00" * 32),
        lambda one: one.update(index=one["index"] + 1),
        lambda one: one["proof"].pop(),
        lambda one: one.update(proof=[*one["proof"], "00" * 32]),
    ],
)
def test_a_file_in_which_anything_was_changed_is_not_genuine(record, key, change_entry):
    show(record, ["900", "901"], ["901"], ["902"])
    document = exported(record, key)
    change_entry(document["entries"][0])
    with pytest.raises(NotGenuine):
        verify(document)


def test_a_file_does_not_pass_for_another_childs(record, key):
    show(record, ["900", "901"])
    document = exported(record, key) | {"student": "901"}
    with pytest.raises(NotGenuine):
        verify(document)


def test_a_genuine_entry_does_not_pass_for_another_childs_with_a_root_of_students_beside_it(record, key):
    show(record, ["900"])
    document = exported(record, key)
    for one in document["entries"]:
        one["entry"]["students"] = merkle.leaf_hash(bytes.fromhex(one["student"]["salt"]) + b"900").hex()
        one["student"] = {"salt": "00" * 32, "index": 0, "size": 1, "proof": []}
    with pytest.raises(NotGenuine, match="Entry 1 tells something else"):
        verify(document | {"student": "someone"}, str(key.verifier))


def test_what_nobody_signed_is_not_told_of_an_entry(record, key):
    show(record, ["900"])
    document = exported(record, key)
    document["entries"][0]["entry"]["form"] = "anything"
    with pytest.raises(NotGenuine, match="Entry 1 tells something else"):
        verify(document)


def test_the_end_of_an_id_does_not_pass_for_the_id_of_another_child(record, key):
    show(record, ["1900"])
    document = exported(record, key, "1900")
    for one in document["entries"]:
        one["student"]["salt"] += b"1".hex()
    with pytest.raises(NotGenuine, match="Entry 1 is not about this student"):
        verify(document | {"student": "900"})


def test_a_file_without_entries_is_not_genuine(record, key):
    show(record, ["900"])
    with pytest.raises(NotGenuine, match="No entry is in the file"):
        verify(exported(record, key) | {"entries": []}, str(key.verifier))


@pytest.mark.parametrize("name", ["district", "student"])
def test_a_file_does_not_steer_the_screen_on_which_it_is_told(record, key, name):
    show(record, ["900"])
    with pytest.raises(WrongUse):
        verify(exported(record, key) | {name: "900\x1b[2J"})


def test_an_entry_that_stands_twice_is_not_genuine(record, key):
    show(record, ["900"])
    document = exported(record, key)
    document["entries"].append(document["entries"][0])
    with pytest.raises(NotGenuine, match="twice"):
        verify(document)


def test_a_file_that_another_key_signed_is_not_genuine(record, key, tmp_path):
    show(record, ["900"])
    other = signing_key(tmp_path / "other", "Maple Grove")
    with pytest.raises(NotGenuine, match="not signed with this key"):
        verify(exported(record, key), str(other.verifier))


@pytest.mark.parametrize("document", [None, [], {}, {"form": "homeroom disclosures 1"}, {"form": "something else"}])
def test_what_is_no_file_of_disclosures_is_told_so(document):
    with pytest.raises(WrongUse):
        verify(document)


def test_what_is_shown_while_a_file_is_made_is_in_the_next_one(record, key, monkeypatch):
    show(record, ["900"])

    async def signed_as_a_page_is_shown(connection, with_key):
        note = await signed_checkpoint(connection, with_key)
        async with Door(record) as door, door.use(THIS_MACHINE, SEE, Purpose.CONSOLIDATION) as use:
            await use.disclose(["900"])
        return note

    monkeypatch.setattr("homeroom.access.disclosure_log.export.signed_checkpoint", signed_as_a_page_is_shown)
    assert len(verify(exported(record, key)).entries) == 2
    monkeypatch.undo()
    assert len(verify(exported(record, key)).entries) == 4


def test_a_file_whose_proofs_are_gone_is_not_made(record, key):
    show(record, *([["900"]] * 300))
    checkpoint(record, key)
    change(record, "delete from access.disclosure_tile where level = 0 and number = 0")
    with pytest.raises(CannotRun, match="A part of the disclosure log's tree is gone"):
        exported(record, key)
