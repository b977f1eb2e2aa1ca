"""Whatever a program sends, a document is taken apart or what is wrong with it is told."""

import pytest
from documents import nearly_right
from hypothesis import given, settings

from homeroom.model.columns import columns
from homeroom.model.declaration import Kind, ValueType
from homeroom.record.document import InvalidDocument, take_apart
from homeroom.record.values import WrongValue, json_value, read_value


@given(nearly_right())
@settings(max_examples=150, deadline=None)
def test_a_document_is_either_taken_apart_into_every_column_or_told_to_be_wrong(pair):
    resource, document = pair
    try:
        told = "." if set(take_apart(resource, document).values) == {c.name for c in columns(resource)} else ""
    except InvalidDocument as problem:
        told = "".join(problem.problems)
    assert told.endswith(".")


DECIMAL = ValueType(Kind.DECIMAL, precision=5, scale=2)


@pytest.mark.parametrize("value", [0, 1, 0.5, -999.99, 12.34])
def test_a_number_is_read_and_written_back_the_same(value):
    assert json_value(read_value(DECIMAL, value)) == value


@pytest.mark.parametrize("value", [1000, 0.125, float("nan"), float("inf"), 1e300, 10**400, "1", True])
def test_a_number_that_its_column_can_not_hold_is_refused(value):
    with pytest.raises(WrongValue):
        read_value(DECIMAL, value)


@pytest.mark.parametrize(
    ("sent", "held"),
    [
        ("2025-08-20T08:30:00Z", "2025-08-20T08:30:00Z"),
        ("2025-08-20T08:30:00-05:00", "2025-08-20T13:30:00Z"),
        ("2025-08-20T08:30:00", "2025-08-20T08:30:00Z"),
    ],
)
def test_a_moment_is_held_in_coordinated_universal_time(sent, held):
    assert json_value(read_value(ValueType(Kind.DATETIME), sent)) == held
