"""One delivery from its files to cleaned and checked tables, each step on the clock: what `speed.py` runs as a process.

    python -m benchmarks.cleaning DELIVERED WORKSPACE

Prints {step: seconds} as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from homeroom.consolidate.staging import stage
from homeroom.settings import Workspace
from homeroom.sources.delivery import land


class _Clock:
    """The seconds of each step, where a terminal would show bars."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[_Clock]:
        start = perf_counter()
        yield self
        self.seconds[name] = perf_counter() - start

    def total(self, rows: int) -> None:
        """How many rows there are is of no use here."""

    def advance(self, rows: int) -> None:
        """Nor how many are done."""


def main(delivered: Path, folder: Path) -> None:
    workspace = Workspace.create(folder, "Maple Grove")
    workspace.add_source("sis", "oneroster-csv", delivered, ("oneroster-csv",))
    source = workspace.settings().sources[0]
    clock = _Clock()
    with clock.step("land"):
        delivery = land(source.name, source.kind, source.path, workspace.landing, 1)
    stage(source, delivery, workspace.staging, lambda rows: None, clock)
    print(json.dumps(clock.seconds))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
