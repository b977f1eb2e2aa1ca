"""How many pages a second apps read, beside datasette on the same rows as SQLite; and what a page costs further on.

    python -m benchmarks.reading [--students 10000 100000] [--clients 8] [--seconds 8] [--rounds 3]

Pages of 100 students over the Ed-Fi API and of 100 users over OneRoster 1.2, with authorization, masks and the log of
disclosures on; and the same rows and fields from datasette, as its quickest JSON: no count, no facets, no suggestions.
Each client follows its own part of all pages, from one to the next as each program says, and begins anew at the end.
They are measured in turn, for as many seconds each; of each the middle of the rounds is shown. Agreements are for the
whole district, and for some schools with half of its students. datasette comes from PyPI into an environment of its
own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from multiprocessing import Process, Queue
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter, sleep
from urllib.parse import urlencode, urlsplit

import psycopg

from benchmarks.measured import installed
from homeroom.access.agreements import kept, keys
from homeroom.access.agreements.file import read_file
from homeroom.access.agreements.states import State
from homeroom.access.door import Use, ask, prepare
from homeroom.access.permissions import Action
from homeroom.record.server import url_of
from homeroom.record.upsert import upsert
from homeroom.settings import Workspace

DATASETTE = "0.65.5"
SIZES = (10_000, 100_000)
ROWS = 100
ROOT = Path(__file__).parents[1]
# Of so many pages the middle is a page's cost.
_PAGES = 40
_SCHOOLS = 10
_GRADE = "uri://ed-fi.org/GradeLevelDescriptor#Fourth grade"
_CATEGORY = "uri://ed-fi.org/EducationOrganizationCategoryDescriptor#School"
_AGREEMENT = """
provider = "Reading Trail, Inc."
app = "Reading Trail"
purposes = ["rostering"]
schools = {schools}
begin = 2020-01-01
end = 2099-12-31
subprocessors = []
retention = "A year."
at_the_end = "deleted"
[contact]
name = "Ada Privacy"
email = "privacy@reading-trail.example"
[elements]
Student = ["studentUniqueId", "firstName", "middleName", "lastSurname", "birthDate"]
School = ["schoolId", "nameOfInstitution"]
StudentSchoolAssociation = [
    "studentReference.studentUniqueId", "schoolReference.schoolId", "entryDate", "entryGradeLevelDescriptor"]
"""
_STUDENTS = """
    insert into edfi.student (student_unique_id, first_name, middle_name, last_surname, birth_date, birth_city)
    select n::text, 'Maya' || n %% 977, 'Ngozi', 'Okafor' || n %% 3989, date '2014-01-01' + (n %% 1500)::int, 'Lagos'
    from generate_series(1, %s::bigint) as n
"""
_STAYS = """
    insert into edfi.student_school_association
        (school_id, student_unique_id, entry_date, entry_grade_level_descriptor)
    select 255901001 + n %% %s, n::text, date '2025-08-18', %s from generate_series(1, %s::bigint) as n
"""
_ROWS = """
    select student.id::text, student_unique_id, first_name, middle_name, last_surname, birth_date::text,
        school_id, entry_date::text, entry_grade_level_descriptor, change_version, last_modified::text
    from edfi.student join lateral (
        select school_id, entry_date, entry_grade_level_descriptor from edfi.student_school_association as stay
        where stay.student_unique_id = student.student_unique_id) as stay on true
