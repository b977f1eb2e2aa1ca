"""Scores and levels of tests: which columns hold them, of the whole test or of a part of it, and in which measure.

A vendor's file has a column for each score, named after the part and the measure: `Vocabulary Scale Score`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from homeroom.consolidate.clean.text import words
from homeroom.consolidate.mapping_proposal.column_evidence import Column, share
from homeroom.consolidate.mapping_proposal.concepts import words_of

# Words of a column's name, with the standard's name for the measure and the type of its results.
_MEASURES: tuple[tuple[frozenset[str], str, str], ...] = (
    (frozenset({"percentile"}), "Percentile", "Percentile"),
    (frozenset({"lexile"}), "Lexile Measure", "Level"),
    (frozenset({"quantile"}), "Quantile Measure", "Level"),
    (frozenset({"rit"}), "RIT scale score", "Integer"),
    (frozenset({"stanine"}), "Stanine score", "Integer"),
    (frozenset({"nce"}), "Normal curve equivalent", "Decimal"),
    (frozenset({"theta"}), "Theta", "Decimal"),
    (frozenset({"raw", "score"}), "Raw score", "Decimal"),
    (frozenset({"scale", "score"}), "Scale score", "Decimal"),
    (frozenset({"composite", "score"}), "Composite Score", "Decimal"),
    (frozenset({"standard", "score"}), "Standard age score", "Decimal"),
    (frozenset({"score"}), "Number score", "Decimal"),
)
# What tells of the whole test, or nothing at all, beside the measure.
_WHOLE = words(
    "overall total composite test student measure result assessment national norm rank exam final value relative"
)
_LEVELS = words("level placement benchmark risk proficiency performance band proficient mastery")
# What looks like a score or a level and says how the test was taken or what is to be reached.
_NEITHER = words(
    "range error sem standard goal growth target item items attempted date time duration projected projection"
)
# What only goes with a measure.
_BESIDE = words("score measure relative")
_MOST_LEVELS = 15


@dataclass(frozen=True)
class Score:
    """A column with a score: of the `part` of the test, '' for the whole; `measure` and `type` are Ed-Fi's codes."""

    column: str
    part: str
    measure: str
    type: str


@dataclass(frozen=True)
class Level:
    """A column with the level that a result stands for."""

    column: str
    part: str


def scores_in(columns: Sequence[Column], today: date) -> list[Score]:
    """The columns that hold scores: a measure's words in the name, and numbers below it."""
    found = []
    for column in columns:
        named = set(words_of(column.name))
        for needed, measure, type_ in _MEASURES:
            # Lexiles and Quantiles are written with a letter: 815L.
            numbers = "text" if type_ == "Level" else "number"
            if needed <= named and not _NEITHER & (named - needed) and share(column, numbers, today) >= 0.7:
                found.append(Score(column.name, _part(column.name, needed), measure, type_))
                break
    return found


def levels_in(columns: Sequence[Column], today: date) -> list[Level]:
    """The columns that hold levels: few different words under a name that says so."""
    return [
        Level(column.name, _part(column.name, _LEVELS))
        for column in columns
        if _LEVELS & (named := set(words_of(column.name)))
        and not (_NEITHER | {"grade"}) & named
        and 0 < column.kinds <= _MOST_LEVELS
        and share(column, "text", today) >= 0.7
        and share(column, "GradeLevelDescriptor", today) < 0.5
    ]


def _part(name: str, measure: frozenset[str]) -> str:
    """What is left of a column's name without the measure: the part of the test that it is about."""
    left = [word for word in name.replace("_", " ").split() if not set(words_of(word)) <= measure | _LEVELS | _BESIDE]
    return "" if {one for word in left for one in words_of(word)} <= _WHOLE else " ".join(left)
