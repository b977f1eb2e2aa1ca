"""What an app's agreement lets it read, and the record as it answers under that agreement."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import lru_cache

import psycopg

from homeroom.access import reasons
from homeroom.access.agreements.agreement import Agreement
from homeroom.access.agreements.terms import Extent, Terms
from homeroom.access.door import Refused, Use
from homeroom.access.resources.reach import AGREEMENT
from homeroom.access.resources.row_security import APP_OF_DISTRICT, APP_OF_SCHOOLS, APP_OF_WILLING, ROLES
from homeroom.errors import CannotRun

# Agreements are few, and each of their requests asks for the same.
_KEPT = 500

_ROLES = {Extent.SCHOOLS: APP_OF_SCHOOLS, Extent.DISTRICT: APP_OF_DISTRICT, Extent.WILLING: APP_OF_WILLING}


def terms_of(use: Use) -> Terms:
    """The terms under which the record is read. Raises Refused where there are none."""
    if use.principal.agreement is None:
        raise Refused("Only an app with an agreement reads resources here.")
    return use.principal.agreement.terms


def fields_named(terms: Terms, resource: str) -> frozenset[str]:
    """The JSON paths that the agreement names of a resource. Raises Refused where it names none."""
    fields = _fields(terms).get(resource)
    if not fields:
        raise Refused(reasons.names_nothing_of(resource))
    return fields


@lru_cache(_KEPT)
def _fields(terms: Terms) -> Mapping[str, frozenset[str]]:
    return {resource: frozenset(named) for resource, named in terms.fields().items()}


@asynccontextmanager
async def under_agreement(use: Use, as_app: bool = False, of: Agreement | None = None) -> AsyncIterator[None]:
    """A block in which the database knows under which agreement it is asked, and answers as an app, where `as_app`.

    `of`: the agreement, where it is not the principal's own. Raises CannotRun where the database knows no apps.
    """
    agreement = of or use.principal.agreement
    role = _ROLES[agreement.terms.extent] if as_app and agreement else "none"
    become = "select set_config(%s, %s, true), set_config('role', %s, true)"
    try:
        await use.record.execute(become, [AGREEMENT, str(agreement.number) if agreement else "", role])
    except (psycopg.errors.InvalidParameterValue, psycopg.errors.InsufficientPrivilege) as problem:
        raise CannotRun(
            "The record's PostgreSQL does not know apps yet. Have whoever may make its roles make "
            f"{', '.join(ROLES)}, make the record's user a member of each, and start Homeroom again."
        ) from problem
    yield
    # Where the block is left by an error, the transaction ends with it, and what was set as well.
    await use.record.execute(become, [AGREEMENT, "", "none"])
