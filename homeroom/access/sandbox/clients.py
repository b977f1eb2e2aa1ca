"""Keys of a sandbox: under an agreement after one of the standard's claim sets, asked for and approved on the spot.

Nobody's data is in a sandbox, so nobody need look at what an app asks for. What the app may do is all the same what its
agreement says, so that what works in a sandbox works under a real one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from homeroom.access.agreements import kept
from homeroom.access.agreements.keys import Key, add_client
from homeroom.access.agreements.states import State
from homeroom.access.agreements.terms import EVERY_MEMBER, AtTheEnd, Terms
from homeroom.access.claim_sets.agreed import elements_of, unrestricted_of, writes_of
from homeroom.access.claim_sets.claim_set import ClaimSet, claim_set_named
from homeroom.access.door import Use
from homeroom.access.sandbox.mark import is_sandbox
from homeroom.errors import WrongUse
from homeroom.model import RESOURCES

# Who approves, where nobody has to.
SANDBOX = "the sandbox itself"
_BOOTSTRAP = "Bootstrap Descriptors and EdOrgs"
_FOREVER = date(9999, 12, 31)


async def add_sandbox_client(
    use: Use, claim_set: str, organizations: Sequence[int], namespaces: Sequence[str], by: str
) -> Key:
    """A key under a new agreement after the claim set of that name.

    `organizations`: the ids of education organizations, which need not be there yet; the app's are they and all below.
    Raises WrongUse where the record is no sandbox's, and for what is wrong with the rest.
    """
    if not await is_sandbox(use):
        raise WrongUse(
            "A key by a claim set is for a sandbox alone: homeroom init DIR --sandbox. Here an app has an agreement, "
            "which one person asks for and another approves: homeroom agreement ask FILE.toml --by NAME"
        )
    terms = sandbox_terms(claim_set_named(claim_set), organizations, namespaces)
    return await add_client(use, await agree_at_once(use, terms, by, "To try an app out."), by)


async def agree_at_once(use: Use, terms: Terms, by: str, why: str) -> int:
    """An agreement with a sandbox's terms, asked for and approved on the spot; its number."""
    number = (await kept.ask(use, terms, by, why)).number
    for state in (State.APPROVED, State.ACTIVE):
        await kept.change(use, number, state, SANDBOX, "Nobody's data is in a sandbox.")
    return number


def sandbox_terms(claim_set: ClaimSet, organizations: Sequence[int], namespaces: Sequence[str]) -> Terms:
    """The terms of a sandbox's agreement after a claim set. Raises WrongUse where nothing is named that it is for."""
    if not organizations or min(organizations) < 1:
        raise WrongUse("Name the education organization that the app is for: --education-organization 255901")
    if wrong := [one for one in namespaces if not one.startswith("uri://") or len(one) <= len("uri://") or "#" in one]:
        raise WrongUse(f"A namespace begins with uri://, such as uri://ed-fi.org: not {wrong[0][:60]!r}.")
    if not namespaces:
        raise WrongUse("Name the namespace in which the app writes: --namespace uri://ed-fi.org")
    writes, unrestricted = dict(writes_of(claim_set)), unrestricted_of(claim_set)
    if "Student" in writes:
        begun = _begun(writes)
        unrestricted |= {resource for resource in begun if resource in RESOURCES}
        writes |= begun
    return Terms(
        provider="Whoever tries it out",
        app=f"An app with the claim set {claim_set.name}",
        purposes=claim_set.purposes,
        elements=elements_of(claim_set),
        schools=frozenset(),
        begin=date(1900, 1, 1),
        end=_FOREVER,
        subprocessors=(),
        retention="Until the sandbox is dropped.",
        at_the_end=AtTheEnd.DELETED,
        contact_name="Nobody",
        contact_email="nobody@sandbox.example",
        writes=writes,
        namespaces=tuple(dict.fromkeys(one.rstrip("/") for one in namespaces)),
        organizations=frozenset(organizations),
        sandbox=True,
        unrestricted=unrestricted,
    )


def _begun(writes: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """What somebody has to load before a student information system can: a sandbox begins with nothing but codes.

    With an Ed-Fi ODS/API whoever hosts it does so, with the claim set for that. Here whoever loads students may.
    """
    return {resource: EVERY_MEMBER for resource in claim_set_named(_BOOTSTRAP).allowed if resource not in writes}
