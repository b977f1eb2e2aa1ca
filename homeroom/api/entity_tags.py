"""Whether a client has an answer already, by the entity tag that it sends (RFC 9110, 13.1.2)."""

from __future__ import annotations

from fastapi import Request


def has_already(request: Request, tag: str) -> bool:
    """Whether `If-None-Match` names the tag, given with its quotes.

    Also as a weak one, which is what a proxy makes of it, and without quotes: readers of the Ed-Fi ODS/API send what
    `_etag` says, as it stands there.
    """
    sent = [known.strip().removeprefix("W/") for known in request.headers.get("if-none-match", "").split(",")]
    return not {tag, tag.strip('"'), "*"}.isdisjoint(sent)
