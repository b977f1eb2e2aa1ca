"""A key that passes its budget of students is told so, shown nothing, and opens nothing until it is reinstated."""

import psycopg
from app_of_agreement import held


def test_a_key_that_reads_more_than_its_budget_is_suspended_until_it_is_reinstated(own_app, own_served):
    asking = own_app(elements='Student = ["studentUniqueId"]')
    students = "data/v3/ed-fi/students"
    assert asking.client.get(students, params={"limit": 3}).status_code == 200
    with psycopg.connect(own_served.record) as record:
        record.execute("update access.client_budget set students_per_hour = 5")
    logged = held(own_served.record, "select count(*) as entries from access.disclosure")
    refused = asking.client.get(students, params={"limit": 10})
    assert refused.status_code == 403
    assert refused.json()["type"] == "urn:ed-fi:api:security:authorization"
    assert "5 students in an hour" in refused.json()["detail"]
    assert held(own_served.record, "select count(*) as entries from access.disclosure") == logged
    assert asking.client.get(students, params={"limit": 1}).status_code == 401
    token = asking.client.post(
        "oauth/token", data={"grant_type": "client_credentials"}, auth=(asking.key.key, asking.key.secret)
    )
    assert token.status_code == 401


def test_a_key_is_shown_the_same_students_as_often_as_it_asks(own_app, own_served):
    asking = own_app(elements='Student = ["studentUniqueId"]')
    asking.client.get("data/v3/ed-fi/students", params={"limit": 3})
    with psycopg.connect(own_served.record) as record:
        record.execute("update access.client_budget set students_per_hour = 3, students_per_day = 3")
    for _ in range(5):
        assert asking.client.get("data/v3/ed-fi/students", params={"limit": 3}).status_code == 200
