"""Merkle trees and their proofs, as Certificate Transparency has them: RFC 6962 and, how they are checked, RFC 9162.

The functions that make proofs ask for whole subtrees: `subtree(level, index)` is the hash of the subtree of 2**level
leaves that is number `index` of its level, both from 0. So a tree of any size is read from the few hashes that a proof
needs. A hash is 32 bytes, SHA-256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

Subtree = Callable[[int, int], bytes]

# The root of a tree without leaves (RFC 6962, section 2.1).
EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf: of a zero byte and its data (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node: of a byte of one and those of its two children (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def of_hashes(hashes: Sequence[bytes]) -> Subtree:
    """The subtrees of a tree whose leaves have these hashes."""

    def subtree(level: int, index: int) -> bytes:
        if level == 0:
            return hashes[index]
        return node_hash(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1))

    return subtree


def root(size: int, subtree: Subtree) -> bytes:
    """The root of a tree of `size` leaves."""
    return _range_hash(0, size, subtree) if size else EMPTY


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The hashes with which a leaf's own makes the root, from the leaf up (RFC 6962, section 2.1.1)."""
    begin, end, path = 0, size, []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(_range_hash(middle, end, subtree))
            end = middle
        else:
            path.append(_range_hash(begin, middle, subtree))
            begin = middle
    return path[::-1]


def consistency_proof(first: int, second: int, subtree: Subtree) -> list[bytes]:
    """The hashes that show that the tree of `second` leaves goes on from that of `first` (RFC 6962, section 2.1.2)."""
    if first in (0, second):
        return []
    begin, end, path, whole = 0, second, [], True
    while first < end:
        middle = begin + _split(end - begin)
        if first <= middle:
            path.append(_range_hash(middle, end, subtree))
            end = middle
        else:
            path.append(_range_hash(begin, middle, subtree))
            begin, whole = middle, False
    if not whole:
        path.append(_range_hash(begin, end, subtree))
    return path[::-1]


def root_by_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf's hash makes with its proof (RFC 9162, 2.1.3.2); None where the proof can't be one."""
    if not 0 <= index < size:
        return None
    at, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if at % 2 or at == last:
            found = node_hash(sibling, found)
            while at and not at % 2:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    return found if last == 0 else None


def is_consistent(first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the tree with the second root goes on from that with the first (RFC 9162, section 2.1.4.2)."""
    if first > second or first < 0:
        return False
    if first == 0:
        return not path and first_root == EMPTY
    if first == second:
        return not path and first_root == second_root
    hashes = [first_root, *path] if first & (first - 1) == 0 else list(path)
    if not hashes:
        return False
    at, last = first - 1, second - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    was = now = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            was, now = node_hash(sibling, was), node_hash(sibling, now)
            while at and not at % 2:
                at, last = at >> 1, last >> 1
        else:
            now = node_hash(now, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and was == first_root and now == second_root


def _range_hash(begin: int, end: int, subtree: Subtree) -> bytes:
    width = end - begin
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return subtree(level, begin >> level)
    middle = begin + _split(width)
    return node_hash(_range_hash(begin, middle, subtree), _range_hash(middle, end, subtree))


def _split(width: int) -> int:
    """The largest power of two below `width`, which is 2 or more."""
    return 1 << ((width - 1).bit_length() - 1)
