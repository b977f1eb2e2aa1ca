"""Dates, times of day and moments, in the forms that systems and spreadsheets send them.

2011-09-04 · 9/4/2011 · 9/4/11 · 04-Sep-2011 · September 4, 2011 · 20110904 · 40790 (a spreadsheet's day number), each
also with a time behind it. Whether day or month comes first is read from the whole column: most of the dates that can
be only one of the two decide, and where none can, the month is first, as in the United States, with a notice.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from homeroom.consolidate.clean.cleaned import NOTHING, Cleaned, Cleaning, CleanOne, Context
from homeroom.consolidate.clean.text import is_nothing

_MONTHS = {name[:3].lower(): number for number, name in enumerate(month_name) if name}
_TIME = r"(?:(?:T|\s+)(?P<time>\d{1,2}:\d{2}.*))?"
_ISO = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})" + _TIME)
_NUMERIC = re.compile(r"(?P<a>\d{1,2})\s?[-/.]\s?(?P<b>\d{1,2})\s?[-/.]\s?(?P<y>\d{4}|\d{2})" + _TIME)
_DAY_NAMED = re.compile(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[-/.\s]+(?P<n>[A-Za-z]{3,9})\.?,?[-/.\s]+(?P<y>\d{4}|\d{2})" + _TIME
)
_NAMED_DAY = re.compile(
    r"(?P<n>[A-Za-z]{3,9})\.?[-\s]+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?[-\s]+(?P<y>\d{4}|\d{2})" + _TIME
)
_COMPACT = re.compile(r"(?P<one>\d{4})(?P<two>\d{4})(?:\.0)?")
_SERIAL = re.compile(r"(?P<days>\d{5})(?:\.(?P<part>\d+))?")
_CLOCK = re.compile(
    r"(?P<h>\d{1,2}):?(?P<m>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"\s*(?P<zone>Z|z|[+-]\d{2}:?\d{2})?"
)
_PLACEHOLDERS = {"0000-00-00", "00/00/0000", "0/0/0000", "00000000"}
# What systems store for "no date": a spreadsheet's day zero, and the end of time.
_STAND_INS = {date(1900, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1753, 1, 1), date(1, 1, 1)}
_EARLIEST, _LATEST = 1850, 2150


def date_cleaning(field: str, context: Context) -> Cleaning:
    """The cleaning of a column of dates."""
    plain = "regexp_full_match({v}, '(19[1-9]|20\\d)\\d-\\d\\d-\\d\\d') and try_cast({v} as date) is not null"

    def prepare(values: Sequence[str]) -> CleanOne:
        day_first, sure = _order(values, context)
        first_doubtful = None if sure else next((v for v in values if _is_ambiguous(v)), None)

        def clean(value: str) -> Cleaned:
            cleaned = clean_date(value, field=field, today=context.today, day_first=day_first)
            if value == first_doubtful and cleaned.value:
                return Cleaned(cleaned.value, "date-order-assumed")
            return cleaned

        return clean

    return Cleaning(plain, "try_cast({v} as date)", "DATE", prepare, by_column=_by_column(context))


def time_cleaning() -> Cleaning:
    """The cleaning of a column of times of day."""
    plain = "regexp_full_match({v}, '([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d')"
    return Cleaning(plain, "try_cast({v} as time)", "TIME", lambda _: clean_time)


def moment_cleaning(field: str, context: Context) -> Cleaning:
    """The cleaning of a column of moments, held in UTC where the source names a zone and as sent where it doesn't."""
    shape = "20\\d\\d(-\\d\\d){2}[T ]\\d\\d(:\\d\\d){2}"
    plain = f"regexp_full_match({{v}}, '{shape}') and try_cast({{v}} as timestamp) is not null"

    def prepare(values: Sequence[str]) -> CleanOne:
        day_first, _ = _order(values, context)
        return lambda value: clean_moment(value, field=field, today=context.today, day_first=day_first)

    return Cleaning(plain, "try_cast({v} as timestamp)", "TIMESTAMP", prepare, by_column=_by_column(context))


def clean_date(value: str, *, field: str, today: date, day_first: bool = False) -> Cleaned:
    """The date in ISO form; a time behind it is dropped."""
    moment = _moment(value, field, today, day_first)
    if isinstance(moment, datetime):
        return _accept(moment.date(), field)
    return moment


def clean_moment(value: str, *, field: str, today: date, day_first: bool = False) -> Cleaned:
    """The moment in ISO form, to the second."""
    moment = _moment(value, field, today, day_first, in_utc=True)
    if not isinstance(moment, datetime):
        return moment
    accepted = _accept(moment.date(), field)
    return Cleaned(moment.isoformat(sep=" ", timespec="seconds")) if accepted.value else accepted


def clean_time(value: str) -> Cleaned:
    """The time of day as HH:MM:SS."""
    text = value.strip()
    if is_nothing(text):
        return NOTHING
    found = _clock(text)
    return Cleaned(found[0].isoformat(timespec="seconds")) if found else Cleaned(None, "time-not-understood")


