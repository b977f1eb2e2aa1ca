"""Check a file of disclosures without asking anybody: nothing is needed but the file and the district's key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from homeroom.access.disclosure_log import merkle
from homeroom.access.disclosure_log.checkpoint import Checkpoint, VerifierKey, read_checkpoint
from homeroom.access.disclosure_log.entry import NAMES, SALT, leaf_data, student_hash
from homeroom.errors import HomeroomError, WrongUse

FORM = "homeroom disclosures 1"


class NotGenuine(HomeroomError):
    """Something in the file is not what the district signed."""


@dataclass(frozen=True)
class Verified:
    """What the file proves: `entries` about `student` that stand in the log of `checkpoint`, the oldest first."""

    student: str
    district: str
    key: VerifierKey
    checkpoint: Checkpoint
    entries: list[Mapping[str, Any]]


def verify(document: Any, key: str | None = None) -> Verified:
    """Check every entry of a file of `homeroom.access.disclosure_log.export`. `key`: else the one that the file names.

    Raises NotGenuine with what is wrong, and WrongUse where it is no such file or no such key.
    """
    try:
        return _verify(document, key)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise WrongUse(
            "This is no file of disclosures, or it broke on the way. Ask the district for it again."
        ) from None


def _verify(document: Mapping[str, Any], key: str | None) -> Verified:
    if document["form"] != FORM:
        raise ValueError
    used = VerifierKey.read(key or document["verifier_key"])
    try:
        checkpoint = read_checkpoint(document["checkpoint"], used)
    except WrongUse as problem:
        raise NotGenuine(str(problem)) from None
    if checkpoint.origin != used.name:
        raise NotGenuine("The checkpoint is of another log than the key.")
    student, district = _plain(document["student"]), _plain(document["district"])
    if not document["entries"]:
        raise NotGenuine("No entry is in the file, and each that a district gives out tells at least of that itself.")
    seen: set[int] = set()
    for place, one in enumerate(document["entries"], start=1):
        _check(one, student, checkpoint, place)
        if one["index"] in seen:
            raise NotGenuine(f"Entry {place} stands twice in the file.")
        seen.add(one["index"])
    return Verified(student, district, used, checkpoint, [one["entry"] for one in document["entries"]])


def _check(one: Mapping[str, Any], student: str, checkpoint: Checkpoint, place: int) -> None:
    # A name more would be told as if the district had signed it.
    if set(one["entry"]) != NAMES:
        raise NotGenuine(f"Entry {place} tells something else than entries do: somebody changed it.")
    tied = one["student"]
    salt = bytes.fromhex(tied["salt"])
    students_root = merkle.root_by_inclusion(
        tied["index"], tied["size"], student_hash(salt, student), _hashes(tied["proof"])
    )
    # Behind a longer salt the end of an id would be one as well.
    if students_root is None or len(salt) != SALT:
        raise NotGenuine(f"Entry {place} is not about this student.")
    leaf = merkle.leaf_hash(leaf_data(one["entry"], students_root))
    found = merkle.root_by_inclusion(one["index"], checkpoint.size, leaf, _hashes(one["proof"]))
    if found != checkpoint.root:
        raise NotGenuine(
            f"Entry {place} is not in the log that the district signed: it was changed, or it is about somebody else."
        )


def _hashes(words: list[str]) -> list[bytes]:
    return [bytes.fromhex(word) for word in words]


def _plain(text: Any) -> str:
    """Text that nobody signed. Raises ValueError where it would steer the screen on which it is shown."""
    if not isinstance(text, str) or not text.isprintable():
        raise ValueError
    return text
