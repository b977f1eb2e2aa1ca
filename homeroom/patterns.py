"""A path with a pattern in it, such as /drop/roster-*.zip: a system that names each night's file anew is one source."""

from __future__ import annotations

from glob import glob
from pathlib import Path

SIGNS = frozenset("*?[")


def newest_match(path: Path) -> Path:
    """The file or folder at `path`, or, where that is a pattern, the one that fits it and was changed last."""
    return matches(path)[-1]


def matches(path: Path) -> list[Path]:
    """What fits `path`, or `path` alone where nothing does or it is no pattern; what was changed last is the last."""
    if path.exists() or not SIGNS & set(str(path)):
        return [path]
    found = [Path(name) for name in glob(str(path))]
    return sorted(found, key=lambda one: (one.stat().st_mtime_ns, one.name)) or [path]
