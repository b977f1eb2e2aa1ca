"""The file of an agreement: what it says, and that every fault is told at once."""

from datetime import date
from pathlib import Path

import pytest
from made_up_agreement import agreement_file

from homeroom.access.agreements.file import read_file, terms_of, told
from homeroom.access.agreements.terms import PURPOSES, Element, fields_of
from homeroom.errors import WrongUse
from homeroom.model import RESOURCES


def test_a_file_says_what_is_agreed(tmp_path):
    terms = read_file(agreement_file(tmp_path, schools=[255901001], begin="2026-08-01", end="2027-07-31"))
    assert (terms.app, terms.provider) == ("Reading Trail", "Reading Trail, Inc.")
    assert terms.schools == {255901001}
    assert (terms.begin, terms.end) == (date(2026, 8, 1), date(2027, 7, 31))
    assert [str(purpose) for purpose in terms.purposes] == ["rostering", "assessment"]
    assert Element("Student", "firstName") in terms.elements
    assert Element("Student", "birthDate") not in terms.elements


def test_what_was_agreed_is_kept_as_it_was_written(tmp_path):
    terms = read_file(agreement_file(tmp_path))
    assert terms_of(told(terms)) == terms


def test_education_organizations_stand_in_the_place_of_schools(tmp_path):
    file = agreement_file(tmp_path)
    file.write_text(file.read_text().replace('schools = "all"', "education_organizations = [255901]"))
    terms = read_file(file)
    assert (terms.schools, terms.organizations) == (frozenset(), {255901})
    assert terms_of(told(terms)) == terms


@pytest.mark.parametrize("said", ['["255901"]', "[]", '[255901]\nschools = "all"'])
def test_education_organizations_are_said_by_their_ids_and_no_schools_beside_them(tmp_path, said):
    file = agreement_file(tmp_path)
    file.write_text(file.read_text().replace('schools = "all"', f"education_organizations = {said}"))
    with pytest.raises(WrongUse, match="education_organizations: write their ids in the record"):
        read_file(file)


def test_no_file_asks_for_what_only_a_sandbox_has(tmp_path):
    file = agreement_file(tmp_path)
    file.write_text(f"sandbox = true\n{file.read_text()}")
    with pytest.raises(WrongUse, match="sandbox: no agreement has such a part"):
        read_file(file)


WRITES = 'Student = "all"\nSchool = ["schoolId", "nameOfInstitution", "gradeLevels", "educationOrganizationCategories"]'


def test_what_may_be_written_is_kept_as_it_was_written(tmp_path):
    terms = read_file(agreement_file(tmp_path, writes=WRITES, namespaces='["uri://reading-trail.example/"]'))
    assert terms_of(told(terms)) == terms
    assert terms.members_written("Student") == set(RESOURCES["Student"].members)
    assert "webSite" not in terms.members_written("School")
    assert terms.members_written("Contact") == set()
    assert terms.namespaces == ("uri://reading-trail.example",)


def test_what_is_agreed_of_events_files_and_notices_is_kept_as_it_was_written(tmp_path):
    tables = [
        'LearningEvent = "all"',
        '[bulk]\npublic_key = "age1sqk0sfkg3c0mjus5s2y9zk94h3k6ps56yst0e5wpkn7p0xl7yqdqzasl4c"',
        '[webhook]\nurl = "https://reading-trail.example/changes"',
    ]
    terms = read_file(agreement_file(tmp_path, writes="\n".join(tables)))
    assert terms_of(told(terms)) == terms
    assert (terms.sends_events, terms.writes_record) == (True, False)
    assert terms.webhook == "https://reading-trail.example/changes"
    assert terms.bulk_key.startswith("age1")


def test_an_agreement_of_before_there_was_writing_lets_nothing_be_written(tmp_path):
    kept = {name: value for name, value in told(read_file(agreement_file(tmp_path))).items()
            if name not in ("writes", "namespaces", "bulk", "webhook")}  # fmt: skip
    assert (terms_of(kept).writes, terms_of(kept).namespaces) == ({}, ())


