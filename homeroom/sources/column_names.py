"""The names of a table's columns, as its first row gives them."""

from __future__ import annotations

from collections.abc import Iterable

# Beside each row that is handed out to be mended: why. Readers leave it out, so that it may come back with the row.
REASON = "homeroom_reason"


def unique_names(names: Iterable[str], taken: Iterable[str] = ("source_row",)) -> list[str]:
    """Each column's name once: `column 3` for one without a name, `Score (column 7)` for the second of a name.

    DuckDB tells names apart without regard to case, so that `ID` and `id` are one name here.
    """
    used = {name.lower() for name in taken}
    result: list[str] = []
    for position, sent in enumerate(names, 1):
        name = sent.strip() or f"column {position}"
        while name.lower() in used:
            name = f"{name} (column {position})"
        used.add(name.lower())
        result.append(name)
    return result
