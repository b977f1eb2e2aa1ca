"""The catalogue of business rules, and a district's own, read from TOML.

A rule's query is one SQL statement of PostgreSQL on the record (schema `edfi`). It gives a row for each finding with
the columns of `FINDING`: the row's `id`, the school or district it belongs to, the student it concerns, and the source
row that it was merged from. What is not known is null.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

# The columns of a finding with their types.
FINDING = {"id": "uuid", "education_organization_id": "bigint", "student_unique_id": "text", "source_row": "bigint"}

# Where the rules that come with Homeroom have their origin; a district's own have it in their file.
CATALOGUE = "homeroom"


class Severity(StrEnum):
    """How much a finding matters: reports will be wrong, reports may be wrong, or somebody should know."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True)
class BusinessRule:
    """One rule: `means` says what a finding is, `advice` how to mend it, `owner` who in a district can.

    `about` is "student" where each student's findings follow from the rows that name that student, and from tables that
    name none: then the rule can be asked about some of them.
    """

    name: str
    means: str
    advice: str
    severity: Severity
    owner: str
    domain: str
    resource: str
    query: str
    reason: str = ""
    origin: str = CATALOGUE
    about: str = ""


@dataclass(frozen=True)
class NotARule:
    """A rule of a district that can't be asked: its file, its name where it has one, and why, as a sentence."""

    file: str
    name: str
    sentence: str


# What an entry of a district may say. Nobody has looked whether each student of its query stands alone.
_WORDS = tuple(f.name for f in fields(BusinessRule) if f.name not in ("origin", "about"))


@cache
def catalogue() -> dict[str, BusinessRule]:
    """Every rule that comes with Homeroom, by name."""
    found: dict[str, BusinessRule] = {}
    for file in sorted(files("homeroom.consolidate.business_rules").iterdir(), key=lambda one: one.name):
        if not file.name.endswith(".toml"):
            continue
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        for entry in content["rule"]:
            rule = _rule({"domain": content["domain"], **entry}, CATALOGUE)
            found[rule.name] = rule
    return found


def districts_own(folder: Path) -> Iterator[BusinessRule | NotARule]:
    """The rules in a workspace's folder, file by file; what is no rule is told, and the others go on."""
    taken = set(catalogue())
    for path in sorted(folder.glob("*.toml")):
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            yield NotARule(path.name, "", f"The file {path.name} can't be read as TOML: {error}.")
            continue
        entries = content.get("rule")
        if not isinstance(entries, list):
            yield NotARule(path.name, "", f"The file {path.name} holds no [[rule]].")
            continue
        for position, entry in enumerate(entries, 1):
            if not isinstance(entry, dict):
                yield NotARule(
                    path.name, "", f"Entry {position} of rule in {path.name} is not a table: write [[rule]]."
                )
                continue
            one = _own(path.name, position, {"domain": content.get("domain", "district"), **entry})
            if isinstance(one, BusinessRule):
                if one.name in taken:
                    one = NotARule(
                        path.name, one.name, f"Another rule is called {one.name} already: give this one another."
                    )
                else:
                    taken.add(one.name)
            yield one


def _own(file: str, position: int, entry: dict[str, Any]) -> BusinessRule | NotARule:
    name = str(entry.get("name", ""))
    called = f"The rule {name or f'number {position}'} in {file}"
    missing = [word for word in _WORDS if word != "reason" and not isinstance(entry.get(word), str)]
    if missing:
        return NotARule(file, name, f"{called} does not say its {missing[0]}.")
    unknown = sorted(set(entry) - set(_WORDS))
    if unknown:
        return NotARule(file, name, f"{called} has {unknown[0]}, which no rule has.")
    if entry["severity"] not in set(Severity):
        return NotARule(file, name, f"{called} must have the severity error, warning or notice.")
    return _rule(entry, file)


def _rule(entry: dict[str, Any], origin: str) -> BusinessRule:
    return BusinessRule(**{**entry, "severity": Severity(entry["severity"]), "origin": origin})