@pytest.mark.parametrize(
    ("writes", "namespaces", "words"),
    [
        ('Pupil = "all"', "[]", "writes.Pupil"),
        ('Student = ["birthdate"]', "[]", "Is birthDate meant?"),
        ('Student = ["otherNames[*].lastSurname"]', "[]", "written as wholes. Is otherNames meant?"),
        ('Student = ["studentUniqueId"]', "[]", "without birthDate, firstName, lastSurname"),
        ('Student = "some"', "[]", 'Student = "all"'),
        ('Assessment = "all"', "[]", "writes.Assessment: it belongs to whoever owns its namespace"),
        ('SexDescriptor = "all"', "[]", "writes.SexDescriptor"),
        ('LearningEvent = ["learner"]', "[]", 'Write LearningEvent = "all"'),
        ('[bulk]\npublic_key = "age1nobody"', "[]", "bulk: write the public key"),
        ('[bulk]\nkey = "age1nobody"', "[]", "bulk: write the public key"),
        ('[webhook]\nurl = "http://reading-trail.example/changes"', "[]", "webhook: write an address"),
        ('[webhook]\nurl = "https://me:secret@reading-trail.example/changes"', "[]", "webhook: write an address"),
        ('[webhook]\nurl = "https://"', "[]", "webhook: write an address"),
        ("", '["uri://ed-fi.org/Assessment"]', "which is the standard's"),
        ("", '["reading-trail"]', "namespaces: write"),
        ("", '"uri://ed-fi.org"', "namespaces: write"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_what_is_to_be_written_is_told(tmp_path, writes, namespaces, words):
    with pytest.raises(WrongUse) as refused:
        read_file(agreement_file(tmp_path, writes=writes, namespaces=namespaces))
    assert words in str(refused.value)


def test_every_fault_is_told_at_once(tmp_path):
    path = agreement_file(tmp_path, schools='["one"]', elements='Student = ["birthdate"]\nPupil = ["name"]',
                          begin="2027-08-01", end="2026-07-31")  # fmt: skip
    path.write_text(path.read_text().replace('"rostering"', '"advertising"').replace("@", " at "))
    with pytest.raises(WrongUse) as refused:
        read_file(path)
    told_of = str(refused.value)
    for words in ("schools", "Is birthDate meant?", "elements.Pupil", "end: it lies before begin", "purposes",
                  "contact.email"):  # fmt: skip
        assert words in told_of


@pytest.mark.parametrize("word", ["advertising", "sale", "profiling", "marketing"])
def test_there_is_no_word_for_what_no_agreement_may_be_for(tmp_path, word):
    path = agreement_file(tmp_path)
    path.write_text(path.read_text().replace('"assessment"', f'"{word}"'))
    with pytest.raises(WrongUse, match="There are no others"):
        read_file(path)
    assert word not in PURPOSES


@pytest.mark.parametrize("part", ["provider", "purposes", "schools", "begin", "end", "subprocessors", "retention",
                                  "at_the_end", "app"])  # fmt: skip
def test_no_part_can_be_left_out(tmp_path, part):
    path = agreement_file(tmp_path)
    path.write_text("\n".join(line for line in path.read_text().splitlines() if not line.startswith(f"{part} =")))
    with pytest.raises(WrongUse, match=f"- {part}:"):
        read_file(path)


def test_a_misspelt_part_is_not_passed_over(tmp_path):
    path = agreement_file(tmp_path)
    path.write_text("retentions = 1\n" + path.read_text())
    with pytest.raises(WrongUse, match="retentions: no agreement has such a part"):
        read_file(path)


def test_a_list_as_a_whole_is_no_field():
    assert "otherNames[*].lastSurname" in fields_of("Student")
    assert "otherNames[*]" not in fields_of("Student")
    assert "schoolReference.schoolId" in fields_of("StudentSchoolAssociation")
    assert "schoolReference" not in fields_of("StudentSchoolAssociation")


def test_the_example_of_the_reference_can_be_asked_for(tmp_path):
    page = Path(__file__).parents[3] / "docs" / "reference" / "agreements.md"
    lines = [line[4:] for line in page.read_text().splitlines() if line.startswith("    ") or not line]
    path = tmp_path / "agreement.toml"
    path.write_text("\n".join(lines))
    assert read_file(path).schools == {255901001, 255901044}
