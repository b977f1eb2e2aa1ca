"""The tree lies in tiles, goes on from one to the next, and is given out by the paths of the standard."""

from asking import answer
from own_log import SEE, audited, checkpoint, exported, show

from homeroom.access.disclosure_log import merkle, tiles
from homeroom.access.disclosure_log.checkpoint import read_checkpoint
from homeroom.access.disclosure_log.verification import verify


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
