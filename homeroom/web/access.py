"""Is this shown to them, and what decides it?

What is asked is sent as a form, so that no id stands in an address, a browser's history or a server's log.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from homeroom.access.accounts.kept import accounts
from homeroom.access.agreements.kept import agreements
from homeroom.access.agreements.keys import clients
from homeroom.access.door import Use
from homeroom.access.explaining.explain import explain
from homeroom.access.explaining.steps import Explanation
from homeroom.access.permissions import Action
from homeroom.errors import WrongUse
from homeroom.model import RESOURCES
from homeroom.web.pages import page, use

router = APIRouter(prefix="/access")

_LONGEST = 200


@router.get("", response_class=HTMLResponse)
async def ask(request: Request) -> HTMLResponse:
    async with use(request, Action.EXPLAIN_ACCESS) as opened:
        return await _page(request, opened)


@router.post("", response_class=HTMLResponse)
async def answer(
    request: Request,
    who: Annotated[str, Form(max_length=_LONGEST)],
    row: Annotated[str, Form(max_length=_LONGEST)],
    resource: Annotated[str, Form(max_length=_LONGEST)] = "students",
    field: Annotated[str, Form(max_length=_LONGEST)] = "",
) -> HTMLResponse:
    asked = {"who": who.strip(), "resource": resource.strip(), "row": row.strip(), "field": field.strip()}
    async with use(request, Action.EXPLAIN_ACCESS) as opened:
        try:
            found: Sequence[Explanation] = await explain(opened, *asked.values())
            fault = ""
        except WrongUse as problem:
            found, fault = (), str(problem)
        return await _page(request, opened, asked, found, fault)


async def _page(
    request: Request,
    opened: Use,
    asked: dict[str, str] | None = None,
    found: Sequence[Explanation] = (),
    fault: str = "",
) -> HTMLResponse:
    return page(
        request,
        "access.html",
        400 if fault else 200,
        asked=asked or {"who": "", "resource": "students", "row": "", "field": ""},
        found=found,
        fault=fault,
        accounts=await accounts(opened),
        agreements=await agreements(opened),
        clients=await clients(opened),
        endpoints=sorted(definition.endpoint for definition in RESOURCES.values()),
    )
