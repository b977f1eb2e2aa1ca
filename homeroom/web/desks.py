"""Who does for the pages what they can't do themselves: pages reach the record through access, and no source at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request

from homeroom.access.disclosure_log.checkpoint import SigningKey
from homeroom.access.quarantine_export import Write
from homeroom.web.mapping_desk import MappingDesk
from homeroom.web.notices import Postman


@dataclass(frozen=True)
class Desks:
    """`mapping` looks into the tables of sources; `write_bad_rows` writes rows in quarantine as files; `decided_by`
    says in words what decides about a column of a resource, of which it gets the names, where sources disagree;
    `log_key` gives the key that signs the disclosure log; `postman` sends e-mail, where the district has a server."""

    mapping: MappingDesk
    write_bad_rows: Write
    decided_by: Callable[[str, str], str]
    log_key: Callable[[], SigningKey]
    postman: Postman | None = None


def desks_of(request: Request) -> Desks:
    """The desks of the application that was asked."""
    desks: Desks = request.app.state.desks
    return desks
