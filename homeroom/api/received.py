"""What a program sent: read up to a bound, and as JSON or a form."""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import Any
from urllib.parse import parse_qsl

from fastapi import Request

from homeroom.api import problems

MOST_BYTES = 1_000_000


async def body_of(request: Request) -> str:
    """The text that was sent. Raises Problem where it is too much, or no text."""
    received = bytearray()
    async for piece in request.stream():
        received += piece
        if len(received) > MOST_BYTES:
            raise problems.bad_request(f"More than {MOST_BYTES:,} bytes were sent. Send less at a time.", 413)
    try:
        return received.decode("utf-8")
    except UnicodeDecodeError:
        raise problems.bad_request("What was sent is not text in UTF-8.") from None


async def json_of(request: Request) -> Any:
    """The JSON that was sent, whatever the request calls it. Raises Problem where it is none."""
    return parsed(await body_of(request))


def parsed(text: str) -> Any:
    """What some JSON says. Raises Problem where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise problems.bad_request("What was sent is not JSON.") from None


def plain_json(text: str) -> Any:
    """What some JSON says, of which all can be kept: no NaN, no half of a sign, no sign of the number 0.

    Raises Problem where it is none, or says such a thing.
    """
    try:
        said = json.loads(text, parse_constant=_no_number, parse_float=_number)
        # Half of a sign can't be written as UTF-8.
        json.dumps(said, ensure_ascii=False).encode()
        if _NUL.search(text):
            raise ValueError("the sign of the number 0")
    except (ValueError, RecursionError):
        raise problems.bad_request("What was sent is not JSON that can be kept.") from None
    return said


# As JSON writes the sign of the number 0, which no text in a database holds.
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number of JSON")


def _number(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError("a number that is too great")
    return number


def is_json(request: Request) -> bool:
    """Whether the request says that it sends JSON."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type in ("application/json", "text/json")


async def fields_of(request: Request) -> list[tuple[str, str]]:
    """The fields of a form, or those of a JSON object that are text, with their values."""
    text = await body_of(request)
    if not is_json(request):
        return parse_qsl(text, keep_blank_values=True)
    document = parsed(text)
    if not isinstance(document, dict):
        raise problems.bad_request("What was sent is not an object of JSON.")
    return [(name, value) for name, value in document.items() if isinstance(value, str)]
