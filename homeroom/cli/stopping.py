"""Ctrl-C and the system's own word to stop, as one thing that no step takes for a failure."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import typer


class Stopped(BaseException):
    """A person or the system asked the command to stop: no step may take this for a source's failure and go on."""


@contextmanager
def ends_when_stopped() -> Iterator[None]:
    """To stop is how a server ends, not a failure."""
    try:
        yield
    except (Stopped, KeyboardInterrupt):
        # Whoever waits in a library that looks after signals itself hears of them as KeyboardInterrupt.
        typer.echo("Stopped.")


def heed_signals() -> None:
    """From now on SIGINT and SIGTERM raise Stopped where the command is."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, _stop)


def _stop(*_: object) -> None:
    # A second Ctrl-C while the first is being heeded would end in a traceback.
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)
    raise Stopped
