"""Names for made-up people: by origin, common ones often and rare ones seldom, as in a real district.

The lists in `names.tsv` are in falling frequency; the share of the name at place r falls as 1 / (r + 12) ^ 0.9, which
is between the curve of given names and that of surnames. The long tail of English and Slavic surnames is put together
from parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from homeroom.demo.arrays import objects

Texts = np.ndarray  # of str objects


@dataclass(frozen=True)
class Origin:
    """Where a family's names come from. `share` of the families; the rest as shares of the origin's own families."""

    name: str
    share: float
    language: str  # Ed-Fi's ISO 639-2 code of the language spoken at home, where it isn't English
    learners: float  # share of the children who learn English as a new language
    races: tuple[str, ...]
    hispanic: bool = False


ORIGINS = (
    Origin("english", 0.40, "eng", 0.00, ("White",)),
    Origin("african-american", 0.14, "eng", 0.00, ("Black or African American",)),
    Origin("hispanic", 0.24, "spa", 0.34, ("White", "American Indian or Alaska Native", "White"), hispanic=True),
    Origin("somali", 0.035, "som", 0.45, ("Black or African American",)),
    Origin("hmong", 0.03, "hmn", 0.28, ("Asian",)),
    Origin("vietnamese", 0.025, "vie", 0.25, ("Asian",)),
    Origin("chinese", 0.018, "chi", 0.25, ("Asian",)),
    Origin("korean", 0.008, "kor", 0.20, ("Asian",)),
    Origin("south-asian", 0.03, "hin", 0.15, ("Asian",)),
    Origin("arabic", 0.018, "ara", 0.35, ("White",)),
    Origin("slavic", 0.02, "rus", 0.25, ("White",)),
    Origin("west-african", 0.014, "fre", 0.15, ("Black or African American",)),
    Origin("filipino", 0.01, "tgl", 0.15, ("Asian", "Native Hawaiian or Pacific Islander")),
    Origin("portuguese-and-haitian", 0.007, "por", 0.35, ("Black or African American", "White")),
    Origin("native", 0.005, "eng", 0.00, ("American Indian or Alaska Native",)),
)

_TAIL = {
    "english": (
        "Ash,Black,Brad,Brook,Burn,Carl,Clif,Cran,Dray,East,Ed,Fair,Farns,Good,Green,Hal,Hart,Hazel,Hollo,Hart,Kings,"
        "Lang,Lock,Mar,Mid,Nor,Oak,Pem,Rad,Red,Rock,Shel,Stan,Stock,Sun,Thorn,Wake,Wal,West,Whit,Win,Wood,Wool",
        "ford,ley,ton,well,wood,field,bury,worth,berg,man,burn,stead,ridge,by,shaw,combe,wick,ham,son,ster",
        0.36,
    ),
    "slavic": (
        "Vasil,Stepan,Bogdan,Yurch,Havr,Marchuk,Danil,Zakhar,Kost,Roman,Lukash,Petr",
        "enko,ov,ovski,yuk,ić",
        0.3,
    ),
    "west-african": ("Oba,Ola,Ade,Chi,Nna,Eke,Ogu,Uche,Ike", "femi,sanmi,bola,kwu,mara,dike,nweze,leye", 0.2),
    "south-asian": ("Rama,Chandra,Krishna,Venkata,Subra,Jaya,Vijaya", "swamy,sekhar,murthy,nathan,raman,kumar", 0.2),
}


@cache
def lists() -> dict[tuple[str, str], tuple[str, ...]]:
    """The names by (origin, 'female' | 'male' | 'surname'), the most frequent first."""
    text = files("homeroom.demo").joinpath("names.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    return {(origin, kind): tuple(names.split(",")) for origin, kind, names in rows}


@cache
def places(kind: str) -> tuple[str, ...]:
    """The names in `places.tsv` of one kind: schools, streets, cities of birth, and the area codes of telephones."""
    text = files("homeroom.demo").joinpath("places.tsv").read_text(encoding="utf-8")
    rows = dict(line.split("\t") for line in text.splitlines()[1:])
    return tuple(rows[kind].split(","))


def draw_given(chance: np.random.Generator, origins: np.ndarray, female: np.ndarray, elder: bool = False) -> Texts:
    """A given name for each person. `origins` are places in ORIGINS; `elder` turns the fashion: grandmother's names."""
    drawn = np.empty(len(origins), dtype=object)
    for number, origin in enumerate(ORIGINS):
        for kind, sex in (("female", True), ("male", False)):
            chosen = np.flatnonzero((origins == number) & (female == sex))
            names = lists()[origin.name, kind]
            if elder:
                names = names[len(names) // 2 :] + names[: len(names) // 2]
            # One child in four of a family from elsewhere has a name that is usual here.
            here = lists()["english", kind]
            common = chance.random(len(chosen)) < (0.0 if origin.name == "english" else 0.25)
            drawn[chosen] = np.where(common, _draw(chance, here, len(chosen)), _draw(chance, names, len(chosen)))
    return drawn


def draw_surnames(chance: np.random.Generator, origins: np.ndarray) -> Texts:
    """A single surname for each family."""
    drawn = np.empty(len(origins), dtype=object)
    for number, origin in enumerate(ORIGINS):
        chosen = np.flatnonzero(origins == number)
        names = _draw(chance, lists()[origin.name, "surname"], len(chosen))
        if origin.name in ("african-american", "native"):
            shared = _draw(chance, lists()["english", "surname"], len(chosen))
            names = np.where(chance.random(len(chosen)) < 0.4, shared, names)
        if origin.name in _TAIL:
            first, last, share = _TAIL[origin.name]
            starts = chance.choice(objects(first.split(",")), len(chosen))
            ends = chance.choice(objects(last.split(",")), len(chosen))
            names = np.where(chance.random(len(chosen)) < share, starts + ends, names)
        drawn[chosen] = names
    return drawn


def _draw(chance: np.random.Generator, names: tuple[str, ...], number: int) -> Texts:
    shares = 1.0 / (np.arange(len(names)) + 12.0) ** 0.9
    return chance.choice(objects(names), number, p=shares / shares.sum())
