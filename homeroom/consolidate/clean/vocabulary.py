"""The standard's descriptor values: from the model's table, or from the facts beside the repository."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

_MODEL = Path(__file__).parents[2] / "model"
_FACTS = Path(__file__).parents[4] / "shared" / "standards" / "edfi-5.2-descriptors.tsv"


def values(type_: str) -> frozenset[str]:
    """The code values that the standard ships for a descriptor type; none for the types it leaves to others."""
    return _values().get(type_, frozenset())


def descriptor_uri(type_: str, code: str) -> str:
    """The URI of one of the standard's values."""
    return f"uri://ed-fi.org/{type_}#{code}"


@cache
def _values() -> dict[str, frozenset[str]]:
    found = defaultdict(set)
    table = next(iter(sorted(_MODEL.glob("*descriptors*.tsv"))), _FACTS)
    for line in table.read_text(encoding="utf-8").splitlines()[1:]:
        type_, *_, code = line.split("\t")
        found[type_].add(code)
    return {type_: frozenset(codes) for type_, codes in found.items()}
