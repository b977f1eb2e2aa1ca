"""`/v2/vendors`: the providers of apps."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from homeroom.access.administration import applications as kept_applications
from homeroom.access.administration import vendors as kept
from homeroom.access.administration.faults import not_valid
from homeroom.access.administration.vendors import Vendor, VendorTerms
from homeroom.api.admin.administering import AdministrationRoute, Changing, Looking
from homeroom.api.admin.applications import told as told_application
from homeroom.api.admin.created import created
from homeroom.api.admin.models import ApplicationAnswer, VendorAnswer, VendorSent
from homeroom.api.admin.numbers import InPath
from homeroom.api.admin.paging import Asked, any_of, same

router = APIRouter(prefix="/vendors", tags=["Vendors"], route_class=AdministrationRoute)

_LONGEST_PREFIX = 255
_SCHEME = "uri://"


@router.get("")
async def vendors(
    use: Looking,
    part: Asked,
    id: Annotated[int | None, Query()] = None,
    company: str | None = None,
    namespace_prefixes: Annotated[str | None, Query(alias="namespacePrefixes")] = None,
    contact_name: Annotated[str | None, Query(alias="contactName")] = None,
    contact_email_address: Annotated[str | None, Query(alias="contactEmailAddress")] = None,
) -> list[VendorAnswer]:
    """All vendors that are as the parameters say."""
    asked = set(any_of(namespace_prefixes))
    found = [
        _told(one)
        for one in await kept.vendors(use)
        if id in (None, one.id)
        and same(company, one.company)
        and asked <= set(one.namespace_prefixes)
        and same(contact_name, one.contact_name)
        and same(contact_email_address, one.contact_email_address)
    ]
    return part.of(VendorAnswer, found)


@router.post("", status_code=201, response_class=Response)
async def add_vendor(request: Request, change: Changing, sent: VendorSent) -> Response:
    """Add a vendor."""
    return created(request, f"vendors/{await kept.add_vendor(change, _terms(sent))}")


@router.get("/{id}")
async def vendor(use: Looking, id: InPath) -> VendorAnswer:
    """One vendor."""
    return _told(await kept.vendor(use, id))


@router.put("/{id}", response_class=Response)
async def change_vendor(change: Changing, id: InPath, sent: VendorSent) -> None:
    """Change a vendor. What changes is in the agreements of its applications: they are asked for anew."""
    await kept_applications.change_vendor(change, id, _terms(sent))


@router.delete("/{id}", response_class=Response)
async def delete_vendor(change: Changing, id: InPath) -> None:
    """Forget a vendor; its applications end."""
    await kept_applications.delete_vendor(change, id)


@router.get("/{id}/applications")
async def applications(use: Looking, id: InPath) -> list[ApplicationAnswer]:
    """The applications of a vendor."""
    await kept.vendor(use, id)
    return [told_application(one) for one in await kept_applications.applications(use, id)]


def _told(one: Vendor) -> VendorAnswer:
    return VendorAnswer(
        id=one.id,
        company=one.company,
        namespace_prefixes=",".join(one.namespace_prefixes),
        contact_name=one.contact_name,
        contact_email_address=one.contact_email_address,
    )


def _terms(sent: VendorSent) -> VendorTerms:
    prefixes = tuple(dict.fromkeys(one.rstrip("/") for one in any_of(sent.namespace_prefixes)))
    if not all(map(_is_prefix, prefixes)):
        raise not_valid("NamespacePrefixes", f"Each begins with {_SCHEME}, as uri://reading-trail.example.")
    return VendorTerms(sent.company, prefixes, sent.contact_name, sent.contact_email_address)


def _is_prefix(one: str) -> bool:
    return (
        one.startswith(_SCHEME)
        and len(_SCHEME) < len(one) <= _LONGEST_PREFIX
        and not any(letter.isspace() or letter in "#\0" for letter in one)
    )
