"""What a source sends is kept as it was sent, once; what can't be kept is refused with a sentence."""

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest

from homeroom.errors import CannotRun
from homeroom.sources.archive import ArchiveLimits
from homeroom.sources.delivery import FileRefused, deliveries, free_file_number, land
from homeroom.sources.oneroster_csv import KIND

ORGS = b"sourcedId,name,type\no1,Maple Grove,district\n"
USERS = b"sourcedId,givenName\nu1,Ann\n"


def folder_of(path: Path, **files: bytes) -> Path:
    path.mkdir(exist_ok=True)
    for name, content in files.items():
        (path / f"{name}.csv").write_bytes(content)
    return path


def zip_of(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/") + ".csv", content)
    return path


def kept_bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_a_folder_is_kept_byte_for_byte(tmp_path: Path) -> None:
    delivery = land("sis", KIND, folder_of(tmp_path / "in", orgs=ORGS, users=USERS), tmp_path / "landing", 7)
    assert {f.path: delivery.kept(f).read() for f in delivery.files} == {"orgs.csv": ORGS, "users.csv": USERS}


def test_files_are_numbered_from_the_number_given(tmp_path: Path) -> None:
    delivery = land("sis", KIND, folder_of(tmp_path / "in", orgs=ORGS, users=USERS), tmp_path / "landing", 7)
    assert [f.number for f in delivery.files] == [7, 8]
    assert free_file_number(tmp_path / "landing") == 9


def test_the_same_files_again_are_the_same_delivery(tmp_path: Path) -> None:
    sent = folder_of(tmp_path / "in", orgs=ORGS)
    first = land("sis", KIND, sent, tmp_path / "landing", 1)
    assert land("sis", KIND, sent, tmp_path / "landing", 50) == first
    assert deliveries(tmp_path / "landing") == [first]


def test_a_zip_and_a_folder_of_the_same_files_are_the_same_delivery(tmp_path: Path) -> None:
    first = land("sis", KIND, folder_of(tmp_path / "in", orgs=ORGS), tmp_path / "landing", 1)
    second = land("sis", KIND, zip_of(tmp_path / "in.zip", orgs=ORGS), tmp_path / "landing", 2)
    assert second.delivery_id == first.delivery_id


def test_the_same_files_from_two_sources_are_two_deliveries(tmp_path: Path) -> None:
    sent = folder_of(tmp_path / "in", orgs=ORGS)
    one, other = (land(source, KIND, sent, tmp_path / "landing", 1) for source in ("sis", "warehouse"))
    assert one.delivery_id != other.delivery_id


def test_a_packed_file_is_kept_unpacked(tmp_path: Path) -> None:
    (tmp_path / "users.csv.gz").write_bytes(gzip.compress(USERS))
    delivery = land("sis", KIND, tmp_path / "users.csv.gz", tmp_path / "landing", 1)
    assert delivery.kept(delivery.files[0]).read() == USERS
    assert delivery.files[0].path == "users.csv"


def test_what_a_killed_run_left_is_no_delivery_and_is_cleared(tmp_path: Path) -> None:
    left = tmp_path / "landing" / "sis" / ".incoming-999999999-x"
    left.mkdir(parents=True)
    (left / "delivery.json").write_text("{")
    assert deliveries(tmp_path / "landing") == []
    land("sis", KIND, folder_of(tmp_path / "in", orgs=ORGS), tmp_path / "landing", 1)
    assert not left.exists()


def test_a_run_that_cannot_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotRun, match="No space left on device"):
        land("sis", KIND, folder_of(tmp_path / "in", orgs=ORGS), tmp_path / "landing", 1)
    assert list((tmp_path / "landing" / "sis").iterdir()) == []


