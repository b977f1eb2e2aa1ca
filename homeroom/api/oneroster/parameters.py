"""What a request asks: `limit`, `offset`, `sort`, `orderBy`, `filter` and `fields`, with a sentence where one is wrong.

A parameter that there is not is refused: who misspells a filter would get everybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from homeroom.access.oneroster.filters import Filter, WrongFilter, read_filter
from homeroom.access.oneroster.selection import Selection
from homeroom.api.oneroster.status_info import INVALID_FILTER, INVALID_SELECTION, INVALID_SORT
from homeroom.api.problems import Problem

USUAL_ROWS = 100
MOST_ROWS = 10_000
_LARGEST = (1 << 63) - 1
OF_A_COLLECTION = ("limit", "offset", "sort", "orderBy", "filter", "fields")
OF_AN_OBJECT = ("fields",)


def read_selection(given: Sequence[tuple[str, str]]) -> Selection:
    """What a request for a collection asks. Raises Problem, without any of the values that were sent."""
    values = _values(given, OF_A_COLLECTION)
    order = values.get("orderBy", "asc").lower()
    if order not in ("asc", "desc"):
        raise wrong("orderBy: write asc or desc.", INVALID_SORT)
    return Selection(
        limit=_number(values, "limit", 1, MOST_ROWS, USUAL_ROWS),
        offset=_number(values, "offset", 0, _LARGEST, 0),
        fields=_fields(values),
        filter=_filter(values),
        sort=values.get("sort", ""),
        descending=order == "desc",
    )


def read_fields(given: Sequence[tuple[str, str]]) -> Sequence[str]:
    """Which fields of an object a request asks for; none where it asks for all. Raises Problem."""
    return _fields(_values(given, OF_AN_OBJECT))


def wrong(sentence: str, kind: str = "parameter") -> Problem:
    """The answer to a parameter that is wrong."""
    return Problem(400, f"bad-request:{kind}", "Parameter Validation Failed", sentence)


def wrong_filter(sentence: str) -> Problem:
    """The answer to a filter that is wrong."""
    return wrong(f"filter: {sentence}.", INVALID_FILTER)


def _values(given: Sequence[tuple[str, str]], known: Sequence[str]) -> Mapping[str, str]:
    names = [name for name, _ in given]
    # What is no parameter of ours may be anything, a person's name too.
    if set(names) - set(known):
        raise wrong(f"One of the parameters is none that there is here: {', '.join(known)}.")
    if twice := sorted(name for name in set(names) if names.count(name) > 1):
        raise wrong(f"{twice[0]}: it is given more than once.")
    return dict(given)


def _number(values: Mapping[str, str], name: str, least: int, most: int, usual: int) -> int:
    text = values.get(name)
    if text is None:
        return usual
    if text.isascii() and text.isdigit() and len(text) < 20 and int(text) >= least:
        # Who asks for more than a page holds gets a page, and the address of the next.
        return min(int(text), most)
    raise wrong(f"{name}: write a whole number from {least} on.")


def _fields(values: Mapping[str, str]) -> Sequence[str]:
    if "fields" not in values:
        return ()
    names = [name.strip() for name in values["fields"].split(",")]
    if not all(names):
        raise wrong("fields: write the names of fields, with commas between them.", INVALID_SELECTION)
    return names


def _filter(values: Mapping[str, str]) -> Filter:
    if "filter" not in values:
        return Filter()
    try:
        return read_filter(values["filter"])
    except WrongFilter as problem:
        raise wrong_filter(str(problem)) from None
