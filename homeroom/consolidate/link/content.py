"""The hash of all that is compared of somebody: who has the same as before is as before."""

from __future__ import annotations

from collections.abc import Iterable

# What parts the items of a list in the text of which the hash is taken.
_PART = "chr(29)"


def content_of(values: Iterable[tuple[str, str]]) -> str:
    """SQL for the hash of some values, given as SQL with their types in DuckDB; lists are as their items in order."""
    # The hash of two lists is the same where an item of the one is in the other.
    return f"hash({', '.join(_text(value) if type_.lower().endswith('[]') else value for value, type_ in values)})"


def _text(values: str) -> str:
    return f"len({values}) || {_PART} || array_to_string({values}, {_PART})"
