"""Whom the record believes where sources disagree, as the district says it in `homeroom.toml`.

For each domain of the model the district may name the sources in the order of their authority; a source that is not
named comes after them, in the order of the settings file. For each field it may say what decides: the authority; the
newest value; that of most sources; the longest. Master data management calls this survivorship.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

from homeroom.errors import CannotRun
from homeroom.model import DOMAINS, RESOURCES
from homeroom.model.columns import columns, snake
from homeroom.settings import Settings


class Decides(StrEnum):
    """What decides between the values that several rows give. The more believed row wins wherever two are equal."""

    AUTHORITY = "authority"
    NEWEST = "newest"
    MOST_AGREE = "most-agree"
    LONGEST = "longest"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Decides.AUTHORITY: "the first source in the order of authority that says anything",
    Decides.NEWEST: "the value that was received last",
    Decides.MOST_AGREE: "the value that most sources give",
    Decides.LONGEST: "the longest value",
}


@dataclass(frozen=True)
class Survivorship:
    """`sources`: all, in the order of the settings file; `authority`: by domain; `fields`: by resource and column."""

    sources: tuple[str, ...] = ()
    authority: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fields: Mapping[tuple[str, str], Decides] = field(default_factory=dict)

    def order(self, resource: str) -> tuple[str, ...]:
        """The sources in the order in which they are believed on a resource."""
        first = self.authority.get(RESOURCES[resource].domain, ())
        return (*first, *(source for source in self.sources if source not in first))

    def decides(self, resource: str, column: str) -> Decides:
        """What decides about a column."""
        return self.fields.get((resource, column), Decides.AUTHORITY)

    def in_words(self, resource: str, column: str) -> str:
        """What decides about a column where sources disagree, for a person."""
        order = self.order(resource)
        known = f"; the order of authority is {', '.join(order)}" if order else ""
        return f"{self.decides(resource, column).words}{known}"

    def of(self, resource: str) -> dict[str, Decides]:
        """What decides about each column of a resource about which the district said something."""
        return {column: decides for (of, column), decides in self.fields.items() if of == resource}

    @property
    def outranked(self) -> frozenset[str]:
        """The resources in which sources are believed before what apps write: those with an authority."""
        return frozenset(name for name, definition in RESOURCES.items() if self.authority.get(definition.domain))

    @property
    def key(self) -> list[object]:
        """All of it, for the hash of a step's inputs."""
        fields = sorted((resource, column, str(decides)) for (resource, column), decides in self.fields.items())
        return [self.sources, sorted(self.authority.items()), fields]


def survivorship_of(settings: Settings) -> Survivorship:
    """What the settings say. Raises CannotRun where they name a domain, source, resource or field that is not there."""
    sources = tuple(source.name for source in settings.sources)
    for domain, named in settings.authority.items():
        _known(domain, DOMAINS, "[authority]", "domain")
        for source in named:
            _known(source, sources, f"[authority] {domain}", "source")
    fields = {}
    for entry in settings.survivorship:
        resource = _known(entry["resource"], tuple(RESOURCES), "[[survivorship]]", "resource")
        held = {c.name for c in columns(resource) if not c.key and c.collection is None}
        column = _known(snake(entry["field"]), tuple(sorted(held)), f"[[survivorship]] {resource}", "field")
        decides = _known(entry["decides"], tuple(Decides), f"[[survivorship]] {resource} {column}", "way to decide")
        fields[resource, column] = Decides(decides)
    return Survivorship(sources, {domain: tuple(named) for domain, named in settings.authority.items()}, fields)


def _known(word: str, known: tuple[str, ...], where: str, what: str) -> str:
    if word not in known:
        meant = get_close_matches(word, known, 1)
        guess = f"Was {meant[0]} meant?" if meant else f"There are: {', '.join(known)}."
        raise CannotRun(f"homeroom.toml: {where} names the {what} {word!r}, which is not there. {guess}")
    return word
