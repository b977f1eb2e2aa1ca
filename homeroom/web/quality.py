"""How good is our data, and is it getting better?"""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from homeroom.access.permissions import Action
from homeroom.access.quality import RUNS_BEFORE, quality
from homeroom.access.quality_history import Measured, history
from homeroom.access.words import name_of, words_of
from homeroom.web.charts import Chart, Series, chart
from homeroom.web.pages import page, use

router = APIRouter()


@router.get("/quality", response_class=HTMLResponse)
async def every_source(request: Request) -> HTMLResponse:
    async with use(request, Action.SEE_COUNTS) as opened:
        found = await quality(opened)
    return page(request, "quality.html", sources=found, runs_before=RUNS_BEFORE)


@router.get("/quality/{source}/{resource}", response_class=HTMLResponse)
async def one_table(request: Request, source: str, resource: str) -> HTMLResponse:
    async with use(request, Action.SEE_COUNTS) as opened:
        found = next(
            (one for each in await quality(opened, source) for one in each.resources if one.name == resource), None
        )
    if found is None:
        raise HTTPException(404)
    return page(request, "quality_table.html", source=source, table=found)


@router.get("/quality/{source}/{resource}/{field}", response_class=HTMLResponse)
async def one_field(request: Request, source: str, resource: str, field: str) -> HTMLResponse:
    async with use(request, Action.SEE_COUNTS) as opened:
        measured = await history(opened, source, resource, field)
    if not measured:
        raise HTTPException(404)
    others = sorted({other for one in measured for other in one.agreement})
    return page(
        request,
        "quality_field.html",
        source=source,
        resource=resource,
        called=f"{name_of(field)} of {words_of(resource).lower()}",
        measured=measured,
        others=others,
        drawn=_drawn(measured, others),
    )


def _drawn(measured: Sequence[Measured], others: Sequence[str]) -> Chart | None:
    return chart(
        [
            Series("Completeness", [(one.at, one.completeness) for one in measured]),
            Series("Validity", [(one.at, one.validity) for one in measured]),
            *(Series(f"Agreement with {o}", [(one.at, one.agreement_with(o)) for one in measured]) for o in others),
        ]
    )
