"""How many students a second an approved app writes over HTTP: each a POST of its own, by several clients side by side.

`homeroom serve` runs as a district runs it, on a workspace of its own with its own PostgreSQL, which waits for the
disk. Beside it stands how many such rows a second the same PostgreSQL takes from as many clients that write the bare
row in a transaction of its own, so that the figure can be compared between machines.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from http.client import HTTPConnection
from multiprocessing import Process, Queue
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode, urlsplit

import psycopg

from homeroom.access.agreements import kept, keys
from homeroom.access.agreements.file import read_file
from homeroom.access.agreements.states import State
from homeroom.access.door import Use, ask, prepare
from homeroom.access.permissions import Action
from homeroom.record.server import url_of
from homeroom.settings import Workspace

_AGREEMENT = """
provider = "Reading Trail, Inc."
app = "Reading Trail"
purposes = ["rostering"]
schools = "all"
begin = 2020-01-01
end = 2099-12-31
subprocessors = []
retention = "A year."
at_the_end = "deleted"
[contact]
name = "Ada Privacy"
email = "privacy@reading-trail.example"
[elements]
Student = ["studentUniqueId"]
[writes]
Student = "all"
"""
_BARE = "insert into edfi.student (student_unique_id, first_name, last_surname, birth_date) values (%s, %s, %s, %s)"


def main(students: int, clients: int, folder: Path) -> None:
    workspace = Workspace.create(folder / "district", "Maple Grove")
    url = url_of(workspace.postgres, None)
    prepare(url)
    key = asyncio.run(ask(url, Action.GIVE_KEYS, lambda use: _given(use, folder)))
    server = subprocess.Popen(  # noqa: S603 - the benchmark's own command
        [sys.executable, "-m", "homeroom.cli", "serve", "--port", "0", "--workspace", workspace.root],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    try:
        address = (server.stdout.readline() if server.stdout else "").split()[1]
        token = _token(address, key)
        _posting(address, token, range(-200, 0), None)
        seconds = _beside(
            clients, students, lambda part, done: Process(target=_posting, args=(address, token, part, done))
        )
        _tell(f"{students:,} students posted one by one, {clients} clients", students, seconds)
    finally:
        server.terminate()
        server.wait(30)
    with psycopg.connect(url, autocommit=True) as record:
        record.execute("truncate edfi.student cascade")
    bare = _beside(clients, students, lambda part, done: Process(target=_writing, args=(url, part, done)))
    _tell("the same rows written bare, one a transaction", students, bare)
    print(f"a POST costs {seconds / bare:.1f} times the bare row", flush=True)


def _beside(clients: int, students: int, start: Callable[[range, Queue[tuple[float, float]]], Process]) -> float:
    """The seconds that several clients take, from the first that begins to the last that is done."""
    done: Queue[tuple[float, float]] = Queue()
    processes = [start(range(number, students, clients), done) for number in range(clients)]
    for process in processes:
        process.start()
    times = [done.get() for _ in processes]
    for process in processes:
        process.join()
    return max(end for _, end in times) - min(begin for begin, _ in times)


def _posting(address: str, token: str, numbers: range, done: Queue[tuple[float, float]] | None) -> None:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    begin = perf_counter()
    for number in numbers:
        body = (
            f'{{"studentUniqueId": "{number}", "firstName": "Maya", "lastSurname": "Okafor",'
            f' "birthDate": "2016-03-01", "birthCity": "Lagos"}}'
        )
        connection.request("POST", "/api/data/v3/ed-fi/students", body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 201:
            raise SystemExit(f"The answer was {answer.status}.")
    if done:
        done.put((begin, perf_counter()))


def _writing(url: str, numbers: range, done: Queue[tuple[float, float]]) -> None:
    with psycopg.connect(url, autocommit=True) as record:
        begin = perf_counter()
        for number in numbers:
            record.execute(_BARE, [str(number), "Maya", "Okafor", date(2016, 3, 1)])
        done.put((begin, perf_counter()))


def _token(address: str, key: keys.Key) -> str:
    connection = HTTPConnection(urlsplit(address).netloc)
    form = urlencode({"grant_type": "client_credentials", "client_id": key.key, "client_secret": key.secret})
    connection.request("POST", "/api/oauth/token", form, {"Content-Type": "application/x-www-form-urlencoded"})
    return str(json.loads(connection.getresponse().read())["access_token"])


async def _given(use: Use, folder: Path) -> keys.Key:
    file = folder / "agreement.toml"
    file.write_text(_AGREEMENT)
    number = (await kept.ask(use, read_file(file), "Ines Duarte")).number
    await kept.change(use, number, State.APPROVED, "Tom Becker")
    await kept.change(use, number, State.ACTIVE, "Tom Becker")
    return await keys.add_client(use, number, "Tom Becker")


def _tell(what: str, students: int, seconds: float) -> None:
    print(f"{what:<60}{seconds:>8.1f} s {students / seconds:>8,.0f} a second", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=9_999)
    parser.add_argument("--clients", type=int, default=8)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="homeroom-posts-") as name:
        main(arguments.students, arguments.clients, Path(name))
