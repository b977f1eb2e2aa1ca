"""A record in a district's own server needs no superuser."""

import killed_publish
import psycopg
import pytest
from batches import batch
from district import MAYA
from own_database import database_of_its_user

from homeroom.record.deletion import delete
from homeroom.record.key_change import change_key
from homeroom.record.opening import prepare
from homeroom.record.publish import publish
from homeroom.record.query import page
from homeroom.record.upsert import upsert


@pytest.fixture
def own_database(postgres_url):
    """A database of a user who may nothing but own it."""
    with database_of_its_user(postgres_url) as url:
        yield url


def test_the_owner_of_a_database_can_do_all_that_the_record_needs(own_database):
    prepare(own_database)
    school = {
        "school_id": 1001,
        "name_of_institution": "Oak Elementary",
        "grade_levels": "[]",
        "education_organization_categories": "[]",
    }
    with psycopg.connect(own_database) as connection:
        publish(connection, {"School": batch("School", school)} | killed_publish.batches())
        written = upsert(connection, "Student", MAYA | {"studentUniqueId": "1"}, "registration")
        change_key(connection, "Student", written.id, MAYA | {"studentUniqueId": "2"}, "registration")
        assert page(connection, "Student", {"studentUniqueId": "2"}).rows == 1
        delete(connection, "Student", written.id, "registration")
