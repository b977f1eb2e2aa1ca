"""The log in a real record: entries get their places, prove themselves, and nothing of the past is changed unseen."""

import asyncio
import base64
import json

import psycopg
import pytest
from asking import answer, change, rows

from homeroom.access.disclosure_log import merkle, tiles
from homeroom.access.disclosure_log.audit import audit
from homeroom.access.disclosure_log.checkpoint import read_checkpoint
from homeroom.access.disclosure_log.export import export
from homeroom.access.disclosure_log.sequencing import sequence, signed_checkpoint
from homeroom.access.disclosure_log.signing_key import signing_key
from homeroom.access.disclosure_log.verification import NotGenuine, verify
from homeroom.access.door import Door, prepare
from homeroom.access.permissions import THIS_MACHINE, Action, Purpose
from homeroom.errors import CannotRun, WrongUse

SEE = Action.SEE_DISCLOSURES
# The database refuses to change an entry; whoever owns it can switch that off.
UNGUARDED = "alter table access.disclosure disable trigger user; "


@pytest.fixture
def key(tmp_path):
    return signing_key(tmp_path / "disclosure_log_key", "Maple Grove")


def show(url, *pages):
    """Show these students, a page each."""

    async def all_pages(use):
        for students in pages:
            await use.disclose(students, {"Student": ["firstName", "birthDate"]})

    answer(url, all_pages)


def exported(url, key, student="900"):
    return answer(url, lambda use: export(use, student, "Maple Grove", key), SEE)


def checkpoint(url, key):
    return answer(url, lambda use: signed_checkpoint(use.record, key), SEE)


def audited(url, key, kept=None):
    return answer(url, lambda use: audit(use, key.verifier, kept), SEE)


def test_every_entry_about_a_student_proves_itself(record, key):
    show(record, ["900", "901"], ["901"], ["900"])
    found = verify(json.loads(json.dumps(exported(record, key))), str(key.verifier))
    assert [entry["action"] for entry in found.entries] == ["see a student", "see a student", str(SEE)]
    assert found.entries[0]["shown"] == {"Student": ["birthDate", "firstName"]}
    assert found.checkpoint.size == 4


def test_a_file_tells_of_no_other_student(record, key):
    show(record, ["900", "other-child-1", "other-child-2"])
    assert "other-child" not in json.dumps(exported(record, key))


def test_the_public_tree_changes_with_the_salt_alone(record, key):
    show(record, ["900"])
    show(record, ["900"])
    answer(record, lambda use: sequence(use.record), SEE)
    hashes = bytes(rows(record, "select hashes from access.disclosure_tile where level = 0")[0][0])
    assert len(hashes) == 64
    assert hashes[:32] != hashes[32:]


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


def test_the_log_goes_on_over_many_tiles(record, key):
    show(record, *([["900"]] * 300))
    first = read_checkpoint(checkpoint(record, key), key.verifier)
    show(record, *([["901"]] * 300))
    second = read_checkpoint(checkpoint(record, key), key.verifier)
    assert (first.size, second.size) == (300, 600)

    async def proof(use):
        return await tiles.proven(use.record, lambda subtree: merkle.consistency_proof(300, 600, subtree))

    assert merkle.is_consistent(300, 600, first.root, second.root, answer(record, proof, SEE))
    assert len(verify(exported(record, key, "901")).entries) == 301
    assert audited(record, key).problems == []


def test_tiles_are_given_out_by_the_paths_of_the_standard(record, key):
    show(record, *([["900"]] * 257))
    checkpoint(record, key)
    nothing = ["0/001", "0/001.p/2", "0/x001/000", "0/1", "a/000", "0/000.p/0", "0/000.p/300", "../secret"]
    nothing += ["0/000.p/256", "00/000", "0/x000/000", "64/000", "0/٠٠٠", f"0/{'x999/' * 6}999"]

    async def read(use):
        return {path: await tiles.tile_at(use.record, path) for path in ["0/000", "0/001.p/1", "1/000.p/1", *nothing]}

    found = answer(record, read, SEE)
    leaves = [found["0/000"][at : at + 32] for at in range(0, 256 * 32, 32)]
    assert len(found["0/000"]) == 256 * 32
    assert len(found["0/001.p/1"]) == 32
    assert found["1/000.p/1"] == merkle.root(256, merkle.of_hashes(leaves))
    assert {path: found[path] for path in nothing} == dict.fromkeys(nothing)


