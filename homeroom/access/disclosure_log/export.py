"""All entries about one student as a file that proves itself: what was shown, with what ties it to a signed checkpoint.

    {"form": "homeroom disclosures 1", "district": ..., "student": ..., "verifier_key": ..., "checkpoint": ...,
     "entries": [{"entry": {...}, "student": {"salt", "index", "size", "proof"}, "index", "proof"}, ...]}

Hashes and salts are hexadecimal. `homeroom.access.disclosure_log.verification` checks it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from homeroom.access.disclosure_log import merkle, tiles
from homeroom.access.disclosure_log.checkpoint import SigningKey, read_checkpoint
from homeroom.access.disclosure_log.entry import of_student, told
from homeroom.access.disclosure_log.sequencing import COLUMNS, entry_of, signed_checkpoint
from homeroom.access.disclosure_log.verification import FORM
from homeroom.access.door import Use

# Pages go on meanwhile: what they show has no place below `size`, and is in the next file.
_OF_STUDENT = f"""
    select {COLUMNS} from access.disclosure
    where student_unique_ids @> array[%(student)s]::text[] and position < %(size)s order by position
"""


async def export(use: Use, student_unique_id: str, district: str, key: SigningKey) -> dict[str, Any]:
    """All entries about a student with their proofs, as JSON has them; that they are given out is the last of them."""
    await use.disclose([student_unique_id], {"Student": ["studentUniqueId"]})
    note = await signed_checkpoint(use.record, key)
    size = read_checkpoint(note, key.verifier).size
    rows = await use.rows(_OF_STUDENT, student=student_unique_id, size=size)

    def prove(subtree: merkle.Subtree) -> list[list[bytes]]:
        return [merkle.inclusion_proof(row["position"], size, subtree) for row in rows]

    proofs = await tiles.proven(use.record, prove)
    return {
        "form": FORM,
        "district": district,
        "student": student_unique_id,
        "verifier_key": str(key.verifier),
        "checkpoint": note,
        "entries": [_proven(row, student_unique_id, proof) for row, proof in zip(rows, proofs, strict=True)],
    }


async def export_of(use: Use, record_id: UUID, district: str, key: SigningKey) -> dict[str, Any] | None:
    """The same of the student whose row in the record has this id; None where there is none whom the principal may
    see."""
    within = use.within("student_unique_id", "Student")
    row = await use.row(f"select student_unique_id from edfi.student where id = %(id)s and {within}", id=record_id)
    if row is None:
        return None
    async with use.beyond_the_wall():
        return await export(use, row["student_unique_id"], district, key)


async def is_known(use: Use, student_unique_id: str) -> bool:
    """Whether the record holds such a student, or something of one was ever shown."""
    found = await use.row(_KNOWN, student=student_unique_id)
    return bool(found and found["known"])


_KNOWN = """
    select exists (select from edfi.student where student_unique_id = %(student)s) or exists (
        select from access.disclosure where student_unique_ids @> array[%(student)s]::text[]) as known
"""


def _proven(row: dict[str, Any], student_unique_id: str, proof: list[bytes]) -> dict[str, Any]:
    tied = of_student(bytes(row["salt"]), row["student_unique_ids"], student_unique_id)
    return {
        "entry": told(entry_of(row)),
        "student": {
            "salt": tied.salt.hex(),
            "index": tied.index,
            "size": tied.size,
            "proof": [one.hex() for one in tied.path],
        },
        "index": row["position"],
        "proof": [one.hex() for one in proof],
    }
