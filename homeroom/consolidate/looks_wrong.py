"""Wherein a delivery looks wrong beside the one that was accepted before it, in sentences with numbers.

What holds a delivery back is what a broken export does: half the rows gone, a column empty, codes that were never
there, a school missing, rows set aside by the thousand. What is new but small is told and holds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from homeroom.consolidate.measured_delivery import Measures
from homeroom.model import DESCRIPTORS
from homeroom.model.columns import snake
from homeroom.settings import HeldSettings

# A column that fewer rows than this filled before may be empty by chance.
_FILLED_BEFORE = 0.2
# A code that is the source's own is named where as many rows as this have it: where columns slipped, what stands there
# may be anything, and what few rows have may be somebody's name.
_ROWS_TO_NAME = 10
# More schools than this are told in one sentence.
_SCHOOLS_TOLD = 20
_CODES_TOLD = 5


@dataclass(frozen=True)
class Finding:
    """One difference: `what` it is about, counts of before and now, each of how many, and the sentence.

    `about`: the table, field, code or school in words, for a list. `holds`: whether the delivery is held for it.
    """

    what: str
    about: str
    before: int
    before_of: int
    now: int
    now_of: int
    holds: bool
    sentence: str


def looks_wrong(before: Measures, now: Measures, limits: HeldSettings) -> list[Finding]:
    """Every difference that a person should hear of, those that hold the delivery first."""
    found = [
        *_rows_lost(before, now, limits),
        *_schools_missing(before, now, limits),
        *_columns_emptied(before, now, limits),
        *_codes_changed(before, now, limits),
        *_more_set_aside(before, now, limits),
    ]
    return sorted(found, key=lambda finding: not finding.holds)


def _rows_lost(before: Measures, now: Measures, limits: HeldSettings) -> Iterator[Finding]:
    for resource, had in before.rows.items():
        has, table = now.rows.get(resource, 0), words(resource)
        if had < limits.least_rows or had - has <= limits.rows_lost * had:
            continue
        sentence = f"There are {has:,} rows of {table}; before there were {had:,} ({percent(had - has, had)} fewer)."
        if not has:
            sentence = f"There is no row of {table} any more; before there were {had:,}."
        yield Finding("rows", table, had, had, has, has, True, sentence)


def _columns_emptied(before: Measures, now: Measures, limits: HeldSettings) -> Iterator[Finding]:
    for (resource, name), had in before.fields.items():
        rows = now.rows.get(resource, 0)
        if min(had.rows, rows) < limits.least_rows or had.valid < _FILLED_BEFORE * had.rows:
            continue
        has = now.fields[resource, name].valid if (resource, name) in now.fields else 0
        if has / rows >= (1 - limits.filled_lost) * had.valid / had.rows:
            continue
        about = f"{words(resource)}: {field_words(name)}"
        sentence = (
            f"The {field_words(name)} of {words(resource)} is usable in {has:,} of {rows:,} rows "
            f"({percent(has, rows)}); before it was in {had.valid:,} of {had.rows:,} ({percent(had.valid, had.rows)})."
        )
        yield Finding("column", about, had.valid, had.rows, has, rows, True, sentence)


def _codes_changed(before: Measures, now: Measures, limits: HeldSettings) -> Iterator[Finding]:
    for (resource, name), had in before.codes.items():
        has = now.codes.get((resource, name), {})
        had_all, has_all = sum(had.values()), sum(has.values())
        if min(had_all, has_all) < limits.least_rows:
            continue
        where = f"the {field_words(name)} of {words(resource)}"
        about = f"{words(resource)}: {field_words(name)}"
        if new := {code: rows for code, rows in has.items() if code not in had}:
            rows = sum(new.values())
            holds = rows > limits.new_codes * has_all
            most = sorted(new.items(), key=lambda one: -one[1])[:_CODES_TOLD]
            named = ", ".join(f"“{_code(code)}”" for code, count in most if _may_be_named(code, count))
            many = "a code that was" if len(new) == 1 else f"{len(new):,} codes that were"
            sentence = (
                f"In {where} {many} not there before {'stands' if len(new) == 1 else 'stand'} in {rows:,} of "
                f"{has_all:,} rows ({percent(rows, has_all)}){f': {named}' if named else ''}."
            )
            yield Finding("code", about, 0, had_all, rows, has_all, holds, sentence)
        for code, rows in had.items():
            if code not in has and rows > limits.codes_gone * had_all:
                called = f"the code “{_code(code)}”" if _may_be_named(code, rows) else "a code"
                sentence = (
                    f"In {where} {called} is gone, which stood in {rows:,} of {had_all:,} rows before "
                    f"({percent(rows, had_all)})."
                )
                yield Finding("code", about, rows, had_all, 0, has_all, True, sentence)


def _schools_missing(before: Measures, now: Measures, limits: HeldSettings) -> Iterator[Finding]:
    enrolls = any(students for _, students in before.schools.values())
    missing = []
    for school, (name, had) in before.schools.items():
        _, has = now.schools.get(school, ("", 0))
        row_gone = school in before.school_rows and school not in now.school_rows
        # Of a source that enrolls nobody each school counts.
        if (row_gone and not enrolls) or (had >= limits.school_students and (row_gone or not has)):
            missing.append((f"{name or 'A school'} (id {school})", had, has, row_gone))
    missing.sort(key=lambda one: -one[1])
    for called, had, has, row_gone in missing[:_SCHOOLS_TOLD]:
        sentence = f"No student is enrolled in {called} any more; before there were {had:,}."
        if row_gone:
            sentence = f"The school {called} is missing." + (f" Before it had {had:,} students." if had else "")
        yield Finding("school", called, had, had, has, has, True, sentence)
    if rest := missing[_SCHOOLS_TOLD:]:
        had = sum(one[1] for one in rest)
        sentence = f"{len(rest):,} more schools are missing, or without students; before they had {had:,}."
        yield Finding("school", f"{len(rest):,} more schools", had, had, 0, 0, True, sentence)


def _more_set_aside(before: Measures, now: Measures, limits: HeldSettings) -> Iterator[Finding]:
    if now.landed < limits.least_rows:
        return
    had, has = before.set_aside / max(1, before.landed), now.set_aside / now.landed
    if has - had > limits.set_aside:
        sentence = (
            f"{now.set_aside:,} of {now.landed:,} rows would be set aside ({percent(now.set_aside, now.landed)}); "
            f"before it was {percent(before.set_aside, before.landed)}."
        )
        yield Finding(
            "set aside", "rows set aside", before.set_aside, before.landed, now.set_aside, now.landed, True, sentence
        )


def words(resource: str) -> str:
    """`StudentSchoolAssociation` as `student school association`."""
    return snake(resource).replace("_", " ")


def field_words(name: str) -> str:
    """`entry_grade_level_descriptor` as `entry grade level`."""
    return name.removesuffix("_descriptor").replace("_", " ")


def percent(part: int, whole: int) -> str:
    """A share as people say it; never a round 0 or 100 for what is neither."""
    share = part / whole if whole else 0.0
    if 0 < share < 0.005:
        return "under 1 %"
    if 0.995 <= share < 1:
        return "over 99 %"
    return f"{share * 100:.0f} %"


def _code(uri: str) -> str:
    return uri.rpartition("#")[2]


def _may_be_named(uri: str, rows: int) -> bool:
    descriptor = DESCRIPTORS.get(uri.partition("#")[0].rpartition("/")[2])
    return rows >= _ROWS_TO_NAME or (descriptor is not None and _code(uri) in descriptor.values())
