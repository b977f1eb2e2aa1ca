"""What was set aside, why, and what is to be done about it?"""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from shutil import make_archive
from tempfile import TemporaryDirectory

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse

from homeroom.access import quarantine as record
from homeroom.access.permissions import Action
from homeroom.access.quarantine_export import export_bad_rows
from homeroom.errors import CannotRun
from homeroom.web.desks import desks_of
from homeroom.web.pages import page, use

router = APIRouter()


@router.get("/quarantine", response_class=HTMLResponse)
async def by_rule(request: Request) -> HTMLResponse:
    async with use(request, Action.SEE_QUARANTINE) as opened:
        found = await record.groups(opened)
    return page(request, "quarantine.html", reasons=record.reasons(found))


@router.get("/quarantine/{source}/{rule}", response_class=HTMLResponse)
async def of_rule(
    request: Request, source: str, rule: str, number: int = Query(1, alias="page", ge=1, le=1_000_000)
) -> HTMLResponse:
    async with use(request, Action.SEE_QUARANTINE) as opened:
        found = await record.of_rule(opened, source, rule, number)
    if found is None:
        raise HTTPException(404)
    return page(request, "quarantine_rule.html", found=found)


@router.post("/quarantine/{source}/{rule}/rows")
async def rows_of_rule(request: Request, source: str, rule: str) -> Response:
    """The rows as a zip of files in the source's own format. What is written on the way is gone with the answer."""
    with TemporaryDirectory(prefix="homeroom-rows-") as folder:
        written = Path(folder) / "rows"
        async with use(request, Action.EXPORT_QUARANTINE) as opened:
            exported = await export_bad_rows(opened, source, rule, written, desks_of(request).write_bad_rows)
            if not exported.files:
                raise CannotRun(" ".join(exported.left_out))
            packed = await asyncio.to_thread(make_archive, str(Path(folder) / "packed"), "zip", written)
        content = Path(packed).read_bytes()
    name = re.sub(r"[^a-z0-9-]+", "-", f"{source}-{rule}".lower())
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
    return Response(content, media_type="application/zip", headers=headers)
