"""What a request for statements asks for (xAPI 1.0.3, part 3, 2.1.3), and which version of the standard it speaks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from fastapi import Request

from homeroom.access.learning_events.statements import Filter, agent_of
from homeroom.api import problems
from homeroom.api.xapi.validation import TIMESTAMP

BELOW = "/xapi/"
VERSION_HEADER = "X-Experience-API-Version"
# What is answered to whoever speaks a version that begins so.
_VERSIONS = {"1.0": "1.0.3", "2.0": "2.0.0"}
SUPPORTED = ("1.0.0", "1.0.1", "1.0.2", "1.0.3", "2.0.0")
MOST = 500
# Where a page goes on; it is only in the links that an answer gives.
CURSOR = "after"
_KNOWN = ("statementId", "voidedStatementId", "agent", "verb", "activity", "registration", "since", "until", "limit",
          "ascending", "format", "attachments", "related_activities", "related_agents", CURSOR)  # fmt: skip


def version_of(request: Request) -> str:
    """The version to answer in. Raises Problem where the header is missing or names one that is not spoken here."""
    said = request.headers.get(VERSION_HEADER, "")
    for begin, version in _VERSIONS.items():
        if said == begin or (said.startswith(f"{begin}.") and said.removeprefix(f"{begin}.").isdigit()):
            return version
    raise problems.bad_request(f"Send the header {VERSION_HEADER}, with one of: {', '.join(SUPPORTED)}.")


def in_every_answer(request: Request) -> dict[str, str]:
    """The header that every answer of this interface has, also one that refuses (part 3, 3.3)."""
    return {VERSION_HEADER: _VERSIONS["1.0"]} if BELOW in request.url.path else {}


def read_single(parameters: Mapping[str, str]) -> str | None:
    """The id of the one statement that is asked for; None where many are. Raises Problem with all faults."""
    ids = [parameters[name] for name in ("statementId", "voidedStatementId") if name in parameters]
    if not ids:
        return None
    others = parameters.keys() - {"statementId", "voidedStatementId", "attachments", "format"}
    if len(ids) > 1 or others:
        raise problems.wrong_parameters(["A statement by its id is asked for by nothing besides."])
    _refuse_unoffered(parameters, [])
    return _uuid(ids[0], "statementId")


def read_filter(parameters: Mapping[str, str]) -> tuple[Filter, int]:
    """What is asked for, and at most how many statements. Raises Problem with all faults."""
    errors = [f"{name if name.isidentifier() else 'One of the parameters'}: there is no such parameter here."
              for name in parameters if name not in _KNOWN]  # fmt: skip
    limit = _whole("limit", parameters.get("limit", "0"), errors)
    after = _whole(CURSOR, parameters[CURSOR], errors) if CURSOR in parameters else None
    asked = Filter(
        agent=_agent(parameters.get("agent"), errors),
        verb=parameters.get("verb"),
        activity=parameters.get("activity"),
        registration=_uuid(parameters["registration"], "registration") if "registration" in parameters else None,
        since=_time("since", parameters, errors),
        until=_time("until", parameters, errors),
        ascending=_truth("ascending", parameters, errors),
        after=after,
    )
    _refuse_unoffered(parameters, errors)
    return asked, min(limit or MOST, MOST)


def _refuse_unoffered(parameters: Mapping[str, str], errors: list[str]) -> None:
    for name in ("related_activities", "related_agents", "attachments"):
        if _truth(name, parameters, errors):
            errors.append(f"{name}: this store does not offer it.")
    if parameters.get("format", "exact") != "exact":
        errors.append("format: this store offers exact alone.")
    if errors:
        raise problems.wrong_parameters(errors)


def _agent(text: str | None, errors: list[str]) -> str | None:
    if text is None:
        return None
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = None
    found = agent_of(said) if isinstance(said, dict) else ""
    if not found:
        errors.append("agent: write an agent or an identified group as an object of JSON.")
    return found


def _time(name: str, parameters: Mapping[str, str], errors: list[str]) -> datetime | None:
    text = parameters.get(name)
    if text is None:
        return None
    try:
        if not TIMESTAMP.fullmatch(text):
            raise ValueError
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.astimezone()
    except ValueError:
        errors.append(f"{name}: write a time as 2026-09-01T10:00:00Z.")
        return None


def _whole(name: str, text: str, errors: list[str]) -> int:
    if text.isdecimal() and len(text) < 19:
        return int(text)
    errors.append(f"{name}: write a whole number.")
    return 0


def _truth(name: str, parameters: Mapping[str, str], errors: list[str]) -> bool:
    text = parameters.get(name, "false").lower()
    if text not in ("true", "false"):
        errors.append(f"{name}: write true or false.")
    return text == "true"


def _uuid(text: str, name: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise problems.wrong_parameters([f"{name}: write a UUID."]) from None
