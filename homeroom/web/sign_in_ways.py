"""By which ways people may sign in: given to the application, which reads no settings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from fastapi import Request

from homeroom.access.door import Use
from homeroom.web.provider import Provider


@dataclass(frozen=True)
class DemoAccount:
    """One of the made-up people of the demonstration: as whom, who that is, and the account's number."""

    words: str
    about: str
    account: int


@dataclass(frozen=True)
class SignInWays:
    """`address`: where people find the pages, None where they are for this machine alone. `provider`: the district's
    own, if it has one. `demo`: finds the accounts that a demonstration offers; None in all that is none."""

    address: str | None = None
    provider: Provider | None = None
    demo: Callable[[Use], Awaitable[Sequence[DemoAccount]]] | None = None


def ways_of(request: Request) -> SignInWays:
    """The ways of the application that was asked."""
    ways: SignInWays = request.app.state.ways
    return ways
