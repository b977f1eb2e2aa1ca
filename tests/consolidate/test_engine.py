"""Spark gives the record that DuckDB gives, row for row, goes on from what that made, and says what it lacks."""

import csv
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from own_database import own_database
from pyspark import cloudpickle
from whole_record import record_at

from homeroom.consolidate import merged_batch
from homeroom.consolidate.database import stopped_at_end
from homeroom.consolidate.engine import NotDone, engine_of, spark
from homeroom.consolidate.engine.spark import SparkEngine
from homeroom.consolidate.link import predicting, scoring
from homeroom.consolidate.run import consolidate
from homeroom.consolidate.source_kinds import SOURCE_KINDS
from homeroom.errors import CannotRun, WrongUse
from homeroom.jobs.demo_workspace import make_demo_workspace
from homeroom.progress import TerminalProgress
from homeroom.settings import SparkSettings, Workspace
from homeroom.sources.archive import FileRefused

# What the tests ask for is not installed where Spark works.
cloudpickle.register_pickle_by_value(sys.modules[__name__])

STUDENTS = 120
OF_RUNS = ("tombstone", "key_change", "replaced_row")
# Java needs no more: the work is done beside it.
SMALL = {"spark.driver.memory": "512m"}
TWO = "local[2]"

IDENTITY = "select * from consolidation.identity order by source, kind, source_id"
MATCH = """
    select kind, left_source, left_id, right_source, right_id, probability, state, comparison::text
    from consolidation.match order by 1, 2, 3, 4, 5
"""
QUARANTINE = """
    select source, source_row, file_number, rule, field, severity, sentence from consolidation.quarantine
    order by 1, 2, 3, 4, 5, 6
"""


@dataclass
class District:
    """Maple Grove, and what its record held after each night."""

    workspace: Workspace
    url: str
    records: list[dict[str, list[tuple]]] = field(default_factory=list)
    answers: list[dict[str, list[tuple]]] = field(default_factory=list)

    def run(self, engine: str, events: Path) -> None:
        """A night by `engine`; Spark writes what it does into the folder `events`."""
        configuration = {
            **SMALL,
            "spark.eventLog.enabled": "true",
            "spark.eventLog.compress": "false",
            "spark.eventLog.rolling.enabled": "false",
            "spark.eventLog.dir": events.as_uri(),
        }
        own = self.workspace.settings_file.read_text().partition("# the sources\n")[2]
        lines = "\n".join(f'"{name}" = "{value}"' for name, value in configuration.items())
        self.workspace.settings_file.write_text(
            f'engine = "{engine}"\n[spark]\nmaster = "{TWO}"\n[spark.configuration]\n{lines}\n'
            f'[record]\nurl = "{self.url}"\n# the sources\n{own}'
        )
        with TerminalProgress(quiet=True) as progress:
            consolidate(self.workspace, progress)
        self.records.append(record_at(self.url, OF_RUNS))
        with psycopg.connect(self.url) as record:
            asked = {"identity": IDENTITY, "match": MATCH, "quarantine": QUARANTINE}
            self.answers.append({name: record.execute(question).fetchall() for name, question in asked.items()})


@dataclass(frozen=True)
class Nights:
    """One district by DuckDB and then by Spark, and one the other way round; `events`: of Spark, by night."""

    one: District
    other: District
    events: tuple[Path, Path]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory, postgres_url: str, template_database: str) -> Iterator[Nights]:
    """With tables of hundreds of rows taken for large."""
    events = (tmp_path_factory.mktemp("events"), tmp_path_factory.mktemp("events"))
    with (
        pytest.MonkeyPatch.context() as patch,
        own_database(postgres_url, template_database) as first,
        own_database(postgres_url, template_database) as second,
    ):
        patch.setattr(merged_batch, "ROWS_IN_A_PART", 800)
        patch.setattr(predicting, "PAIRS_IN_A_PART", 20)
        patch.setattr(scoring, "FEWEST_FOR_FREQUENCIES", 100)
        one, other = (District(_workspace(tmp_path_factory.mktemp("engine")), url) for url in (first, second))
        one.run("duckdb", events[0])
        other.run("spark", events[0])
        for district in (one, other):
            for file in sorted((district.workspace.root / "systems" / "sis").glob("[ue]*s.csv")):
                _change_some(file)
        one.run("spark", events[1])
        other.run("duckdb", events[1])
        yield Nights(one, other, events)


def _workspace(folder: Path) -> Workspace:
    with TerminalProgress(quiet=True) as progress:
        workspace = make_demo_workspace(folder / "district", STUDENTS, tuple(SOURCE_KINDS), progress)
    workspace.settings_file.write_text(f"# the sources\n{workspace.settings_file.read_text()}")
    return workspace


