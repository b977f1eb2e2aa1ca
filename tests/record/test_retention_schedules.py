"""Each resource about people has a schedule with a source; a district's own are taken, or refused with every fault."""

from pathlib import Path

import pytest

from homeroom.errors import WrongUse
from homeroom.record.retention.schedules import defaults, schedules_of, sources

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "retention.md"


def own(tmp_path, text):
    file = tmp_path / "retention.toml"
    file.write_text(text)
    return schedules_of(file)


def test_each_default_names_a_source_that_says_something():
    assert {one.source for one in defaults().values()} == set(sources())


def test_each_schedule_is_in_the_reference_as_it_is():
    rows = [f"| `{one.resource}` | {one.words} | {one.source} |" for one in defaults().values()]
    assert rows == [line for line in PAGE.read_text().splitlines() if line in rows]


def test_what_the_district_says_stands_before_the_default(tmp_path):
    found = own(tmp_path, '[[schedule]]\nresources = ["Grade"]\nyears = 60\nsource = "Board policy 3600"\n')
    assert (found["Grade"].years, found["Grade"].source, found["Grade"].own) == (60, "Board policy 3600", True)
    assert found["ReportCard"] == defaults()["ReportCard"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('resources = ["School"]\nyears = 1\nsource = "s"', "Nothing about a person is in School"),
        ('resources = ["Grade"]\nyears = -1\nsource = "s"', "a whole number from 0 to 200"),
        ('resources = ["Grade"]\nyears = 1', "Say what it is taken from"),
        ('resources = ["Grade"]\nsource = "s"', "either for how long"),
        ('resources = ["Student"]\nyears = 1\nsource = "s"', "Student was kept for ever"),
        ('resources = ["StudentHealth"]\nyears = 1\nafter = "school year"\nsource = "s"', "has no school year"),
        (
            'resources = ["StudentSchoolAssociation"]\nyears = 1\nafter = "left"\nsource = "s"',
            "StudentSchoolAssociation says who has left",
        ),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_with_what_is_wrong(tmp_path, text, fault):
    with pytest.raises(WrongUse, match="Nothing is deleted until it is mended") as refused:
        own(tmp_path, f"[[schedule]]\n{text}\n")
    assert fault in str(refused.value)
