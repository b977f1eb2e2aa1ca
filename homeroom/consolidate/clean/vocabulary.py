"""The standard's descriptor values, until the model carries them."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parents[4] / "shared" / "standards" / "edfi-5.2-descriptors.tsv"


def values(type_: str) -> frozenset[str]:
    return _values().get(type_, frozenset())


def descriptor_uri(type_: str, code: str) -> str:
    return f"uri://ed-fi.org/{type_}#{code}"


@cache
def _values() -> dict[str, frozenset[str]]:
    found = defaultdict(set)
    for line in _TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        type_, _, code = line.split("\t")
        found[type_].add(code)
    return {type_: frozenset(codes) for type_, codes in found.items()}
