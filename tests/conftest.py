"""What tests of several rooms share: a real PostgreSQL, with an empty record in a database of its own for each test.

The whole run is to stay under twenty minutes on two cores, so that a new test has to be cheap:

- What is only read is made once: `maple_grove` for the whole run, or a module's own fixture around `own_database`,
  never a database or a run for each parameter. `record` and `copied_record` are for tests that write (a quarter of a
  second each); a test that gives its own connection may roll back instead.
- A run costs four seconds however little comes in, and two with Maple Grove's steps at hand: ask all that one run can
  answer of one run, and take `copied_record` with a copy of Maple Grove's workspace where only a second night matters.
- A workspace's record is a database of the tests' server (`own_workspace`), but where the test is about its own server.
- A command is run by `commands.homeroom`; `python -m homeroom.cli` is for what is asked of the process itself.
- Hypothesis's examples share what they do not change: connections, servers, rows that are there before.
"""

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import certifi
import hypothesis
import psycopg
import pytest
from own_database import own_database, url_of_database

from homeroom.access.door import prepare
from homeroom.consolidate.run import consolidate
from homeroom.demo.maple_grove import make_maple_grove
from homeroom.progress import TerminalProgress
from homeroom.record.server import postgres_server, url_of
from homeroom.settings import Workspace

# They take a minute or two each: where several processes share the tests, the others have to come after them.
_LONGEST = ("test_crash.py", "test_killed_run.py")


class NoPandas(MetaPathFinder):
    """DuckDB looks for pandas with each value that it is given: where it is not installed, in every folder of the path,
    which takes longer than the tests' questions do."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError("pandas is not installed", name=name)


if find_spec("pandas") is None:
    sys.meta_path.insert(0, NoPandas())

# How long an example takes says how busy the machine is; how long a test may take is said in pyproject.toml.
hypothesis.settings.register_profile("homeroom", deadline=None)
hypothesis.settings.load_profile("homeroom")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in _LONGEST)
    # What was imported and collected stays to the end: Python need not look through it for garbage again and again.
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def servers_end_with_the_tests() -> Iterator[None]:
    """Whatever servers the tests have started: a process that shares them with others has ten seconds to end."""
    yield
    for server in list(postgres_server.PostgresServer._instances.values()):
        server.cleanup()


@pytest.fixture(scope="session", autouse=True)
def one_authority(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test asks anybody but this machine, whose servers have no certificates: each client that is made reads one
    authority's, not those of all."""
    first, end, _ = Path(certifi.where()).read_text().partition("-----END CERTIFICATE-----")
    file = tmp_path_factory.mktemp("authority") / "one.pem"
    file.write_text(f"{first}{end}\n")
    os.environ.setdefault("SSL_CERT_FILE", str(file))


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A server of the kind that a workspace starts; it stops with the tests.

    It alone does not wait for the disk, which took half a second for each database that a test has for itself. No test
    asks what outlives a power cut, and what outlives a server that is killed is asked of servers that are killed.
    """
    url = url_of(tmp_path_factory.mktemp("postgres"), None)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("alter system set fsync = off")
        connection.execute("select pg_reload_conf()")
    return url


@pytest.fixture(scope="session")
def template_database(postgres_url: str) -> str:
    """A database with every table of the record and all that stands before it, and no row but the standard's codes.

    A copy of it takes a tenth of a second, and making all that ready more than one.
    """
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("create database record_template")
    prepare(url_of_database(postgres_url, "record_template"))
    return "record_template"


@pytest.fixture
def record(postgres_url: str, template_database: str) -> Iterator[str]:
    """The URL of an empty record."""
    with own_database(postgres_url, template_database) as url:
        yield url


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files that others made; tests that need it are skipped where it is not there."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the folder of real files, ../shared/data, is not here")
    return folder


@pytest.fixture(scope="session")
def maple_grove(postgres_url: str, template_database: str, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A small Maple Grove, its three systems consolidated into a record of its own. Tests only read it."""
    folder = tmp_path_factory.mktemp("maple-grove")
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"create database maple_grove template {template_database}")
    workspace = Workspace.create(folder / "district", "Maple Grove")
    lines = [workspace.settings_file.read_text(), f'[record]\nurl = "{url_of_database(postgres_url, "maple_grove")}"']
    for source in make_maple_grove(folder / "files", students=100).sources:
        options = "\n".join(f'{name} = "{value}"' for name, value in source.options.items())
        lines.append(f'[[source]]\nname = "{source.name}"\nkind = "{source.kind}"\npath = "{source.path}"\n{options}')
    workspace.settings_file.write_text("\n\n".join(lines) + "\n")
    with TerminalProgress(quiet=True) as progress:
        consolidate(workspace, progress)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("create database maple_grove_template template maple_grove")
    return workspace


@pytest.fixture
def copied_record(postgres_url: str, maple_grove: Workspace) -> Iterator[str]:
    """The URL of a copy of Maple Grove's record, for a test that changes it."""
    with own_database(postgres_url, "maple_grove_template") as url:
        yield url