def _change_some(file: Path) -> None:
    """Of the rows of a file one in twenty is gone; of the persons who are left one in ten has another name."""
    with file.open(newline="", encoding="utf-8") as stream:
        rows = [row for number, row in enumerate(csv.DictReader(stream)) if number % 20]
    for row in rows[::10] if file.stem == "users" else []:
        row["familyName"] = "Okafor"
    with file.open("w", newline="", encoding="utf-8") as stream:
        written = csv.DictWriter(stream, rows[0].keys())
        written.writeheader()
        written.writerows(rows)


def _tasks(events: Path) -> dict[str, int]:
    """How many tasks Spark did, by what it was asked to do, as it wrote it down itself."""
    (log,) = (path for path in events.iterdir() if not path.name.startswith("."))
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    named = {
        stage: line["Properties"]["spark.job.description"].removeprefix("Homeroom: ")
        for line in lines
        if line["Event"] == "SparkListenerJobStart"
        for stage in line["Stage IDs"]
    }
    done: dict[str, int] = {}
    for line in lines:
        if line["Event"] == "SparkListenerTaskEnd" and line["Task End Reason"]["Reason"] == "Success":
            name = named[line["Stage ID"]]
            done[name] = done.get(name, 0) + 1
    return done


@pytest.mark.parametrize("night", [0, 1])
def test_the_record_is_the_same_row_for_row(nights, night):
    ours, theirs = nights.one.records[night], nights.other.records[night]
    assert sum(map(len, ours.values())) > 100 * STUDENTS
    assert [name for name in ours if ours[name] != theirs[name]] == []


@pytest.mark.parametrize("night", [0, 1])
@pytest.mark.parametrize("what", ["identity", "match", "quarantine"])
def test_who_is_who_and_what_is_set_aside_is_the_same(nights, what, night):
    ours, theirs = nights.one.answers[night][what], nights.other.answers[night][what]
    assert ours
    assert ours == theirs


def test_the_second_night_says_something_new(nights):
    first, second = nights.one.records
    assert first["student_section_association"] != second["student_section_association"]
    assert nights.one.answers[0]["match"] != nights.one.answers[1]["match"]


def test_spark_did_the_work_and_large_tables_in_parts(nights):
    done = _tasks(nights.events[0])
    sources = 3
    assert [done[step] for step in ("read whole", "map", "check", "context")] == [sources] * 4
    assert {step for step in done if done[step] >= 10} >= {
        "clean one",
        "merge one",
        "leave out incomplete",
        "merge part",
    }
    assert done["predict part"] > 3


def test_spark_goes_on_from_what_duckdb_made(nights):
    done = _tasks(nights.events[1])
    # One source of three delivered something else; of its tables, only what changed was merged again.
    assert done["map"] == 1
    assert done["merge one"] > 1


def test_a_run_leaves_nothing_of_sparks_but_its_log(nights):
    staging = nights.one.workspace.staging
    assert [path.name for path in staging.glob("*spark*")] == ["spark.log"]
    assert staging.joinpath("spark.log").stat().st_mode & 0o077 == 0


@pytest.fixture(scope="class")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkEngine]:
    engine = SparkEngine(SparkSettings(TWO, SMALL), tmp_path_factory.mktemp("staging"))
    yield engine
    engine.stop()


class TestTasks:
    """What becomes of a task: Spark is started once for all of these."""

    def test_nothing_is_said_beside_our_own_progress(self, engine, capfd):
        assert engine.do(os.path.basename, "a/b") == "b"
        assert tuple(capfd.readouterr()) == ("", "")

    def test_a_task_is_another_process_with_a_share_of_the_memory(self, engine):
        process, memory, threads = engine.do(_bounds)
        assert process != os.getpid()
        assert memory.endswith("GiB")
        assert 2 < float(memory.split()[0]) < 3
        assert threads == 1

    def test_what_the_work_raises_is_raised_here(self, engine):
        with pytest.raises(WrongUse, match="Name another folder"):
            engine.do(_refuse, "Name another folder.")

    def test_an_exception_that_cannot_be_sent_is_told_by_its_kind_alone(self, engine):
        with pytest.raises(RuntimeError, match=r"^\S*OfAChild in a task$"):
            engine.do(_raise_what_cannot_be_sent)

    def test_a_sentence_that_cannot_be_sent_is_told_all_the_same(self, engine):
        with pytest.raises(CannotRun, match=r"^There are no files in the export"):
            engine.do(_refuse_a_file)

    def test_a_task_that_dies_is_told_in_words(self, engine):
        with pytest.raises(NotDone, match="lost a machine of the cluster, or a task for want of memory") as problem:
            engine.do(_die)
        assert "Traceback" not in str(problem.value)
        assert engine.do(os.path.basename, "a/b") == "b"

    def test_another_version_on_a_machine_is_refused(self, engine, monkeypatch):
        here = spark.versions()
        monkeypatch.setattr(spark, "versions", lambda: {**here, "DuckDB": "9.9"})
        with pytest.raises(NotDone, match=rf"has DuckDB {here['DuckDB']} instead of 9\.9\. Two versions"):
            engine.do(_bounds)

    def test_a_workspace_that_a_machine_does_not_see_is_told(self, engine, monkeypatch, tmp_path):
        (tmp_path / "spark.run").write_text("of another workspace")
        seen = engine._terms
        monkeypatch.setattr(engine, "_terms", lambda context: {**seen(context), "sign": str(tmp_path / "spark.run")})
        with pytest.raises(NotDone, match="does not see this workspace at"):
            engine.do(_bounds)

    def test_work_that_is_stopped_ends_at_once(self, engine, tmp_path):
        began = tmp_path / "began"
        with ThreadPoolExecutor(1) as workers:
            work = [workers.submit(engine.do, _work_for_ever, began)]
            while not began.exists():
                time.sleep(0.05)
            start = time.monotonic()
            with stopped_at_end(work):
                pass
            assert time.monotonic() - start < 10
        with pytest.raises(NotDone):
            work[0].result()


