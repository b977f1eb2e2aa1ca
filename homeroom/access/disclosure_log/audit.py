"""Recompute the whole log: each entry is compared with the hash that it had, and the hashes with what was signed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from homeroom.access.disclosure_log import merkle, tiles
from homeroom.access.disclosure_log.checkpoint import Checkpoint, VerifierKey, read_checkpoint
from homeroom.access.disclosure_log.sequencing import COLUMNS, leaf_of, sequence
from homeroom.access.door import Use
from homeroom.errors import CannotRun, WrongUse

# More are counted and not told one by one.
_TOLD = 20
_AT_ONCE = 20 * tiles.WIDTH

_ENTRIES = f"""
    select {COLUMNS} from access.disclosure where position >= %(at)s and position < %(until)s order by position
"""
_BEYOND = "select position from access.disclosure where position >= %(size)s order by position"
_TILE = "select number, hashes from access.disclosure_tile where level = 0 and number = any(%(numbers)s)"
_UPPER = "select level, number, hashes from access.disclosure_tile where level > 0 order by level, number"
_CHECKPOINTS = "select note from access.disclosure_checkpoint order by size"


@dataclass
class Audit:
    """What was found. `size`: the entries that the log has; `problems`: a sentence each, none where all is as it was.

    `checkpoints`: how many the log was compared with; `not_told`: problems beyond those that are told.
    """

    size: int
    checkpoints: int = 0
    problems: list[str] = field(default_factory=list)
    not_told: int = 0

    def tell(self, sentence: str) -> None:
        if len(self.problems) < _TOLD:
            self.problems.append(sentence)
        else:
            self.not_told += 1


async def audit(use: Use, key: VerifierKey, kept: str | None = None) -> Audit:
    """Recompute every hash. `kept`: a signed checkpoint that somebody kept, from which the log has to go on.

    Raises WrongUse where `kept` is no checkpoint of this log.
    """
    earlier = [read_checkpoint(kept, key)] if kept else []
    found = await _begun(use)
    due = sorted([*await _signed(use, key, found), *earlier], key=lambda one: one.size)
    upper = {(row["level"], row["number"]): bytes(row["hashes"]) for row in await use.rows(_UPPER)}
    # The rest takes minutes where a log is long, and looks at what stays as it is: others may sign meanwhile.
    await use.record.commit()
    growing = _Growing()
    found.checkpoints = len(due)
    _compare(found, due, growing)
    async for position, row, hash_before in _entries(use, found):
        if row is None:
            found.tell(f"Entry {position} is gone.")
        elif hash_before and leaf_of(row) != hash_before:
            found.tell(f"Entry {position}, of {row['at']:%Y-%m-%d %H:%M}, was changed after it got its place.")
        # The kept hashes are compared with what was signed by themselves: no fault hides another.
        for level, number, root in growing.add(hash_before or (leaf_of(row) if row else merkle.EMPTY)):
            _compare_upper(found, upper, level, number, root)
        _compare(found, due, growing)
    for one in due:
        found.tell(f"A checkpoint tells of {one.size:,} entries, and the log has {found.size:,}: some are gone.")
    return found


async def _begun(use: Use) -> Audit:
    """Give the entries their places first. Where that can't be done, what is in the way is told."""
    try:
        return Audit(await sequence(use.record))
    except CannotRun:
        found = Audit(await tiles.size_of(use.record))
    for row in await use.rows(_BEYOND, size=found.size):
        found.tell(f"Entry {row['position']} is behind the end of the tree: it was put there, or the tree was cut.")
    return found


async def _signed(use: Use, key: VerifierKey, found: Audit) -> list[Checkpoint]:
    checkpoints = []
    for row in await use.rows(_CHECKPOINTS):
        try:
            checkpoints.append(read_checkpoint(row["note"], key))
        except WrongUse:
            found.tell("A checkpoint that the log holds is not signed by it.")
    return checkpoints


def _compare(found: Audit, due: list[Checkpoint], growing: _Growing) -> None:
    """Compare the checkpoints of this size; they are taken off those that are `due`."""
    while due and due[0].size == growing.size:
        one = due.pop(0)
        if one.root != growing.root():
            found.tell(
                f"The first {one.size:,} entries are not those that a checkpoint signed: the tree was made anew."
            )


def _compare_upper(found: Audit, upper: Mapping[tiles.Tile, bytes], level: int, number: int, root: bytes) -> None:
    tile, place = divmod(number, tiles.WIDTH)
    if upper.get((level, tile), b"")[place * tiles.HASH : (place + 1) * tiles.HASH] != root:
        width = tiles.WIDTH**level
        found.tell(f"The tree's hash of the entries {number * width} to {(number + 1) * width - 1} was changed.")


async def _entries(use: Use, found: Audit) -> AsyncIterator[tuple[int, Mapping[str, Any] | None, bytes]]:
    """Each position with its row, or None where that is gone, and the hash that it had when it got its place, which is
    empty where the tree has lost it."""
    at = 0
    while at < found.size:
        until = min(at + _AT_ONCE, found.size)
        rows = {row["position"]: row for row in await use.rows(_ENTRIES, at=at, until=until)}
        numbers = list(range(at // tiles.WIDTH, (until - 1) // tiles.WIDTH + 1))
        held = {row["number"]: bytes(row["hashes"]) for row in await use.rows(_TILE, numbers=numbers)}
        for position in range(at, until):
            number, place = divmod(position, tiles.WIDTH)
            hashes = held.get(number, b"")
            if place * tiles.HASH == len(hashes):
                found.tell(f"The tree has lost hashes, from that of entry {position} on.")
            yield position, rows.get(position), hashes[place * tiles.HASH : (place + 1) * tiles.HASH]
        at = until


class _Growing:
    """A tree to which leaves are added: of each whole subtree only the root is kept."""

    def __init__(self) -> None:
        self.size = 0
        self._roots: list[bytes] = []

    def add(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Gives what is full now and stands in a tile above: the tile's level, the hash's number there, the hash."""
        self._roots.append(leaf)
        self.size += 1
        number, height, full = self.size, 0, []
        while number % 2 == 0:
            right, left = self._roots.pop(), self._roots.pop()
            self._roots.append(merkle.node_hash(left, right))
            number, height = number // 2, height + 1
            if height % tiles.HEIGHT == 0:
                full.append((height // tiles.HEIGHT, number - 1, self._roots[-1]))
        return full

    def root(self) -> bytes:
        if not self._roots:
            return merkle.EMPTY
        *rest, found = self._roots
        for left in reversed(rest):
            found = merkle.node_hash(left, found)
        return found
