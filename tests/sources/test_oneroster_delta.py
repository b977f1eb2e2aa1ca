"""A bundle that holds changes only is kept as sent, and says with those before it what the source says now."""

import zipfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from homeroom.errors import CannotRun
from homeroom.sources.archive import ArchiveLimits
from homeroom.sources.delivery import Delivery, FileRefused, deliveries, followed_by, free_file_number, land
from homeroom.sources.oneroster_csv import KIND, read
from homeroom.sources.oneroster_delta import compose, holds_changes, is_delta
from homeroom.sources.report import Report

USERS = "sourcedId,status,givenName\nu1,,Ann\nu2,,Bo\nu3,,Cy\n"
ORGS = "sourcedId,name\no1,Maple Grove\n"


class Source:
    """A system that delivers one bundle after another."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.landing = root / "landing"
        self.count = 0

    def bundle(self, modes: dict[str, str] | None = None, **files: str) -> Path:
        """A folder of these files; `modes`: what its manifest says of them."""
        self.count += 1
        sent = self.root / f"sent-{self.count}"
        sent.mkdir()
        for name, content in files.items():
            (sent / f"{name}.csv").write_text(content)
        if modes is not None:
            lines = [f"file.{name},{mode}" for name, mode in modes.items()]
            (sent / "manifest.csv").write_text("\n".join(["propertyName,value", "oneroster.version,1.1", *lines]))
        return sent

    def land(self, sent: Path) -> Delivery:
        return land("sis", KIND, sent, self.landing, free_file_number(self.landing), is_delta=is_delta)

    def bulk(self, **files: str) -> Delivery:
        return self.land(self.bundle(None, **files))

    def delta(self, **files: str) -> Delivery:
        return self.land(self.bundle(dict.fromkeys(files, "delta"), **files))

    def says(self, delivery: Delivery) -> tuple[dict[str, list[dict[str, Any]]], list[dict[str, Any]]]:
        """The rows of each table, and the problems, once this delivery has come."""
        parts = []
        for one in (*followed_by(delivery), delivery):
            report, folder = Report(), self.root / "read" / one.delivery_id
            read(one, folder / "tables", report)
            report.write(folder / "problems.parquet")
            parts.append((one, folder))
        report, into = Report(), self.root / "composed" / delivery.delivery_id
        compose(parts, into, report)
        rows = {path.stem: pq.read_table(path).sort_by("source_row").to_pylist() for path in into.glob("*.parquet")}
        return rows, report.table().to_pylist()


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(tmp_path)


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row["givenName"] for row in rows]


def test_changed_rows_stand_in_the_place_of_those_before_and_keep_their_file_and_line(source):
    first = source.bulk(users=USERS, orgs=ORGS)
    second = source.delta(users="sourcedId,status,givenName\nu4,active,Dee\nu2,active,Bob\n")
    rows, _ = source.says(second)
    of_first, of_second = ({f.path: f.number for f in one.files}["users.csv"] for one in (first, second))
    assert [(row["source_row"] >> 32, row["source_row"] & 0xFFFFFFFF, row["givenName"]) for row in rows["users"]] == [
        (of_first, 2, "Ann"),
        (of_first, 4, "Cy"),
        (of_second, 2, "Dee"),
        (of_second, 3, "Bob"),
    ]


def test_a_delta_is_kept_byte_for_byte_and_follows_what_came_last(source):
    first = source.bulk(users=USERS)
    second = source.delta(users="sourcedId,status,givenName\nu2,active,Bob\n")
    third = source.delta(users="sourcedId,status,givenName\nu2,active,Rob\n")
    assert [one.follows for one in (first, second, third)] == [None, first.delivery_id, second.delivery_id]
    assert deliveries(source.landing) == [first, second, third]
    kept = {file.path: second.kept(file).read().decode() for file in second.files}
    assert kept["users.csv"] == "sourcedId,status,givenName\nu2,active,Bob\n"


def test_a_row_to_be_deleted_takes_the_row_out_and_is_landed_once(source):
    source.bulk(users=USERS)
    second = source.delta(users="sourcedId,status,givenName\nu2,tobedeleted,Bo\n")
    assert [(row["sourcedId"], row["status"]) for row in source.says(second)[0]["users"]] == [
        ("u1", ""),
        ("u3", ""),
        ("u2", "tobedeleted"),
    ]
    third = source.delta(users="sourcedId,status,givenName\nu1,active,Anna\n")
    assert names(source.says(third)[0]["users"]) == ["Cy", "Anna"]


def test_changes_count_in_the_order_in_which_they_came(source):
    source.bulk(users=USERS)
    source.delta(users="sourcedId,status,givenName\nu2,tobedeleted,Bo\n")
    source.delta(users="sourcedId,status,givenName\nu2,active,Bob\nu1,active,Anna\n")
    last = source.delta(users="sourcedId,status,givenName\nu1,active,Hannah\n")
    assert names(source.says(last)[0]["users"]) == ["Cy", "Bob", "Hannah"]


def test_of_two_rows_of_one_id_in_a_delta_the_last_counts(source):
    source.bulk(users=USERS)
    last = source.delta(users="sourcedId,status,givenName\nu2,active,Bob\nu2,active,Rob\n")
    assert names(source.says(last)[0]["users"]) == ["Ann", "Cy", "Rob"]


def test_the_same_delta_again_changes_nothing(source):
    source.bulk(users=USERS)
    changes = "sourcedId,status,givenName\nu2,active,Bob\n"
    second = source.delta(users=changes)
    assert source.delta(users=changes) == second
    third = source.delta(users="sourcedId,status,givenName\nu2,active,Rob\n")
    assert source.delta(users=changes) == third
    assert len(deliveries(source.landing)) == 3


def test_the_bulk_again_counts_alone_and_the_same_changes_lead_where_they_led(source):
    first = source.bulk(users=USERS)
    changes = "sourcedId,status,givenName\nu2,active,Bob\n"
    second = source.delta(users=changes)
    assert source.bulk(users=USERS) == first
    assert source.delta(users=changes) == second


def test_changes_before_anything_whole_are_refused_and_not_kept(source):
    with pytest.raises(FileRefused, match="as bulk") as refused:
        source.delta(users=USERS)
    assert refused.value.rule == "delta-without-bulk"
    assert deliveries(source.landing) == []


def test_in_a_delta_a_bulk_file_is_the_whole_table_and_an_absent_one_stays_as_it_is(source):
    source.bulk(users=USERS, orgs=ORGS, classes="sourcedId,title\nc1,Math\n")
    sent = source.bundle(
        {"users": "delta", "orgs": "bulk", "classes": "absent"},
        users="sourcedId,status,givenName\nu2,active,Bob\n",
        orgs="sourcedId,name\no2,Birch\no3,Aspen\n",
    )
    rows, _ = source.says(source.land(sent))
    assert [row["name"] for row in rows["orgs"]] == ["Birch", "Aspen"]
    assert [row["title"] for row in rows["classes"]] == ["Math"]
    assert names(rows["users"]) == ["Ann", "Cy", "Bob"]


def test_demographics_are_of_their_user_whichever_column_says_so(source):
    source.bulk(demographics="userSourcedId,sex\nu1,female\nu2,male\n")
    last = source.delta(demographics="sourcedId,status,sex\nu2,active,female\n")
    assert [row["sex"] for row in source.says(last)[0]["demographics"]] == ["female", "female"]


def test_rows_without_an_id_stand_beside_all_others(source):
    source.bulk(users=USERS + ",,Nobody\n")
    last = source.delta(users="sourcedId,status,givenName\n,active,Noone\nu1,active,Anna\n")
    assert names(source.says(last)[0]["users"]) == ["Bo", "Cy", "Nobody", "Noone", "Anna"]


def test_a_file_that_can_not_be_read_leaves_the_table_as_it_was_and_is_told(source):
    source.bulk(users=USERS, orgs=ORGS)
    sent = source.bundle({"users": "delta", "orgs": "bulk"}, users=USERS, orgs="name of it\nBirch\n")
    rows, problems = source.says(source.land(sent))
    assert [row["name"] for row in rows["orgs"]] == ["Maple Grove"]
    assert [problem["rule"] for problem in problems] == ["wrong-header"]


def test_what_was_wrong_with_an_earlier_delivery_is_told_until_its_table_comes_whole(source):
    source.bulk(users=USERS + "u4,too,many,values\n")
    changed = source.delta(users="sourcedId,status,givenName\nu2,active,Bob\n")
    assert [problem["rule"] for problem in source.says(changed)[1]] == ["too-many-columns"]
    whole = source.bundle({"users": "bulk", "orgs": "delta"}, users=USERS, orgs=ORGS)
    assert source.says(source.land(whole))[1] == []


def test_a_bundle_whose_manifest_could_not_be_taken_is_not_taken_for_whole(source, tmp_path):
    source.bulk(users=USERS)
    sent = tmp_path / "sent.zip"
    with zipfile.ZipFile(sent, "w") as archive:
        archive.writestr("manifest.csv", "propertyName,value\nfile.users,delta\n")
        archive.writestr("users.csv", USERS)
    sent.write_bytes(sent.read_bytes().replace(b"file.users", b"file.uSers", 1))
    with pytest.raises(FileRefused, match="whether the bundle is whole"):
        source.land(sent)


def test_several_bundles_with_changes_in_one_folder_are_refused(source):
    folder = source.bundle()
    for name in ("one", "two"):
        source.bundle({"users": "delta"}, users=USERS).rename(folder / name)
    with pytest.raises(FileRefused, match="pattern") as refused:
        source.land(folder)
    assert refused.value.rule == "several-bundles"


def test_changes_to_what_is_not_there_any_more_say_where_it_lay(source):
    first = source.bulk(users=USERS)
    second = source.delta(users="sourcedId,status,givenName\nu2,active,Bob\n")
    (first.folder / "delivery.json").unlink()
    with pytest.raises(CannotRun, match=first.delivery_id):
        followed_by(second)


@pytest.mark.parametrize(("modes", "changes"), [({"users": "Delta "}, True), ({"users": "bulk"}, False), (None, False)])
def test_a_bundle_tells_before_it_is_taken_whether_it_holds_changes(source, modes, changes):
    assert holds_changes(source.bundle(modes, users=USERS), ArchiveLimits()) == changes
