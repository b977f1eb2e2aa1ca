"""Lines over time as SVG: where each mark and word stands. Templates draw it; nothing runs in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

# In the drawing's own units; it is shown as wide as there is room, with words that can be read on a telephone.
WIDTH, HEIGHT = 480, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 14, 12, 30
# Where shares begin: from 0, or nearer to where they lie, so that a small fall is seen.
_FLOORS = (0.9, 0.5, 0.0)


@dataclass(frozen=True)
class Series:
    """Shares from 0 to 1 at moments in their order, None where there is none; each holds until the next."""

    name: str
    points: Sequence[tuple[datetime, float | None]]


@dataclass(frozen=True)
class Line:
    """A series as drawn: a path of steps, and its dots as x, y."""

    name: str
    path: str
    dots: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Chart:
    """All that a template needs; ticks are a place and a word."""

    lines: Sequence[Line]
    shares: Sequence[tuple[float, str]]
    days: Sequence[tuple[float, str, str]]
    left: float = _LEFT
    right: float = WIDTH - _RIGHT
    bottom: float = HEIGHT - _BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def chart(series: Sequence[Series]) -> Chart | None:
    """The chart of all series that have any point; None where there is none."""
    series = [one for one in series if any(share is not None for _, share in one.points)]
    if not series:
        return None
    values = [share for one in series for _, share in one.points if share is not None]
    moments = [at for one in series for at, _ in one.points]
    first, last = min(moments), max(moments)
    floor = next(floor for floor in _FLOORS if min(values) >= floor)

    def x(at: datetime) -> float:
        part = (at - first) / (last - first) if last > first else 0.5
        return round(_LEFT + part * (WIDTH - _LEFT - _RIGHT), 1)

    def y(share: float) -> float:
        return round(_TOP + (1 - share) / (1 - floor) * (HEIGHT - _TOP - _BOTTOM), 1)

    lines = [_line(one.name, [(x(at), None if s is None else y(s)) for at, s in one.points]) for one in series]
    shares = [(y(share), f"{share:.0%}".replace("%", " %")) for share in _ticks(floor)]
    return Chart(lines, shares, _days(first, last, x(first), x(last)))


def _line(name: str, places: Sequence[tuple[float, float | None]]) -> Line:
    path: list[str] = []
    before = False
    for x, y in places:
        if y is None:
            # The last share held until here.
            path += [f"H{x}"] if before else []
        else:
            path.append(f"H{x}V{y}" if before else f"M{x} {y}")
        before = y is not None
    return Line(name, "".join(path), [(x, y) for x, y in places if y is not None])


def _ticks(floor: float) -> list[float]:
    return [floor + part * (1 - floor) / 2 for part in range(3)]


def _days(first: datetime, last: datetime, left: float, right: float) -> list[tuple[float, str, str]]:
    """The first and the last day, each with the side on which its word stands."""
    words = [f"{at.astimezone():%-d %b %Y}" for at in (first, last)]
    if words[0] == words[1]:
        return [((left + right) / 2, words[0], "middle")]
    return [(left, words[0], "start"), (right, words[1], "end")]
