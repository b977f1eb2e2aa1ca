"""Give entries their places in the tree: the one thing that is done by one at a time.

A page writes its entry without a place and waits for nobody. Whoever shows the log, or signs how far it has come, first
gives all committed entries the next places, in the order of their numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from homeroom.access.disclosure_log import merkle, tiles
from homeroom.access.disclosure_log.checkpoint import Checkpoint, SigningKey, read_checkpoint
from homeroom.access.disclosure_log.entry import Entry, leaf_data, students_root, told
from homeroom.errors import CannotRun, WrongUse

# Any number that no other program uses for its lock.
_LOCK = 4_611_686_018_427_000_006
_AT_ONCE = 10_000

COLUMNS = "id, at, principal, role, purpose, action, student_unique_ids, on_behalf_of, agreement, shown, salt, position"
_WAITING = f"select {COLUMNS} from access.disclosure where position is null order by id limit {_AT_ONCE}"
_PLACE = """
    update access.disclosure as entry set position = placed.position
    from unnest(%(ids)s::bigint[], %(positions)s::bigint[]) as placed (id, position) where entry.id = placed.id
"""
_BEYOND = "select exists (select from access.disclosure where position >= %(size)s) as found"
_SIGNED = "select note from access.disclosure_checkpoint order by size desc limit 1"
_KEEP = """
    insert into access.disclosure_checkpoint (size, note) values (%(size)s, %(note)s)
    on conflict (size) do update set note = excluded.note
"""
_KEY = "select verifier_key from access.disclosure_key"
_KEEP_KEY = "insert into access.disclosure_key (verifier_key) values (%(key)s)"


async def sequence(record: Any) -> int:
    """Give every entry its place, in the caller's transaction; gives the number of all entries.

    Raises CannotRun where entries and tree no longer belong together.
    """
    await record.execute("select pg_advisory_xact_lock(%(lock)s)", {"lock": _LOCK})
    size = await tiles.size_of(record)
    beyond = await (await record.execute(_BEYOND, {"size": size})).fetchone()
    if beyond and beyond["found"]:
        raise _not_what_it_was()
    while rows := await (await record.execute(_WAITING)).fetchall():
        await record.execute(
            _PLACE, {"ids": [row["id"] for row in rows], "positions": list(range(size, size + len(rows)))}
        )
        await tiles.append(record, [leaf_of(row) for row in rows], size)
        size += len(rows)
    return size


async def signed_checkpoint(record: Any, key: SigningKey) -> str:
    """The signed note of all entries, each of which has its place now; in the caller's transaction.

    Raises CannotRun where the log was signed with another key before, or does not go on from what was signed last: a
    log never signs two pasts (C2SP tlog-checkpoint).
    """
    size = await sequence(record)
    await _know_key(record, key)
    root = await tiles.proven(record, lambda subtree: merkle.root(size, subtree))
    row = await (await record.execute(_SIGNED)).fetchone()
    last = _own(row["note"], key) if row else None
    if row and last:
        proof = await consistency(record, last.size, size)
        if not merkle.is_consistent(last.size, size, last.root, root, proof):
            raise _not_what_it_was()
        if last.size == size:
            return str(row["note"])
    note = key.sign(Checkpoint(key.name, size, root))
    await record.execute(_KEEP, {"size": size, "note": note})
    return note


async def consistency(record: Any, first: int, second: int) -> list[bytes]:
    """The proof that the tree of `second` entries goes on from that of `first`."""
    if first > second:
        return []
    return await tiles.proven(record, lambda subtree: merkle.consistency_proof(first, second, subtree))


def leaf_of(row: Mapping[str, Any]) -> bytes:
    """The hash of the leaf of a row of `COLUMNS`."""
    return merkle.leaf_hash(
        leaf_data(told(entry_of(row)), students_root(bytes(row["salt"]), row["student_unique_ids"]))
    )


def entry_of(row: Mapping[str, Any]) -> Entry:
    """What was shown, as a row of `COLUMNS` has it."""
    return Entry(
        row["at"],
        row["principal"],
        row["role"],
        row["on_behalf_of"],
        row["agreement"],
        row["purpose"],
        row["action"],
        row["shown"],
    )


def _own(note: str, key: SigningKey) -> Checkpoint | None:
    try:
        return read_checkpoint(note, key.verifier)
    except WrongUse:
        return None


async def _know_key(record: Any, key: SigningKey) -> None:
    row = await (await record.execute(_KEY)).fetchone()
    if row is None:
        await record.execute(_KEEP_KEY, {"key": str(key.verifier)})
    elif row["verifier_key"] != str(key.verifier):
        raise CannotRun(
            "This record's disclosure log is signed with another key than this workspace has. Copy the file "
            "disclosure_log_key from the workspace that signed it first: families compare by that key."
        )


def _not_what_it_was() -> CannotRun:
    return CannotRun(
        "The disclosure log does not go on from what it was. This says what was changed: homeroom disclosures audit"
    )
