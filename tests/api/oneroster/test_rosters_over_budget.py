"""Whom OneRoster shows counts in a key's budget of students, and a page that would pass it is not shown."""

import psycopg
from app_of_agreement import held
from roster_app import V1P2, elements


def test_a_key_that_reads_more_than_its_budget_is_suspended(own_app, own_served):
    asking = own_app(elements=elements())
    assert asking.client.get(f"{V1P2}/students", params={"limit": 3}).status_code == 200
    with psycopg.connect(own_served.record) as record:
        record.execute("update access.client_budget set students_per_hour = 5")
    logged = held(own_served.record, "select count(*) as entries from access.disclosure")
    refused = asking.client.get(f"{V1P2}/enrollments", params={"limit": 500})
    assert refused.status_code == 403
    (field,) = refused.json()["imsx_CodeMinor"]["imsx_codeMinorField"]
    assert field["imsx_codeMinorFieldValue"] == "forbidden"
    assert "5 students in an hour" in refused.json()["imsx_description"]
    assert held(own_served.record, "select count(*) as entries from access.disclosure") == logged
    assert asking.client.get(f"{V1P2}/orgs").status_code == 401
