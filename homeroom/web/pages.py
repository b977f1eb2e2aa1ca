"""How a page is made: the templates, the words for numbers and times, and who asks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from homeroom.access.door import Door, Use
from homeroom.access.lineage import Origin
from homeroom.access.permissions import THIS_MACHINE, Action, Purpose
from homeroom.access.quality_attention import kind_words
from homeroom.access.quality_measures import percent
from homeroom.access.words import day, name_of, school_year, words_of

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A finished page."""
    text = _templates.get_template(template).render(district=request.app.state.district, at=request.url.path, **values)
    return HTMLResponse(text, status_code=status)


@asynccontextmanager
async def use(request: Request, action: Action, as_of: date | None = None) -> AsyncIterator[Use]:
    """The record, for what this page does, as it was on the day `as_of`. Raises Refused where it may not."""
    door: Door = request.app.state.door
    async with door.use(THIS_MACHINE, action, Purpose.CONSOLIDATION, as_of) as opened:
        yield opened


def _number(value: float) -> str:
    return f"{value:,.0f}"


def _of_some(count: int, one: str, many: str | None = None) -> str:
    """`3 rows`, `1 row`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _moment(value: datetime | str) -> str:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    moment = moment.astimezone()
    return f"{moment.day} {moment:%B %Y, %H:%M}"


def _on_day(value: datetime) -> str:
    """The day of a moment, on this machine."""
    return day(value.astimezone().date())


def _bytes(value: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if value < 1000:
            return f"{value:,.0f} {unit}"
        value /= 1000
    return f"{value:,.1f} GB"


def _place(origin: Origin) -> str:
    """Where in which file: `users.csv, line 12, received 3 March 2026`."""
    return f"{origin.file}, {origin.place}, received {day(origin.received_on)}"


def _capitalize_first(words: str) -> str:
    """The first letter a capital, the others as they are."""
    return words[:1].upper() + words[1:]


def _first_small(words: str) -> str:
    """The first letter small, the others as they are."""
    return words[:1].lower() + words[1:]


def _unbroken(sentence: str) -> str:
    """No line ends between a number and its percent sign."""
    return sentence.replace(" %", "\u00a0%")


def _share(value: float | None) -> str:
    return _unbroken(percent(value))


_templates.filters |= {
    "first_small": _first_small,
    "unbroken": _unbroken,
    "share": _share,
    "table_words": words_of,
    "field_words": name_of,
    "kind_words": kind_words,
    "capitalize_first": _capitalize_first,
    "number": _number,
    "of": _of_some,
    "moment": _moment,
    "day": day,
    "on_day": _on_day,
    "school_year": school_year,
    "bytes": _bytes,
    "place": _place,
}
