"""An app is told that something in its scope changed: signed, until it takes it, and nothing of anybody."""

import asyncio
import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import psycopg
import pytest
from made_up_agreement import agreement_file, made_active
from own_database import own_database
from two_schools import OAK, fill

from homeroom.access.agreements import kept as agreements
from homeroom.access.agreements.states import State
from homeroom.access.door import Door, ask, prepare
from homeroom.access.permissions import Action
from homeroom.access.webhooks.kept import messages, replay
from homeroom.access.webhooks.noticing import notice
from homeroom.access.webhooks.sending import WAITS, new_client, send_due
from homeroom.access.webhooks.signing import secret_of, signed, told_secret

ELEMENTS = 'Student = ["studentUniqueId"]\nSchool = ["schoolId"]'
SECRET = b"the secret of an agreement"


@pytest.fixture(scope="module")
def record(postgres_url, template_database):
    """A record with two schools, and a student at either."""
    with own_database(postgres_url, template_database) as url:
        prepare(url)
        with psycopg.connect(url) as connection:
            fill(connection)
        yield url


@pytest.fixture
def receiver():
    """A server on loopback: what it was sent, and which statuses it answers with, the last one for ever."""
    told = SimpleNamespace(requests=[], answers=[204])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told.requests.append((self.path, dict(self.headers.items()), body))
            self.send_response(told.answers[0] if len(told.answers) == 1 else told.answers.pop(0))
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
            self.end_headers()

        def log_message(self, *_):
            """It says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_port}/changes"
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def agreed(record, tmp_path, receiver):
    """Makes an agreement with a webhook, whose app was told of all there is; its number. All end with the test."""
    made = []

    def make(url=None, **terms):
        file = agreement_file(tmp_path, elements=ELEMENTS, writes=f'[webhook]\nurl = "{url or receiver.url}"', **terms)
        made.append(asked(record, lambda use: made_active(use, file)))
        look(record)
        return made[-1]

    yield make
    change(record, "update access.webhook_message set next_at = null")
    for number in made:
        asked(record, lambda use, number=number: agreements.change(use, number, State.ENDED, "Tom Becker"))


def asked(record, question):
    return asyncio.run(ask(record, Action.DECIDE_AGREEMENTS, question))


def look(record):
    async def noticed():
        async with Door(record) as door:
            await notice(door)

    asyncio.run(noticed())


def send(record):
    async def sent():
        async with Door(record) as door, new_client() as client:
            return await send_due(door, lambda agreement: SECRET, client)

    return asyncio.run(sent())


def written(record, number):
    return asked(record, lambda use: messages(use, number))


def change(record, statement="update edfi.student set change_version = nextval('edfi.change_version')", *values):
    with psycopg.connect(record) as connection:
        connection.execute(statement, values or None)


def due(record):
    change(record, "update access.webhook_message set next_at = now() where next_at is not null")


def test_a_notice_tells_of_which_resources_there_is_something_new_and_nothing_of_anybody(record, agreed, receiver):
    number = agreed()
    look(record)
    assert written(record, number) == [], "nothing changed since the agreement"
    change(record)
    look(record)
    (message,) = written(record, number)
    said = json.loads(message["body"])
    assert (said["type"], said["data"]["agreement"]) == ("record.changed", number)
    assert said["data"]["resources"] == [{"resource": "ed-fi/students", "changed": ["rows"]}]
    assert said["data"]["minChangeVersion"] <= said["data"]["maxChangeVersion"]
    assert "Student at" not in message["body"]
    look(record)
    assert len(written(record, number)) == 1, "nobody is told of the same twice"


def test_what_changes_out_of_an_agreements_reach_is_no_news_to_its_app(record, agreed):
    number = agreed(schools=[OAK])
    one = "update edfi.student set change_version = nextval('edfi.change_version') where student_unique_id = %s"
    change(record, one, "Student at elm")
    look(record)
    assert written(record, number) == []
    change(record, one, "Student at oak")
    look(record)
    assert len(written(record, number)) == 1


def test_a_notice_is_signed_by_the_scheme_of_standard_webhooks(record, agreed, receiver):
    agreed()
    change(record)
    look(record)
    assert send(record) == 1
    ((path, headers, body),) = receiver.requests
    assert path == "/changes"
    expected = signed(SECRET, headers["webhook-id"], int(headers["webhook-timestamp"]), body)
    assert headers.items() >= expected.items()
    assert send(record) == 0


def test_the_signature_is_that_of_the_schemes_own_example():
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    headers = signed(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}')
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_nobody_takes_is_sent_again_for_a_day(record, agreed, receiver):
    number = agreed()
    change(record)
    look(record)
    receiver.answers[:] = [500]
    for _ in range(len(WAITS) + 1):
        assert send(record) == 1
        due(record)
    assert send(record) == 0, "after the last try it rests"
    (message,) = written(record, number)
    assert (message["attempts"], message["last_answer"], message["delivered_at"]) == (len(WAITS) + 1, "500", None)
    assert len({headers["webhook-id"] for _, headers, _ in receiver.requests}) == 1
    assert 20 * 3600 < sum(WAITS) < 28 * 3600


def test_no_redirect_is_followed(record, agreed, receiver):
    agreed()
    change(record)
    look(record)
    receiver.answers[:] = [302]
    send(record)
    assert [path for path, _, _ in receiver.requests] == ["/changes"]


def test_an_address_that_is_gone_is_not_asked_again(record, agreed, receiver):
    number = agreed()
    change(record)
    look(record)
    receiver.answers[:] = [410]
    send(record)
    due(record)
    assert send(record) == 0
    assert written(record, number)[0]["last_answer"] == "410"


def test_messages_are_sent_again_under_their_ids_when_somebody_asks(record, agreed, receiver):
    number = agreed()
    change(record)
    look(record)
    send(record)
    assert asked(record, lambda use: replay(use, number)) == 1
    assert asked(record, lambda use: replay(use, number, since=1 << 60)) == 0
    assert asked(record, lambda use: replay(use, number, message="msg_of_another")) == 0
    send(record)
    first, second = (headers["webhook-id"] for _, headers, _ in receiver.requests)
    assert first == second


def test_an_app_whose_agreement_ended_is_told_nothing_more(record, agreed, receiver):
    number = agreed()
    change(record)
    look(record)
    asked(record, lambda use: agreements.change(use, number, State.SUSPENDED, "Tom Becker"))
    send(record)
    assert receiver.requests == []
    assert written(record, number)[0]["last_answer"] == "The agreement is suspended, not active."


def test_who_does_not_answer_at_all_is_tried_again(record, agreed):
    number = agreed(url="http://127.0.0.1:1/changes")
    change(record)
    look(record)
    assert send(record) == 1
    (message,) = written(record, number)
    assert (message["last_answer"], message["next_at"] is not None) == ("ConnectError", True)


def test_what_was_deleted_is_told_of(record, agreed):
    number = agreed()
    with psycopg.connect(record) as connection:
        connection.execute(
            "insert into edfi.tombstone (resource, id, key_values) values ('Student', gen_random_uuid(), '{}')"
        )
    look(record)
    (message,) = written(record, number)
    assert json.loads(message["body"])["data"]["resources"] == [{"resource": "ed-fi/students", "changed": ["deletes"]}]


def test_each_agreement_has_a_secret_of_its_own_which_stays(tmp_path):
    file = tmp_path / "webhook_key"
    assert secret_of(file, 7) == secret_of(file, 7) != secret_of(file, 8)
    assert told_secret(secret_of(file, 7)).startswith("whsec_")
    assert file.stat().st_mode & 0o777 == 0o600
