"""One small district as files, and one of the usual size in memory, for all tests of this room."""

import csv
from pathlib import Path

import pytest

from homeroom.demo.district import District, make_district
from homeroom.demo.maple_grove import SEED, MapleGrove, make_maple_grove

Rows = list[dict[str, str]]


@pytest.fixture(scope="session")
def grove(tmp_path_factory: pytest.TempPathFactory) -> MapleGrove:
    return make_maple_grove(tmp_path_factory.mktemp("maple-grove"), students=400)


@pytest.fixture(scope="session")
def district() -> District:
    return make_district(5000, SEED)


@pytest.fixture(scope="session")
def rows(grove: MapleGrove):
    """Reads a CSV file of the small district."""

    def read(file: str) -> Rows:
        with Path(grove.folder / file).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    return read
