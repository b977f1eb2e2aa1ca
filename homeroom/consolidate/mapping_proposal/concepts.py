"""What a column may hold, and how well the name of a column fits that."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from homeroom.consolidate.clean.text import words

# How systems shorten words in the names of columns.
_SHORT = {
    "stu": "student", "stud": "student", "stdnt": "student", "std": "student", "pupil": "student", "learner": "student",
    "num": "number", "no": "number", "nbr": "number", "nr": "number", "fname": "first name", "lname": "last name",
    "mname": "middle name", "firstname": "first name", "lastname": "last name", "middlename": "middle name",
    "fst": "first", "lst": "last", "mid": "middle", "nm": "name", "f": "first", "l": "last", "m": "middle",
    "sch": "school", "schl": "school", "bldg": "building", "dist": "district", "dst": "district", "gr": "grade",
    "grd": "grade", "gde": "grade", "lvl": "level", "lev": "level", "lv": "level", "addr": "address", "tel": "phone",
    "ph": "phone", "telephone": "phone", "desc": "description", "cd": "code", "cde": "code", "dt": "date",
    "dte": "date", "dat": "date", "yr": "year", "enr": "enrollment", "enrl": "enrollment", "enroll": "enrollment",
    "crs": "course", "sect": "section", "sec": "section", "sem": "semester", "tchr": "teacher", "emp": "employee",
    "attnd": "attendance", "attend": "attendance", "abs": "absence", "ethn": "ethnicity", "lang": "language",
    "ident": "id", "identifier": "id", "ids": "id", "initial": "initial", "init": "initial", "mi": "middle initial",
    "apt": "apartment", "hs": "high school", "st": "state", "asmt": "assessment", "assess": "assessment",
    "rdg": "reading", "mth": "math", "pct": "percent", "perc": "percent", "pctl": "percentile", "ss": "scale score",
    "scaled": "scale", "hisp": "hispanic", "amer": "american", "indic": "indicator", "qtr": "quarter",
    "birthdate": "birth date", "schoolid": "school id", "studentid": "student id", "gradelevel": "grade level",
}  # fmt: skip
# They tell one column from another only where there are two.
_SAYS_NOTHING = words("student current primary legal official local the of in or and is this home name code")


@dataclass(frozen=True)
class Concept:
    """Something that a column may hold: `means` in words, `headers` how it is named, `values` what they look like.

    `company`: it is meant only where another column could be one of these concepts.
    """

    name: str
    means: str
    values: str
    headers: tuple[str, ...]
    company: tuple[str, ...] = ()

    def fits(self, header: str) -> float:
        """How well a column's name fits, from 0 to 1: 1 where it is one of the known ways, word for word."""
        named = words_of(header)
        joined = " ".join(named)
        if joined in self.headers:
            # The way that is named first is the least in doubt.
            return 1.0 - 0.002 * self.headers.index(joined)
        told = frozenset(named) - _SAYS_NOTHING
        if not told:
            return 0.0
        for known in self.headers:
            if told == frozenset(known.split()) - _SAYS_NOTHING:
                return 0.8
        return 0.0


@cache
def concepts() -> Mapping[str, Concept]:
    """All concepts, by name."""
    return {
        name: Concept(
            name,
            entry["means"],
            entry["values"],
            tuple(" ".join(words_of(one)) for one in entry["headers"]),
            tuple(entry["with"].split("|")) if "with" in entry else (),
        )
        for name, entry in _parsed("concepts.toml").items()
    }


@cache
def document_rules() -> tuple[Mapping[str, Any], ...]:
    """The documents that a table may become, in their order; see the file for what stands in each."""
    return tuple(_parsed("documents.toml")["document"])


def words_of(header: str) -> list[str]:
    """The words of a column's name in small letters, abbreviations written out: `STU_BirthDt` is student birth date."""
    return [word for short in _split(header) for word in _SHORT.get(short, short).split()]


def _split(header: str) -> Iterator[str]:
    for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", header.replace("'", "")):
        yield part.lower()


def _parsed(name: str) -> dict[str, Any]:
    return tomllib.loads(files("homeroom.consolidate.mapping_proposal").joinpath(name).read_text(encoding="utf-8"))
