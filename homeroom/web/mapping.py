"""What do the columns of a source's tables mean? See what is proposed, change it, see what comes of it, and use it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from homeroom.access.deliveries import disclose_rows_of
from homeroom.access.permissions import Action
from homeroom.web.pages import page, use

router = APIRouter()
SEE_OTHER = 303
# A form takes a thousand answers; a vendor's file may have more columns than that.
MOST_FIELDS = 900


@dataclass(frozen=True)
class ShownColumn:
    """A column: its name, the `cells` of the first rows, the `fields` that it becomes, and the concept it was taken
    for ('' for none, 'score' for a score of a test). `asked`: whether the page lets a person choose."""

    name: str
    cells: tuple[str, ...]
    fields: tuple[str, ...]
    concept: str
    asked: bool


@dataclass(frozen=True)
class ShownTable:
    """A table: its name as landed, its title, its rows, its columns, and what is to be decided."""

    name: str
    title: str
    rows: int
    columns: tuple[ShownColumn, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class ShownDocuments:
    """What the first rows become: documents of one resource, each from field to value."""

    resource: str
    rows: int
    first: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class ShownMapping:
    """All that the page shows. `proposed`: whether it is a proposal that can be changed here, or a file that is used.

    `asked`: what holds for all rows because no column says it: its name, the words to ask for it, and the value.
    `student_ids`: of whose rows something is shown, in the source's own ids.
    """

    tables: tuple[ShownTable, ...]
    documents: tuple[ShownDocuments, ...]
    set_aside: tuple[str, ...]
    unread: tuple[str, ...]
    asked: tuple[tuple[str, str, str], ...]
    proposed: bool
    file: str
    student_ids: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """What a person said: from tables to columns to concepts ('' for none), and of all rows, from names to values."""

    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)


class MappingDesk(Protocol):
    """Who looks into the sources' tables for the page: given to the application, for pages reach no source."""

    def sources(self) -> Sequence[tuple[str, bool]]:
        """The sources whose tables need a mapping, each with whether it has one."""
        ...

    def concepts(self) -> Sequence[tuple[str, str]]:
        """What a column may be taken for: the concept and its words."""
        ...

    def look(self, source: str, anew: bool, said: Said | None) -> ShownMapping:
        """What the mapping makes of the source's tables."""
        ...

    def save(self, source: str, said: Said) -> None:
        """Use what was said from now on."""
        ...


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
        await run_in_threadpool(_desk(request).save, source, said)
    return RedirectResponse(f"/sources/{source}/mapping", SEE_OTHER)


async def _shown(request: Request, source: str, anew: bool, said: Said | None) -> HTMLResponse:
    desk = _desk(request)
    async with use(request, Action.MAP_SOURCES) as opened:
        found = await run_in_threadpool(desk.look, source, anew, said)
        await disclose_rows_of(opened, source, found.student_ids)
    return page(request, "mapping.html", source=source, found=found, concepts=desk.concepts(), tried=said is not None)


def _desk(request: Request) -> MappingDesk:
    desk: MappingDesk = request.app.state.mapping_desk
    return desk


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
