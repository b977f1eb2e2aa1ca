"""An audit finds whatever of the past was changed, dropped or made anew."""

import base64

import pytest
from asking import answer, change
from own_log import PUT_THERE, SEE, UNGUARDED, audited, checkpoint, show

from homeroom.access.disclosure_log.audit import audit
from homeroom.access.disclosure_log.checkpoint import read_checkpoint
from homeroom.access.disclosure_log.sequencing import signed_checkpoint
from homeroom.access.door import Door
from homeroom.access.permissions import THIS_MACHINE, Purpose


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
        (PUT_THERE, ["Entry 700 is behind the end of the tree: it was put there, or the tree was cut."]),
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
