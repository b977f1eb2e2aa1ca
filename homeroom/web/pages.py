"""How a page is made: the templates, the words for numbers and times, and who asks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from homeroom.access.accounts.sessions import Person
from homeroom.access.door import Door, Use
from homeroom.access.lineage import Origin
from homeroom.access.permissions import Action, Role, may, purpose_of
from homeroom.access.quality_attention import kind_words
from homeroom.access.quality_measures import percent
from homeroom.access.words import day, name_of, school_year, words_of
from homeroom.web.visitors import FORM_FIELD, principal_of

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


# What stands in the menu of whoever may see it.
_MENU = (
    ("/", "Overview", Action.SEE_COUNTS),
    ("/sources", "Sources", Action.SEE_SOURCES),
    ("/students", "Students", Action.SEARCH_STUDENTS),
    ("/matches", "Matches", Action.SEE_MATCHES),
    ("/quality", "Quality", Action.SEE_COUNTS),
    ("/rules", "Rules", Action.SEE_COUNTS),
    ("/quarantine", "Quarantine", Action.SEE_QUARANTINE),
    ("/agreements", "Agreements and apps", Action.SEE_AGREEMENTS),
    ("/access", "Who sees what", Action.EXPLAIN_ACCESS),
)

# What a page of the menu is called for whom it is about.
_WORDS: Mapping[str, Mapping[str, str]] = {
    Role.CONTACT: {"/students": "Your children"},
    Role.STUDENT: {"/students": "About you"},
    Role.TEACHER: {"/students": "Your students"},
    Role.PRINCIPAL: {"/students": "Your students"},
    Role.COUNSELOR: {"/students": "Your students"},
}


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A finished page. A template asks `may` whether whoever is signed in may do something."""
    person: Person | None = getattr(request.state, "person", None)
    here = person.here if person else None

    def may_do(action: str) -> bool:
        return here is not None and may(here, Action[action])

    text = _templates.get_template(template).render(
        district=request.app.state.district,
        sandbox=request.app.state.sandbox,
        at=request.url.path,
        person=person,
        role=here.role if here else None,
        may=may_do,
        words_of_role=_WORDS,
        menu=[(address, words) for address, words, action in _MENU if here and may(here, action)],
        # What each form holds, so that no other site sends one.
        form_word=Markup('<input type="hidden" name="{}" value="{}">').format(FORM_FIELD, person.form_word)
        if person
        else "",
        **values,
    )
    return HTMLResponse(text, status_code=status)


@asynccontextmanager
async def use(request: Request, action: Action, as_of: date | None = None) -> AsyncIterator[Use]:
    """The record, for what this page does, as it was on the day `as_of`. Raises Refused where it may not."""
    door: Door = request.app.state.door
    principal = principal_of(request)
    async with door.use(principal, action, purpose_of(principal, action), as_of) as opened:
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
