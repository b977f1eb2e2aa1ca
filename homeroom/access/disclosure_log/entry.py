"""One entry of the log as the bytes of a leaf, and what a family needs of it without learning of anybody else.

A leaf holds what was done, and of the students the root of a small tree of their own: each leaf of that is a student's
id with a salt of 32 bytes. A family is given the entry, its child's salt and the child's place in the small tree. It
can tell that the entry is about the child; whoever else it is about can't be guessed, as each has a salt of their own.
That root is random to whoever has not all the salts, and so is the hash of the leaf: the public tree tells nothing.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from homeroom.access.disclosure_log import merkle

# The first of the words of each leaf: the log says what it is, should its shape ever change.
FORM = "homeroom disclosure 1"
# The bytes of a salt.
SALT = 32


@dataclass(frozen=True)
class Entry:
    """That something of students was shown. `shown`: the fields by resource, where they are known."""

    at: datetime
    principal: str
    role: str
    on_behalf_of: str | None
    agreement: int | None
    purpose: str
    action: str
    shown: Mapping[str, Sequence[str]]


# What `told` tells, all of it and nothing else.
NAMES = frozenset(field.name for field in fields(Entry))


@dataclass(frozen=True)
class OfStudent:
    """What ties a student to an entry: the student's own salt, and the place in the small tree."""

    salt: bytes
    index: int
    size: int
    path: Sequence[bytes]


def new_salt() -> bytes:
    """The salt of an entry, from which those of its students are made."""
    return secrets.token_bytes(SALT)


def told(entry: Entry) -> dict[str, Any]:
    """The entry as JSON has it; moments in UTC."""
    return {
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "principal": entry.principal,
        "role": entry.role,
        "on_behalf_of": entry.on_behalf_of,
        "agreement": entry.agreement,
        "purpose": entry.purpose,
        "action": entry.action,
        "shown": {resource: list(fields) for resource, fields in entry.shown.items()},
    }


def leaf_data(entry: Mapping[str, Any], students_root: bytes) -> bytes:
    """The bytes of a leaf: JSON of `told` in one form only, with sorted names and no blanks, in UTF-8."""
    document = {**entry, "form": FORM, "students": students_root.hex()}
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def students_root(salt: bytes, student_unique_ids: Collection[str]) -> bytes:
    """The root of the small tree of an entry's students. `salt`: the entry's."""
    hashes = _hashes(salt, student_unique_ids)
    return merkle.root(len(hashes), merkle.of_hashes(hashes))


def of_student(salt: bytes, student_unique_ids: Collection[str], student_unique_id: str) -> OfStudent:
    """What ties one of an entry's students to it. `salt`: the entry's."""
    hashes = _hashes(salt, student_unique_ids)
    own = student_salt(salt, student_unique_id)
    index = hashes.index(student_hash(own, student_unique_id))
    return OfStudent(own, index, len(hashes), merkle.inclusion_proof(index, len(hashes), merkle.of_hashes(hashes)))


def student_salt(salt: bytes, student_unique_id: str) -> bytes:
    """A student's own salt: it tells neither that of the entry nor another student's (HMAC, RFC 2104)."""
    return hmac.digest(salt, student_unique_id.encode(), "sha256")


def student_hash(own_salt: bytes, student_unique_id: str) -> bytes:
    """A student's leaf in the small tree."""
    return merkle.leaf_hash(own_salt + student_unique_id.encode())


def _hashes(salt: bytes, student_unique_ids: Collection[str]) -> list[bytes]:
    # In the order of the hashes, which is chance: a place tells nothing of the id.
    return sorted(student_hash(student_salt(salt, one), one) for one in set(student_unique_ids))
