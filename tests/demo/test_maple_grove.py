"""Maple Grove is the same each time, holds nobody's data, and keeps its truth apart."""

import hashlib
import re
from pathlib import Path

import pytest

from homeroom.demo.maple_grove import MapleGrove, make_maple_grove


def _hashes(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_the_same_seed_makes_the_same_bytes(grove: MapleGrove, tmp_path: Path) -> None:
    make_maple_grove(tmp_path, students=400)
    assert _hashes(tmp_path) == _hashes(grove.folder)


def test_another_seed_makes_another_district(grove: MapleGrove, tmp_path: Path) -> None:
    make_maple_grove(tmp_path, students=400, seed=1)
    assert _hashes(tmp_path)["sis/users.csv"] != _hashes(grove.folder)["sis/users.csv"]


def test_too_small_a_district_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 100"):
        make_maple_grove(tmp_path, students=20)


def test_progress_is_told_what_was_written(tmp_path: Path) -> None:
    told: dict[str, int] = {}
    made = make_maple_grove(tmp_path, students=100, progress=lambda name, rows: told.update({name: rows}))
    assert told == made.rows


def test_sources_stand_in_the_order_in_which_they_are_believed(grove: MapleGrove) -> None:
    assert [(source.name, source.kind) for source in grove.sources] == [
        ("sis", "oneroster-csv"),
        ("warehouse", "edfi-xml"),
        ("assessments", "oneroster-csv"),
    ]


def test_the_truth_is_in_no_folder_that_a_source_reads(grove: MapleGrove) -> None:
    assert not any(grove.truth.is_relative_to(source.path) for source in grove.sources)
    assert not any("student-0" in file.read_text() for file in (grove.folder / "sis").iterdir())


def test_as_many_students_are_enrolled_now_as_were_asked_for(grove: MapleGrove, rows) -> None:
    truly = {
        row["person_id"] for row in rows("truth/persons.csv") if (row["source"], row["kind"]) == ("sis", "Student")
    }
    assert len(truly) == 400


def test_every_telephone_has_the_exchange_that_is_nobodys(grove: MapleGrove, rows) -> None:
    numbers = [row[name] for row in rows("sis/users.csv") for name in ("phone", "sms") if row[name]]
    warehouse = "".join((grove.folder / "warehouse" / name).read_text() for name in ("Contact.xml",))
    numbers += re.findall(r"<TelephoneNumber>([^<]*)", warehouse)
    assert numbers
    assert all(re.sub(r"\D", "", number)[-7:-4] == "555" for number in numbers)


def test_every_address_of_mail_ends_where_no_mail_arrives(grove: MapleGrove, rows) -> None:
    mails = [row["email"] for row in rows("sis/users.csv") if row["email"]]
    assert mails
    assert all(mail.endswith(".example") for mail in mails)


def test_no_file_speaks_of_social_security_numbers(grove: MapleGrove) -> None:
    for file in grove.folder.rglob("*.*"):
        assert not re.search(r"SSN|[Ss]ocial.?[Ss]ecurity|\b\d{3}-\d{2}-\d{4}\b", file.read_text()), file.name
