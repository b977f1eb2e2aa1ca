"""Bundles of changes end in the record that whole bundles with the same final rows end in."""

import csv
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest
from own_database import own_database
from own_workspace import own_workspace

from homeroom.consolidate.run import consolidate
from homeroom.progress import TerminalProgress

TODAY = date.today()
BEGIN = (TODAY - timedelta(days=60)).isoformat()
Rows = list[dict[str, str]]
TABLES: dict[str, Rows] = {
    "orgs": [
        {"sourcedId": "d", "name": "Maple Grove", "type": "district", "parentSourcedId": ""},
        {"sourcedId": "birch", "name": "Birch Elementary", "type": "school", "parentSourcedId": "d"},
    ],
    "academicSessions": [
        {
            "sourcedId": "y",
            "title": "This year",
            "type": "schoolYear",
            "startDate": (TODAY - timedelta(days=90)).isoformat(),
            "endDate": (TODAY + timedelta(days=150)).isoformat(),
            "schoolYear": "2027",
        }
    ],
    "courses": [{"sourcedId": "k", "title": "Math", "courseCode": "MATH", "orgSourcedId": "d"}],
    "classes": [
        {"sourcedId": "c", "title": "Math", "courseSourcedId": "k", "schoolSourcedId": "birch", "termSourcedIds": "y"}
    ],
    "users": [
        {"sourcedId": id_, "role": "student", "givenName": first, "familyName": last, "identifier": id_, "grades": "04"}
        for id_, first, last in [("s1", "Maya", "Okafor"), ("s2", "Theo", "Lindqvist"), ("s3", "Ines", "Baptiste")]
    ],
    "demographics": [
        {"sourcedId": id_, "birthDate": birth}
        for id_, birth in [("s1", "2015-01-11"), ("s2", "2015-02-11"), ("s3", "2015-03-11")]
    ],
    "enrollments": [
        {
            "sourcedId": f"e-{user}", "userSourcedId": user, "classSourcedId": "c", "schoolSourcedId": "birch",
            "role": "student", "beginDate": BEGIN,
        }
        for user in ("s1", "s2", "s3")
    ],
}  # fmt: skip
# Theo is called otherwise, Maya left, Lena came.
LENA = {"sourcedId": "s4", "role": "student", "givenName": "Lena", "familyName": "Moreau", "grades": "04"}
CHANGES: dict[str, Rows] = {
    "users": [
        TABLES["users"][1] | {"status": "active", "givenName": "Theodore"},
        TABLES["users"][0] | {"status": "tobedeleted"},
        LENA | {"status": "active", "identifier": "s4"},
    ],
    "demographics": [
        {"sourcedId": "s1", "status": "tobedeleted", "birthDate": "2015-01-11"},
        {"sourcedId": "s4", "status": "active", "birthDate": "2015-04-11"},
    ],
    "enrollments": [
        TABLES["enrollments"][0] | {"status": "tobedeleted"},
        TABLES["enrollments"][0] | {"sourcedId": "e-s4", "userSourcedId": "s4", "status": "active"},
    ],
}


def after(tables: dict[str, Rows], changes: dict[str, Rows]) -> dict[str, Rows]:
    """The whole tables after the changes."""
    final = {}
    for name, rows in tables.items():
        changed = {row["sourcedId"]: row for row in changes.get(name, [])}
        kept = [row for row in rows if row["sourcedId"] not in changed]
        final[name] = kept + [row for row in changed.values() if row["status"] != "tobedeleted"]
    return final