"""


@dataclass(frozen=True)
class Way:
    """Where pages are asked for. `begins`: where each client begins; `token`: what lets it in, if anything does."""

    name: str
    address: str
    begins: tuple[str, ...]
    token: str = ""

    def next(self, path: str, answer: HTTPResponse) -> str | None:
        """The path of the page after the one at `path`; None at the end."""
        if token := answer.headers.get("Next-Page-Token"):
            return f"{path.partition('?')[0]}?{urlencode({'pageToken': token, 'pageSize': ROWS})}"
        links = ", ".join(answer.headers.get_all("Link") or ())
        found = re.search(r'<([^>]*)>; *rel="next"', links)
        return None if found is None else "{0.path}?{0.query}".format(urlsplit(found[1]))


def main(sizes: list[int], clients: int, seconds: float, rounds: int) -> None:
    datasette = installed("datasette", DATASETTE)
    for students in sorted(sizes):
        with tempfile.TemporaryDirectory(prefix="homeroom-reading-") as name:
            folder = Path(name)
            workspace = Workspace.create(folder / "district", "Maple Grove")
            url = url_of(workspace.postgres, None)
            prepare(url)
            fill(url, students)
            rows_in_sqlite(url, folder / "rows.db")
            with serving(workspace.root) as address, beside(datasette, folder / "rows.db") as theirs:
                compare(url, folder, address, theirs, students, clients, seconds, rounds)


def fill(url: str, students: int) -> None:
    """As many students, each at one of ten schools."""
    with psycopg.connect(url) as record:
        for number in range(_SCHOOLS):
            document = {
                "schoolId": 255901001 + number,
                "nameOfInstitution": f"School {number}",
                "educationOrganizationCategories": [{"educationOrganizationCategoryDescriptor": _CATEGORY}],
                "gradeLevels": [{"gradeLevelDescriptor": _GRADE}],
            }
            upsert(record, "School", document, "made up")
        record.execute(_STUDENTS, [students])
        record.execute(_STAYS, [_SCHOOLS, _GRADE, students])
    with psycopg.connect(url, autocommit=True) as record:
        record.execute("vacuum analyze")


def rows_in_sqlite(url: str, file: Path) -> None:
    """What the pages tell of each student, as a row of one table whose key is the row's id."""
    with psycopg.connect(url) as record, sqlite3.connect(file) as rows:
        rows.execute(
            "create table students (id text primary key, student_unique_id text, first_name text, middle_name text,"
            " last_surname text, birth_date text, school_id integer, entry_date text, grade_level text,"
            " change_version integer, last_modified text)"
        )
        rows.executemany(f"insert into students values ({', '.join('?' * 11)})", record.execute(_ROWS))
    rows.close()


