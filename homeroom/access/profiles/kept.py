"""Profiles as they are kept, by their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from homeroom.access.door import Use
from homeroom.access.profiles.definition import Profile, profile_of, read_profiles
from homeroom.errors import WrongUse


@dataclass(frozen=True)
class KeptProfile:
    """A profile with its number and its definition in XML."""

    id: int
    name: str
    definition: str

    @property
    def profile(self) -> Profile:
        return profile_of(self.definition)


async def add_profiles(use: Use, text: str) -> list[str]:
    """Keep the profiles of a file; one of the same name is replaced. Their names. Raises WrongUse with all faults."""
    found = read_profiles(text)
    for name, definition in found.items():
        await use.row(_ADD, name=name, definition=definition)
    return list(found)


async def profiles(use: Use) -> Sequence[KeptProfile]:
    """All profiles, by their names."""
    return [KeptProfile(**row) for row in await use.rows(f"{_PROFILES} order by lower(name)")]


async def profile_named(use: Use, name: str) -> KeptProfile | None:
    """A profile, whatever the case of the letters of its name; None where there is none."""
    row = await use.row(f"{_PROFILES} where lower(name) = lower(%(name)s)", name=name)
    return KeptProfile(**row) if row else None


async def profile_numbered(use: Use, number: int) -> KeptProfile | None:
    """The profile of that number; None where there is none."""
    row = await use.row(f"{_PROFILES} where id = %(id)s", id=number)
    return KeptProfile(**row) if row else None


async def write_profile(use: Use, number: int, name: str, definition: str) -> None:
    """Let the profile of that number be this one, of which `read_profiles` gives the definition by its name."""
    await use.row(_CHANGE, id=number, name=name, definition=read_profiles(definition)[name])


async def holders(use: Use, name: str) -> Sequence[int]:
    """The agreements that have a profile and may be in force still, or yet."""
    return [int(row["number"]) for row in await use.rows(_HOLDERS, name=name)]


async def remove_profile(use: Use, name: str) -> None:
    """Keep a profile no longer. Raises WrongUse where there is none, or an agreement has it that may be in force."""
    if held := await holders(use, name):
        numbers = ", ".join(map(str, held))
        raise WrongUse(f"The profile {name[:60]} is that of agreement {numbers}, which would say more without it.")
    if await use.row("delete from access.profile where lower(name) = lower(%(name)s) returning id", name=name) is None:
        raise WrongUse(f"There is no profile {name[:60]}. Look for it in: homeroom profile list")


_PROFILES = "select id, name, definition from access.profile"
_ADD = """
    insert into access.profile (name, definition) values (%(name)s, %(definition)s)
    on conflict (lower(name)) do update set name = excluded.name, definition = excluded.definition returning id
"""
_CHANGE = "update access.profile set name = %(name)s, definition = %(definition)s where id = %(id)s returning id"
_HOLDERS = """
    select number from access.agreement where exists (select from jsonb_array_elements_text(
            coalesce(terms -> 'profiles', '[]')) as held where lower(held) = lower(%(name)s))
        and (select state from access.agreement_change where agreement = number order by id desc limit 1) <> 'ended'
    order by number
"""
