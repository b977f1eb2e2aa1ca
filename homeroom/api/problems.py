"""What is said when something is wrong: problem details (RFC 9457), of the types that the Ed-Fi ODS/API has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi.responses import JSONResponse

MEDIA_TYPE = "application/problem+json"
_TYPE = "urn:ed-fi:api:"


@dataclass
class Problem(Exception):
    """An answer that is a problem. `kind`: the end of its type's URN; `faults`: sentences by the JSON path of a value;
    `errors`: sentences of what has no path.

    It holds nothing of what was asked: a person's data must not come back in an error, nor stand in a log.
    """

    status: int
    kind: str
    title: str
    detail: str
    faults: Mapping[str, Sequence[str]] = field(default_factory=dict)
    errors: Sequence[str] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> JSONResponse:
        """The problem as it is answered."""
        told: dict[str, Any] = {
            "detail": self.detail,
            "type": f"{_TYPE}{self.kind}",
            "title": self.title,
            "status": self.status,
        }
        if self.faults:
            told["validationErrors"] = {path: list(sentences) for path, sentences in self.faults.items()}
        if self.errors:
            told["errors"] = list(self.errors)
        return JSONResponse(told, self.status, dict(self.headers), MEDIA_TYPE)


def not_valid(faults: Mapping[str, Sequence[str]]) -> Problem:
    """What was sent has these faults."""
    words = "Data validation failed. See 'validationErrors' for details."
    return Problem(400, "bad-request:data-validation-failed", "Data Validation Failed", words, faults)


def wrong_parameters(errors: Sequence[str]) -> Problem:
    """The parameters of the request are wrong, each for the reason that its sentence tells."""
    words = "Parameter validation failed. See 'errors' for details."
    return Problem(400, "bad-request:parameter", "Parameter Validation Failed", words, errors=errors)


def bad_request(detail: str, status: int = 400) -> Problem:
    """What was sent can't be read."""
    return Problem(status, "bad-request", "Bad Request", detail)


def bad_data(detail: str) -> Problem:
    """What was sent is no document."""
    return Problem(400, "bad-request:data", "Bad Request", detail)


def unprocessable(detail: str) -> Problem:
    """It can be read, and is not what is understood here."""
    return Problem(422, "unprocessable", "Unprocessable Content", detail)


def wrong_media_type() -> Problem:
    """What was sent is not said to be JSON."""
    words = "Send the document as JSON, with the header Content-Type: application/json"
    return Problem(415, "unsupported-media-type", "Unsupported Media Type", words)


def not_authenticated() -> Problem:
    """Nobody knows who asks."""
    words = "Ask for a token with your key and secret, and send it as: Authorization: Bearer TOKEN"
    headers = {"WWW-Authenticate": 'Bearer realm="Homeroom", error="invalid_token"'}
    return Problem(401, "security:authentication", "Authentication Failed", words, headers=headers)


def not_allowed(reason: str) -> Problem:
    """The agreement does not let them."""
    return Problem(403, "security:authorization", "Authorization Denied", reason)


def not_found(detail: str) -> Problem:
    """There is no such thing, or none that may be known of."""
    return Problem(404, "not-found", "Not Found", detail)


def wrong_method(detail: str = "This address takes no such request.", allowed: str = "") -> Problem:
    """The address takes no such request, but `allowed` ones."""
    headers = {"Allow": allowed} if allowed else {}
    return Problem(405, "method-not-allowed", "Method Not Allowed", detail, headers=headers)


def conflict(detail: str) -> Problem:
    """It contradicts what is there."""
    return Problem(409, "conflict:non-unique-identity", "Identifying Values Are Not Unique", detail)


def unresolved(faults: Mapping[str, Sequence[str]]) -> Problem:
    """References of what was sent, by their paths, name nothing."""
    words = "One or more references could not be resolved. See 'validationErrors' for details."
    return Problem(409, "data-conflict:unresolved-reference", "Unresolved Reference", words, faults)


def still_named(detail: str) -> Problem:
    """Something else refers to it."""
    return Problem(409, "data-conflict:dependent-item-exists", "Dependent Item Exists", detail)


def key_in_use(detail: str) -> Problem:
    """Something else has the key."""
    return Problem(409, "data-conflict:non-unique-identity", "Identifying Values Are Not Unique", detail)


def said_by_sources(detail: str) -> Problem:
    """The district's own systems say it."""
    return Problem(409, "data-conflict", "Resource Data Conflict", detail)


def key_fixed(detail: str) -> Problem:
    """The key can't be changed."""
    kind = "bad-request:data-validation-failed:key-change-not-supported"
    return Problem(400, kind, "Key Change Not Supported", detail)


def changed_since(detail: str) -> Problem:
    """It is not any more what the client had read."""
    return Problem(412, "optimistic-lock-failed", "Optimistic Lock Failed", detail)


def later(detail: str, seconds: int) -> Problem:
    """It can be done in so many seconds."""
    return Problem(503, "service-unavailable", "Service Unavailable", detail, headers={"Retry-After": str(seconds)})


def too_many(seconds: int) -> Problem:
    """Somebody tried too often with a wrong secret."""
    words = f"Too many attempts failed. Look at the key and the secret, and try again in {seconds} seconds."
    return Problem(429, "too-many-requests", "Too Many Requests", words, headers={"Retry-After": str(seconds)})


def bad_gateway(detail: str) -> Problem:
    """What stands behind does not answer."""
    return Problem(502, "bad-gateway", "Bad Gateway", detail)


def unforeseen(what: str) -> Problem:
    """The last word; `what` is a kind of error and a place in the code."""
    words = f"Something unforeseen happened ({what}). Nothing was changed. Try again; if it stays, report these words."
    return Problem(500, "system", "System Error", words)
