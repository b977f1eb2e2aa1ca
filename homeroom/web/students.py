"""Find a student, and see all that is held: each value with who said it.

A search is sent as a form, so that no name stands in an address, a browser's history or a server's log.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, HTTPException, Path, Request
from fastapi.responses import HTMLResponse

from homeroom.access import search as found_by
from homeroom.access import students as record
from homeroom.access.attendance import attendance_of_year
from homeroom.access.permissions import Action
from homeroom.web.desks import desks_of
from homeroom.web.pages import page, use

router = APIRouter()


@router.get("/students", response_class=HTMLResponse)
async def ask(request: Request) -> HTMLResponse:
    return page(request, "students.html", words="", found=None)


@router.post("/students", response_class=HTMLResponse)
async def search(
    request: Request,
    words: Annotated[str, Form(max_length=200)] = "",
    after: Annotated[UUID | None, Form()] = None,
    before: Annotated[UUID | None, Form()] = None,
) -> HTMLResponse:
    asked = words.replace("\0", "")
    async with use(request, Action.SEARCH_STUDENTS) as opened:
        found = await found_by.search(opened, asked, after=after, before=before)
    return page(request, "students.html", words=words, found=found)


@router.get("/students/{record_id}", response_class=HTMLResponse)
async def student(request: Request, record_id: str, as_of: str = "") -> HTMLResponse:
    try:
        wanted, day = UUID(record_id), _day(as_of)
    except ValueError:
        raise HTTPException(404) from None
    async with use(request, Action.SEE_STUDENT, day) as opened:
        found = await record.student(opened, wanted)
    if found is None and day is None:
        raise HTTPException(404)
    return page(
        request, "student.html", student=found, record_id=wanted, as_of=day, decided_by=desks_of(request).decided_by
    )


@router.get("/students/{record_id}/attendance/{year}", response_class=HTMLResponse)
async def attendance(
    request: Request, record_id: str, year: Annotated[int, Path(ge=1900, le=2200)], as_of: str = ""
) -> HTMLResponse:
    try:
        wanted, day = UUID(record_id), _day(as_of)
    except ValueError:
        raise HTTPException(404) from None
    async with use(request, Action.SEE_STUDENT, day) as opened:
        found = await attendance_of_year(opened, wanted, year)
    if found is None and day is None:
        raise HTTPException(404)
    return page(request, "attendance.html", attendance=found, record_id=wanted, year=year, as_of=day)


def _day(asked: str) -> date | None:
    """The earlier day that is asked for; None for today's record, and for days that have not been."""
    day = date.fromisoformat(asked) if asked else None
    return day if day and day < date.today() else None
