"""What is wrong with an interchange file is told in a sentence, costs only what is wrong, and never half-publishes."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg
import pyarrow.parquet as pq
import pytest
from commands import homeroom

from homeroom.record.server import url_of
from homeroom.settings import Workspace

# Numbers that could have been issued, of nobody that we know, as they are written with, without, and with other marks.
SOCIAL_SECURITY_NUMBERS = ("219-09-9998", "219099998", "219 09 9998")
ELSEWHERE = "the words of another file"
NOW, ONE = "http://ed-fi.org/5.2.0", "http://ed-fi.org/0100"
STUDENTS = 4

Spoil = Callable[[Path], object]


def interchange(name: str, body: str, namespace: str = NOW, head: str = "") -> str:
    return f'<?xml version="1.0"?>\n{head}<Interchange{name} xmlns="{namespace}">\n{body}</Interchange{name}>\n'


def student(number: int, inside: str = "") -> str:
    return (
        f"<Student>\n<StudentUniqueId>S{number}</StudentUniqueId>\n<Name><FirstName>Maya</FirstName>"
        f"<LastSurname>Okafor</LastSurname></Name>\n<BirthData><BirthDate>201{number}-03-04</BirthDate></BirthData>"
        f"{inside}</Student>\n"
    )


def student_of_1_0(number: int, inside: str = "") -> str:
    return (
        f"<Student>\n<StudentUniqueStateId>S{number}</StudentUniqueStateId>\n{inside}<Name><FirstName>Maya</FirstName>"
        f"<LastSurname>Okafor</LastSurname></Name>\n<BirthData><BirthDate>201{number}-03-04</BirthDate></BirthData>"
        "</Student>\n"
    )


def school(number: int) -> str:
    return (
        f"<School><SchoolId>{number}</SchoolId><NameOfInstitution>Elm</NameOfInstitution><EducationOrganizationCategory>"
        "uri://ed-fi.org/EducationOrganizationCategoryDescriptor#School</EducationOrganizationCategory>"
        "<GradeLevel>uri://ed-fi.org/GradeLevelDescriptor#Fourth grade</GradeLevel></School>\n"
    )


def students(folder: Path, *inside: str, head: str = "", namespace: str = NOW) -> Path:
    """The folder's students, each with what is given beside its name and birth date."""
    make = student_of_1_0 if namespace == ONE else student
    body = "".join(make(number, inside[number] if number < len(inside) else "") for number in range(STUDENTS))
    (folder / "Student.xml").write_text(interchange("StudentParent", body, namespace, head), "utf-8")
    return folder / "Student.xml"


def good(folder: Path) -> None:
    students(folder)
    (folder / "School.xml").write_text(interchange("EducationOrganization", school(1)))


