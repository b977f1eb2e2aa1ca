"""A row of a delivery is found again by the place that is told of it."""

from hypothesis import given
from hypothesis import strategies as st

from homeroom.source_rows import ROWS_OF_A_SHEET, place, place_in_words


def test_a_line_is_told_as_a_line():
    assert place_in_words("line", 1200) == "line 1,200"


@given(st.integers(0, 4094), st.integers(1, ROWS_OF_A_SHEET))
def test_a_row_of_a_workbook_is_told_with_its_sheet(sheet, row):
    assert place("sheet", sheet * ROWS_OF_A_SHEET + row) == {"sheet": sheet + 1, "row": row}
