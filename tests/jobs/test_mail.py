"""The privacy officer is told of a suspended key by e-mail, through a real SMTP server on this machine."""

import asyncio
import socket
from email import message_from_bytes

import psycopg
import pytest
from aiosmtpd import controller
from made_up_agreement import agreement_file, given_key
from people_of_the_record import at_the_door

from homeroom.access.accounts.kept import add
from homeroom.access.door import Door, ask, prepare
from homeroom.access.permissions import Action, Role
from homeroom.errors import CannotRun
from homeroom.jobs.mail import postman
from homeroom.settings import Workspace
from homeroom.web.notices import send_waiting


class Received:
    """What came to the server."""

    def __init__(self) -> None:
        self.mails: list = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return "250 OK"


@pytest.fixture
def server():
    received = Received()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = controller.Controller(received, hostname="127.0.0.1", port=port, ready_timeout=30)
    running.start()
    yield port, received
    running.stop()


def workspace(folder, mail: str) -> Workspace:
    made = Workspace.create(folder / "district", "Maple Grove")
    made.settings_file.write_text(f"{made.settings_file.read_text()}\n[mail]\n{mail}\n")
    return made


def suspended(url: str, folder) -> str:
    """The key of an app that asked for 12 students of 3."""
    prepare(url)
    key = asyncio.run(ask(url, Action.GIVE_KEYS, lambda use: given_key(use, agreement_file(folder)))).key
    with psycopg.connect(url) as record:
        record.execute("insert into access.client_change (client, state, by, why) values (%s, 'suspended', 'x', 'y')",
                       [key])  # fmt: skip
        record.execute(
            "insert into access.notice (client, window_of, allowed, asked) values (%s, 'hour', 3, 12)", [key]
        )
    return key


def sent(url: str, place: Workspace) -> int:
    async def sending() -> int:
        async with Door(url) as door:
            one = postman(place)
            assert one
            return await send_waiting(door, "Maple Grove", one)

    return asyncio.run(sending())


def test_each_notice_goes_out_once_to_the_privacy_officer_and_names_no_student(record, tmp_path, server):
    port, received = server
    key = suspended(record, tmp_path)
    at_the_door(record, lambda use: add(use, "Tom Becker", "a test", role=Role.PRIVACY_OFFICER, approved_by="another",
                                        email="Tom@district.example"))  # fmt: skip
    place = workspace(tmp_path, f'server = "127.0.0.1"\nport = "{port}"\nsecurity = "none"\n'
                      'sender = "homeroom@district.example"\nto = "desk@district.example"')  # fmt: skip
    assert (sent(record, place), sent(record, place)) == (1, 0)
    ((to, mail),) = received.mails
    assert sorted(to) == ["desk@district.example", "tom@district.example"]
    assert "Reading Trail was suspended" in mail["Subject"]
    text = mail.get_payload()
    for words in (key, "12 different students in an hour, of 3", "reinstate the key"):
        assert words in text


def test_a_server_that_is_away_loses_nothing(record, tmp_path, server):
    port, received = server
    suspended(record, tmp_path)
    lines = 'server = "127.0.0.1"\nport = "{}"\nsecurity = "none"\nsender = "h@d.example"\nto = "desk@d.example"'
    (tmp_path / "away").mkdir()
    away = workspace(tmp_path / "away", lines.format(1))
    with pytest.raises(ConnectionError):
        sent(record, away)
    assert sent(record, workspace(tmp_path, lines.format(port))) == 1
    assert len(received.mails) == 1


def test_where_nobody_is_to_be_told_the_notice_waits(record, tmp_path, server):
    port, received = server
    suspended(record, tmp_path)
    lines = f'server = "127.0.0.1"\nport = "{port}"\nsecurity = "none"\nsender = "h@d.example"'
    assert sent(record, workspace(tmp_path, lines)) == 0
    assert received.mails == []


@pytest.mark.parametrize(
    ("mail", "words"),
    [
        ('server = "mail.example"', "has no sender"),
        ('server = "mail.example"\nsender = "a@b.example"\nsecurity = "none"', "this machine alone"),
        ('server = "mail.example"\nsender = "a@b.example"\npassword = "x"', "secrets.toml"),
        ('server = "mail.example"\nsender = "a@b.example"\nport = "smtp"', "port"),
    ],
)
def test_what_is_no_server_is_refused_with_what_to_write(tmp_path, mail, words):
    with pytest.raises(CannotRun, match=words):
        workspace(tmp_path, mail).settings()


def test_without_a_server_nothing_goes_out(tmp_path):
    assert postman(Workspace.create(tmp_path / "district", "Maple Grove")) is None
