"""What was changed of what the Admin API looks after, by whom and when: written with the change, and for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from homeroom.access.door import Use

# In the place of a credential, where somebody works at the district's own machine.
THIS_MACHINE = "this machine"


@dataclass(frozen=True)
class Change:
    """A change under way: each function that changes something has to have one. `by`: the person whose work it is;
    `key`: the credential that came with it."""

    use: Use
    by: str
    key: str

    async def note(self, what: str) -> None:
        """Write down `what` was done."""
        await self.use.row(_NOTE, by=self.by, key=self.key, what=what)


async def begin(use: Use, by: str, key: str = THIS_MACHINE) -> Change:
    """Begin a change. Two at a time come one after the other, and the second sees what the first did."""
    await use.row("select pg_advisory_xact_lock(%(lock)s)", lock=_LOCK)
    return Change(use, by, key)


async def changes(use: Use, most: int) -> Sequence[dict[str, Any]]:
    """The newest changes, the newest first."""
    return await use.rows(_CHANGES, most=most)


# Any number that no other program uses for its lock.
_LOCK = 4_611_686_018_427_000_035
_NOTE = """
    insert into access.administrative_change (by, administrator, what) values (%(by)s, %(key)s, %(what)s) returning id
"""
_CHANGES = """
    select at, by, administrator, what from access.administrative_change order by id desc limit %(most)s
"""
