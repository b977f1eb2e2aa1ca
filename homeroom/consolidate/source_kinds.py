"""The kinds of sources: how what each of them delivers is fetched, read and mapped.

To add one: a module in `homeroom.sources` that reads it, one in `homeroom.consolidate` that maps it, and an entry here.

- `reader` has `read(delivery, into, report)`: it lands the delivery's files as tables in the source's own terms. It may
  have `export(path, file, reasons, out)`: it writes to `out` those rows of a file alone that stand at the positions in
  `reasons`, as they were sent, with the reason beside each, for whoever has to mend
  them; the same reader reads it. For `homeroom check` it may have `unknown_columns(landed)`, the columns of a landed
  table that it doesn't know; and `NAMES`, by table and column the table whose column `IDENTIFIER` it holds, with
  `NAMES_PERSONS`, the tables whose identifiers are not to be shown.
- `mapper` has `map_tables(landed, source, into, report, options)`: it makes the model's tables of them.
- `fetcher`, for a source that is asked rather than delivers by itself, has `fetch(source, secrets, last, into)`: it
  writes what the source says now as files to the folder `into`. `last` is what came from it last, or None; `secrets`
  are the source's own of the workspace's secrets file.

A module is imported when the first source of its kind comes: each brings libraries that take their time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from homeroom.errors import CannotRun


@dataclass(frozen=True)
class SourceKind:
    """One kind. `means`: what it delivers, in a few words; the modules are named with their rooms."""

    name: str
    means: str
    reader: str
    mapper: str
    fetcher: str | None = None


_KINDS = (
    SourceKind(
        "oneroster-csv", "a OneRoster 1.1 or 1.2 CSV bundle", "sources.oneroster_csv", "consolidate.map_oneroster"
    ),
    SourceKind("edfi-xml", "Ed-Fi interchange files", "sources.edfi_xml", "consolidate.map_edfi_xml"),
)

SOURCE_KINDS: Mapping[str, SourceKind] = {kind.name: kind for kind in _KINDS}


def kind_named(name: str) -> SourceKind:
    """The kind of that name. Raises CannotRun where there is none."""
    if name not in SOURCE_KINDS:
        raise CannotRun(f"There is no kind of source {name!r}. The kinds are: {', '.join(SOURCE_KINDS)}.")
    return SOURCE_KINDS[name]


def module_of(name: str) -> ModuleType:
    """A reader, mapper or fetcher, by the name that its kind gives."""
    return import_module(f"homeroom.{name}")
