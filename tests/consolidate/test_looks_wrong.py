"""What makes a delivery look wrong beside the one accepted before it, and what is only told."""

from dataclasses import replace

import pytest

from homeroom.consolidate.looks_wrong import looks_wrong
from homeroom.consolidate.measured_delivery import FieldCount, Measures
from homeroom.settings import HeldSettings

SEX = ("Student", "birth_sex_descriptor")
BIRTH = ("Student", "birth_date")
FEMALE, MALE = (f"uri://ed-fi.org/SexDescriptor#{word}" for word in ("Female", "Male"))

BEFORE = Measures(
    landed=3_000,
    set_aside=30,
    rows={"Student": 1_000, "StudentSchoolAssociation": 1_000, "School": 2},
    fields={BIRTH: FieldCount(1_000, 990, 0), SEX: FieldCount(1_000, 1_000, 0)},
    codes={SEX: {FEMALE: 500, MALE: 500}},
    schools={"1": ("Birch Elementary", 700), "2": ("Aspen Elementary", 300)},
    school_rows=frozenset({"1", "2"}),
)


def found(now: Measures, limits: HeldSettings | None = None, before: Measures = BEFORE) -> list[tuple[bool, str]]:
    return [(one.holds, one.sentence) for one in looks_wrong(before, now, limits or HeldSettings())]


def fewer(resource: str, rows: int) -> Measures:
    return replace(BEFORE, rows=BEFORE.rows | {resource: rows})


def with_birth_dates(valid: int) -> Measures:
    return replace(BEFORE, fields=BEFORE.fields | {BIRTH: FieldCount(1_000, valid, 0)})


def with_codes(codes: dict[str, int]) -> Measures:
    return replace(BEFORE, codes={SEX: codes})


def test_the_same_again_is_as_it_should_be():
    assert found(BEFORE) == []


@pytest.mark.parametrize(("rows", "held"), [(500, False), (499, True)])
def test_more_than_half_of_the_rows_gone_holds(rows, held):
    told = found(fewer("StudentSchoolAssociation", rows))
    assert [holds for holds, _ in told] == [True] * held


def test_a_table_that_does_not_come_any_more_holds():
    rows = {name: count for name, count in BEFORE.rows.items() if name != "StudentSchoolAssociation"}
    assert (True, "There is no row of student school association any more; before there were 1,000.") in found(
        replace(BEFORE, rows=rows)
    )


def test_a_small_table_may_lose_its_rows():
    assert found(fewer("School", 0)) == []


@pytest.mark.parametrize(("valid", "held"), [(500, False), (490, True)])
def test_a_column_that_was_filled_and_is_half_empty_now_holds(valid, held):
    assert [holds for holds, _ in found(with_birth_dates(valid))] == [True] * held


def test_an_empty_column_is_told_with_its_counts():
    assert found(with_birth_dates(0)) == [
        (True, "The birth date of student is usable in 0 of 1,000 rows (0 %); before it was in 990 of 1,000 (99 %).")
    ]


def test_a_new_code_in_a_few_rows_is_told_and_holds_nothing():
    unsure = "uri://ed-fi.org/SexDescriptor#Not Selected"
    assert found(with_codes({FEMALE: 500, MALE: 497, unsure: 3})) == [
        (
            False,
            "In the birth sex of student a code that was not there before stands in 3 of 1,000 rows (under 1 %): "
            "“Not Selected”.",
        )
    ]


def test_a_new_code_in_many_rows_holds():
    own = "uri://sis.example/SexDescriptor#X"
    assert found(with_codes({FEMALE: 400, MALE: 400, own: 200})) == [
        (True, "In the birth sex of student a code that was not there before stands in 200 of 1,000 rows (20 %): “X”.")
    ]


def test_a_code_of_few_rows_that_the_standard_does_not_know_is_not_named():
    ((_, sentence),) = found(with_codes({FEMALE: 500, MALE: 499, "uri://sis.example/SexDescriptor#Okafor": 1}))
    assert "Okafor" not in sentence


def test_a_common_code_that_is_gone_holds():
    assert found(with_codes({FEMALE: 1_000})) == [
        (True, "In the birth sex of student the code “Male” is gone, which stood in 500 of 1,000 rows before (50 %).")
    ]


def test_a_school_of_which_every_enrollment_is_gone_holds():
    now = replace(BEFORE, schools={"1": ("Birch Elementary", 700), "2": ("Aspen Elementary", 0)})
    assert found(now) == [(True, "No student is enrolled in Aspen Elementary (id 2) any more; before there were 300.")]


def test_a_school_without_a_row_of_its_own_holds():
    now = replace(BEFORE, schools={"1": ("Birch Elementary", 700)}, school_rows=frozenset({"1"}))
    assert found(now) == [(True, "The school Aspen Elementary (id 2) is missing. Before it had 300 students.")]


def test_a_school_of_few_students_is_not_missed():
    before = replace(BEFORE, schools=BEFORE.schools | {"3": ("Home instruction", 9)})
    assert found(BEFORE, before=before) == []


def test_schools_are_missed_of_a_source_that_enrolls_nobody():
    before = replace(BEFORE, schools={"1": ("Birch Elementary", 0), "2": ("Aspen Elementary", 0)})
    now = replace(before, schools={"1": ("Birch Elementary", 0)}, school_rows=frozenset({"1"}))
    assert found(now, before=before) == [(True, "The school Aspen Elementary (id 2) is missing.")]


def test_many_missing_schools_are_told_in_one_sentence():
    before = replace(BEFORE, schools={str(n): (f"School {n}", 100) for n in range(50)}, school_rows=frozenset())
    told = found(replace(before, schools={}), before=before)
    assert len(told) == 21
    assert told[-1] == (True, "30 more schools are missing, or without students; before they had 3,000.")


def test_many_more_rows_set_aside_hold():
    assert found(replace(BEFORE, set_aside=600)) == [
        (True, "600 of 3,000 rows would be set aside (20 %); before it was 1 %.")
    ]


@pytest.mark.parametrize(
    ("now", "limits"),
    [
        (fewer("StudentSchoolAssociation", 1), HeldSettings(rows_lost=1)),
        (with_birth_dates(0), HeldSettings(filled_lost=1)),
        (replace(BEFORE, set_aside=3_000), HeldSettings(set_aside=1)),
        (with_codes({FEMALE: 1_000}), HeldSettings(codes_gone=1)),
    ],
)
def test_a_share_of_one_asks_for_nothing(now, limits):
    assert found(now, limits) == []
