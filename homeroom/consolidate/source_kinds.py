"""The kinds of sources: how what each of them delivers is fetched, read and mapped.

To add one: a module in `homeroom.sources` that reads it, one in `homeroom.consolidate` that maps it, and an entry here.

- `reader` has `read(delivery, into, report)`: it lands the delivery's files as tables in the source's own terms. It
  has `export(sent, file, reasons, out)`: it writes to `out` those rows of a file alone that stand at the positions in
  `reasons`, as they were sent, with the reason beside each, for whoever has to mend them, and gives the words in them;
  the same reader reads it. Where that is not under the file's own name, it has `exported_path(path)`. For
  `homeroom check` it may have `unknown_columns(landed)`, the columns of a landed table that it doesn't know; and
  `NAMES`, by table and column the table whose column `IDENTIFIER` it holds, with `NAMES_PERSONS`, the tables whose
  identifiers are not to be shown. Where it has `table_by_lines(path)`, which says what table the lines of a file are,
  only those lines are given to it that the source did not send before; then the `mapper` has to go on.
- `mapper` has `map_tables(landed, source, into, report, options)`: it makes the model's tables of them. One that
  `GOES_ON` takes `before`, too, what was made of the source's last delivery: what it reads and what it writes may be
  layers on that.
- `fetcher`, for a source that is asked rather than delivers by itself, has `fetch(source, secrets, last, into)`: it
  writes what the source says now as files to the folder `into`. `last` is what came from it last, or None; `secrets`
  are the source's own of the workspace's secrets file.
- `delta`, for a kind that may deliver changes only, has `is_delta(delivery)` and `holds_changes(path, limits)`, which
  say whether it did, and `compose(deliveries, into, report)`, which puts the tables of such deliveries and of the whole
  one before them together.

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
    """One kind. `means`: what it delivers, in a few words; the modules are named with their rooms.

    `mapped`: what its tables mean is said in a mapping file of the workspace. `log`: each delivery adds to those before
    and is in nobody's place.
    """

    name: str
    means: str
    reader: str
    mapper: str
    fetcher: str | None = None
    mapped: bool = False
    delta: str | None = None
    log: bool = False


_KINDS = (
    SourceKind(
        "oneroster-csv",
        "a OneRoster 1.1 or 1.2 CSV bundle",
        "sources.oneroster_csv",
        "consolidate.map_oneroster",
        delta="sources.oneroster_delta",
    ),
    SourceKind(
        "oneroster-api",
        "a OneRoster 1.1 or 1.2 REST service",
        "sources.oneroster_csv",
        "consolidate.map_oneroster",
        fetcher="sources.oneroster_api",
    ),
    SourceKind("edfi-xml", "Ed-Fi interchange files", "sources.edfi_xml", "consolidate.map_edfi_xml"),
    SourceKind("edfi-json", "Ed-Fi resources as JSON", "sources.edfi_json", "consolidate.map_edfi_json"),
    SourceKind(
        "edfi-api",
        "an Ed-Fi ODS/API",
        "sources.edfi_json",
        "consolidate.map_edfi_json",
        fetcher="sources.edfi_api",
    ),
    SourceKind("csv", "delimited files of any shape", "sources.csv_files", "consolidate.map_by_file", mapped=True),
    SourceKind("excel", "workbooks of any shape", "sources.excel", "consolidate.map_by_file", mapped=True),
    SourceKind(
        "caliper",
        "learning events of IMS Caliper",
        "sources.learning_events",
        "consolidate.map_caliper",
        log=True,
    ),
    SourceKind("xapi", "statements of xAPI", "sources.learning_events", "consolidate.map_xapi", log=True),
    SourceKind("tool-usage", "logs of the use of tools", "sources.csv_files", "consolidate.map_tool_usage", log=True),
    SourceKind(
        "sql",
        "queries of a database",
        "sources.csv_files",
        "consolidate.map_by_file",
        fetcher="sources.sql_queries",
        mapped=True,
    ),
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
