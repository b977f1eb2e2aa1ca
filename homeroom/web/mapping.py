"""What do the columns of a source's tables mean? See what is proposed, change it, see what comes of it, and use it."""

from __future__ import annotations

from fastapi import APIRouter, Request, status
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from homeroom.access.deliveries import disclose_rows_of
from homeroom.access.permissions import Action
from homeroom.web.desks import desks_of
from homeroom.web.mapping_desk import MOST_FIELDS, Said
from homeroom.web.pages import page, use

router = APIRouter()


@router.get("/sources/{source}/mapping", response_class=HTMLResponse)
async def mapping(request: Request, source: str, anew: bool = False) -> HTMLResponse:
    return await _shown(request, source, anew, None)


@router.post("/sources/{source}/mapping", response_class=HTMLResponse)
async def change(request: Request, source: str) -> Response:
    form = await request.form(max_fields=MOST_FIELDS + 100)
    said = _said(form)
    if form.get("do") != "use":
        return await _shown(request, source, True, said)
    async with use(request, Action.MAP_SOURCES):
        await run_in_threadpool(desks_of(request).mapping.save, source, said)
    return RedirectResponse(f"/sources/{source}/mapping", status.HTTP_303_SEE_OTHER)


async def _shown(request: Request, source: str, anew: bool, said: Said | None) -> HTMLResponse:
    desk = desks_of(request).mapping
    async with use(request, Action.MAP_SOURCES) as opened:
        found = await run_in_threadpool(desk.look, source, anew, said)
        await disclose_rows_of(opened, source, found.student_ids)
    return page(request, "mapping.html", source=source, found=found, concepts=desk.concepts(), tried=said is not None)


def _said(form: FormData) -> Said:
    """Of each column its table, its name and its answer stand in three fields."""
    columns: dict[str, dict[str, str]] = {}
    rows: dict[str, str] = {}
    for key, value in form.multi_items():
        place, _, kind = key.rpartition(".")
        if not isinstance(value, str):
            continue
        if place == "rows" and value.strip():
            rows[kind] = value.strip()
        table, column = form.get(f"{place.partition('.')[0]}.table"), form.get(f"{place}.column")
        # A score is found by its column's name; that it is one is nothing that a person can say otherwise here.
        if kind == "means" and isinstance(table, str) and isinstance(column, str) and value != "score":
            columns.setdefault(table, {})[column] = value
    return Said(columns, rows)