class District:
    """A workspace whose one source delivers bundles."""

    def __init__(self, root: Path, record: str, path: str = "drop") -> None:
        self.drop = root / "drop"
        self.drop.mkdir(parents=True)
        self.url = record
        self.workspace = own_workspace(root / "district", record)
        text = self.workspace.settings_file.read_text()
        self.workspace.settings_file.write_text(
            f'{text}\n[[source]]\nname = "sis"\nkind = "oneroster-csv"\npath = "{root / path}"\n'
        )

    def deliver(self, tables: dict[str, Rows], mode: str = "bulk") -> None:
        shutil.rmtree(self.drop)
        write(self.drop, tables, mode)
        self.run()

    def run(self) -> None:
        with TerminalProgress(quiet=True) as progress:
            consolidate(self.workspace, progress)

    def asked(self, question: str) -> list[tuple]:
        with psycopg.connect(self.url) as record:
            return record.execute(question).fetchall()

    def record(self) -> dict[str, list[tuple]]:
        """Every row but for what names the moment of writing, or the file that a row came in."""
        tables = self.asked("select table_name from information_schema.tables where table_schema = 'edfi' order by 1")
        leave_out = "- 'id' - 'change_version' - 'last_modified' - 'source_rows' - 'said'"
        return {
            name: self.asked(f"select to_jsonb(t) {leave_out} from edfi.{name} t order by 1")
            for (name,) in tables
            if name not in ("tombstone", "key_change", "replaced_row")
        }


def write(folder: Path, tables: dict[str, Rows], mode: str) -> None:
    folder.mkdir()
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(field for row in rows for field in row)))
            writer.writeheader()
            writer.writerows(rows)
    lines = ["propertyName,value", *(f"file.{name},{mode}" for name in tables)]
    (folder / "manifest.csv").write_text("\n".join(lines) + "\n")


@pytest.fixture
def other_record(postgres_url: str, template_database: str) -> Iterator[str]:
    with own_database(postgres_url, template_database) as url:
        yield url


def test_changes_end_in_the_record_of_a_bulk_with_the_same_rows(tmp_path, record, other_record):
    changing, whole = District(tmp_path / "changing", record), District(tmp_path / "whole", other_record)
    for district in (changing, whole):
        district.deliver(TABLES)
    changing.deliver(CHANGES, "delta")
    whole.deliver(after(TABLES, CHANGES))
    assert changing.record() == whole.record()
    assert changing.asked(
        "select first_name, exit_withdraw_date from edfi.student"
        " join edfi.student_school_association using (student_unique_id) order by 1"
    ) == [("Ines", None), ("Lena", None), ("Maya", TODAY), ("Theodore", None)]

    # Each value leads back to the file that said it, whichever delivery that came in.
    assert changing.asked(
        """
        select first_name, file.path, source_row & 4294967295, delivery.delivery_id = newest.delivery_id
        from edfi.student, unnest(source_rows) as source_row
        join consolidation.delivered_file as file on file.number = source_row >> 32
        join consolidation.delivery using (delivery_id)
        cross join (select delivery_id from consolidation.delivered_file order by number desc limit 1) as newest
        where first_name in ('Ines', 'Theodore') and path = 'users.csv' order by 1
        """
    ) == [("Ines", "users.csv", 4, False), ("Theodore", "users.csv", 2, True)]
    assert changing.asked("select distinct rule from consolidation.quarantine where source_row is not null") == [
        ("to-be-deleted",)
    ]

    before = changing.asked("select last_value from edfi.change_version")
    shutil.rmtree(changing.workspace.staging)
    changing.run()
    assert changing.asked("select last_value from edfi.change_version") == before


def test_of_a_pattern_every_bundle_of_changes_is_taken_in_its_order(tmp_path, record):
    district = District(tmp_path, record, "drop/roster-*")
    write(district.drop / "roster-1", TABLES, "bulk")
    for number, name in ((2, "Theodore"), (3, "Ted")):
        write(
            district.drop / f"roster-{number}",
            {"users": [TABLES["users"][1] | {"status": "active", "givenName": name}]},
            "delta",
        )
    lena = {"users": [LENA | {"status": "active"}], "demographics": CHANGES["demographics"][1:]}
    write(district.drop / "roster-4", lena, "delta")
    district.run()
    assert district.asked("select first_name from edfi.student order by 1") == [
        ("Ines",),
        ("Lena",),
        ("Maya",),
        ("Ted",),
    ]
    assert district.asked("select count(*) from consolidation.delivery") == [(4,)]
