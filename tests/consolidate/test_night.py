"""A night works on what changed alone, and gives the record that working on everything gives."""

import csv
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from own_database import own_database
from own_workspace import use_record
from whole_record import record_at

from homeroom.consolidate.run import consolidate
from homeroom.consolidate.source_kinds import SOURCE_KINDS
from homeroom.jobs.demo_workspace import make_demo_workspace
from homeroom.progress import TerminalProgress
from homeroom.settings import Workspace

STUDENTS = 120
NIGHTS = 2
# What names the moment or the number of a run.
OF_RUNS = ("tombstone", "key_change", "replaced_row")


class District:
    """Maple Grove with a record of its own."""

    def __init__(self, workspace: Workspace, url: str) -> None:
        self.workspace, self.url = workspace, url
        use_record(workspace, url)

    def run(self) -> None:
        with TerminalProgress(quiet=True) as progress:
            consolidate(self.workspace, progress)

    def asked(self, question: str) -> list[tuple]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(question).fetchall()

    @property
    def systems(self) -> Path:
        return self.workspace.root / "systems"

    def forget(self, *kinds: str) -> None:
        """Take away what earlier runs made, of some kinds of steps."""
        for kind in kinds:
            for folder in (*self.workspace.staging.glob(f"{kind}-*"), *self.workspace.staging.glob(f"*/{kind}-*")):
                shutil.rmtree(folder)


def change_rows(file: Path, night: int, share: float = 0.03) -> None:
    """Some rows of a file say something else, some are gone, and some come twice under another id."""
    chance = random.Random(f"{file.name}-{night}")  # noqa: S311 - made-up rows, nothing secret
    with file.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    changed = []
    for row in rows:
        turn = chance.random()
        if turn < share / 3 and file.stem not in ("orgs", "academicSessions", "courses"):
            continue
        if turn < share:
            name = chance.choice(
                [n for n in ("familyName", "birthDate", "endDate", "score", "title", "phone", "location") if n in row]
                or ["dateLastModified"]
            )
            row[name] = {"birthDate": "2011-04-0", "endDate": "2026-02-0"}.get(name, "7") + str(chance.randrange(1, 9))
        changed.append(row)
    with file.open("w", newline="", encoding="utf-8") as stream:
        written = csv.DictWriter(stream, rows[0].keys())
        written.writeheader()
        written.writerows(changed)


@pytest.fixture(scope="module")
def nights(
    tmp_path_factory: pytest.TempPathFactory, postgres_url: str, template_database: str
) -> Iterator[tuple[District, District]]:
    """One that goes on from what it made, and one that works on everything each night."""
    with own_database(postgres_url, template_database) as one, own_database(postgres_url, template_database) as other:
        going_on, anew = (District(_workspace(tmp_path_factory.mktemp("night")), url) for url in (one, other))
        for night in range(NIGHTS + 1):
            for district in (going_on, anew):
                if night:
                    for file in sorted(district.systems.glob("[as]*s/*.csv")):
                        change_rows(file, night)
                if district is anew:
                    district.forget("merged", "cleaned")
                district.run()
        yield going_on, anew


def _workspace(folder: Path) -> Workspace:
    with TerminalProgress(quiet=True) as progress:
        return make_demo_workspace(folder / "district", STUDENTS, tuple(SOURCE_KINDS), progress)


def test_the_record_is_the_one_that_working_on_everything_gives(nights):
    going_on, anew = nights
    assert record_at(going_on.url, OF_RUNS) == record_at(anew.url, OF_RUNS)


def test_who_is_who_is_the_same(nights):
    asked = """
        select kind, source, source_id, unique_id, decided_by from consolidation.identity
        union all select kind, left_source, left_id, right_source || ' ' || right_id, state from consolidation.match
        order by 1, 2, 3, 4, 5
    """
    going_on, anew = (district.asked(asked) for district in nights)
    assert going_on == anew


def test_what_is_set_aside_is_the_same(nights):
    asked = "select source, source_row, rule, field, severity from consolidation.quarantine order by 1, 2, 3, 4, 5"
    going_on, anew = (district.asked(asked) for district in nights)
    assert going_on == anew


def test_how_often_sources_agree_is_the_same(nights):
    asked = """
        select source, other, resource, field, compared, equal from consolidation.quality_agreement
        where run_id = (select max(run_id) from consolidation.quality_agreement) order by 1, 2, 3, 4
    """
    going_on, anew = (district.asked(asked) for district in nights)
    assert going_on == anew
    assert going_on


def test_what_is_withdrawn_is_the_same(nights):
    asked = "select resource, key_values from edfi.tombstone order by 1, 2"
    going_on, anew = (district.asked(asked) for district in nights)
    assert going_on == anew
    assert going_on


def test_a_value_keeps_the_file_that_said_it_first(nights):
    going_on, _ = nights
    asked = """
        select count(*) filter (where file.delivery_id = first.delivery_id), count(*)
        from edfi.student_education_organization_association as one
        join consolidation.delivered_file as file on file.number = one.source_rows[1] >> 32
        join (select distinct on (source) source, delivery_id from consolidation.run_delivery order by source, run_id)
            as first on true
        join consolidation.delivery on delivery.delivery_id = file.delivery_id and delivery.source = first.source
    """
    ((first, every),) = going_on.asked(asked)
    assert every > STUDENTS
    assert 0.8 * every < first < every


def test_a_row_that_is_set_aside_is_told_by_its_place_in_the_last_delivery(nights):
    going_on, _ = nights
    asked = """
        select count(*) filter (where file.delivery_id <> last.delivery_id)
        from consolidation.quarantine as q join consolidation.delivered_file as file on file.number = q.file_number
        join (
            select distinct on (source) source, delivery_id from consolidation.run_delivery order by source, run_id desc
        ) as last on last.source = q.source
    """
    assert going_on.asked(asked) == [(0,)]


@pytest.mark.parametrize(
    "layers",
    ["merged-*/merged/later/*.parquet", "*/mapped-*/tables/later/*.parquet", "*/cleaned-*/tables/later/*.parquet"],
)
def test_what_stays_is_not_written_again(nights, layers):
    going_on, anew = (set(district.workspace.staging.glob(layers)) for district in nights)
    assert going_on
    assert not anew


def test_staging_holds_the_last_night_alone(nights):
    going_on, _ = nights
    made = [folder.name for folder in going_on.workspace.staging.iterdir() if folder.is_dir()]
    parts = [name for name in made if name.startswith("merged-")]
    deliveries = [name for name in made if "-" not in name]
    # Four parts; three sources, of which two delivered the night before, too.
    assert (len(parts), len(deliveries)) == (4, 5)
