"""Recompute the whole log: each entry is compared with the hash that it had, and the hashes with what was signed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from homeroom.access.disclosure_log import merkle, tiles
from homeroom.access.disclosure_log.checkpoint import Checkpoint, VerifierKey, read_checkpoint
from homeroom.access.disclosure_log.sequencing import COLUMNS, leaf_of, sequence
from homeroom.access.door import Use
from homeroom.errors import WrongUse

# More are counted and not told one by one.
_TOLD = 20
_AT_ONCE = 5_000

_ENTRIES = f"select {COLUMNS} from access.disclosure where position >= %(after)s order by position limit {_AT_ONCE}"
_TILE = "select number, hashes from access.disclosure_tile where level = 0 and number = any(%(numbers)s)"
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
    found = Audit(await sequence(use.record))
    growing = _Growing()
    due = sorted([*await _signed(use, key, found), *earlier], key=lambda one: one.size)
    found.checkpoints = len(due)
    _compare(found, due, growing)
    async for position, row, hash_before in _entries(use, found.size):
        if row is None:
            found.tell(f"Entry {position} is gone.")
        elif leaf_of(row) != hash_before:
            found.tell(f"Entry {position}, of {row['at']:%Y-%m-%d %H:%M}, was changed after it got its place.")
        # The kept hashes are compared with what was signed by themselves: no fault hides another.
        growing.add(hash_before)
        _compare(found, due, growing)
    for one in due:
        found.tell(f"A checkpoint tells of {one.size:,} entries, and the log has {found.size:,}: some are gone.")
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


async def _entries(use: Use, size: int) -> AsyncIterator[tuple[int, Mapping[str, Any] | None, bytes]]:
    """Each position with its row, or None where that is gone, and the hash that it had when it got its place."""
    at = 0
    while at < size:
        rows = {row["position"]: row for row in await use.rows(_ENTRIES, after=at)}
        until = min(size, max(rows, default=size - 1) + 1)
        numbers = list(range(at // tiles.WIDTH, (until - 1) // tiles.WIDTH + 1))
        held = {row["number"]: bytes(row["hashes"]) for row in await use.rows(_TILE, numbers=numbers)}
        for position in range(at, until):
            number, place = divmod(position, tiles.WIDTH)
            hashes = held.get(number, b"")
            yield position, rows.get(position), hashes[place * tiles.HASH : (place + 1) * tiles.HASH]
        at = until


class _Growing:
    """A tree to which leaves are added: of each whole subtree only the root is kept."""

    def __init__(self) -> None:
        self.size = 0
        self._roots: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        self._roots.append(leaf)
        self.size += 1
        size = self.size
        while size % 2 == 0:
            right, left = self._roots.pop(), self._roots.pop()
            self._roots.append(merkle.node_hash(left, right))
            size //= 2

    def root(self) -> bytes:
        if not self._roots:
            return merkle.EMPTY
        *rest, found = self._roots
        for left in reversed(rest):
            found = merkle.node_hash(left, found)
        return found
