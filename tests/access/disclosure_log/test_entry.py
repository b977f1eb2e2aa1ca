"""A leaf tells nothing of whom it is about to whoever has not its salt."""

from datetime import UTC, datetime

from homeroom.access.disclosure_log.entry import Entry, leaf_data, new_salt, student_salt, students_root, told

ENTRY = Entry(
    datetime(2026, 3, 1, 8, 30, tzinfo=UTC), "somebody", "a role", None, None, "a purpose", "see a student", {}
)


def test_the_same_entry_about_the_same_student_is_another_leaf_with_another_salt():
    one, other = (leaf_data(told(ENTRY), students_root(new_salt(), ["900"])) for _ in range(2))
    assert one != other


def test_the_order_in_which_students_are_named_makes_no_other_leaf():
    salt = new_salt()
    assert students_root(salt, ["900", "901"]) == students_root(salt, ["901", "900", "901"])


def test_a_students_salt_is_neither_that_of_the_entry_nor_another_students():
    salt = new_salt()
    assert len({salt, student_salt(salt, "900"), student_salt(salt, "901")}) == 3
