"""Where the other pages of a collection are: the header `Link` (RFC 8288), with the parameters as they were asked."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlencode


def links(address: str, given: Sequence[tuple[str, str]], limit: int, offset: int, total: int) -> str:
    """The first page and the last, and those before and behind this one where there are any."""
    last = max(total - 1, 0) // limit * limit
    pages = {"first": 0, "prev": max(offset - limit, 0) if offset else None,
             "next": offset + limit if offset + limit < total else None, "last": last}  # fmt: skip
    kept = [(name, value) for name, value in given if name not in ("limit", "offset")]
    return ", ".join(
        f'<{address}?{urlencode([*kept, ("limit", limit), ("offset", place)], quote_via=quote)}>; rel="{name}"'
        for name, place in pages.items()
        if place is not None
    )
