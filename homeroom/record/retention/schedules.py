"""For how long what the record holds of people is kept: a default for each resource, and a district's own.

Each default names the law, rule or guideline that it is taken from. A resource that holds anything about a person and
has no schedule does not load, as a field without a privacy class does not.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from homeroom.errors import CannotRun, WrongUse
from homeroom.model import RESOURCES
from homeroom.model import columns as shape
from homeroom.model.declaration import Kind
from homeroom.model.member import PrivacyClass

# Beside the record's resources: events of learners, the use of tools, and deliveries as they were sent.
LEARNING_EVENT, TOOL_USE, DELIVERY = "LearningEvent", "ToolUse", "Delivery"
BESIDE_THE_RECORD = (LEARNING_EVENT, TOOL_USE, DELIVERY)
# By these the record knows that somebody has left: they stay as long as anything that waits for that.
KNOWS_WHO_LEFT = {
    "StudentSchoolAssociation": "Student",
    "StaffEducationOrganizationEmploymentAssociation": "Staff",
    "StaffEducationOrganizationAssignmentAssociation": "Staff",
    "StudentContactAssociation": "Contact",
}
MOST_YEARS = 200


class After(StrEnum):
    """From when the years are counted.

    `LEFT`: the last exit of the student, or of the member of staff, whom the row is about; of a contact, when the last
    of their students left. `SCHOOL_YEAR`: the last day of the row's school year. `EVENT`: the row's own date. `WITH`:
    it goes with the row that it belongs to. `UNUSED`: it goes when the last row goes that names it.
    """

    LEFT = "left"
    SCHOOL_YEAR = "school year"
    EVENT = "event"
    WITH = "with"
    UNUSED = "unused"


@dataclass(frozen=True)
class Schedule:
    """How long one resource is kept. `years`: None for ever; with `WITH` and `UNUSED`, 0.

    `date`: the column that `EVENT` counts from; `with_`: the resource that `WITH` means. `source`: the title of what
    it is taken from; `own`: whether the district said so.
    """

    resource: str
    years: int | None
    after: After | None
    date: str
    with_: str
    source: str
    own: bool = False

    @property
    def permanent(self) -> bool:
        return self.years is None

    @property
    def words(self) -> str:
        """As a sentence has it: `7 years after the student or member of staff left`."""
        if self.years is None:
            return "for ever"
        count = f"{self.years} year" if self.years == 1 else f"{self.years} years"
        return {
            None: "for ever",
            After.LEFT: f"{count} after whom it is about left",
            After.SCHOOL_YEAR: f"{count} after the school year",
            After.EVENT: f"{count} after it happened",
            After.WITH: f"as long as its {self.with_}",
            After.UNUSED: "until nothing names it any more",
        }[self.after]


Schedules = Mapping[str, Schedule]


@cache
def persons_in(resource: str) -> tuple[tuple[str, str], ...]:
    """The columns that say whom a row is about, with the person's kind: those of the key, where it has any.

    Of several kinds in a key the first counts: an association of a student and a contact is about the student.
    """
    named = [c for c in shape.columns(resource) if c.identifies in ("Student", "Staff", "Contact")]
    in_key = [c for kind in ("Student", "Staff", "Contact") for c in named if c.key and c.identifies == kind]
    return tuple((c.name, str(c.identifies)) for c in (in_key[:1] or named))


def about_people() -> tuple[str, ...]:
    """Every resource of which any field is not public."""
    return tuple(
        resource for resource in RESOURCES if any(c.privacy is not PrivacyClass.PUBLIC for c in shape.columns(resource))
    )


@cache
def defaults() -> Schedules:
    """The schedule of each resource that holds anything about a person, as it comes with Homeroom.

    Raises LookupError where one has none, or has two.
    """
    told = tomllib.loads(files("homeroom.record.retention").joinpath("schedules.toml").read_text("utf-8"))
    found: dict[str, Schedule] = {}
    for entry in told["schedule"]:
        for resource in entry["resources"]:
            if resource in found:
                raise LookupError(f"{resource} has two schedules.")
            found[resource] = _schedule(resource, entry, told["source"][entry["source"]]["title"])
    needed = {*about_people(), *BESIDE_THE_RECORD}
    if needed != set(found):
        raise LookupError(f"These need one schedule each, and nothing else does: {sorted(needed ^ set(found))}.")
    if faults := list(_faults(found)):
        raise LookupError(" ".join(faults))
    return found


def sources() -> Mapping[str, str]:
    """What the defaults are taken from: each title, with what it says."""
    told = tomllib.loads(files("homeroom.record.retention").joinpath("schedules.toml").read_text("utf-8"))
    return {one["title"]: one["says"] for one in told["source"].values()}


def schedules_of(file: Path) -> Schedules:
    """The defaults with what the district's `file` says instead, where there is one.

    Raises CannotRun where it can't be read, and WrongUse with every fault that it has.
    """
    if not file.exists():
        return defaults()
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise CannotRun(f"{file} can't be read: {problem.strerror}. Run as the user that made the workspace.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise WrongUse(f"{file} is not TOML: {problem}. Mend that line and run again.") from None
    faults: list[str] = []
    found = dict(defaults())
    entries = told.get("schedule")
    if set(told) - {"schedule"} or not isinstance(entries, list):
        faults.append("Write nothing but [[schedule]] tables, each with resources, source, and years or permanent.")
        entries = []
    for place, entry in enumerate(entries, start=1):
        wrong = list(_entry_faults(entry))
        faults += [f"Schedule {place}: {one}" for one in wrong]
        if not wrong:
            for resource in entry["resources"]:
                found[resource] = replace(
                    _schedule(resource, entry, entry["source"].strip(), found[resource]), own=True
                )
    if not faults:
        faults += _faults(found)
    if faults:
        listed = "\n".join(f"- {fault}" for fault in faults)
        raise WrongUse(f"{file} can't be taken as it is. Nothing is deleted until it is mended:\n{listed}")
    return found


def _schedule(resource: str, entry: Mapping[str, Any], source: str, default: Schedule | None = None) -> Schedule:
    if entry.get("permanent"):
        return Schedule(resource, None, None, "", "", source)
    if "with" in entry:
        return Schedule(resource, 0, After.WITH, "", entry["with"], source)
    if entry.get("unused"):
        return Schedule(resource, 0, After.UNUSED, "", "", source)
    after = After(entry["after"]) if "after" in entry else (default.after if default else None)
    date = entry.get("date", default.date if default else "") or _own_date(resource)
    return Schedule(resource, entry["years"], after, date if after is After.EVENT else "", "", source)


def _own_date(resource: str) -> str:
    """The date in a resource's key: when what it tells of happened."""
    if resource not in RESOURCES:
        return ""
    return next((c.name for c in shape.columns(resource) if c.key and _is_date(c)), "")


