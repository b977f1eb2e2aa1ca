"""Values of the record in the words in which a person reads them."""

import pytest

from homeroom.access.words import code_of, name_of


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("NotLimited", "Not limited"),
        ("Ninth grade", "Ninth grade"),
        ("McKinney-Vento", "McKinney-Vento"),
        ("IEP", "IEP"),
        ("", ""),
    ],
)
def test_a_code_that_is_written_as_one_word_is_read_as_several(code, words):
    assert code_of(f"uri://ed-fi.org/SomeDescriptor#{code}") == words


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("birth_date", "Birth date"),
        ("student_unique_id", "Student id"),
        ("limited_english_proficiency_descriptor", "Limited English proficiency"),
        ("hispanic_latino_ethnicity", "Hispanic or Latino ethnicity"),
    ],
)
def test_a_column_is_named_in_words(column, words):
    assert name_of(column) == words
