"""Wait for the deliveries of a district's sources, and consolidate when one has come whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from watchfiles import watch

from homeroom.errors import CannotRun
from homeroom.patterns import SIGNS
from homeroom.settings import Workspace

_LOOK_EVERY = 0.5


@dataclass(frozen=True)
class Pace:
    """In seconds: how long a folder has to be still before what lies there is taken for whole, and how often sources
    that lie elsewhere or are asked are looked at."""

    still: float = 60
    ask: float = 3600


def watch_sources(workspace: Workspace, pace: Pace, consolidate: Callable[[], None]) -> None:
    """Call `consolidate` at once, and again whenever a source has delivered; ends only by being stopped.

    Raises CannotRun where no source of the workspace can be watched.
    """
    settings = workspace.settings()
    folders = {_folder(source.path) for source in settings.sources if source.address is None}
    elsewhere = any(source.address for source in settings.sources)
    if not folders and not elsewhere:
        raise CannotRun("This workspace has no source yet. Add one: homeroom source add NAME --kind KIND PATH")
    looks = _looks(sorted(folder for folder in folders if folder.exists()))
    # The first look begins the watch: what is delivered while the first run goes on is seen after it.
    next(looks)
    consolidate()
    changed_at: float | None = None
    ran_at = monotonic()
    for changed in looks:
        now = monotonic()
        if changed:
            changed_at = now
        whole = changed_at is not None and now - changed_at >= pace.still
        due = elsewhere and now - ran_at >= pace.ask
        # What comes while a delivery is still being written waits until that is whole.
        if whole or (due and changed_at is None):
            changed_at = None
            consolidate()
            ran_at = monotonic()


def _looks(folders: list[Path]) -> Iterator[bool]:
    """Every half second: whether anything below the folders changed since."""
    wait = int(_LOOK_EVERY * 1000)
    for changes in watch(*folders, debounce=wait, step=50, rust_timeout=wait, yield_on_timeout=True):
        yield bool(changes)


def _folder(path: Path) -> Path:
    """The folder in which something changes when a source delivers: a file or folder may be put there anew."""
    if SIGNS & set(path.name) or path.is_file():
        return path.parent
    return path
