"""What is said when something is wrong, as the Ed-Fi Admin API says it: `errors` are sentences by the property."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse

from homeroom.api.problems import MEDIA_TYPE, Problem, not_valid

_BELOW = "/admin"
_NO_JSON = "json_invalid"
_NEEDED = "It is needed."
_NO_OBJECT = "Send an object of JSON, with the header Content-Type: application/json."


def is_asked(request: Request) -> bool:
    """Whether an address of the Admin API was asked."""
    path = request.url.path.removeprefix(request.scope.get("root_path", ""))
    return path == _BELOW or path.startswith(f"{_BELOW}/")


def admin_error(problem: Problem) -> JSONResponse:
    """A problem as the Admin API says it."""
    if problem.faults:
        errors = {name: list(sentences) for name, sentences in problem.faults.items()}
        told: dict[str, Any] = {"title": "Validation failed", "status": problem.status, "errors": errors}
    else:
        told = {"title": problem.title, "status": problem.status, "detail": problem.detail}
    return JSONResponse(told, problem.status, dict(problem.headers), MEDIA_TYPE)


def not_as_described(faults: Sequence[Any]) -> Problem:
    """What pydantic found wrong, by the properties. What was sent is not told again."""
    told: dict[str, list[str]] = {}
    for fault in faults:
        # Of what is no JSON the place is told, which is no property.
        place = fault["loc"][:1] if fault["type"] == _NO_JSON else fault["loc"]
        told.setdefault(_property(place), []).append(_sentence(fault))
    return not_valid(told)


def _property(place: Sequence[Any]) -> str:
    """The place of a value, as the Admin API writes it: `EducationOrganizationIds[0]`."""
    found = ""
    for part in place[1:]:
        if isinstance(part, int):
            found += f"[{part}]"
        else:
            found += f"{'.' if found else ''}{part[:1].upper()}{part[1:]}"
    return found


def _sentence(fault: Any) -> str:
    if fault["type"] == _NO_JSON:
        return "What was sent is not JSON."
    if len(fault["loc"]) == 1:
        return _NO_OBJECT
    return _NEEDED if fault["type"] == "missing" else f"{fault['msg']}."