def compare(
    url: str, folder: Path, address: str, theirs: str, students: int, clients: int, seconds: float, rounds: int
) -> None:
    """Each way to read, in turn; then what a page costs at the beginning, in the middle and at the end."""
    half = [255901001 + number for number in range(_SCHOOLS // 2)]
    whole, some = (_token(address, asyncio.run(ask(url, Action.GIVE_KEYS, _given(folder, schools))))
                   for schools in ('"all"', half))  # fmt: skip
    ways = [
        datasette_way(theirs, clients),
        *(edfi_way(address, token, clients, words) for token, words in ((whole, "all"), (some, "some schools"))),
        *(
            oneroster_way(address, token, clients, words, number)
            for token, words, number in ((whole, "all", students), (some, "some schools", students // 2))
        ),
    ]
    measured: dict[str, list[float]] = {way.name: [] for way in ways}
    for way in ways:
        pages_a_second(way, 2)
    for _ in range(rounds):
        for way in ways:
            measured[way.name].append(pages_a_second(way, seconds))
    print(f"{students:,} students, pages of {ROWS}, {clients} clients, {rounds} rounds of {seconds:g} s", flush=True)
    base = median(measured[ways[0].name])
    for way in ways:
        found = median(measured[way.name])
        ratio = f"{found / base:>6.1f} x datasette" if way is not ways[0] else ""
        print(f"    {way.name:<44}{found:>9,.0f} pages a second {ratio}", flush=True)
    for way in ways[1:]:
        cost = ", ".join(f"{name} {milliseconds:.1f} ms" for name, milliseconds in along(way, clients).items())
        print(f"    {way.name:<44} one client: {cost}", flush=True)


def pages_a_second(way: Way, seconds: float) -> float:
    """How many pages clients beside each other read, in `seconds`."""
    done: Queue[int] = Queue()
    processes = [Process(target=_reading, args=(way, begin, seconds, done)) for begin in way.begins]
    for process in processes:
        process.start()
    read = sum(done.get() for _ in processes)
    for process in processes:
        process.join()
    return read / seconds


def along(way: Way, clients: int) -> Mapping[str, float]:
    """The milliseconds of a page, read by one client: of the first parts, those of the middle and the last."""
    places = {"at the beginning": 0, "in the middle": clients // 2, "at the end": clients - 1}
    return {name: _milliseconds(way, way.begins[number]) for name, number in places.items()}


def _milliseconds(way: Way, begin: str) -> float:
    connection, times, path = HTTPConnection(urlsplit(way.address).netloc, timeout=60), [], begin
    for _ in range(_PAGES):
        start = perf_counter()
        path = _read(connection, way, path) or begin
        times.append(perf_counter() - start)
    return median(times) * 1000


def _reading(way: Way, begin: str, seconds: float, done: Queue[int]) -> None:
    connection, read, path = HTTPConnection(urlsplit(way.address).netloc, timeout=60), 0, begin
    until = monotonic() + seconds
    while monotonic() < until:
        path = _read(connection, way, path) or begin
        read += 1
    done.put(read)


def _read(connection: HTTPConnection, way: Way, path: str) -> str | None:
    """The path of the page after the one at `path`."""
    connection.request("GET", path, headers={"Authorization": f"Bearer {way.token}"} if way.token else {})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{way.name}: the answer was {answer.status}: {body[:300]!r}")
    return way.next(path, answer)


def edfi_way(address: str, token: str, clients: int, words: str) -> Way:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    place = "/api/data/v3/ed-fi/students"
    connection.request("GET", f"{place}/partitions?number={clients}", headers={"Authorization": f"Bearer {token}"})
    tokens = json.loads(connection.getresponse().read())["pageTokens"]
    begins = tuple(f"{place}?{urlencode({'pageToken': one, 'pageSize': ROWS})}" for one in tokens)
    return Way(f"Ed-Fi, students ({words})", address, begins, token)


def oneroster_way(address: str, token: str, clients: int, words: str, users: int) -> Way:
    place = "/api/ims/oneroster/rostering/v1p2/users"
    begins = tuple(f"{place}?limit={ROWS}&offset={users * part // clients}" for part in range(clients))
    return Way(f"OneRoster, users ({words})", address, begins, token)


def datasette_way(address: str, clients: int) -> Way:
    asked = f"_size={ROWS}&_shape=array&_nocount=1&_nofacet=1&_nosuggest=1"
    begins = tuple(f"/rows/students.json?{asked}&_next={256 * part // clients:02x}" for part in range(clients))
    return Way("datasette", address, begins)


@contextmanager
def serving(workspace: Path) -> Iterator[str]:
    """`homeroom serve`, as a district runs it; its address."""
    server = subprocess.Popen(  # noqa: S603 - the benchmark's own command
        [sys.executable, "-m", "homeroom.cli", "serve", "--port", "0", "--workspace", workspace],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    try:
        yield (server.stdout.readline() if server.stdout else "").split()[1]
    finally:
        server.terminate()
        server.wait(30)


@contextmanager
def beside(datasette: Path, rows: Path) -> Iterator[str]:
    """datasette, on rows that it may take as never changing; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603 - the benchmark's own command
        [datasette, "serve", "--immutable", rows, "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(100):
            with socket.socket() as there:
                if there.connect_ex(("127.0.0.1", port)) == 0:
                    break
            sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def _token(address: str, key: keys.Key) -> str:
    connection = HTTPConnection(urlsplit(address).netloc)
    form = urlencode({"grant_type": "client_credentials", "client_id": key.key, "client_secret": key.secret})
    connection.request("POST", "/api/oauth/token", form, {"Content-Type": "application/x-www-form-urlencoded"})
    return str(json.loads(connection.getresponse().read())["access_token"])


def _given(folder: Path, schools: object) -> Callable[[Use], Awaitable[keys.Key]]:
    async def given(use: Use) -> keys.Key:
        file = folder / "agreement.toml"
        file.write_text(_AGREEMENT.format(schools=schools))
        number = (await kept.ask(use, read_file(file), "Ines Duarte")).number
        await kept.change(use, number, State.APPROVED, "Tom Becker")
        await kept.change(use, number, State.ACTIVE, "Tom Becker")
        return await keys.add_client(use, number, "Tom Becker")

    return given


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, nargs="+", default=SIZES, help="1000000 takes some minutes more")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    main(asked.students, asked.clients, asked.seconds, asked.rounds)
