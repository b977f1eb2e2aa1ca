"""What an app wrote stays when a batch comes, until the sources say something new of it."""

import psycopg
import pytest
from batches import batch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeroom.record.deletion import delete
from homeroom.record.publish import publish
from homeroom.record.upsert import upsert

SAID = {"student_unique_id": "900", "first_name": "Maya", "last_surname": "Okafor", "birth_date": "2016-03-01"}
WRITTEN = {"studentUniqueId": "900", "firstName": "Maya", "lastSurname": "Okafor", "birthDate": "2016-03-01"}


def run(connection: psycopg.Connection, outranked=frozenset(), source_row: int = 5, **said: object) -> None:
    publish(connection, {"Student": batch("Student", SAID | said, source_row=source_row)}, outranked=outranked)


def write(connection: psycopg.Connection, **members: object):
    return upsert(connection, "Student", WRITTEN | members, "an app")


def held(connection: psycopg.Connection) -> dict:
    (row,) = connection.execute("select to_jsonb(student) from edfi.student").fetchone()
    return row


def version(connection: psycopg.Connection) -> int:
    return held(connection)["change_version"]


def test_a_value_that_an_app_wrote_over_a_sources_stays_while_the_source_says_the_same(connection):
    run(connection)
    write(connection, firstName="Maia")
    before = held(connection)
    for _ in range(2):
        run(connection)
        assert held(connection) == before
    assert before["said"] == {"first_name": [["an app"], [5, "Maya"]]}
    assert (before["written_by"], before["source_rows"]) == ("an app", [5])


def test_what_the_source_says_anew_counts_and_what_it_does_not_stays(connection):
    run(connection)
    write(connection, firstName="Maia", middleName="Ada", birthCity="Lagos")
    run(connection, first_name="Mayah", birth_city="Abuja", source_row=6)
    row = held(connection)
    assert (row["first_name"], row["middle_name"], row["birth_city"]) == ("Mayah", "Ada", "Abuja")
    assert (row["written_by"], row["source_rows"]) == ("an app", [6])
    assert row["said"] == {"middle_name": [["an app"], [6, None]]}


def test_when_nothing_of_the_app_is_left_the_row_is_the_sources_again(connection):
    run(connection)
    write(connection, firstName="Maia")
    run(connection, first_name="Mayah", source_row=6)
    row = held(connection)
    assert (row["first_name"], row["written_by"], row["said"]) == ("Mayah", None, None)


def test_a_value_that_an_app_emptied_stays_empty_while_the_source_says_the_same(connection):
    run(connection, middle_name="Ada")
    write(connection)
    run(connection, middle_name="Ada")
    assert held(connection)["middle_name"] is None
    run(connection, middle_name="Ade")
    assert held(connection)["middle_name"] == "Ade"


def test_what_only_an_app_said_stays_where_sources_begin_to_speak_and_say_nothing_of_it(connection):
    write(connection, middleName="Ada")
    for _ in range(2):
        run(connection, first_name="Mayah")
        row = held(connection)
        assert (row["first_name"], row["middle_name"], row["written_by"]) == ("Mayah", "Ada", "an app")


def test_an_app_that_writes_twice_is_compared_with_what_the_source_said(connection):
    run(connection)
    write(connection, firstName="Maia")
    write(connection, firstName="May")
    assert held(connection)["said"] == {"first_name": [["an app"], [5, "Maya"]]}
    run(connection)
    assert held(connection)["first_name"] == "May"


def test_where_the_district_names_an_authority_its_sources_come_first(connection):
    run(connection)
    write(connection, firstName="Maia", middleName="Ada")
    run(connection, outranked={"Student"})
    row = held(connection)
    assert (row["first_name"], row["middle_name"]) == ("Maya", "Ada")


def test_what_stays_is_no_change_of_the_record(connection):
    run(connection)
    write(connection, firstName="Maia")
    before = version(connection)
    run(connection, source_row=6)
    assert version(connection) == before


def test_a_row_that_an_app_deleted_stays_away_while_the_sources_say_the_same(connection):
    run(connection)
    delete(connection, "Student", held(connection)["id"], "an app")
    run(connection)
    assert connection.execute("select count(*) from edfi.student").fetchone() == (0,)
    run(connection, source_row=6)
    assert held(connection)["first_name"] == "Maya"


def test_columns_that_are_not_written_stay_as_they_are(connection):
    run(connection, middle_name="Ada")
    upsert(connection, "Student", WRITTEN | {"firstName": "Maia"}, "an app", tuple(SAID))
    row = held(connection)
    assert (row["first_name"], row["middle_name"]) == ("Maia", "Ada")


NAMES = st.sampled_from(["Maya", "Maia", "May"])
STEPS = st.lists(st.tuples(st.booleans(), NAMES), min_size=1, max_size=6)


@given(steps=STEPS)
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_the_record_holds_what_was_said_last_where_saying_the_same_again_says_nothing(connection, steps):
    with connection.transaction(force_rollback=True):
        run(connection)
        said = expected = "Maya"
        for by_source, name in steps:
            if by_source:
                run(connection, first_name=name)
                expected = expected if name == said else name
                said = name
            else:
                write(connection, firstName=name)
                expected = name
            assert held(connection)["first_name"] == expected


@pytest.mark.parametrize("column", ["birth_date", "grade_levels"])
def test_dates_and_lists_are_compared_as_they_are_held(connection, column):
    school = {
        "school_id": 1001, "name_of_institution": "Oak", "educationorganization": None,
        "grade_levels": '[{"gradeLevelDescriptor": "uri://ed-fi.org/GradeLevelDescriptor#Fourth grade"}]',
        "education_organization_categories": "[]",
    }  # fmt: skip
    if column == "birth_date":
        run(connection)
        write(connection, birthDate="2016-03-02")
        run(connection)
        assert held(connection)["birth_date"] == "2016-03-02"
        return
    publish(connection, {"School": batch("School", school)})
    other = [{"gradeLevelDescriptor": "uri://ed-fi.org/GradeLevelDescriptor#Fifth grade"}]
    document = {
        "schoolId": 1001, "nameOfInstitution": "Oak", "gradeLevels": other,
        "educationOrganizationCategories": [{"educationOrganizationCategoryDescriptor":
            "uri://ed-fi.org/EducationOrganizationCategoryDescriptor#School"}],
    }  # fmt: skip
    upsert(connection, "School", document, "an app")
    publish(connection, {"School": batch("School", school)})
    assert connection.execute("select grade_levels from edfi.school").fetchone() == (other,)
