"""A night that links only whom a change may touch finds what linking everybody finds."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import link_district

from homeroom.consolidate.database import connect
from homeroom.consolidate.layered_table import LayeredTable
from homeroom.consolidate.link import (
    LinkSettings,
    blocking,
    exact_rules,
    known_scores,
    link,
    linked_again,
    nodes,
    records,
    scoring,
)
from homeroom.consolidate.link.tables import create_tables

RANK = {"sis": 0, "warehouse": 1, "vendor": 2}
ROWS = [(source, f"{source[0]}{number}") for source in RANK for number in range(14)]
BIRTHS = [datetime.date(2012, 3, 4), datetime.date(2012, 4, 3), datetime.date(2012, 3, 5), datetime.date(2009, 11, 28)]
# What is said of somebody: of few words, so that many have some in common.
SAID = {
    "first_name": st.sampled_from(["Ana", "Anna", "Lucia", "Lucy", "Robert", "Bob", "Jaden", "Jayden", None]),
    "last_name": st.sampled_from(
        ["Reyes", "Reyes-Hill", "Hill", "Okafor", "Nguyen", "Nguyan", "Sato", "Silva", "Berg", "Diaz"]
    ),
    "middle_name": st.sampled_from([None, None, "A", "B"]),
    "suffix": st.sampled_from([None, None, None, "Jr"]),
    "sex": st.sampled_from([None, "Female", "Female", "Male"]),
    "birth_date": st.sampled_from(BIRTHS),
    "street": st.sampled_from([None, None, "1 Elm Street", "2 Oak Road"]),
    "phones": st.lists(st.sampled_from([f"555000000{n}" for n in range(6)]), max_size=1),
    "emails": st.lists(st.sampled_from([f"a{n}@mg.example" for n in range(6)]), max_size=1),
    "shared_ids": st.lists(st.sampled_from([f"State:{n}" for n in range(12)]), max_size=1),
    "student_ids": st.lists(st.sampled_from([f"child {n}" for n in range(10)]), max_size=2, unique=True),
    "school_ids": st.lists(st.sampled_from(["10", "20"]), max_size=1),
}
Person = dict[str, object]
Decided = tuple[tuple[str, str], str, tuple[str, str]]


@dataclass
class Night:
    """What is other than the night before: `said` of rows, new ones too; who is `gone`; and what people decided."""

    said: dict[tuple[str, str], Person]
    gone: set[tuple[str, str]] = field(default_factory=set)
    decided: list[Decided] | None = None
    review: float | None = None


A_PERSON = st.fixed_dictionaries(SAID)
A_CHANGE = st.one_of(*(st.fixed_dictionaries({name: value}) for name, value in SAID.items()), A_PERSON)
A_ROW = st.sampled_from(ROWS)
A_DECISION = st.tuples(A_ROW, st.sampled_from(["together", "apart"]), A_ROW).filter(lambda one: one[0] != one[2])
NIGHTS = st.builds(
    Night,
    st.dictionaries(A_ROW, A_CHANGE, max_size=3),
    st.sets(A_ROW, max_size=2),
    st.one_of(st.none(), st.none(), st.lists(A_DECISION, max_size=3)),
    st.sampled_from([None, None, None, None, None, 0.3, 0.6]),
)
FIRST = st.dictionaries(A_ROW, A_PERSON, min_size=20)


@pytest.fixture(scope="module", autouse=True)
def a_small_district() -> Iterator[None]:
    """What counts in a district of thousands counts in one of dozens."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(known_scores, "MOST_CHANGE", 100.0)
        patch.setattr(records, "TOO_COMMON", 3)
        patch.setattr(nodes, "FEWEST_OF_A_NAME", 3)
        patch.setattr(blocking, "MOST_IN_A_BLOCK", 4)
        patch.setattr(scoring, "FEWEST_FOR_FREQUENCIES", 0)
        patch.setattr(exact_rules, "MOST_ROWS_OF_ONE", 2)
        yield


