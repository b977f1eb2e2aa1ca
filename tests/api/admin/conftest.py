"""Maple Grove, served, and a program that looks after its apps in the name of a data manager."""

import psycopg
import pytest
from administrator_program import Program


@pytest.fixture(scope="session")
def program(served) -> Program:
    return Program.of(served)


@pytest.fixture(scope="session")
def school(served) -> int:
    """A school of Maple Grove at which students are enrolled."""
    with psycopg.connect(served.record) as record:
        row = record.execute("select min(school_id) from edfi.student_school_association").fetchone()
    assert row
    return row[0]