def day_comes_first(values: Sequence[str]) -> bool | None:
    """Whether the column's numeric dates put the day first; None where no date in it tells."""
    day = month = 0
    for value in values:
        if found := _NUMERIC.fullmatch(value.strip()):
            day += int(found["a"]) > 12 >= int(found["b"])
            month += int(found["b"]) > 12 >= int(found["a"])
    # One mistyped date must not turn a whole column, so the majority decides.
    return None if day == month else day > month


def _by_column(context: Context) -> Callable[[Sequence[str]], frozenset[bool | None]] | None:
    return _told_by if context.day_first is None else None


def _told_by(values: Sequence[str]) -> frozenset[bool | None]:
    """What `day_comes_first` says, if there is any date that is read by it."""
    texts = [value.strip() for value in values]
    by_order = [text for text in texts if _NUMERIC.fullmatch(text) or _COMPACT.fullmatch(text)]
    return frozenset({day_comes_first(by_order)}) if by_order else frozenset()


def _order(values: Sequence[str], context: Context) -> tuple[bool, bool]:
    if context.day_first is not None:
        return context.day_first, True
    found = day_comes_first(values)
    return bool(found), found is not None


def _is_ambiguous(value: str) -> bool:
    found = _NUMERIC.fullmatch(value.strip())
    return found is not None and int(found["a"]) <= 12 and int(found["b"]) <= 12 and found["a"] != found["b"]


def _moment(value: str, field: str, today: date, day_first: bool, *, in_utc: bool = False) -> datetime | Cleaned:
    text = " ".join(value.split())
    if is_nothing(text) or text.split(" ")[0].split("T")[0] in _PLACEHOLDERS:
        return NOTHING
    if found := _SERIAL.fullmatch(text):
        seconds = round(float("0." + (found["part"] or "0")) * 86400)
        return datetime(1899, 12, 30) + timedelta(days=int(found["days"]), seconds=seconds)
    if found := _COMPACT.fullmatch(text):
        return _compact(found["one"], found["two"], day_first)
    for pattern in (_ISO, _NUMERIC, _DAY_NAMED, _NAMED_DAY):
        if found := pattern.fullmatch(text):
            return _from_parts(found, field, today, day_first, in_utc)
    return Cleaned(None, "date-not-understood")


def _from_parts(found: re.Match[str], field: str, today: date, day_first: bool, in_utc: bool) -> datetime | Cleaned:
    parts = found.groupdict()
    if parts.get("n"):
        name = parts["n"][:3].lower()
        if name not in _MONTHS:
            return Cleaned(None, "date-not-understood")
        month, day = _MONTHS[name], int(parts["d"])
    elif parts.get("a"):
        first, second = int(parts["a"]), int(parts["b"])
        swapped = first > 12 or (day_first and second <= 12)
        month, day = (second, first) if swapped else (first, second)
    else:
        month, day = int(parts["m"]), int(parts["d"])
    year = int(parts["y"]) if len(parts["y"]) == 4 else _century(int(parts["y"]), field, today, month, day)
    clock = _clock(parts["time"]) if parts.get("time") else (time(0), None)
    if clock is None:
        return Cleaned(None, "date-not-understood")
    try:
        moment = datetime.combine(date(year, month, day), clock[0])
    except ValueError:
        return Cleaned(None, "date-impossible")
    return moment - clock[1] if in_utc and clock[1] is not None else moment


def _compact(one: str, two: str, day_first: bool) -> datetime | Cleaned:
    """20110904, or 09042011 where the year stands last."""
    if _EARLIEST <= int(one) <= _LATEST:
        parts = int(one), int(two[:2]), int(two[2:])
    else:
        first, second = int(one[:2]), int(one[2:])
        if first > 12 or (day_first and second <= 12):
            first, second = second, first
        parts = int(two), first, second
    try:
        return datetime(*parts)
    except ValueError:
        return Cleaned(None, "date-impossible")


def _century(year: int, field: str, today: date, month: int, day: int) -> int:
    """The year that a plausible life or school calendar gives: a birth is never ahead, a plan at most twenty years."""
    recent = 2000 + year
    if field in ("birthDate", "birth_date", "hireDate", "hire_date", "dateEnteredUS"):
        return recent if (recent, month, day) <= (today.year, today.month, today.day) else recent - 100
    return recent if recent <= today.year + 20 else recent - 100


def _clock(text: str) -> tuple[time, timedelta | None] | None:
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return None
    hour, minute, second = int(found["h"]), int(found["m"]), int(found["s"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"][0] in "Pp" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return time(hour, minute, second), _offset(found["zone"])


def _offset(zone: str | None) -> timedelta | None:
    if not zone or zone in "Zz":
        return None
    digits = zone[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -offset if zone[0] == "-" else offset


def _accept(day: date, field: str) -> Cleaned:
    if day in _STAND_INS:
        return Cleaned(None, "date-stand-in")
    if day.year >= 9999:
        return NOTHING
    if not _EARLIEST <= day.year <= _LATEST:
        return Cleaned(None, "date-out-of-range")
    return Cleaned(day.isoformat())
