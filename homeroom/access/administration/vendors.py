"""The providers of apps, as the Admin API has them: company, namespaces, and who answers for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from homeroom.access.administration.changes import Change
from homeroom.access.administration.faults import not_there, not_valid
from homeroom.access.door import Use


@dataclass(frozen=True)
class VendorTerms:
    """What of a vendor stands in the agreements of its applications."""

    company: str
    namespace_prefixes: tuple[str, ...]
    contact_name: str
    contact_email_address: str


@dataclass(frozen=True)
class Vendor(VendorTerms):
    """A vendor by its number."""

    id: int


async def vendors(use: Use) -> Sequence[Vendor]:
    """All vendors. There are as many as the district has providers of apps."""
    return [_read(row) for row in await use.rows(f"{_VENDORS} order by id")]


async def vendor(use: Use, number: int) -> Vendor:
    """The vendor of that number. Raises NotThere where there is none."""
    row = await use.row(f"{_VENDORS} where id = %(id)s", id=number)
    if row is None:
        raise not_there("vendor", number)
    return _read(row)


async def add_vendor(change: Change, terms: VendorTerms) -> int:
    """Add a vendor; its number. Raises NotValid where there is one of that company."""
    await _check_company(change.use, terms.company, None)
    row = await change.use.row(_ADD, **_asked(terms))
    number = int(row["id"]) if row else 0
    await change.note(f"vendor {number} added")
    return number


async def write_vendor(change: Change, number: int, terms: VendorTerms) -> bool:
    """Say it of the vendor of that number; whether it is anything else than before. Raises NotThere and NotValid."""
    before = await vendor(change.use, number)
    if VendorTerms(*astuple(before)[:4]) == terms:
        return False
    await _check_company(change.use, terms.company, number)
    await change.use.row(_CHANGE, id=number, **_asked(terms))
    await change.note(f"vendor {number} changed")
    return True


async def forget_vendor(change: Change, number: int) -> None:
    """Forget a vendor that has no applications. Raises NotThere where there is none of that number."""
    await vendor(change.use, number)
    await change.use.row("delete from access.vendor where id = %(id)s returning id", id=number)
    await change.note(f"vendor {number} deleted")


async def _check_company(use: Use, company: str, number: int | None) -> None:
    taken = await use.row("select id from access.vendor where lower(company) = lower(%(company)s)", company=company)
    if taken is not None and taken["id"] != number:
        raise not_valid("Company", f"There is a vendor of this name: {taken['id']}. Change that one with PUT.")


def _asked(terms: VendorTerms) -> dict[str, Any]:
    return {"company": terms.company, "prefixes": list(terms.namespace_prefixes), "name": terms.contact_name,
            "email": terms.contact_email_address}  # fmt: skip


def _read(row: dict[str, Any]) -> Vendor:
    return Vendor(**row | {"namespace_prefixes": tuple(row["namespace_prefixes"])})


_VENDORS = "select company, namespace_prefixes, contact_name, contact_email_address, id from access.vendor"
_ADD = """
    insert into access.vendor (company, namespace_prefixes, contact_name, contact_email_address)
    values (%(company)s, %(prefixes)s, %(name)s, %(email)s) returning id
"""
_CHANGE = """
    update access.vendor set company = %(company)s, namespace_prefixes = %(prefixes)s, contact_name = %(name)s,
        contact_email_address = %(email)s
    where id = %(id)s returning id
"""
