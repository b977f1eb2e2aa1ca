"""Where sources disagree, the district's own rules say whom the record believes."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_withdrawn import Sis

from homeroom.consolidate.merge import IdentifiedTable, merge
from homeroom.consolidate.survivorship import Decides, Survivorship, survivorship_of
from homeroom.errors import CannotRun
from homeroom.settings import Workspace


def decided(tmp_path, decides, *said):
    """The first name that is kept of what was said: (source in the order of authority, file number, name)."""
    with duckdb.connect() as connection:
        tables = []
        for number, (precedence, file, name) in enumerate(said):
            path = tmp_path / f"{number}.parquet"
            connection.execute(
                f"copy (select ?::bigint as source_row, '900' as student_unique_id, ? as first_name) to '{path}'",
                [(file << 32) + number, name],
            )
            tables.append(IdentifiedTable(path, precedence))
        merge(connection, "Student", tables, tmp_path / "merged.parquet", {"first_name": decides})
        return connection.execute(f"select first_name from '{tmp_path / 'merged.parquet'}'").fetchall()[0][0]


SAID = [(0, 5, "Bo"), (1, 9, "Robert"), (2, 7, "Bob"), (3, 1, "Bob")]


@pytest.mark.parametrize(
    ("decides", "name"),
    [
        (Decides.AUTHORITY, "Bo"),
        (Decides.NEWEST, "Robert"),
        (Decides.MOST_AGREE, "Bob"),
        (Decides.LONGEST, "Robert"),
    ],
)
def test_each_way_to_decide_picks_its_value(tmp_path, decides, name):
    assert decided(tmp_path, decides, *SAID) == name


def test_one_source_that_says_it_twice_is_one_voice(tmp_path):
    assert decided(tmp_path, Decides.MOST_AGREE, (0, 1, "Bo"), (1, 2, "Bob"), (1, 3, "Bob")) == "Bo"


@pytest.mark.parametrize("decides", [Decides.MOST_AGREE, Decides.LONGEST])
def test_where_nothing_decides_the_more_believed_source_does(tmp_path, decides):
    assert decided(tmp_path, decides, (1, 9, "Ann"), (0, 1, "Bob")) == "Bob"


@pytest.mark.parametrize("decides", list(Decides))
def test_a_source_that_says_nothing_decides_nothing(tmp_path, decides):
    assert decided(tmp_path, decides, (0, 9, None), (1, 1, "Bob")) == "Bob"
    assert decided(tmp_path, decides, (0, 9, None), (1, 1, None)) is None


@given(
    said=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(["Bo", "Bob", "Rob", "Robert"])), min_size=2, max_size=6
    ).flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(range(len(rows))))),
    decides=st.sampled_from(list(Decides)),
)
def test_in_which_order_the_tables_come_decides_nothing(tmp_path_factory, said, decides):
    rows, order = said
    numbered = [(precedence, number + 1, name) for number, (precedence, name) in enumerate(rows)]
    folder = tmp_path_factory.mktemp("merged")
    assert decided(folder, decides, *numbered) == decided(folder, decides, *(numbered[at] for at in order))


def told(tmp_path, text):
    workspace = Workspace.create(tmp_path / "district", "Maple Grove")
    sources = "".join(f'[[source]]\nname = "{name}"\nkind = "edfi-xml"\npath = "."\n' for name in ("sis", "warehouse"))
    workspace.settings_file.write_text(f"{workspace.settings_file.read_text()}\n{text}\n{sources}")
    return survivorship_of(workspace.settings())


def test_a_source_that_is_an_authority_comes_first_on_its_domain_alone(tmp_path):
    believed = told(tmp_path, '[authority]\nstudent_attendance = ["warehouse"]')
    assert believed.order("StudentSchoolAttendanceEvent") == ("warehouse", "sis")
    assert believed.order("Student") == ("sis", "warehouse")


def test_a_field_is_named_as_the_standard_names_it(tmp_path):
    believed = told(tmp_path, '[[survivorship]]\nresource = "Student"\nfield = "middleName"\ndecides = "longest"')
    assert believed.of("Student") == {"middle_name": Decides.LONGEST}
    assert believed.decides("Student", "first_name") is Decides.AUTHORITY


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[authority]\nstudent_atendance = ["sis"]', "Was student_attendance meant?"),
        ('[authority]\nenrollment = ["siss"]', "Was sis meant?"),
        ('[[survivorship]]\nresource = "Studnt"\nfield = "middleName"\ndecides = "longest"', "Was Student meant?"),
        (
            '[[survivorship]]\nresource = "Student"\nfield = "midleName"\ndecides = "longest"',
            "Was middle_name meant?",
        ),
        ('[[survivorship]]\nresource = "Student"\nfield = "middleName"\ndecides = "longst"', "Was longest meant?"),
        ('[[survivorship]]\nresource = "Student"\nfield = "studentUniqueId"\ndecides = "newest"', "not there"),
        ('[[survivorship]]\nresource = "Student"\ndecides = "newest"', "has no field"),
        ("[authority]\nenrollment = 'sis'", "list of sources"),
    ],
)
def test_what_is_not_there_is_told_with_what_may_have_been_meant(tmp_path, text, words):
    with pytest.raises(CannotRun, match=words.replace("?", r"\?")):
        told(tmp_path, text)


def test_nothing_said_is_the_order_of_the_sources():
    assert Survivorship(("b", "a")).order("Grade") == ("b", "a")


def test_what_the_district_says_decides_in_the_next_run(tmp_path, record):
    sis = Sis(tmp_path, record)
    sis.tables["users"].append(sis.tables["users"][0] | {"givenName": "Maya Elisabeth"})
    sis.deliver()
    newest = sis.asked("select first_name from edfi.student where birth_date = '2015-01-11'")
    with sis.workspace.settings_file.open("a") as file:
        file.write('\n[[survivorship]]\nresource = "Student"\nfield = "firstName"\ndecides = "longest"\n')
    sis.tables["users"].append(sis.tables["users"][0] | {"givenName": "May"})
    sis.deliver()
    assert newest == [("Maya Elisabeth",)]
    assert sis.asked("select first_name from edfi.student where birth_date = '2015-01-11'") == [("Maya Elisabeth",)]
    assert sis.asked("select birth_date from edfi.student where first_name = 'May'") == []
