"""Which version of a row a client has, by the entity tag that it sends (RFC 9110, 13.1)."""

from __future__ import annotations

from fastapi import Request


def has_already(request: Request, tag: str) -> bool:
    """Whether `If-None-Match` names the tag, given with its quotes.

    Also as a weak one, which is what a proxy makes of it, and without quotes: readers of the Ed-Fi ODS/API send what
    `_etag` says, as it stands there.
    """
    return _names(request.headers.get("if-none-match", ""), tag)


def fits(request: Request, tag: str) -> bool:
    """Whether `If-Match` names the tag, given with its quotes, or is not sent (RFC 9110, 13.1.1)."""
    sent = request.headers.get("if-match")
    return sent is None or _names(sent, tag)


def _names(sent: str, tag: str) -> bool:
    known = [one.strip().removeprefix("W/") for one in sent.split(",")]
    return not {tag, tag.strip('"'), "*"}.isdisjoint(known)
