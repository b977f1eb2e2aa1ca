"""`homeroom` as somebody at a terminal runs it, in a process of its own.

Python takes longer to import a command than most commands take: a process that has imported them all stands by, and
each command begins as a fork of it. What is asked of the process itself (signals, a kill, a full disk) is asked of
`python -m homeroom.cli` instead.
"""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Sequence
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from tempfile import TemporaryDirectory

_standing_by = multiprocessing.get_context("forkserver")
_standing_by.set_forkserver_preload(
    [
        "homeroom.cli",
        "homeroom.access.agreements.kept",
        "homeroom.access.door",
        "homeroom.api.application",
        "homeroom.consolidate.run",
        "homeroom.consolidate.link.splink_linker",
        "homeroom.jobs.identity_desk",
        "homeroom.jobs.mapping_desk",
        "homeroom.jobs.sign_in_ways",
        "homeroom.web.serving",
        "alembic.command",
        "splink",
    ]
)


def homeroom(*words: str | Path | int, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What came of `homeroom` with these words: its exit status, what it printed, and what it said beside that."""
    command = list(map(str, words))
    with TemporaryDirectory() as folder:
        printed, said = Path(folder, "printed"), Path(folder, "said")
        process = begin(command, printed, said, cwd)
        process.join()
        return subprocess.CompletedProcess(command, process.exitcode or 0, _text(printed), _text(said))


def begin(words: Sequence[str], printed: Path, said: Path, cwd: Path | None = None) -> ForkServerProcess:
    """The process of `homeroom` with these words; it writes what it prints and says into the two files."""
    process = _standing_by.Process(
        target=_run, args=(list(words), str(printed), str(said), str(cwd or Path.cwd()), dict(os.environ))
    )
    process.start()
    return process


def _run(words: list[str], printed: str, said: str, folder: str, environment: dict[str, str]) -> None:
    for number, place in ((1, printed), (2, said)):
        opened = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", buffering=1, encoding="utf-8", closefd=False) for number in (1, 2))
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["homeroom", *words]
    from homeroom.cli import main

    main()


def _text(file: Path) -> str:
    return file.read_text("utf-8") if file.exists() else ""
