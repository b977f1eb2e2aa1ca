"""Maple Grove's systems and the truth behind them, as files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from homeroom.demo.assessment_vendor import write_assessments
from homeroom.demo.district import District, make_district
from homeroom.demo.sis import write_sis
from homeroom.demo.truth import Truth
from homeroom.demo.warehouse import write_warehouse
from homeroom.demo.warehouse.places import EARLIER

NAME = "Maple Grove Public Schools"
SEED = 20260801
# School years before the current one.
WAREHOUSE_YEARS = len(EARLIER)


@dataclass(frozen=True)
class Source:
    """One system's delivery: what `homeroom source add` needs to know of it."""

    name: str
    kind: str
    path: Path
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MapleGrove:
    """The files of the district. `sources` are in order of belief: where they disagree, the first is believed."""

    folder: Path
    students: int
    sources: tuple[Source, ...]
    rows: dict[str, int]  # written, by source

    @property
    def truth(self) -> Path:
        """The folder of what is true; no source's path leads here."""
        return self.folder / "truth"


def make_maple_grove(
    folder: Path,
    students: int = 5000,
    seed: int = SEED,
    progress: Callable[[str, int], None] | None = None,
    warehouse_years: int = WAREHOUSE_YEARS,
) -> MapleGrove:
    """Write the district's systems into `folder`: `sis`, `warehouse`, `assessments`, and `truth` apart from them.

    `students` are those enrolled in the current school year, 2025-26; at least 100. The same arguments give the same
    bytes. `progress` is told each source's name and the rows written when it is done. `warehouse_years`: of so many
    school years before the current one the warehouse knows, four at most; it is by far the largest of the three.
    """
    if students < 100:
        raise ValueError("a district of Maple Grove's kind has at least 100 students")
    if not 1 <= warehouse_years <= WAREHOUSE_YEARS:
        raise ValueError(f"the warehouse knows of 1 to {WAREHOUSE_YEARS} school years")
    district = make_district(students, seed)
    truth = Truth()
    rows = {}
    writers: dict[str, Callable[[Path, District, Truth], int]] = {
        "sis": write_sis,
        "warehouse": partial(write_warehouse, years=EARLIER[-warehouse_years:]),
        "assessments": write_assessments,
    }
    for name, write in writers.items():
        rows[name] = write(folder / name, district, truth)
        if progress:
            progress(name, rows[name])
    truth.write(folder / "truth", district)
    sources = (
        Source("sis", "oneroster-csv", folder / "sis"),
        Source("warehouse", "edfi-xml", folder / "warehouse"),
        Source("assessments", "oneroster-csv", folder / "assessments", {"results": "assessments"}),
    )
    return MapleGrove(folder, students, sources, rows)
