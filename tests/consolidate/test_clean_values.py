"""What cleaning makes of single values: statements on names, dates, telephones, addresses, codes and ids."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from homeroom.consolidate.clean.addresses import clean_place, clean_postal_code, clean_street
from homeroom.consolidate.clean.cleaned import Context
from homeroom.consolidate.clean.codes import clean_code, clean_ethnicity
from homeroom.consolidate.clean.dates import clean_date, clean_moment, clean_time, day_comes_first
from homeroom.consolidate.clean.electronic_mails import clean_electronic_mail
from homeroom.consolidate.clean.identifiers import clean_identifier
from homeroom.consolidate.clean.names import clean_name
from homeroom.consolidate.clean.numbers import clean_boolean, clean_number, clean_school_year
from homeroom.consolidate.clean.telephones import clean_telephone
from homeroom.consolidate.clean.text import mend
from homeroom.model.declaration import INTEGER, Kind, ValueType

TODAY = date(2026, 9, 1)
CONTEXT = Context(today=TODAY)


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("2011-09-04", "2011-09-04"),
        ("9/4/2011", "2011-09-04"),
        ("09/04/11", "2011-09-04"),
        ("25/04/2011", "2011-04-25"),
        ("04-Sep-2011", "2011-09-04"),
        ("4-SEP-11", "2011-09-04"),
        ("September 4, 2011", "2011-09-04"),
        ("4th September 2011", "2011-09-04"),
        ("20110904", "2011-09-04"),
        ("09042011", "2011-09-04"),
        ("2011-09-04T00:00:00.000Z", "2011-09-04"),
        ("2011-09-04T23:30:00-05:00", "2011-09-04"),
        ("9/4/2011 12:00:00 AM", "2011-09-04"),
        ("40790", "2011-09-04"),
        ("40790.0", "2011-09-04"),
    ],
)
def test_a_date_is_understood_in_the_forms_that_systems_send(sent: str, meant: str) -> None:
    assert clean_date(sent, field="birthDate", today=TODAY).value == meant


@pytest.mark.parametrize(
    ("sent", "rule"),
    [
        ("2011-02-30", "date-impossible"),
        ("02/30/2011", "date-impossible"),
        ("13/13/2011", "date-impossible"),
        ("1900-01-01", "date-stand-in"),
        ("soon", "date-not-understood"),
        ("0211-05-04", "date-out-of-range"),
    ],
)
def test_a_date_that_is_none_breaks_a_rule_and_leaves_no_value(sent: str, rule: str) -> None:
    cleaned = clean_date(sent, field="birthDate", today=TODAY)
    assert (cleaned.value, cleaned.rule) == (None, rule)


@pytest.mark.parametrize("sent", ["0000-00-00", "", "N/A", "9999-12-31"])
def test_a_date_that_says_no_date_is_empty_and_no_problem(sent: str) -> None:
    assert clean_date(sent, field="exitWithdrawDate", today=TODAY).rule is None
    assert clean_date(sent, field="exitWithdrawDate", today=TODAY).value is None


def test_the_year_of_a_birth_in_two_digits_is_never_ahead() -> None:
    assert clean_date("5/1/26", field="birthDate", today=TODAY).value == "2026-05-01"
    assert clean_date("12/1/26", field="birthDate", today=TODAY).value == "1926-12-01"
    assert clean_date("12/1/26", field="entryDate", today=TODAY).value == "2026-12-01"


def test_a_column_says_itself_whether_the_day_comes_first() -> None:
    assert day_comes_first(["04/09/2011", "25/09/2011"]) is True
    assert day_comes_first(["04/09/2011", "09/25/2011"]) is False
    assert day_comes_first(["04/09/2011"]) is None
    assert day_comes_first(["13/01/2011", "01/14/2011", "01/15/2011"]) is False, "one slip does not turn the column"


@given(st.dates(date(1901, 1, 1), date(2149, 12, 31)), st.sampled_from(["%m/%d/%Y", "%d-%b-%Y", "%Y%m%d", "%B %d, %Y"]))
def test_a_date_written_and_read_again_is_the_same(day: date, form: str) -> None:
    assert clean_date(day.strftime(form), field="entryDate", today=TODAY).value == day.isoformat()


def test_times_and_moments() -> None:
    assert clean_time("8:05 AM").value == "08:05:00"
    assert clean_time("20:05").value == "20:05:00"
    assert clean_time("25:00").rule == "time-not-understood"
    assert clean_moment("2024-05-01T08:00:00-05:00", field="x", today=TODAY).value == "2024-05-01 13:00:00"


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("SMITH", "Smith"),
        ("mcdonald", "McDonald"),
        ("MACDONALD", "MacDonald"),
        ("MACIAS", "Macias"),
        ("O'BRIEN", "O'Brien"),
        ("D'ANGELO", "D'Angelo"),
        ("GARCIA-LOPEZ", "Garcia-Lopez"),
        ("DE LA CRUZ", "de la Cruz"),
        ("VAN DER BERG", "van der Berg"),
        ("PEÑA", "Peña"),
        ("DeShawn", "DeShawn"),
        ("van Dyke", "van Dyke"),
        ("  Lee   Park ", "Lee Park"),
        ("PeÃ±a", "Peña"),
    ],
)
def test_a_surname_gets_its_case_and_a_well_written_one_keeps_it(sent: str, meant: str) -> None:
    assert clean_name(sent, "lastSurname").value == meant


def test_a_suffix_a_title_and_a_first_name_leave_the_surname() -> None:
    assert clean_name("Ortiz, Jr.", "lastSurname").others == {"generationCodeSuffix": "Jr"}
    assert clean_name("Ortiz III", "lastSurname").value == "Ortiz"
    swapped = clean_name("ORTIZ JR, MARIA", "lastSurname")
    assert swapped.value == "Ortiz"
    assert swapped.others == {"firstName": "Maria", "generationCodeSuffix": "Jr"}
    assert clean_name("Dr. Ann", "firstName").others == {"personalTitlePrefix": "Dr"}


@pytest.mark.parametrize("stand_in", ["TEST", "Unknown", "test student", "FNU", "xxx", "12345"])
def test_a_word_that_stands_for_no_name_is_flagged(stand_in: str) -> None:
    cleaned = clean_name(stand_in, "firstName")
    assert (cleaned.value, cleaned.rule) == (None, "name-placeholder")


def test_a_name_with_lost_letters_is_kept_and_flagged() -> None:
    assert clean_name("Pe\ufffda", "lastSurname").rule == "name-unreadable"
    assert clean_name("Pe\ufffda", "lastSurname").value == "Pe\ufffda"


@given(st.text(st.sampled_from("ÃÂâ€\ufffd\xa0\u200b\x85¡£ 'aé©") | st.characters(codec="utf-8"), max_size=12))
@example(":\xa0Â¡")
def test_a_mended_text_mended_again_stays(text: str) -> None:
    assert mend(mend(text)) == mend(text)


@given(st.text(st.characters(codec="utf-8", categories=("L", "Zs", "Pd", "Po")), max_size=30))
@example("A;,:")
@example("A; Jr")
@example("Mr ;A")
@example("\xa0Â¡")
@example("Mr Dr A")
@example("Ortiz Jr Jr")
def test_a_cleaned_name_cleaned_again_stays(name: str) -> None:
    for field in ("lastSurname", "firstName"):
        once = clean_name(name, field)
        if once.value is not None:
            assert clean_name(once.value, field).value == once.value


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("(217) 555-0123", "+12175550123"),
        ("217.555.0123", "+12175550123"),
        ("1-217-555-0123", "+12175550123"),
        ("2175550123.0", "+12175550123"),
        ("217-555-0123 ext 45", "+12175550123 x45"),
        ("+44 20 7946 0958", "+442079460958"),
    ],
)
def test_a_telephone_number_has_one_form_and_fictional_ones_are_possible(sent: str, meant: str) -> None:
    assert clean_telephone(sent, CONTEXT).value == meant
    assert clean_telephone(meant, CONTEXT).value == meant


def test_a_telephone_number_that_cannot_be_one_is_set_aside() -> None:
    assert clean_telephone("999-999-9999", CONTEXT).rule == "telephone-not-possible"
    assert clean_telephone("12", CONTEXT).rule == "telephone-not-possible"
    assert clean_telephone("555-0123", CONTEXT).rule == "telephone-without-area-code"
    assert clean_telephone("555-0123", Context(area_code="217")).value == "+12175550123"


def test_electronic_mail() -> None:
    assert clean_electronic_mail("Ann Lee <Ann.Lee@Maple.Example.org>").value == "ann.lee@maple.example.org"
    assert clean_electronic_mail("ann at home").rule == "electronic-mail-not-understood"
    assert clean_electronic_mail("N/A").rule is None


def test_addresses() -> None:
    street = clean_street("12  NW MAIN ST.,  apt #4b")
    assert street.value == "12 NW Main St."
    assert street.others == {"apartmentRoomSuiteNumber": "Apt 4B"}
    assert clean_street("12 McKinley Ave").value == "12 McKinley Ave"
    assert clean_place("SAINT PAUL").value == "Saint Paul"
    assert clean_postal_code("2139").value == "02139"
    assert clean_postal_code("021394307").value == "02139-4307"
    assert clean_postal_code("2139-4307").value == "02139-4307"
    assert clean_postal_code("k1a 0b1").value == "K1A 0B1"
    assert clean_postal_code("nowhere at all").rule == "postal-code-not-understood"


@given(st.text(st.characters(codec="utf-8", categories=("L", "Nd", "Zs", "Po")), max_size=40))
@example("â¡")
def test_a_cleaned_street_cleaned_again_stays(street: str) -> None:
    once = clean_street(street)
    if once.value is not None and not once.others:
        assert clean_street(once.value).value == once.value


@pytest.mark.parametrize(
    ("type_", "sent", "meant"),
    [
        ("Sex", "M", "Male"),
        ("Sex", "2", "Female"),
        ("Sex", "x", "Non-binary"),
        ("GradeLevel", "KG", "Kindergarten"),
        ("GradeLevel", "00", "Kindergarten"),
        ("GradeLevel", "0", "Kindergarten"),
        ("GradeLevel", "-1", "Prekindergarten"),
        ("GradeLevel", "PK", "Prekindergarten"),
        ("GradeLevel", "1", "First grade"),
        ("GradeLevel", "4.0", "Fourth grade"),
        ("GradeLevel", "04", "Fourth grade"),
        ("GradeLevel", "4th", "Fourth grade"),
        ("GradeLevel", "fourth grade", "Fourth grade"),
        ("GradeLevel", "10", "Tenth grade"),
        ("GradeLevel", "UG", "Ungraded"),
        ("Race", "W", "White"),
        ("Race", "blackOrAfricanAmerican", "Black or African American"),
        ("Race", "Native Hawaiian - Pacific Islander", "Native Hawaiian or Pacific Islander"),
        ("Language", "es", "spa"),
        ("Country", "USA", "US"),
        ("StateAbbreviation", "illinois", "IL"),
        ("AttendanceEventCategory", "tardy", "Tardy"),
    ],
)
def test_a_code_becomes_the_standards_descriptor(type_: str, sent: str, meant: str) -> None:
    uri = f"uri://ed-fi.org/{type_}Descriptor#{meant}"
    assert clean_code(sent, f"{type_}Descriptor", CONTEXT).value == uri
    assert clean_code(uri, f"{type_}Descriptor", CONTEXT).value == uri


def test_a_code_nobody_explains_is_set_aside_unless_the_district_has_a_namespace_for_it() -> None:
    assert clean_code("Q", "SexDescriptor", CONTEXT).rule == "descriptor-unknown"
    assert (
        clean_code("uri://ed-fi.org/RaceDescriptor#White", "SexDescriptor", CONTEXT).rule
        == "descriptor-of-another-type"
    )
    own = Context(local_namespace="uri://maple.example")
    assert clean_code("B7", "BehaviorDescriptor", own).value == "uri://maple.example/BehaviorDescriptor#B7"
    assert clean_code("Q", "SexDescriptor", own).rule == "descriptor-unknown", (
        "what a sex is, a district does not add to"
    )


def test_yes_no_and_ethnicity() -> None:
    assert [clean_boolean(v).value for v in ("Y", "yes", "1", "TRUE", "n", "No", "0", "F")] == ["true"] * 4 + [
        "false"
    ] * 4
    assert clean_boolean("perhaps").rule == "yes-or-no-not-understood"
    assert clean_ethnicity("Hispanic or Latino").value == "true"
    assert clean_ethnicity("Not Hispanic").value == "false"


def test_numbers() -> None:
    fraction = ValueType(Kind.DECIMAL, precision=5, scale=4)
    assert clean_number("1,234", INTEGER).value == "1234"
    assert clean_number("12.0", INTEGER).value == "12"
    assert clean_number("12.5", INTEGER).rule == "number-not-whole"
    assert clean_number("9999999999", INTEGER).rule == "number-out-of-range"
    assert clean_number("0,5", fraction).value == "0.5000"
    assert clean_number("12", fraction).rule == "number-out-of-range"


def test_a_school_year_is_named_by_the_year_it_ends_in() -> None:
    assert [clean_school_year(v).value for v in ("2011-2012", "2011-12", "SY2012", "2012.0")] == ["2012"] * 4
    assert clean_school_year("2011-2015").rule == "number-not-understood"


def test_an_id_that_a_spreadsheet_damaged() -> None:
    assert clean_identifier("123.0", 6).value == "000123"
    assert clean_identifier("123").value == "123"
    assert clean_identifier("1.234567E+6").value == "1234567"
    assert clean_identifier("1.23457E+11").rule == "identifier-digits-lost"
    assert clean_identifier("A-12", 6).value == "A-12"


@given(st.from_regex(r"[A-Za-z0-9.+-]{1,12}", fullmatch=True), st.sampled_from([None, 6]))
def test_a_cleaned_id_cleaned_again_stays(sent: str, width: int | None) -> None:
    once = clean_identifier(sent, width)
    if once.value is not None:
        assert clean_identifier(once.value, width).value == once.value


def test_a_code_gets_the_namespace_in_which_the_standard_has_it_however_it_was_spelled() -> None:
    # The standard writes the values of this one type with a small "of".
    type_, code = "ContinuationOfServicesReasonDescriptor", "Ceased to be migratory during previous term"
    meant = f"uri://ed-fi.org/ContinuationofServicesReasonDescriptor#{code}"
    for sent in (code, meant, f"uri://ed-fi.org/{type_}#{code}"):
        assert clean_code(sent, type_, CONTEXT).value == meant