@dataclass
class District:
    """A district of persons of one kind, night by night; `folder` has a folder for each night."""

    kind: str
    folder: Path
    persons: dict[tuple[str, str], Person] = field(default_factory=dict)
    decided: list[Decided] = field(default_factory=list)
    history: list[tuple] = field(default_factory=list)
    review: float = 0.6
    nights: int = 0
    again: int = 0

    def change(self, night: Night) -> None:
        for row in night.gone:
            self.persons.pop(row, None)
        for row, said in night.said.items():
            self.persons[row] = {"last_name": "Moss"} | self.persons.get(row, {}) | said
        if night.decided is not None:
            self.decided = night.decided
        self.review = night.review or self.review

    def run(self) -> None:
        """Link, and remember who had another id, as publishing does."""
        now, before = self.link_into(self.folder / str(self.nights + 1)), self.last
        if before:
            had = f"select source, kind, source_id, unique_id from '{before / 'identity.parquet'}'"
            gone = (
                duckdb.sql(f"{had} except {had.replace(str(before), str(now))}").order("source, source_id").fetchall()
            )
            moment = datetime.datetime.fromtimestamp(self.nights, datetime.UTC)
            self.history += [(*row, moment) for row in gone]
        self.nights += 1

    @property
    def last(self) -> Path | None:
        return self.folder / str(self.nights) if self.nights else None

    def link_into(self, folder: Path) -> Path:
        folder.mkdir()
        rows = [
            {"source": source, "source_id": source_id, "preferred_id": source_id[1:], "rank": RANK[source],
             "kind": self.kind} | said
            for (source, source_id), said in self.persons.items()
        ]  # fmt: skip
        with connect(threads=1) as connection:
            link_district.load(connection, rows)
            create_tables(connection)
            if self.last:
                connection.execute(f"insert into identity from '{self.last / 'identity.parquet'}'")
            for number, (left, decision, right) in enumerate(self.decided):
                connection.execute(
                    "insert into match_decision values (?, ?, ?, ?, ?, ?, ?)",
                    [self.kind, *left, *right, decision, number],
                )
            for row in self.history:
                connection.execute("insert into identity_history values (?, ?, ?, ?, ?)", [*row])
            chosen = LinkSettings(review_threshold=self.review)
            link(connection, chosen, (self.kind,), self.last, folder)
            for table in ("identity", "match"):
                connection.execute(f"copy {table} to '{folder / f'{table}.parquet'}'")
            linked = set(connection.execute("select table_name from duckdb_tables()").fetchall())
            again = "again" if ("again",) in linked else "record"
            (self.again,) = connection.execute(f"select count(*) from {again}").fetchone() or (0,)
        return folder


def found_in(folder: Path, kind: str) -> dict[str, list[tuple]]:
    """All that a run found and keeps for the next one."""
    tables = {name: LayeredTable(folder / f"{name}.parquet").sql
              for name in ("identity", "match", f"scores-{kind}", f"nodes-{kind}", f"comparable-{kind}")}  # fmt: skip
    return {
        name: duckdb.sql(f"from {table}").project(columns(table)).order("all").fetchall()
        for name, table in tables.items()
    }


def columns(table: str) -> str:
    return ", ".join(sorted(duckdb.sql(f"from {table}").columns))


def going_on_and_everybody(district: District) -> tuple[dict[str, list[tuple]], dict[str, list[tuple]]]:
    """What a night finds that goes on from the last one, and what it finds where everybody is linked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linked_again, "MOST_AGAIN", -1.0)
        everybody = district.link_into(district.folder / f"everybody {district.nights}")
    district.run()
    assert district.last
    return found_in(district.last, district.kind), found_in(everybody, district.kind)


def test_a_value_that_too_many_have_joins_nobody_where_few_of_them_are_linked_again(tmp_path, monkeypatch):
    monkeypatch.setattr(linked_again, "MOST_AGAIN", 0.5)
    monkeypatch.setattr(records, "TOO_COMMON", 25)
    ana = {"first_name": "Ana", "last_name": "Reyes", "school_ids": ["10"]}
    office = {"emails": ["office@mg.example"]}
    bob = {"first_name": "Robert", "last_name": "Hill", "school_ids": ["20"]}
    district = District("Staff", tmp_path)
    persons = {("sis", "s1"): ana | office, ("vendor", "v1"): ana | office, ("sis", "s2"): bob | office,
               ("vendor", "v2"): bob | office, ("sis", "s3"): {"first_name": "Lucia", "last_name": "Sato"},
               ("sis", "s4"): {"first_name": "Jaden", "last_name": "Berg"}}  # fmt: skip
    district.change(Night(persons))
    district.run()
    district.change(Night({("warehouse", "w1"): ana}))
    going_on, everybody = going_on_and_everybody(district)
    assert going_on == everybody
    # The new one, and the two who may be the same person.
    assert district.again == 3


@settings(max_examples=4, deadline=None, suppress_health_check=[*HealthCheck])
@given(
    st.sampled_from(["Student", "Contact", "Staff"]),
    FIRST,
    st.lists(NIGHTS, min_size=2, max_size=2),
    st.sampled_from([1.0, 1.0, 0.5]),
)
def test_linking_again_whom_a_change_touches_is_as_linking_everybody(kind, first, nights, most_again):
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patched:
        patched.setattr(linked_again, "MOST_AGAIN", most_again)
        district = District(kind, Path(name))
        district.change(Night(first))
        district.run()
        for night in nights:
            district.change(night)
            going_on, everybody = going_on_and_everybody(district)
            assert going_on == everybody
