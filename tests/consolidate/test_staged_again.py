"""A delivery is staged on what was made of the one before it, and is what it would be if it were the first."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from homeroom.consolidate.layered_table import LayeredTable
from homeroom.consolidate.staging import StagedDelivery, stage
from homeroom.settings import SourceSettings
from homeroom.sources.delivery import free_file_number, land

STUDENTS = range(40)
Files = dict[str, list[str]]

# In one class there is work, and grades are given; some dates of results tell by themselves which part is the month.
FIRST_NIGHT: Files = {
    "orgs": ["sourcedId,name,type,parentSourcedId", "d,Maple Grove,district,", "s,Elm School,school,d"],
    "academicSessions": [
        "sourcedId,title,type,startDate,endDate,parentSourcedId,schoolYear",
        "y,2024-25,schoolYear,2024-08-19,2025-06-06,,2025",
        "f,Fall,semester,2024-08-19,2025-01-10,y,2025",
        "q,Q1,gradingPeriod,2024-08-19,2024-10-18,f,2025",
    ],
    "courses": ["sourcedId,title,courseCode,orgSourcedId", "c,Math 4,M4,d"],
    "classes": ["sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds", "k,Math 4-1,c,s,f"],
    "users": [
        "sourcedId,orgSourcedIds,role,givenName,familyName",
        *(f"u{n},s,student,Ann,Okafor {n}" for n in STUDENTS),
    ],
    "enrollments": [
        "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,beginDate",
        *(f"e{n},k,s,u{n},student,2024-08-26" for n in STUDENTS),
    ],
    "categories": ["sourcedId,title", "hw,Homework", "fg,Grading Period Grade", "bm,Benchmark"],
    "lineItems": [
        "sourcedId,title,classSourcedId,categorySourcedId,gradingPeriodSourcedId",
        *(f"i{n},Fractions {n},k,hw,q" for n in range(12)),
        "g,Quarter 1,k,fg,q",
        "b,Fall benchmark,,bm,",
    ],
    "results": [
        "sourcedId,lineItemSourcedId,studentSourcedId,score,scoreDate",
        *(f"w{n}-{i},i{i},u{n},{n + i},9/{10 + i}/2024" for n in STUDENTS for i in range(12)),
        *(f"g{n},g,u{n},{50 + n},10/18/2024" for n in STUDENTS),
        *(f"b{n},b,u{n},{200 + n},10/2/2024" for n in STUDENTS),
        "x,i1,nobody,7,9/12/2024",
    ],
}


@dataclass(frozen=True)
class Night:
    """What the second night sends otherwise, by file: rows that take the place of those with their sourcedId, or of
    None where they are gone."""

    changed: Mapping[str, Mapping[str, str | None]]
    # Of what is made of the results, what is not written again.
    in_layers: tuple[str, ...] = ("StudentGradebookEntry", "Grade")


NIGHTS = {
    "nothing": Night({}, in_layers=()),
    "results that say something else, are gone, or are new": Night(
        {
            "results": {
                "w3-1": "w3-1,i1,u3,99,9/11/2024",
                "w3-2": "w3-2,i2,u3,99,soon",
                "w3-3": None,
                "g5": None,
                "new": "new,i2,u39,4,9/30/2024",
                "g6": "g6,g,u6,44,10/18/2024",
            }
        }
    ),
    "a piece of work that becomes a grade": Night(
        {"lineItems": {"i1": "i1,Fractions 1,k,fg,q"}}, in_layers=("StudentGradebookEntry",)
    ),
    "a student who comes to the class later, and one who is not in it any more": Night(
        {"enrollments": {"e3": "e3,k,s,u3,student,2024-09-09", "e4": None}}, in_layers=("Grade",)
    ),
    "a class of which the school is another": Night({"classes": {"k": "k,Math 4-1,c,d,f"}}, in_layers=()),
    "dates that turn the column": Night(
        {"results": {f"w{n}-1": f"w{n}-1,i1,u{n},5,{13 + n % 17}/9/2024" for n in range(30)}}, in_layers=()
    ),
}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what was delivered on the first night, and what was made of it."""
    folder = tmp_path_factory.mktemp("first")
    _stage(folder, FIRST_NIGHT)
    return folder


@pytest.fixture(params=NIGHTS)
def night(request: pytest.FixtureRequest) -> Night:
    return NIGHTS[request.param]


@pytest.fixture
def staged(first: Path, night: Night, tmp_path: Path) -> Callable[[bool], StagedDelivery]:
    def stage_second(going_on: bool) -> StagedDelivery:
        folder = tmp_path / ("going on" if going_on else "anew")
        shutil.copytree(first, folder)
        if not going_on:
            for made in (*folder.glob("staging/*/mapped-*"), *folder.glob("staging/*/cleaned-*")):
                shutil.rmtree(made)
        return _stage(folder, _second_night(night))

    return stage_second


def test_it_is_what_it_would_be_without_the_one_before(staged, night):
    going_on, anew = staged(True), staged(False)
    for kind in ("tables", "cleaned"):
        one, other = getattr(going_on, kind), getattr(anew, kind)
        assert one.keys() == other.keys()
        for resource in other:
            assert _rows(one[resource]) == _rows(other[resource]), resource
    assert _problems(going_on) == _problems(anew)
    of_results = ("StudentGradebookEntry", "Grade")
    assert [name for name in of_results if going_on.cleaned[name].in_layers] == [*night.in_layers]
    assert not any(table.in_layers for table in anew.cleaned.values())


def _stage(folder: Path, files: Files) -> StagedDelivery:
    sent = folder / f"sent-{len(list(folder.glob('sent-*')))}"
    sent.mkdir(parents=True)
    for name, lines in files.items():
        (sent / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    source = SourceSettings("sis", "oneroster-csv", sent, 0)
    number = free_file_number(folder / "landing")
    delivery = land(source.name, source.kind, sent, folder / "landing", number)
    return stage(source, delivery, folder / "staging", lambda rows: None)


def _second_night(night: Night) -> Files:
    files = {}
    for name, (header, *rows) in FIRST_NIGHT.items():
        by_id: dict[str, str | None] = {row.split(",")[0]: row for row in rows} | dict(night.changed.get(name, {}))
        files[name] = [header, *(row for row in by_id.values() if row is not None)]
    return files


def _rows(table: LayeredTable) -> list[tuple]:
    with duckdb.connect() as connection:
        names = sorted(row[0] for row in connection.execute(f"describe from {table.sql}").fetchall())
        listed = ", ".join(f'"{name}"' for name in names)
        return [tuple(names), *connection.execute(f"select {listed} from {table.sql} order by all").fetchall()]


def _problems(staged: StagedDelivery) -> list[tuple]:
    paths = [str(path) for path in staged.problems]
    with duckdb.connect() as connection:
        query = "select distinct source_row, rule, field, sentence, severity from read_parquet(?) order by all"
        return connection.execute(query, [paths]).fetchall()
