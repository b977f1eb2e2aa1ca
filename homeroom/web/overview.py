"""What is in our record, and did the last run go well?"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response, status
from fastapi.responses import HTMLResponse, RedirectResponse

from homeroom.access.egress.notices import waiting
from homeroom.access.permissions import OF_THE_RECORD, Action
from homeroom.access.summary import summary
from homeroom.web.pages import page, use
from homeroom.web.visitors import principal_of

router = APIRouter()

# What the record's counts are called on the page.
RECORD = {
    "students": "Students",
    "contacts": "Parents, guardians and other contacts",
    "staff": "Staff",
    "schools": "Schools",
    "sections": "Classes (sections)",
    "enrollments": "Enrollments in a school",
    "attendance_events": "Attendance events",
    "grades": "Grades",
    "assessment_results": "Assessment results",
}
IDENTITY = {
    "students": "Students",
    "contacts": "Contacts",
    "staff": "Staff",
    "organizations": "Schools and organizations",
}


@router.get("/", response_class=HTMLResponse)
async def overview(request: Request) -> Response:
    if principal_of(request).role in OF_THE_RECORD:
        # The first thing that they look for.
        return RedirectResponse("/students", status.HTTP_303_SEE_OTHER)
    async with use(request, Action.SEE_COUNTS) as opened:
        found = await summary(opened)
        notices = await waiting(opened) if opened.may(Action.SEE_AGREEMENTS) else ()
    if found is None:
        return page(request, "empty.html", notices=notices)
    return page(
        request,
        "overview.html",
        found=found,
        notices=notices,
        record=RECORD,
        identity=IDENTITY,
        lost=[rule for rule in found["quarantine"] if rule["severity"] in ("row", "file")],
        values=[rule for rule in found["quarantine"] if rule["severity"] not in ("row", "file")],
        totals=_totals(found),
        without_record=max(0, found["identity"].get("students", {}).get("unique_ids", 0) - found["record"]["students"]),
    )


def _totals(found: dict[str, Any]) -> dict[str, float]:
    sources = found["sources"]
    return {
        "landed": sum(source["rows_landed"] for source in sources),
        "accepted": sum(source["rows_accepted"] for source in sources),
        "quarantined": sum(source["rows_quarantined"] for source in sources),
        "failed": sum(1 for source in sources if source["failure"]),
        "seconds": sum(step["seconds"] for step in found["steps"]),
    }