def test_each_table_is_worked_on_and_small_ones_share_a_task():
    rows = {"Grade": 3_000_000, "Attendance": 9_000_000, **{f"Small{number}": number for number in range(50)}}
    tasks = spark._shared_out(rows, 16)
    assert tasks[:2] == [["Attendance"], ["Grade"]]
    assert len(tasks) == 2 + 16
    assert sorted(name for task in tasks for name in task) == sorted(rows)


@pytest.mark.parametrize(
    ("overhead", "bytes_"), [("", 6_000_000_000), ("1024", 858_993_459), ("8g", 6_871_947_673), ("512MB", 429_496_729)]
)
def test_what_stands_beside_java_is_shared_by_the_tasks(overhead, bytes_):
    assert spark._memory(overhead) == bytes_


class TestWhatIsMissing:
    """It is told before anything is read."""

    @pytest.fixture
    def workspace(self, tmp_path: Path) -> Workspace:
        workspace = Workspace.create(tmp_path / "district", "Maple Grove")
        workspace.settings_file.write_text(f'engine = "spark"\n{workspace.settings_file.read_text()}')
        return workspace

    def refusal(self, workspace: Workspace) -> str:
        with pytest.raises(CannotRun) as refused, engine_of(workspace.settings(), workspace):
            pass
        return str(refused.value)

    def test_pyspark(self, workspace, monkeypatch):
        monkeypatch.setitem(sys.modules, "pyspark", None)
        assert 'pip install "homeroom[spark]"' in self.refusal(workspace)

    def test_java(self, workspace, monkeypatch, tmp_path):
        monkeypatch.delenv("JAVA_HOME", raising=False)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert "Spark needs Java 17 or newer, and there is none on this machine" in self.refusal(workspace)

    def test_a_java_that_is_too_old(self, workspace, monkeypatch, tmp_path):
        java = tmp_path / "bin" / "java"
        java.parent.mkdir()
        java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
        java.chmod(0o700)
        monkeypatch.setenv("JAVA_HOME", str(tmp_path))
        assert f"but {java} is Java 11. Install it" in self.refusal(workspace)

    def test_a_master_that_answers(self, workspace):
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            master = f"spark://127.0.0.1:{nobody.getsockname()[1]}"
            workspace.settings_file.write_text(f'{workspace.settings_file.read_text()}\n[spark]\nmaster = "{master}"\n')
            assert f"Spark's master {master} does not answer" in self.refusal(workspace)

    def test_a_setting_that_spark_does_not_take(self, tmp_path):
        engine = SparkEngine(SparkSettings(TWO, {"spark.driver.memory": "much"}), tmp_path)
        try:
            with pytest.raises(NotDone, match=r"Spark did not start.*\[spark\.configuration\]"):
                engine.do(_bounds)
        finally:
            engine.stop()


def _bounds() -> tuple[int, str, int]:
    from homeroom.consolidate.database import connect

    with connect() as connection:
        memory, threads = connection.execute(
            "select current_setting('memory_limit'), current_setting('threads')"
        ).fetchone()
    return os.getpid(), memory, threads


def _refuse(sentence: str) -> None:
    raise WrongUse(sentence)


def _refuse_a_file() -> None:
    raise FileRefused("empty-delivery", "There are no files in the export.")


class OfAChild(Exception):
    def __init__(self, name: str, born: str) -> None:
        super().__init__(f"{name}, {born}")


def _raise_what_cannot_be_sent() -> None:
    raise OfAChild("Maya", "2011-04-02")


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _work_for_ever(began: Path) -> None:
    from homeroom.consolidate.database import connect

    with connect() as connection:
        began.touch()
        connection.execute("select count(*) from range(10000000) as a, range(10000000) as b where hash(a, b) = 7")
