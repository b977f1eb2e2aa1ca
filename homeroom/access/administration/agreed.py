"""What is agreed with an application: the terms that follow from its vendor, its claim set and its organizations.

Of what an agreement says besides, the Admin API has no word. Where it is silent, the strictest is asked for: nobody
else gets the data, it is kept until the end and deleted then, and the end is in a year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from homeroom.access.administration.faults import NotValid, not_valid
from homeroom.access.administration.vendors import VendorTerms
from homeroom.access.agreements.terms import AtTheEnd, Terms
from homeroom.access.agreements.writes import read_namespaces
from homeroom.access.claim_sets.agreed import elements_of, may_be_unrestricted, writes_of
from homeroom.access.claim_sets.claim_set import ClaimSet
from homeroom.access.sandbox.clients import sandbox_terms
from homeroom.model.descriptor import STANDARD_NAMESPACE


def agreed_terms(
    vendor: VendorTerms, name: str, claim_set: ClaimSet, organizations: Sequence[int], today: date
) -> Terms:
    """The terms of the agreement with a district. Raises NotValid where they are none."""
    _check(claim_set)
    writes = writes_of(claim_set)
    return Terms(
        provider=vendor.company,
        app=name,
        purposes=claim_set.purposes,
        elements=elements_of(claim_set),
        schools=frozenset(),
        begin=today,
        end=today + timedelta(days=365),
        subprocessors=(),
        retention="Until the agreement ends.",
        at_the_end=AtTheEnd.DELETED,
        contact_name=vendor.contact_name,
        contact_email=vendor.contact_email_address,
        writes=writes,
        namespaces=_own_namespaces(vendor, writes),
        organizations=frozenset(organizations),
    )


def tried_out_terms(vendor: VendorTerms, name: str, claim_set: ClaimSet, organizations: Sequence[int]) -> Terms:
    """The terms of the agreement in a sandbox. Raises NotValid where they are none."""
    _check(claim_set)
    if not vendor.namespace_prefixes:
        raise not_valid("VendorId", "Give the vendor a namespace prefix: in a sandbox an app writes in it.")
    terms = sandbox_terms(claim_set, organizations, vendor.namespace_prefixes)
    return replace(
        terms,
        provider=vendor.company,
        app=name,
        contact_name=vendor.contact_name,
        contact_email=vendor.contact_email_address,
        # The database lets nothing else be written wherever it is.
        unrestricted=terms.unrestricted & may_be_unrestricted(),
    )


def _check(claim_set: ClaimSet) -> None:
    if not claim_set.allowed:
        raise not_valid("ClaimSetName", "The claim set lets an app do nothing. Add a resource claim to it first.")
    if not claim_set.purposes:
        raise not_valid(
            "ClaimSetName",
            "Nothing says what an agreement after this claim set is for. Say it first, at the district's machine: "
            "homeroom claim-set purpose NAME PURPOSE --by NAME; or copy one that has a purpose.",
        )


def _own_namespaces(vendor: VendorTerms, writes: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The vendor's, without that of the standard, in which nobody writes. Raises NotValid where one is needed."""
    own = [one for one in vendor.namespace_prefixes if not f"{one}/".startswith(STANDARD_NAMESPACE)]
    faults: list[str] = []
    namespaces = read_namespaces({"namespaces": own}, writes, faults.append)
    if faults:
        raise NotValid(
            {
                "VendorId": [
                    "The claim set writes what belongs to whoever owns its namespace. Give the vendor a namespace "
                    f"prefix of its own, beginning with uri://, beside {STANDARD_NAMESPACE}."
                ]
            }
        )
    return namespaces
