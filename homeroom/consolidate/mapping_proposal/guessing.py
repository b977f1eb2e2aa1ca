"""Which column of a table holds what: the names of the columns and the values below them, weighed together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import duckdb

from homeroom.consolidate.clean.cleaned_table import quoted
from homeroom.consolidate.mapping_proposal.column_evidence import Column, share
from homeroom.consolidate.mapping_proposal.concepts import Concept, concepts
from homeroom.consolidate.mapping_proposal.scores import Level, Score, levels_in, scores_in

_LOOKED_AT = 300
_MOST_CODES = 40
# Below it a guess is worth a question.
SURE = 0.9
# What values alone can tell, where the name of the column says nothing: few other things look so.
_BY_VALUES = ("email", "birth date", "sex")
_IN_COMPANY = 0.01


@dataclass(frozen=True)
class Guess:
    """A column that seems to hold a concept; `score` from 0 to 1, and the other `columns` that might hold it."""

    column: str
    concept: str
    score: float
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guesses:
    """What the columns of a table seem to hold: `found` by concept, and the scores and levels of tests."""

    columns: tuple[Column, ...]
    found: Mapping[str, Guess] = field(default_factory=dict)
    scores: tuple[Score, ...] = ()
    levels: tuple[Level, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The concepts that were found; `score` where there are any scores."""
        return frozenset(self.found) | ({"score"} if self.scores else set())


def columns_of(connection: duckdb.DuckDBPyConnection, relation: str) -> list[Column]:
    """The columns of a landed table, each with a few hundred of its values."""
    names = [row[0] for row in connection.execute(f"describe from {relation}").fetchall() if row[0] != "source_row"]
    found = []
    for name in names:
        cell = f"nullif(trim({quoted(name)}), '')"
        row = connection.execute(
            f"""with cells as (select {cell} as cell from {relation})
            select count(*), count(cell), count(distinct cell),
                (select list(cell) from (select distinct cell from cells where cell is not null
                    order by hash(cell) limit {_LOOKED_AT}))
            from cells"""
        ).fetchone()
        if row:
            found.append(Column(name, row[0], row[1], row[2], tuple(sorted(row[3] or ()))))
    return found


def guess(columns: Sequence[Column], today: date, chosen: Mapping[str, str] | None = None) -> Guesses:
    """What each column holds. `chosen`, from columns to concepts ('' for none), is what a person has said already."""
    chosen = chosen or {}
    open_columns = [column for column in columns if column.name not in chosen]
    scores = tuple(scores_in(open_columns, today))
    levels = tuple(levels_in(open_columns, today)) if scores else ()
    taken = {score.column for score in scores} | {level.column for level in levels}
    fits = _fits([column for column in open_columns if column.name not in taken], today)
    possible = {concept for (_, concept), score in fits.items() if score >= 0.5} | set(chosen.values())
    possible |= {"score"} if scores else set()
    for column, concept in list(fits):
        company = concepts()[concept].company
        if company:
            together = bool(possible & set(company))
            # What is meant only beside another column is meant before what might stand anywhere.
            fits[column, concept] = fits[column, concept] + _IN_COMPANY if together else 0.0
    found = {concept: Guess(column, concept, 1.0) for column, concept in chosen.items() if concept}
    return Guesses(tuple(columns), _assigned(fits, found), scores, levels)


def _fits(columns: Sequence[Column], today: date) -> dict[tuple[str, str], float]:
    """How well each column fits each concept, where it does at all."""
    fits: dict[tuple[str, str], float] = {}
    for column in columns:
        for name, concept in concepts().items():
            if score := _fit(column, concept, today):
                fits[column.name, name] = score
    named = {column for column, _ in fits}
    for column in columns:
        if column.name not in named and column.filled:
            for name in _BY_VALUES:
                if column.kinds > 1 and share(column, concepts()[name].values, today) >= 0.95:
                    fits[column.name, name] = 0.5
    return fits


def _fit(column: Column, concept: Concept, today: date) -> float:
    by_name = concept.fits(column.name)
    if not by_name:
        return 0.0
    if not column.filled:
        # Nothing contradicts the name, and nothing confirms it.
        return by_name * 0.7
    alike = share(column, concept.values, today)
    if alike >= 0.8:
        return by_name
    # Codes of the district's own have to be explained, and are no less what the name says.
    own_codes = concept.values.endswith("Descriptor") and column.kinds <= _MOST_CODES
    return by_name * 0.7 if alike >= 0.5 or own_codes else 0.0


def _assigned(fits: Mapping[tuple[str, str], float], found: dict[str, Guess]) -> dict[str, Guess]:
    """Each column to at most one concept and the other way round, the best fits first."""
    used = {one.column for one in found.values()}
    for (column, concept), score in sorted(fits.items(), key=lambda one: -one[1]):
        if score and column not in used and concept not in found:
            found[concept] = Guess(column, concept, min(score, 1.0))
            used.add(column)
    for name, one in found.items():
        rivals = [column for (column, concept), score in fits.items() if concept == name and score >= one.score - 0.2]
        found[name] = replace(one, rivals=tuple(column for column in rivals if column not in used))
    return found
