"""Profiles, as the Admin API has them: by numbers, one at a time. One that an agreement has is not changed, since two
people agreed to what it tells.
"""

from __future__ import annotations

from collections.abc import Sequence

from homeroom.access.administration.changes import Change
from homeroom.access.administration.faults import NotValid, not_there, not_valid
from homeroom.access.door import Use
from homeroom.access.profiles import kept
from homeroom.access.profiles.definition import read_profiles
from homeroom.access.profiles.kept import KeptProfile
from homeroom.errors import WrongUse


async def profile(use: Use, number: int) -> KeptProfile:
    """The profile of that number. Raises NotThere where there is none."""
    found = await kept.profile_numbered(use, number)
    if found is None:
        raise not_there("profile", number)
    return found


async def names_of(use: Use, numbers: Sequence[int]) -> tuple[str, ...]:
    """The names of profiles. Raises NotValid where one of the numbers is none's."""
    found = [(number, await kept.profile_numbered(use, number)) for number in numbers]
    missing = [f"There is no profile {number}." for number, one in found if one is None]
    if missing:
        raise NotValid({"ProfileIds": missing})
    return tuple(one.name for _, one in found if one is not None)


async def add_profile(change: Change, name: str, definition: str) -> int:
    """Keep a profile; its number. Raises NotValid where the definition is none of it, or there is one of that name."""
    _check(name, definition)
    await _check_name(change.use, name, None)
    await kept.add_profiles(change.use, definition)
    found = await kept.profile_named(change.use, name)
    number = found.id if found else 0
    await change.note(f"profile {number} added")
    return number


async def change_profile(change: Change, number: int, name: str, definition: str) -> None:
    """Let a profile be what is said. Raises NotThere, and NotValid also where an agreement has it."""
    before = await profile(change.use, number)
    _check(name, definition)
    await _check_name(change.use, name, number)
    if (before.name, before.definition) == (name, read_profiles(definition)[name]):
        return
    await _check_free(change.use, before)
    await kept.write_profile(change.use, number, name, definition)
    await change.note(f"profile {number} changed")


async def delete_profile(change: Change, number: int) -> None:
    """Keep a profile no longer. Raises NotThere, and NotValid where an agreement has it."""
    found = await profile(change.use, number)
    await _check_free(change.use, found)
    await kept.remove_profile(change.use, found.name)
    await change.note(f"profile {number} deleted")


def _check(name: str, definition: str) -> None:
    try:
        found = read_profiles(definition)
    except WrongUse as wrong:
        raise not_valid("Definition", str(wrong)) from None
    if list(found) != [name]:
        raise not_valid(
            "Name", f"The definition is of {', '.join(found)}: give both the same name, one profile at a time."
        )


async def _check_name(use: Use, name: str, number: int | None) -> None:
    named = await kept.profile_named(use, name)
    if named is not None and named.id != number:
        raise not_valid("Name", f"There is a profile of this name: {named.id}. Change that one with PUT.")


async def _check_free(use: Use, found: KeptProfile) -> None:
    if holders := await kept.holders(use, found.name):
        numbers = ", ".join(map(str, holders))
        raise not_valid("Id", f"Agreement {numbers} has this profile. Add another one, and give the application that.")
