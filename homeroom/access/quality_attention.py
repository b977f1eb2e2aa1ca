"""What a data manager should look at: fields that got worse, sources that disagree, ids told twice, what is late."""

from __future__ import annotations

from collections.abc import Sequence

from homeroom.access.quality_measures import (
    Attention,
    FieldQuality,
    ResourceQuality,
    SourceQuality,
    Uniqueness,
    percent,
)
from homeroom.access.words import name_of, words_of

# Of fewer things a share says little.
_LEAST = 20
_COMPLETENESS_FELL = 0.05
_VALIDITY_FELL = 0.01
_AGREES_SELDOM = 0.9
_REPEATED = 0.005
# A source is late after this many times its usual wait between two deliveries, and after some days at least.
_TIMES_THE_WAIT, _LEAST_DAYS = 3, 3
_PLURALS = {"Student": "students", "Staff": "staff", "Contact": "contacts", "EducationOrganization": "organizations"}


def needs_attention(source: SourceQuality, tables: Sequence[ResourceQuality]) -> list[Attention]:
    """What needs attention of a source, most needful first; `tables`: with those that do not come any more."""
    found = [
        *(attention for table in tables for attention in _of_table(table)),
        *(attention for one in source.uniqueness for attention in _of_ids(one)),
        *_of_time(source),
    ]
    return sorted(found, key=lambda one: -one.weight)


def _of_table(table: ResourceQuality) -> list[Attention]:
    if not table.rows:
        words = f"{words_of(table.name)} does not come any more."
        return [Attention("completeness", words, 3, table.name)]
    return [attention for one in table.fields for attention in _of_field(one, table.rows)]


def _of_field(one: FieldQuality, rows: int) -> list[Attention]:
    found = []
    called = f"{words_of(one.resource)}: {_lower(name_of(one.name))}"
    completeness = one.completeness or 0.0
    if rows >= _LEAST and one.best_completeness and one.best_completeness - completeness > _COMPLETENESS_FELL:
        fell = one.best_completeness - completeness
        words = (
            f"{called} is filled in {percent(completeness)} of the rows; it was in {percent(one.best_completeness)}."
        )
        found.append(Attention("completeness", words, 1 + fell, one.resource, one.name))
    best, validity = one.best_validity, one.validity
    if validity is not None and best and one.filled >= _LEAST and best - validity > _VALIDITY_FELL:
        words = f"{called}: {percent(validity)} of the values can be used; it was {percent(best)}."
        found.append(Attention("validity", words, 1 + best - validity, one.resource, one.name))
    for agreement in one.agreements:
        if agreement.compared >= _LEAST and agreement.share < _AGREES_SELDOM:
            words = (
                f"{called} is the same as in {agreement.other} in {percent(agreement.share)} of "
                f"{agreement.compared:,} cases."
            )
            found.append(Attention("agreement", words, 1 - agreement.share, one.resource, one.name))
    return found


def _of_ids(one: Uniqueness) -> list[Attention]:
    repeated = one.ids - one.unique_ids
    if one.ids < _LEAST or repeated <= _REPEATED * one.ids:
        return []
    words = f"{one.ids:,} ids of {kind_words(one.kind)} turned out to be {one.unique_ids:,}."
    return [Attention("uniqueness", words, repeated / one.ids)]


def _of_time(source: SourceQuality) -> list[Attention]:
    days, usual = source.days_still, source.usual_days
    if days is None or usual is None or days < max(_LEAST_DAYS, _TIMES_THE_WAIT * usual):
        return []
    words = f"Nothing new came for {days:,} days; usually something comes every {max(1, round(usual)):,}."
    return [Attention("timeliness", words, 2)]


def kind_words(kind: str) -> str:
    """Of whom ids are, in the plural: `Student` is "students"."""
    return _PLURALS.get(kind, kind)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
