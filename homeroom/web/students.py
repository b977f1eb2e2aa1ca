"""Find a student, and see all that is held: each value with who said it.

A search is sent as a form, so that no name stands in an address, a browser's history or a server's log.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Form, HTTPException, Path, Request, status
from fastapi.responses import HTMLResponse, RedirectResponse

from homeroom.access import search as found_by
from homeroom.access import students as record
from homeroom.access.attendance import attendance_of_year
from homeroom.access.door import Refused
from homeroom.access.opt_outs import kept as opt_outs
from homeroom.access.opt_outs.apps import AppOfStudent, apps_of
from homeroom.access.permissions import OF_THE_RECORD, Action
from homeroom.access.reasons import NO_STUDENT
from homeroom.web.desks import desks_of
from homeroom.web.pages import page, use
from homeroom.web.visitors import principal_of

router = APIRouter()


@router.get("/students", response_class=HTMLResponse)
async def ask(request: Request) -> HTMLResponse:
    """The form; and for whoever sees some students only, those."""
    async with use(request, Action.SEARCH_STUDENTS) as opened:
        of_theirs = opened.principal.role in OF_THE_RECORD
        found = await found_by.search(opened, "") if of_theirs else None
    return page(request, "students.html", words="", found=found, searched=False)


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
    return page(request, "students.html", words=words, found=found, searched=True)


@router.get("/students/{record_id}", response_class=HTMLResponse)
async def student(request: Request, record_id: str, as_of: str = "") -> HTMLResponse:
    try:
        wanted, day = UUID(record_id), _day(as_of)
    except ValueError:
        raise HTTPException(404) from None
    apps: Sequence[AppOfStudent] = ()
    async with use(request, Action.SEE_STUDENT, day) as opened:
        found = await record.student(opened, wanted)
        if found and day is None and opened.may(Action.DECIDE_OPT_OUTS):
            apps = await apps_of(opened, found.unique_id)
    if found is None and day is None:
        raise _nobody(request)
    return page(
        request,
        "student.html",
        student=found,
        record_id=wanted,
        as_of=day,
        decided_by=desks_of(request).decided_by,
        apps=apps,
    )


@router.post("/students/{record_id}/apps/{agreement}")
async def decide(
    request: Request, record_id: UUID, agreement: int, decision: Annotated[Literal["out", "in"], Form()]
) -> RedirectResponse:
    """The family opts its child out of an app, or in again; or the district writes down that it does."""
    async with use(request, Action.DECIDE_OPT_OUTS) as opened:
        await opt_outs.decide(opened, record_id, agreement, decision == "out", by=opened.principal.name)
    return RedirectResponse(f"/students/{record_id}#app-{agreement}", status.HTTP_303_SEE_OTHER)


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
        raise _nobody(request)
    return page(request, "attendance.html", attendance=found, record_id=wanted, year=year, as_of=day)


@router.get("/students/{record_id}/seen", response_class=HTMLResponse)
async def seen(request: Request, record_id: str) -> HTMLResponse:
    """To whom the student was shown, for whoever looks after that and not at the record."""
    try:
        wanted = UUID(record_id)
    except ValueError:
        raise HTTPException(404) from None
    async with use(request, Action.SEE_DISCLOSURES) as opened:
        found = await record.seen_by(opened, wanted)
    if found is None:
        raise _nobody(request)
    return page(request, "seen.html", student=found, record_id=wanted)


def _nobody(request: Request) -> Exception:
    """The same answer for a student who isn't there and one who is not theirs to see: nobody learns which it is."""
    if principal_of(request).role in OF_THE_RECORD:
        return Refused(NO_STUDENT)
    return HTTPException(404)


def _day(asked: str) -> date | None:
    """The earlier day that is asked for; None for today's record, and for days that have not been."""
    day = date.fromisoformat(asked) if asked else None
    return day if day and day < date.today() else None
