"""The record has a table for every resource of the model, and foreign keys that hold."""

import psycopg
import pytest

from homeroom.model import RESOURCES
from homeroom.model.columns import columns, key_columns, table_name
from homeroom.record.keys import unique_columns
from homeroom.record.order import dependency_order


def test_every_resource_has_a_table_with_every_column_of_the_model(record):
    with psycopg.connect(record) as connection:
        held: dict[str, set[str]] = {}
        for table, column in connection.execute(
            "select table_name, column_name from information_schema.columns where table_schema = 'edfi'"
        ):
            held.setdefault(table, set()).add(column)
    for resource in RESOURCES:
        assert {column.name for column in columns(resource)} <= held[table_name(resource)]


def test_the_natural_key_of_every_resource_is_unique(record):
    with psycopg.connect(record) as connection:
        for resource in RESOURCES:
            (definition,) = connection.execute(
                "select pg_get_constraintdef(oid) from pg_constraint where contype = 'u' and conrelid = %s::regclass",
                [f"edfi.{table_name(resource)}"],
            ).fetchone()
            assert set(unique_columns(resource)) == set(key_columns(resource))
            assert definition == f"UNIQUE ({', '.join(unique_columns(resource))})"


def test_an_enrollment_of_nobody_is_refused(record):
    with psycopg.connect(record) as connection, pytest.raises(psycopg.errors.ForeignKeyViolation):
        connection.execute(
            """
            insert into edfi.student_school_association
                (student_unique_id, school_id, entry_date, entry_grade_level_descriptor)
            values ('900', 1, '2025-08-20', 'uri://ed-fi.org/GradeLevelDescriptor#Fourth grade')
            """
        )


def test_what_a_resource_refers_to_comes_before_it():
    order = dependency_order()
    assert set(order) == set(RESOURCES)
    assert order.index("School") < order.index("Section") < order.index("StudentSectionAssociation")
    assert order.index("Student") < order.index("StudentSchoolAssociation")