def _is_date(column: shape.Column) -> bool:
    return column.type is not None and column.type.kind in (Kind.DATE, Kind.DATETIME)


_WORDS = ("resources", "years", "permanent", "after", "date", "source")


def _entry_faults(entry: Any) -> Iterable[str]:
    """What is wrong with one table of a district's file, by itself."""
    if not isinstance(entry, dict):
        yield "Write it as a table: [[schedule]]."
        return
    if unknown := sorted(set(entry) - set(_WORDS)):
        yield f"It knows no {', '.join(unknown)}. It takes {', '.join(_WORDS)}."
    names = entry.get("resources")
    if not isinstance(names, list) or not names:
        yield 'Say of which: resources = ["StudentSchoolAttendanceEvent"].'
    elif strange := [str(name)[:60] for name in names if name not in defaults()]:
        yield f"Nothing about a person is in {', '.join(strange)}. docs/reference/retention.md lists what is."
    if not isinstance(entry.get("source"), str) or not entry["source"].strip():
        yield 'Say what it is taken from: source = "State schedule, item 12" or the policy of the board.'
    years, permanent = entry.get("years"), entry.get("permanent", False)
    if not isinstance(permanent, bool) or permanent == ("years" in entry):
        yield "Say either for how long, years = 7, or permanent = true."
    elif not permanent and (not isinstance(years, int) or isinstance(years, bool) or not 0 <= years <= MOST_YEARS):
        yield f"years is a whole number from 0 to {MOST_YEARS}."
    if "after" in entry and entry["after"] not in ("left", "school year", "event"):
        yield 'after is "left", "school year" or "event".'
    if "date" in entry and not isinstance(entry["date"], str):
        yield 'date is the name of a column, such as "incident_date".'


def _faults(found: Schedules) -> Iterable[str]:
    """What is wrong with schedules beside each other."""
    for resource, one in found.items():
        if one.permanent or one.after in (After.WITH, After.UNUSED) or resource in BESIDE_THE_RECORD:
            continue
        columns = {c.name: c for c in shape.columns(resource)}
        if one.after is None:
            yield f'{resource} was kept for ever: say from when its years count, after = "left" or another.'
        elif one.after is After.LEFT and not persons_in(resource):
            yield f"Nobody can leave whom {resource} is about: it names no person. Count its years from something else."
        elif one.after is After.SCHOOL_YEAR and "school_year" not in columns:
            yield f"{resource} has no school year to count from."
        elif one.after is After.EVENT and (one.date not in columns or not _is_date(columns[one.date])):
            yield f"{resource} has no date {one.date!r} to count from. Name one of its columns that is a date."
    yield from _clocks_gone_too_early(found)


def _clocks_gone_too_early(found: Schedules) -> Iterable[str]:
    for clock, kind in KNOWS_WHO_LEFT.items():
        kept = found[clock].years
        waiting = [
            one
            for resource, one in found.items()
            if one.after is After.LEFT and any(named == kind for _, named in persons_in(resource))
        ]
        if kept is not None and found[clock].after is not After.LEFT:
            yield f'{clock} says who has left: count its years after = "left", or keep it for ever.'
        elif late := [one.resource for one in waiting if kept is not None and (one.years or 0) > kept]:
            yield (
                f"{clock} says who has left, so it has to be kept as long as what waits for that: "
                f"{', '.join(sorted(late))}."
            )