def test_pages_that_come_at_once_wait_for_nobody_and_each_has_its_own_place(record, key):
    prepare(record)

    async def many():
        async with Door(record) as door:

            async def one(number):
                async with door.use(THIS_MACHINE, Action.SEE_STUDENT, Purpose.CONSOLIDATION) as use:
                    await use.disclose([str(number)])
                    await asyncio.sleep(0.01)
                async with door.use(THIS_MACHINE, SEE, Purpose.CONSOLIDATION) as use:
                    await sequence(use.record)

            await asyncio.gather(*(one(number) for number in range(40)))

    asyncio.run(many())
    assert rows(record, "select array_agg(position order by position) from access.disclosure") == [(list(range(40)),)]
    assert audited(record, key).problems == []


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


def test_whoever_signs_does_not_wait_for_an_audit(record, key):
    show(record, ["900"])

    async def during_an_audit(use):
        assert (await audit(use, key.verifier)).problems == []
        # The audit's transaction goes on.
        async with Door(record) as door, door.use(THIS_MACHINE, SEE, Purpose.CONSOLIDATION) as other:
            await other.record.execute("set local lock_timeout = '1s'")
            await other.disclose(["901"])
            return await signed_checkpoint(other.record, key)

    assert read_checkpoint(answer(record, during_an_audit, SEE), key.verifier).size == 2


def test_what_was_undone_leaves_no_place_behind(record, key):
    async def undone(use):
        await use.disclose(["900"])
        await sequence(use.record)
        await use.record.rollback()

    answer(record, undone)
    show(record, ["901"])
    assert read_checkpoint(checkpoint(record, key), key.verifier).size == 1


@pytest.mark.parametrize(
    "statement",
    [
        "update access.disclosure set action = 'nothing'",
        "update access.disclosure set position = 7",
        "delete from access.disclosure",
        "truncate access.disclosure",
        "insert into access.disclosure (principal, role, purpose, action, student_unique_ids, salt, position)"
        " values ('a', 'b', 'c', 'd', '{900}', '', 1)",
    ],
)
def test_the_database_refuses_to_change_an_entry(record, key, statement):
    show(record, ["900"])
    checkpoint(record, key)
    with psycopg.connect(record) as connection, pytest.raises(psycopg.errors.RaiseException):
        connection.execute(statement)


@pytest.mark.parametrize(
    ("tampering", "sentence"),
    [
        ("update access.disclosure set action = 'nothing' where position = 2", "Entry 2, of"),
        ("update access.disclosure set student_unique_ids = '{905}' where position = 2", "Entry 2, of"),
        ("update access.disclosure set at = at - interval '1 day' where position = 2", "Entry 2, of"),
        ("delete from access.disclosure where position = 2", "Entry 2 is gone"),
        (
            "update access.disclosure set position = -position where position in (2, 3);"
            " update access.disclosure set position = 5 + position where position < 0",
            "Entry 2, of",
        ),
    ],
)
def test_an_audit_finds_what_was_changed_dropped_or_put_elsewhere(record, key, tampering, sentence):
    show(record, *([[str(900 + number)] for number in range(6)]))
    checkpoint(record, key)
    assert audited(record, key).problems == []
    change(record, UNGUARDED + tampering)
    assert any(problem.startswith(sentence) for problem in audited(record, key).problems)


def test_a_past_that_was_made_anew_with_its_tree_does_not_pass_beside_a_kept_checkpoint(record, key):
    show(record, ["900"], ["901"], ["902"])
    kept = checkpoint(record, key)
    change(
        record,
        UNGUARDED + "update access.disclosure set position = null; delete from access.disclosure where id = 2;"
        " truncate access.disclosure_tile, access.disclosure_checkpoint",
    )
    show(record, ["903"])
    assert audited(record, key).problems == []
    assert audited(record, key, kept).problems == [
        "The first 3 entries are not those that a checkpoint signed: the tree was made anew."
    ]


def test_an_entry_that_was_changed_with_its_hash_does_not_hide_behind_another(record, key):
    show(record, ["900"], ["901"], ["902"])
    checkpoint(record, key)
    change(
        record,
        UNGUARDED + "update access.disclosure set action = 'nothing' where position = 0;"
        " update access.disclosure_tile set hashes = overlay(hashes placing decode(repeat('00', 32), 'hex') from 33)",
    )
    told = audited(record, key).problems
    assert told[0].startswith("Entry 0, of")
    assert told[1].startswith("Entry 1, of")
    assert told[2].startswith("The first 3 entries")


