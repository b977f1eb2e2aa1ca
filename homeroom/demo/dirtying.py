"""Makes clean columns dirty, at the rates of `dirt`, and notes which row got which dirt.

Chance picks the rows; only the picked ones are worked on one by one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from homeroom.demo.dirt import RATE

_NEIGHBORS = {
    "a": "sq",
    "b": "vn",
    "c": "xv",
    "d": "sf",
    "e": "wr",
    "f": "dg",
    "g": "fh",
    "h": "gj",
    "i": "uo",
    "j": "hk",
    "k": "jl",
    "l": "k",
    "m": "n",
    "n": "bm",
    "o": "ip",
    "p": "o",
    "q": "w",
    "r": "et",
    "s": "ad",
    "t": "ry",
    "u": "yi",
    "v": "cb",
    "w": "qe",
    "x": "zc",
    "y": "tu",
    "z": "x",
}


@dataclass
class DirtLog:
    """What was made dirty: `entries` of (source, record, ids, field, dirt)."""

    entries: list[tuple[str, str, np.ndarray, str, str]] = field(default_factory=list)

    def note(self, source: str, record: str, ids: np.ndarray, field_: str, dirt: str) -> None:
        if len(ids):
            self.entries.append((source, record, np.asarray(ids, dtype=object), field_, dirt))


@dataclass
class Names:
    """The names of one source's rows, as they will be written."""

    given: np.ndarray
    middle: np.ndarray
    surname: np.ndarray


