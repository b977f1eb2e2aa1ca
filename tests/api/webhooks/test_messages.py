"""An app sees what it was told, and has it sent again; of others' messages it knows nothing."""

import json

from app_of_agreement import held

WEBHOOK = '[webhook]\nurl = "http://127.0.0.1:1/changes"'
ADDRESS = "webhooks/v1/messages"


def test_an_app_sees_its_own_messages_and_has_them_sent_again(app, served):
    told, other = app(writes=WEBHOOK), app(writes=WEBHOOK)
    number = held(served.record, "select agreement from access.client where key = %s", told.key.key)[0]["agreement"]
    id_ = f"msg_of_{number}"
    held(
        served.record,
        "insert into access.webhook_message (id, agreement, body, max_change_version, attempts, delivered_at)"
        " values (%s, %s, %s, 7, 3, now()) returning id",
        id_,
        number,
        json.dumps({"type": "record.changed"}),
    )
    (message,) = told.client.get(ADDRESS).json()
    assert (message["id"], message["message"], message["attempts"]) == (id_, {"type": "record.changed"}, 3)
    assert other.client.get(ADDRESS).json() == []
    assert other.client.post(f"{ADDRESS}/{id_}/replay").status_code == 404
    assert told.client.post(f"{ADDRESS}/{id_}/replay").status_code == 202
    (again,) = told.client.get(ADDRESS).json()
    assert again["deliveredDateTime"] is None
    del told.client.headers["Authorization"]
    assert told.client.get(ADDRESS).status_code == 401
