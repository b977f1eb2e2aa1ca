"""What is said when something is wrong: `imsx_StatusInfo`, with the code minors of either version of OneRoster.

The two versions write the codes differently, and 1.1 has one more, for sorting.
"""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import JSONResponse

from homeroom.api.problems import Problem

BELOW = "/ims/oneroster/"
INVALID_FILTER, INVALID_SELECTION, INVALID_SORT = (
    "invalid_filter_field",
    "invalid_selection_field",
    "invalid_sort_field",
)

# By the status of HTTP.
_CODES = {
    400: "invaliddata",
    401: "unauthorisedrequest",
    403: "forbidden",
    404: "unknownobject",
    405: "invaliddata",
    413: "invaliddata",
    415: "invaliddata",
    422: "invaliddata",
    429: "server_busy",
    502: "server_busy",
    503: "server_busy",
}
_OTHERWISE = "internal_server_error"
_OF_1P1: Mapping[str, str] = {
    "invaliddata": "invalid data",
    "unauthorisedrequest": "unauthorized",
    "unknownobject": "unknown object",
}


def is_asked(request: Request) -> bool:
    """Whether an address of OneRoster was asked."""
    return BELOW in request.url.path


def status_info(request: Request, problem: Problem) -> JSONResponse:
    """A problem as OneRoster says it."""
    code = _CODES.get(problem.status, _OTHERWISE)
    kind = problem.kind.rpartition(":")[2]
    of_1p1 = f"{BELOW}v1p1" in request.url.path
    if kind in (INVALID_FILTER, INVALID_SELECTION, INVALID_SORT):
        code = INVALID_SELECTION if kind == INVALID_SORT and not of_1p1 else kind
    told = {
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_description": " ".join([problem.detail, *problem.errors]),
        "imsx_CodeMinor": {
            "imsx_codeMinorField": [
                {
                    "imsx_codeMinorFieldName": "TargetEndSystem",
                    "imsx_codeMinorFieldValue": _OF_1P1.get(code, code) if of_1p1 else code,
                }
            ]
        },
    }
    return JSONResponse(told, problem.status, dict(problem.headers))