def test_a_damaged_file_in_a_zip_is_refused_and_the_others_kept(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("orgs.csv", ORGS)
        archive.writestr("users.csv", USERS)
    whole = (tmp_path / "in.zip").read_bytes()
    (tmp_path / "in.zip").write_bytes(whole.replace(b"u1,Ann", b"u1,Bob", 1))
    delivery = land("sis", KIND, tmp_path / "in.zip", tmp_path / "landing", 1)
    assert [(f.path, f.rule) for f in delivery.refused] == [("users.csv", "broken-archive")]
    assert [f.path for f in delivery.files] == ["orgs.csv"]


def test_a_file_that_is_sent_twice_is_kept_once(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("../orgs.csv", USERS)
        archive.writestr("orgs.csv", ORGS)
    delivery = land("sis", KIND, tmp_path / "in.zip", tmp_path / "landing", 1)
    assert delivery.kept(delivery.files[0]).read() == ORGS


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="There is no file or folder at"):
        land("sis", KIND, tmp_path / "nowhere", tmp_path / "landing", 1)


def test_an_empty_folder_is_no_delivery(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="There are no files"):
        land("sis", KIND, folder_of(tmp_path / "in"), tmp_path / "landing", 1)


def test_a_zip_cut_short_is_said_to_be(tmp_path: Path) -> None:
    whole = zip_of(tmp_path / "in.zip", orgs=ORGS * 500).read_bytes()
    (tmp_path / "in.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileRefused, match="not a whole zip file"):
        land("sis", KIND, tmp_path / "in.zip", tmp_path / "landing", 1)


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    bomb = zip_of(tmp_path / "in.zip", users=b"\0" * (40 << 20))
    with pytest.raises(FileRefused, match="as only a zip bomb does"):
        land("sis", KIND, bomb, tmp_path / "landing", 1)


def test_a_zip_that_lies_about_its_size_is_stopped(tmp_path: Path) -> None:
    packed = gzip.compress(b"\0" * (40 << 20))
    folder = folder_of(tmp_path / "in", orgs=ORGS)
    (folder / "users.csv.gz").write_bytes(packed)
    delivery = land("sis", KIND, folder, tmp_path / "landing", 1)
    assert [(f.path, f.rule) for f in delivery.refused] == [("users.csv", "archive-bomb")]
    assert [f.path for f in delivery.files] == ["orgs.csv"]


def test_an_archive_of_too_many_files_is_not_opened(tmp_path: Path) -> None:
    sent = zip_of(tmp_path / "in.zip", **{f"f{n}": ORGS for n in range(5)})
    with pytest.raises(FileRefused, match="holds 5 files; the limit is 4"):
        land("sis", KIND, sent, tmp_path / "landing", 1, ArchiveLimits(members=4))


def test_a_file_that_wants_to_be_written_elsewhere_is_refused_and_the_others_kept(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("../../evil.csv", USERS)
        archive.writestr("orgs.csv", ORGS)
    delivery = land("sis", KIND, tmp_path / "in.zip", tmp_path / "landing", 1)
    assert [f.rule for f in delivery.refused] == ["path-outside"]
    assert [f.path for f in delivery.files] == ["orgs.csv"]
    assert not list(tmp_path.rglob("evil.csv"))


def test_an_archive_in_an_archive_is_refused_and_the_others_kept(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("users.csv", USERS)
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("more.zip", inner.getvalue())
        archive.writestr("orgs.csv", ORGS)
    delivery = land("sis", KIND, tmp_path / "in.zip", tmp_path / "landing", 1)
    assert [f.rule for f in delivery.refused] == ["nested-archive"]
    assert [f.path for f in delivery.files] == ["orgs.csv"]


@pytest.mark.parametrize(
    "header", [b"ssn", b"SSN", b"Student_SSN", b"socialSecurityNumber", b"metadata.ssn", b"social security"]
)
def test_a_column_named_for_social_security_numbers_is_refused(tmp_path: Path, header: bytes) -> None:
    sent = folder_of(tmp_path / "in", users=b"sourcedId," + header + b"\nu1,219099999\n", orgs=ORGS)
    delivery = land("sis", KIND, sent, tmp_path / "landing", 1)
    assert [f.rule for f in delivery.refused] == ["social-security-numbers"]
    assert b"219099999" not in kept_bytes(tmp_path / "landing")


@pytest.mark.parametrize("pack", [False, True], ids=["folder", "zip"])
def test_values_like_social_security_numbers_are_refused_and_never_written(tmp_path: Path, pack: bool) -> None:
    users = b"sourcedId,identifier\nu1,219-09-9999\nu2,457-55-5462\nu3,\nu4,x\n"
    make = zip_of if pack else folder_of
    delivery = land("sis", KIND, make(tmp_path / "in.zip", users=users, orgs=ORGS), tmp_path / "landing", 1)
    assert [f.path for f in delivery.files] == ["orgs.csv"]
    assert "column 2 look like Social Security numbers" in delivery.refused[0].sentence
    assert b"219-09-9999" not in kept_bytes(tmp_path / "landing")


def test_labelled_social_security_numbers_are_refused(tmp_path: Path) -> None:
    sent = folder_of(tmp_path / "in", users=b'sourcedId,userIds\nu1,"{State:12},{SSN:219099999}"\n')
    assert land("sis", KIND, sent, tmp_path / "landing", 1).refused[0].rule == "social-security-numbers"


@pytest.mark.parametrize(
    "value", [b"000-12-3456", b"666-12-3456", b"900-12-3456", b"123-00-4567", b"123-45-0000", b"2010-05-0112"]
)
def test_numbers_that_no_person_was_given_are_not_refused(tmp_path: Path, value: bytes) -> None:
    sent = folder_of(tmp_path / "in", users=b"sourcedId,phone\n" + b"u1," + value + b"\n")
    assert land("sis", KIND, sent, tmp_path / "landing", 1).refused == ()


def test_a_class_number_is_not_a_social_security_number(tmp_path: Path) -> None:
    sent = folder_of(tmp_path / "in", classes=b"sourcedId,classNumber\nc1,12\n")
    assert land("sis", KIND, sent, tmp_path / "landing", 1).refused == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_told_and_the_others_are_landed(tmp_path: Path) -> None:
    for name in ("open", "closed"):
        (tmp_path / "sent" / name).mkdir(parents=True)
        (tmp_path / "sent" / name / "users.csv").write_text("sourcedId\n1\n")
    (tmp_path / "sent" / "closed").chmod(0)
    delivery = land("sis", "oneroster-csv", tmp_path / "sent", tmp_path / "landing", 1)
    assert [file.path for file in delivery.files] == ["open/users.csv"]
    assert [(file.path, file.rule) for file in delivery.refused] == [("closed", "unreadable-file")]


@pytest.mark.parametrize("between", ["-", " ", ".", "\u2011", "\u2013"])
def test_numbers_are_known_by_their_form_whatever_stands_between_their_parts(tmp_path: Path, between: str) -> None:
    number = between.join(("219", "09", "9998"))
    (tmp_path / "users.csv").write_text(f"sourcedId,identifier\n1,{number}\n2,{number}\n", "utf-8")
    delivery = land("sis", KIND, tmp_path / "users.csv", tmp_path / "landing", 1)
    assert [f.rule for f in delivery.refused] == ["social-security-numbers"]


@pytest.mark.parametrize("row", ["1,SSN,219099998", "1,219099998,ssn", '1,"Social Security Number",219-09-9998'])
def test_numbers_are_known_by_the_word_in_the_cell_beside_them(tmp_path: Path, row: str) -> None:
    (tmp_path / "users.csv").write_text(f"sourcedId,identifierType,identifier\n{row}\n")
    assert (
        land("sis", KIND, tmp_path / "users.csv", tmp_path / "landing", 1).refused[0].rule == "social-security-numbers"
    )


def test_ordinary_ids_of_nine_digits_are_no_social_security_numbers(tmp_path: Path) -> None:
    rows = "".join(f"{100_000_000 + 7919 * n},{219_099_998 + n},555-010-{n:04}\n" for n in range(100))
    (tmp_path / "users.csv").write_text(f"sourcedId,identifier,phone\n{rows}")
    assert land("sis", KIND, tmp_path / "users.csv", tmp_path / "landing", 1).refused == ()


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("users.json", b'{"id": "219-09-9998"}', "social-security-numbers"),
        ("users.dat", b"1,SSN,219099998", "social-security-numbers"),
        ("users.xlsx", b"PK\x03\x04 packed", "not-text"),
        ("logo.png", b"\x89PNG\0", "not-text"),
    ],
)
def test_what_homeroom_does_not_read_is_kept_only_where_one_can_look_into_it(
    tmp_path: Path, name: str, content: bytes, rule: str
) -> None:
    (tmp_path / "sent").mkdir()
    (tmp_path / "sent" / name).write_bytes(content)
    (tmp_path / "sent" / "notes.md").write_text("Exported on 2026-09-01.")
    delivery = land("sis", KIND, tmp_path / "sent", tmp_path / "landing", 1)
    assert [(f.path, f.rule) for f in delivery.refused] == [(name, rule)]
    assert [f.path for f in delivery.files] == ["notes.md"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("users.csv", b"1,SSN 219-09-9998\n2,SSN 219-09-9997\n"), ("letters/219-09-9998.txt", b"Dear family,")],
)
def test_why_a_file_was_refused_is_told_without_the_number(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / "sent" / name).parent.mkdir(parents=True)
    (tmp_path / "sent" / name).write_bytes(content)
    delivery = land("sis", KIND, tmp_path / "sent", tmp_path / "landing", 1)
    assert [f.rule for f in delivery.refused] == ["social-security-numbers"]
    assert "219-09" not in (delivery.folder / "delivery.json").read_text()
    assert "219-09" not in str(delivery)