_PUT_THERE = """
    insert into access.disclosure (principal, role, purpose, action, student_unique_ids, salt, position)
    values ('a', 'b', 'c', 'd', '{900}', '', 700)
"""


@pytest.mark.parametrize(
    ("tampering", "sentences"),
    [
        (
            "update access.disclosure_tile set hashes = overlay(hashes placing decode(repeat('00', 32), 'hex') from 33)"
            " where level = 1",
            ["The tree's hash of the entries 256 to 511 was changed."],
        ),
        (
            "delete from access.disclosure_tile where level = 1",
            [f"The tree's hash of the entries {first} to {first + 255} was changed." for first in (0, 256)],
        ),
        (
            "delete from access.disclosure_tile where level = 0 and number = 1",
            ["The tree has lost hashes, from that of entry 256 on."],
        ),
        (
            "update access.disclosure_tile set hashes = substr(hashes, 1, 320) where level = 0 and number = 1",
            ["The tree has lost hashes, from that of entry 266 on."],
        ),
        (_PUT_THERE, ["Entry 700 is behind the end of the tree: it was put there, or the tree was cut."]),
    ],
)
def test_an_audit_finds_what_was_done_to_the_tree_alone(record, key, tampering, sentences):
    show(record, *([["900"]] * 600))
    checkpoint(record, key)
    change(record, UNGUARDED + tampering)
    assert audited(record, key).problems == sentences


def test_a_tree_that_was_cut_is_told_with_the_entries_behind_its_end(record, key):
    show(record, *([["900"]] * 257))
    checkpoint(record, key)
    change(record, "delete from access.disclosure_tile where level = 0 and number = 1")
    assert audited(record, key).problems == [
        "Entry 256 is behind the end of the tree: it was put there, or the tree was cut.",
        "A checkpoint tells of 257 entries, and the log has 256: some are gone.",
    ]


@pytest.mark.parametrize(
    "tampering",
    [
        "update access.disclosure_tile set hashes = overlay(hashes placing decode(repeat('00', 32), 'hex') from 1)",
        "delete from access.disclosure_tile where level = 0 and number = 1",
        "truncate access.disclosure_tile",
        _PUT_THERE,
    ],
)
def test_nothing_is_signed_that_does_not_go_on_from_what_was_signed_before(record, key, tampering):
    show(record, *([["900"]] * 300))
    checkpoint(record, key)
    change(record, UNGUARDED + tampering)
    with pytest.raises(CannotRun, match="homeroom disclosures audit"):
        checkpoint(record, key)
    show(record, ["901"])
    with pytest.raises(CannotRun, match="homeroom disclosures audit"):
        exported(record, key, "901")


def test_a_file_whose_proofs_are_gone_is_not_made(record, key):
    show(record, *([["900"]] * 300))
    checkpoint(record, key)
    change(record, "delete from access.disclosure_tile where level = 0 and number = 0")
    with pytest.raises(CannotRun, match="A part of the disclosure log's tree is gone"):
        exported(record, key)


def test_a_log_that_lost_its_end_does_not_pass(record, key):
    show(record, ["900"], ["901"], ["902"])
    kept = checkpoint(record, key)
    change(
        record,
        UNGUARDED + "delete from access.disclosure where id = 3; update access.disclosure set position = null;"
        " truncate access.disclosure_tile, access.disclosure_checkpoint",
    )
    assert "some are gone" in audited(record, key, kept).problems[0]


def test_a_checkpoint_that_was_forged_is_told(record, key):
    show(record, ["900"])
    note = checkpoint(record, key)
    root = base64.b64encode(bytes(32)).decode()
    change(record, f"update access.disclosure_checkpoint set note = '{note.splitlines()[0]}\n1\n{root}\n\n— a b\n'")
    assert audited(record, key).problems == ["A checkpoint that the log holds is not signed by it."]
    assert read_checkpoint(checkpoint(record, key), key.verifier).size == 1


def test_another_workspaces_key_does_not_sign_this_log(record, key, tmp_path):
    show(record, ["900"])
    checkpoint(record, key)
    with pytest.raises(CannotRun, match="another key"):
        checkpoint(record, signing_key(tmp_path / "other", "Maple Grove"))