class Dirtier:
    """Dirt for the rows of one kind in one source. `clean`: rows that stay as they are, those of the named cast.

    `factor` multiplies the rates of slips of the hand: a vendor's roster is typed with less care than a district's.
    """

    def __init__(
        self, chance: np.random.Generator, log: DirtLog, source: str, record: str, ids: np.ndarray, clean: np.ndarray,
        factor: float = 1.0,
    ) -> None:  # fmt: skip
        self.chance, self.log, self.source, self.record = chance, log, source, record
        self.ids, self.clean, self.factor = ids, clean, factor

    def of(self, places: np.ndarray) -> Dirtier:
        """The same for some of the rows only."""
        return Dirtier(
            self.chance, self.log, self.source, self.record, self.ids[places], self.clean[places], self.factor
        )

    def pick(self, dirt: str, field_: str, possible: np.ndarray | None = None, rate: float | None = None) -> np.ndarray:
        """The places of the rows that get this dirt."""
        share = RATE[dirt] if rate is None else rate
        chosen = (self.chance.random(len(self.ids)) < share) & ~self.clean
        if possible is not None:
            chosen &= possible
        places = np.flatnonzero(chosen)
        self.log.note(self.source, self.record, self.ids[places], field_, dirt)
        return places

    def names(self, true: Names, goes_by: np.ndarray, former: np.ndarray | None = None) -> Names:
        """The names as this source has them. `former`: the surname before it changed, '' where it didn't."""
        given, middle, surname = true.given.copy(), true.middle.copy(), true.surname.copy()
        if former is not None:
            changed = self.pick("surname-changed", "surname", former != "", rate=1.0)
            surname[changed] = former[changed]
        named = goes_by != ""
        share = max(named.mean(), 0.001) if len(named) else 1
        short = self.pick("nickname", "given", named, rate=min(0.8, RATE["nickname"] * self.factor / share))
        given[short] = goes_by[short]
        compound = np.array(
            [" " in s.strip() and s[0].isupper() and s.split(" ")[0] not in _PARTICLES for s in surname], bool
        )
        for place in self.pick("surname-reordered", "surname", compound):
            surname[place] = self._reordered(surname[place])
        accented = np.array([not (a + b).isascii() for a, b in zip(given, surname, strict=True)], dtype=bool)
        for place in self.pick("accent-lost", "name", accented):
            given[place], surname[place] = without_accents(given[place]), without_accents(surname[place])
            middle[place] = without_accents(middle[place])
        for place in self.pick("mojibake", "name", accented):
            given[place], surname[place] = _misread(given[place]), _misread(surname[place])
        for name, column in (("given", given), ("surname", surname)):
            for place in self.pick("typo", name, rate=RATE["typo"] * self.factor / 2):
                column[place] = self._mistyped(column[place])
        self._each("all-capitals", (given, middle, surname), str.upper)
        self._each("stray-whitespace", (given, surname), lambda name: name.replace(" ", "  ") + " ")
        for place in self.pick("names-swapped", "name", rate=RATE["names-swapped"] * self.factor):
            given[place], surname[place] = surname[place], given[place]
        return Names(given, self.missing(middle, "middle"), surname)

    def birth_dates(self, true: np.ndarray, swapped: np.ndarray | None = None) -> np.ndarray:
        """Birth dates (datetime64[D]) with slips. `swapped`: places that are swapped in any case."""
        birth = true.copy()
        month = birth.astype("datetime64[M]")
        day = (birth - month).astype(int) + 1
        number = month.astype(int) % 12 + 1
        year = birth.astype("datetime64[Y]")
        places = self.pick(
            "day-month-swapped", "birth date", (day <= 12) & (day != number), RATE["day-month-swapped"] * 2.7
        )
        if swapped is not None:
            self.log.note(self.source, self.record, self.ids[swapped], "birth date", "day-month-swapped")
            places = np.union1d(places, swapped)
        turned = year.astype("datetime64[M]") + (day - 1).astype("timedelta64[M]")
        birth[places] = (turned.astype("datetime64[D]") + (number - 1).astype("timedelta64[D]"))[places]
        for dirt, years in (("birth-year-wrong", (-1, 1)), ("birth-date-impossible", (-32, -28, -30))):
            places = self.pick(
                dirt, "birth date", (day < 28), rate=RATE[dirt] * (self.factor if "wrong" in dirt else 1)
            )
            shift = self.chance.choice(years, len(places))
            # The day stays, in leap years too: what was mistyped is the year.
            moved = (birth[places].astype("datetime64[M]") + 12 * shift).astype("datetime64[D]")
            birth[places] = moved + (birth[places] - birth[places].astype("datetime64[M]").astype("datetime64[D]"))
        return birth

    def missing(self, values: np.ndarray, field_: str, rate: float | None = None) -> np.ndarray:
        """The values, some of them empty."""
        kept = values.copy()
        kept[self.pick("value-missing", field_, values != "", rate)] = ""
        return kept

    def _each(self, dirt: str, columns: tuple[np.ndarray, ...], change: Callable[[str], str]) -> None:
        for place in self.pick(dirt, "name"):
            for column in columns:
                column[place] = change(column[place]) if column[place] else ""

    def _mistyped(self, name: str) -> str:
        if len(name) < 4:
            return name
        at = int(self.chance.integers(1, len(name) - 1))
        kind = self.chance.integers(3)
        near = _NEIGHBORS.get(name[at].lower())
        if kind == 0 and near:
            return name[:at] + near[int(self.chance.integers(len(near)))] + name[at + 1 :]
        if kind == 1 and name[at] != name[at + 1]:
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        return name[:at] + name[at + 1 :]

    def _reordered(self, surname: str) -> str:
        first, _, rest = surname.partition(" ")
        return (f"{rest} {first}", first, first, f"{first}-{rest}", rest)[int(self.chance.integers(5))]


_PARTICLES = {"De", "Del", "Da", "Dos", "Van", "St.", "Dela", "Standing", "Yellow", "Two", "La"}


def without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.replace("Đ", "D")) if not unicodedata.combining(c))


def _misread(text: str) -> str:
    """UTF-8 that a program took for Windows-1252."""
    return text.encode().decode("cp1252", errors="replace").replace("\ufffd", "") if not text.isascii() else text
