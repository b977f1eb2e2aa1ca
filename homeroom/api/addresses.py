"""By which names and addresses the interface is known."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request

# The names by which this machine itself asks.
THIS_MACHINE = frozenset({"127.0.0.1", "localhost"})


def host_of(request: Request) -> str:
    """The name by which the interface was asked; nothing where that is no name."""
    try:
        return (urlsplit(f"//{request.headers.get('host', '')}").hostname or "").lower()
    except ValueError:
        return ""


def base_of(request: Request) -> str:
    """The address of the root, for whoever asked: as the district named it, where it was asked by that name."""
    if host_of(request) in THIS_MACHINE:
        return str(request.base_url).rstrip("/")
    address: str = request.app.state.address
    return address