def entity_expansion(folder: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">\n' for n in range(1, 10))
    students(folder, "<Comment>&l9;</Comment>", head=f'<!DOCTYPE x [<!ENTITY l0 "ha">\n{laughs}]>\n')


def external_entity(folder: Path) -> None:
    (folder.parent / "secret").write_text(ELSEWHERE)
    head = f'<!DOCTYPE x [<!ENTITY other SYSTEM "file://{folder.parent}/secret">]>\n'
    students(folder, "<Comment>&other;</Comment>", head=head)


def entity_expansion_of_1_0(folder: Path) -> None:
    students(folder, "&a;", head='<!DOCTYPE x [<!ENTITY a "a">]>\n', namespace=ONE)


def cut_short(folder: Path) -> None:
    whole = students(folder).read_bytes()
    (folder / "Student.xml").write_bytes(whole[: whole.index(b"S2</")])


def nul_byte(folder: Path) -> None:
    path = students(folder)
    path.write_bytes(path.read_bytes().replace(b"Maya", b"Ma\0ya", 1))


def field_of_10_megabytes(folder: Path) -> None:
    path = students(folder)
    path.write_bytes(path.read_bytes().replace(b"Maya", b"M" * 10_000_000, 1))


def empty_file(folder: Path) -> None:
    students(folder).write_bytes(b"")


def no_elements(folder: Path) -> None:
    (folder / "Student.xml").write_text(interchange("StudentParent", ""))


def another_root(folder: Path) -> None:
    (folder / "Student.xml").write_text("<html><body><p>Please log in</p></body></html>")


def another_namespace(folder: Path) -> None:
    students(folder, namespace="http://ed-fi.org/0200")


def not_xml(folder: Path) -> None:
    (folder / "Student.xml").write_text("StudentUniqueId,FirstName\nS1,Maya\n")


def damaged(folder: Path) -> None:
    path = students(folder)
    path.write_text(path.read_text().replace("</Name>", "</Nmae>", 2).replace("</Nmae>", "</Name>", 1))


def numbers_by_their_system(folder: Path) -> None:
    students(
        folder,
        "<StudentIdentificationCode><StudentIdentificationSystem>uri://ed-fi.org/StudentIdentificationSystemDescriptor"
        f"#SSN</StudentIdentificationSystem><IdentificationCode>{SOCIAL_SECURITY_NUMBERS[1]}</IdentificationCode>"
        "</StudentIdentificationCode>",
    )


def numbers_by_their_element(folder: Path) -> None:
    students(folder, f"<SocialSecurityNumber>{SOCIAL_SECURITY_NUMBERS[1]}</SocialSecurityNumber>")


def numbers_by_an_attribute(folder: Path) -> None:
    students(folder, f'<OtherName ssn="{SOCIAL_SECURITY_NUMBERS[2]}"/>')


def numbers_by_their_form(folder: Path) -> None:
    students(folder, *[f"<Comment>{SOCIAL_SECURITY_NUMBERS[0]}</Comment>"] * STUDENTS)


def numbers_of_1_0(folder: Path) -> None:
    students(
        folder,
        '<StudentIdentificationCode IdentificationSystem="SSN"><IdentificationCode>'
        f"{SOCIAL_SECURITY_NUMBERS[1]}</IdentificationCode></StudentIdentificationCode>",
        namespace=ONE,
    )


# What spoils the students' file: the rule that is told, and how many of the students are in the record nevertheless.
SPOILT: dict[Spoil, tuple[str, int]] = {
    entity_expansion: ("document-type", 0),
    external_entity: ("document-type", 0),
    entity_expansion_of_1_0: ("document-type", 0),
    cut_short: ("truncated-xml", 2),
    nul_byte: ("nul-byte", STUDENTS - 1),
    field_of_10_megabytes: ("field-too-large", STUDENTS - 1),
    empty_file: ("empty-file", 0),
    no_elements: ("empty-file", 0),
    another_root: ("wrong-root", 0),
    another_namespace: ("unknown-standard", 0),
    not_xml: ("not-xml", 0),
    damaged: ("damaged-xml", 1),
    numbers_by_their_system: ("social-security-numbers", 0),
    numbers_by_their_element: ("social-security-numbers", 0),
    numbers_by_an_attribute: ("social-security-numbers", 0),
    numbers_by_their_form: ("social-security-numbers", 0),
    numbers_of_1_0: ("social-security-numbers", 0),
}


def named(spoil: Spoil) -> str:
    return spoil.__name__.replace("_", "-")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory):
    """One run over a good source and, beside it, one source for each thing that can be wrong."""
    root = tmp_path_factory.mktemp("bad-xml")
    workspace = root / "district"
    homeroom("init", workspace, "--district", "Maple Grove")
    place = Workspace.open(workspace)
    for spoil in (good, *SPOILT):
        folder = root / spoil.__name__
        folder.mkdir()
        good(folder)
        spoil(folder)
        place.add_source(named(spoil), "edfi-xml", folder, ("edfi-xml",))
    for name in ("empty-folder", "missing-folder", "only-a-picture"):
        (root / name).mkdir()
        place.add_source(name, "edfi-xml", root / name, ("edfi-xml",))
    (root / "only-a-picture" / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    shutil.rmtree(root / "missing-folder")
    ran = homeroom("consolidate", "--json", "--workspace", workspace)
    assert ran.returncode == 0, ran.stderr
    with psycopg.connect(url_of(place.postgres, None)) as record:
        quarantine = record.execute("select source, rule, sentence, severity from consolidation.quarantine").fetchall()
        kept = record.execute("select source, count(*) from consolidation.identity where kind = 'Student' group by 1")
        students = dict(kept.fetchall())
    return {
        "root": root,
        "workspace": workspace,
        "sources": {source["name"]: source for source in json.loads(ran.stdout)["sources"]},
        "words": ran.stdout + ran.stderr + homeroom("status", "--workspace", workspace).stdout,
        "quarantine": quarantine,
        "students": students,
    }


@pytest.mark.parametrize("spoil", SPOILT, ids=named)
def test_what_is_wrong_is_told_in_a_sentence_that_names_the_file(told, spoil):
    rule = SPOILT[spoil][0]
    found = [
        (words, severity)
        for source, name, words, severity in told["quarantine"]
        if (source, name) == (named(spoil), rule)
    ]
    assert found
    for words, severity in found:
        assert words.endswith(".")
        assert severity == "row" or "Student.xml" in words


@pytest.mark.parametrize("spoil", SPOILT, ids=named)
def test_the_other_files_and_what_stands_sound_in_this_one_are_consolidated(told, spoil):
    assert told["students"].get(named(spoil), 0) == SPOILT[spoil][1]
    source = told["sources"][named(spoil)]
    assert source["failure"] is None
    # The school's row too.
    assert source["rows_accepted"] == SPOILT[spoil][1] + 1
    assert source["rows_accepted"] + source["rows_quarantined"] == source["rows_landed"]


def test_the_good_source_beside_them_is_whole(told):
    assert told["sources"]["good"] == {
        "name": "good",
        "rows_landed": STUDENTS + 1,
        "rows_accepted": STUDENTS + 1,
        "rows_quarantined": 0,
        "failure": None,
    }


@pytest.mark.parametrize(
    ("source", "words"), [("empty-folder", "There are no files in"), ("missing-folder", "There is no file or folder")]
)
def test_a_source_that_has_nothing_is_told_in_a_sentence(told, source, words):
    assert told["sources"][source]["failure"].startswith(words)


def test_a_source_without_any_interchange_is_told_in_a_sentence(told):
    rules = {rule for source, rule, _, _ in told["quarantine"] if source == "only-a-picture"}
    assert rules == {"not-text"}


def test_no_word_of_it_is_a_traceback(told):
    assert "Traceback" not in told["words"]
    assert "unforeseen" not in told["words"]


@pytest.mark.parametrize("secret", [*SOCIAL_SECURITY_NUMBERS, ELSEWHERE])
def test_what_must_not_be_kept_is_in_no_file_that_homeroom_writes(told, secret):
    written = [path for path in told["workspace"].rglob("*") if path.is_file()]
    assert [path for path in written if secret.encode() in path.read_bytes()] == []
    # What is packed shows only to one who unpacks it.
    tables = [path for path in written if path.suffix == ".parquet"]
    assert tables
    assert [path for path in tables if secret in str(pq.read_table(path).to_pylist())] == []
    assert secret not in told["words"]
