"""How long work shows that it goes on: a bar for each step, with rows and rows per second."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text


class Step(Protocol):
    """One step under way: tell it how much there is to do, and how far it has come."""

    def total(self, rows: int) -> None: ...

    def advance(self, rows: int) -> None: ...


class Steps(Protocol):
    """Whatever shows steps: a terminal, or nothing."""

    def step(self, name: str) -> AbstractContextManager[Step]: ...


class _RowsPerSecond(ProgressColumn):
    def render(self, task: Task) -> Text:
        rows, seconds = task.fields["rows"], task.finished_time or task.elapsed or 0
        counted = f"{rows:,} rows" if rows else ""
        rate = f"{rows / seconds:,.0f}/s" if rows and seconds > 0 else ""
        return Text(f"{counted:>14} {rate:>11}", style="default", no_wrap=True)


class _TerminalStep:
    def __init__(self, bars: Progress, name: str) -> None:
        self._bars = bars
        self.task = bars.add_task(name, total=None, rows=0)
        self.rows = 0

    def total(self, rows: int) -> None:
        self._bars.update(self.task, total=rows)

    def advance(self, rows: int) -> None:
        self.rows += rows
        self._bars.update(self.task, completed=self.rows, rows=self.rows)


class TerminalProgress:
    """Bars on standard error, so that what a command prints can be piped."""

    def __init__(self, quiet: bool = False) -> None:
        self._bars = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description:<26}"),
            BarColumn(bar_width=10),
            _RowsPerSecond(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=quiet,
        )

    def __enter__(self) -> TerminalProgress:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        step = _TerminalStep(self._bars, name)
        yield step
        # A step that never knew how much there was is done when it ends, whatever it counted.
        self._bars.update(step.task, total=max(step.rows, 1), completed=max(step.rows, 1))
