"""Of each field that two sources say of one thing, in how many cases they say the same."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from homeroom.consolidate.agreement import count_agreement

MAY, JUNE = date(2015, 5, 1), date(2015, 6, 1)


@pytest.fixture
def agreement(tmp_path):
    """The rows of agreement between sources whose identified students a test says: (id, birth date, first name)."""

    def count(**sources):
        folder = tmp_path / "merged-1" / "identified"
        folder.mkdir(parents=True)
        for source, students in sources.items():
            ids, births, names = zip(*students, strict=True)
            table = pa.table(
                {
                    "source_row": pa.array(range(len(ids)), pa.int64()),
                    "student_unique_id": pa.array(ids, pa.string()),
                    "birth_date": pa.array(births, pa.date32()),
                    "first_name": pa.array(names, pa.string()),
                }
            )
            pq.write_table(table, folder / f"{source}-Student.parquet")
        rows = pq.read_table(count_agreement(tmp_path / "merged-1")).to_pylist()
        return {(row["source"], row["other"], row["field"]): (row["equal"], row["compared"]) for row in rows}

    return count


def test_what_both_say_of_a_student_is_compared_field_by_field(agreement):
    found = agreement(
        sis=[("1", MAY, "Maya"), ("2", MAY, "Theo"), ("3", None, "Ines")],
        lms=[("1", MAY, "Maya"), ("2", JUNE, "Teo"), ("3", JUNE, "Ines"), ("4", MAY, "Noor")],
    )
    assert found == {("lms", "sis", "birth_date"): (1, 2), ("lms", "sis", "first_name"): (2, 3)}


def test_a_student_of_whom_a_source_tells_in_two_files_counts_once(agreement):
    found = agreement(sis=[("1", MAY, None), ("1", None, "Maya")], lms=[("1", MAY, "Maya"), ("1", MAY, "Maya")])
    assert found == {("lms", "sis", "birth_date"): (1, 1), ("lms", "sis", "first_name"): (1, 1)}


def test_a_field_of_which_only_one_source_speaks_is_not_compared(agreement):
    assert agreement(sis=[("1", MAY, None)], lms=[("1", None, "Maya")]) == {}


def test_each_two_of_several_sources_are_compared(agreement):
    one = [("1", MAY, None)]
    found = agreement(a=one, b=one, c=[("1", JUNE, None)])
    assert found == {
        ("a", "b", "birth_date"): (1, 1), ("a", "c", "birth_date"): (0, 1), ("b", "c", "birth_date"): (0, 1)
    }  # fmt: skip
