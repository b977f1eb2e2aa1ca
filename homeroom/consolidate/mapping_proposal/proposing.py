"""From what the columns of a table seem to hold to the documents that its rows become, and to what has to be asked."""

from __future__ import annotations

import re
from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from homeroom.consolidate.clean.numbers import clean_boolean
from homeroom.consolidate.database import connect, literal
from homeroom.consolidate.mapping_proposal.assessment_documents import assessment_parts, level_items, score_items
from homeroom.consolidate.mapping_proposal.column_evidence import share
from homeroom.consolidate.mapping_proposal.concepts import concepts, document_rules
from homeroom.consolidate.mapping_proposal.guessing import SURE, Guesses, columns_of, guess
from homeroom.sources.csv_files import file_of
from homeroom.sources.delivery import LandedTable

# How a whole name is parted: the last name before a comma, or behind the last blank.
_NAME_PARTS = {
    "full name first": ("full name", r",\s*(\S+)"),
    "full name last": ("full name", r"^\s*([^,]+?)\s*,"),
    "full name in order first": ("full name in order", r"^\s*(\S+)"),
    "full name in order last": ("full name in order", r"(\S+)\s*$"),
}
# What a person may say for all rows, with the words to ask for it.
ASKED = {
    "school year": "School year, by the year in which it ends",
    "first day": "First day of the school year",
    "last day": "Last day of the school year",
}
_YES = ("Y", "Yes", "True", "1")
_SHOWN = 6


@dataclass(frozen=True)
class District:
    """What a proposal takes for given where no column says it.

    `given`: what a person has said instead, by the names in ASKED; it is no doubt any more.
    """

    source: str
    name: str
    today: date
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def school_year(self) -> int:
        """The year in which the present school year ends; a new one begins in July."""
        return self.today.year + (self.today.month >= 7)

    def default(self, of: str) -> str:
        """The value that stands for `of` in documents.toml."""
        year = self.school_year
        known = {
            "first day": f"{year - 1}-08-15",
            "last day": f"{year}-06-15",
            "school year": str(year),
            "whole year": f"{year - 1}-{year}",
            "district": self.name,
            "source": self.source,
            "namespace": f"uri://{self.source}",
        }
        return self.given.get(of) or known.get(of, of)


@dataclass(frozen=True)
class TableProposal:
    """What is proposed for one table: the `mapping`, as a mapping file has it under [[table]], what the columns were
    taken for, the `doubts`, each a sentence for a person, and the names in ASKED that stand for all of its rows."""

    table: str
    guesses: Guesses
    mapping: Mapping[str, Any]
    doubts: tuple[str, ...]
    asked: tuple[str, ...] = ()


def propose(
    tables: Sequence[LandedTable], district: District, chosen: Mapping[str, Mapping[str, str]] | None = None
) -> list[TableProposal]:
    """What is proposed for each landed table. `chosen`: for tables by name, what a person said of columns.

    A table of which nothing is understood is there with a mapping that has no documents.
    """
    ordered = sorted(tables, key=lambda one: one.name)
    with connect() as connection:
        guessed = [
            guess(
                columns_of(connection, f"(from {literal(table.path)})"), district.today, (chosen or {}).get(table.name)
            )
            for table in ordered
        ]
    listed = any({"school id", "school name"} <= one.names for one in guessed)
    return [_of_one(table.name, found, district, listed) for table, found in zip(ordered, guessed, strict=True)]


def _of_one(name: str, guesses: Guesses, district: District, schools_are_listed: bool) -> TableProposal:
    draft = _Draft(
        guesses, district, {"School"} if schools_are_listed and "school name" not in guesses.names else set()
    )
    documents = draft.documents()
    file, sheet = file_of(name)
    mapping: dict[str, Any] = {"file": file.rpartition("/")[2]}
    if sheet is not None:
        mapping["sheet"] = sheet
    ignored = [column.name for column in guesses.columns if column.name not in draft.read]
    if ignored:
        mapping["ignored"] = ignored
    return TableProposal(
        name, guesses, {**mapping, **documents}, tuple(dict.fromkeys(draft.doubts)), tuple(draft.asked)
    )


class _Draft:
    def __init__(self, guesses: Guesses, district: District, elsewhere: Some[str]) -> None:
        """`elsewhere`: the resources that another table of the delivery is a better source of."""
        self._guesses, self._district, self._elsewhere = guesses, district, elsewhere
        self._columns = {name: one.column for name, one in guesses.found.items()}
        filled = {column.name for column in guesses.columns if column.filled}
        # What nobody fills is no reason to propose a document.
        self._filled = {name for name in guesses.names if name == "score" or guesses.found[name].column in filled}
        self.doubts: list[str] = []
        self.asked: dict[str, None] = {}
        self.read: set[str] = set()
        if "school id" not in self._filled and "school name" in self._filled:
            self._filled.add("school id")
            self._columns["school id"] = self._columns["school name"]
            self.doubts.append(
                "No column has the school's number or code: its name stands for it, so that other sources have to name "
                "the school alike."
            )

    def documents(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for rule in document_rules():
            resource = rule["resource"]
            missing = [need for need in rule["needs"] if not self._any(need)]
            if resource in self._elsewhere:
                continue
            if not missing and not any(map(self._any, rule.get("unless", ()))):
                made[resource] = self._fields(rule["fields"])
                continue
            meant = self._any(rule["needs"][0]) and not any(map(self._any, rule.get("unless", ())))
            if meant and len(missing) == 1 and len(rule["needs"]) > 2:
                self._doubt_missing(resource, missing[0], made)
        if self._guesses.scores:
            made |= assessment_parts(self._guesses, made.get("StudentAssessment", {}))
            self.read |= {score.column for score in self._guesses.scores}
            self.read |= {level.column for level in self._guesses.levels}
        self._doubt_guesses()
        return made

    def _any(self, alternatives: str) -> bool:
        return any(name in self._filled for name in alternatives.split("|"))

    def _fields(self, given: Mapping[str, Any]) -> dict[str, Any]:
        made = {name: self._field(name, value) for name, value in given.items() if name not in ("if", "needs")}
        return {name: value for name, value in made.items() if value not in (None, {}, [])}

    def _field(self, name: str, given: Any) -> Any:
        if isinstance(given, str):
            return self._column(given)
        if isinstance(given, list):
            return [item for one in given if (item := self._item(one))]
        if "value" in given:
            return {"value": self._district.default(given["value"])}
        if "scores" in given:
            return score_items(self._guesses.scores, "")
        if "levels" in given:
            return level_items(self._guesses.levels, "")
        if "join" in given:
            parts = [column for one in given["join"] if (column := self._column(one))]
            return {"join": parts, "between": "-"} if parts else None
        if "concept" in given or "default" in given:
            return self._with_default(name, given)
        return self._fields(given)

    def _item(self, given: Mapping[str, Any]) -> dict[str, Any] | None:
        """One item of a collection; None where no column says anything of it."""
        if "needs" in given and not self._any(given["needs"]):
            return None
        flag = given.get("if")
        if flag is not None:
            column = self._column(flag)
            return {**self._fields(given), "where": {column: self._yes(column)}} if isinstance(column, str) else None
        fields = self._fields(given)
        constant = all(isinstance(value, dict) and {"value", "default"} & set(value) for value in given.values())
        return fields if constant or _reads(fields) else None

    def _column(self, alternatives: str) -> Any:
        named = [_NAME_PARTS.get(name, (name, None)) for name in alternatives.split("|")]
        for concept, match in sorted(named, key=lambda one: one[0] not in self._filled):
            if concept in self._columns:
                column = self._columns[concept]
                self.read.add(column)
                self._doubt_codes(concept, column)
                return column if match is None else {"column": column, "match": match}
        return None

    def _with_default(self, name: str, given: Mapping[str, Any]) -> Any:
        column = self._column(given["concept"]) if "concept" in given else None
        if column is not None:
            extras = {word: given[word] for word in ("codes", "otherwise") if word in given}
            if "through" in given and (last := self._column(given["through"])):
                extras["through"] = last
            return {"column": column, **extras} if extras else column
        if "default" not in given:
            return None
        value = self._district.default(given["default"])
        if given["default"] in ASKED:
            self.asked[given["default"]] = None
        if given["default"] == "district" or given["default"] in self._district.given:
            return {"value": value}
        self.doubts.append(f"No column says {_in_words(name)}: {value} stands there for every row. Put what is right.")
        return {"value": value}

    def _yes(self, column: str) -> list[str]:
        values = next(one.distinct for one in self._guesses.columns if one.name == column)
        found = [value for value in values if clean_boolean(value).value == "true"]
        return found or list(_YES)

    def _doubt_codes(self, concept: str, column: str) -> None:
        kind = concepts()[concept].values
        if not kind.endswith("Descriptor") or kind == "AttendanceEventCategoryDescriptor":
            return
        held = next(one for one in self._guesses.columns if one.name == column)
        today = self._district.today
        strange = [value for value in held.distinct if not share(replace(held, distinct=(value,)), kind, today)]
        if strange:
            listed = ", ".join(f'"{value}"' for value in strange[:_SHOWN]) + (" ..." if len(strange) > _SHOWN else "")
            self.doubts.append(
                f"The column {column} has codes that are not understood: {listed}. Say in the mapping file, under "
                "codes, what they mean."
            )

    def _doubt_missing(self, resource: str, need: str, made: Mapping[str, Any]) -> None:
        if resource not in made:
            meant = " or ".join(concepts()[one].means for one in need.split("|") if one in concepts())
            self.doubts.append(f"No {resource} is proposed: no column was found for {meant}.")

    def _doubt_guesses(self) -> None:
        for one in self._guesses.found.values():
            if one.column not in self.read:
                continue
            meant = concepts()[one.concept].means
            held = next(column for column in self._guesses.columns if column.name == one.column)
            if not held.filled:
                self.doubts.append(f"The column {one.column} is empty here: by its name it was taken for {meant}.")
            elif one.rivals:
                self.doubts.append(
                    f"{one.column} was taken for {meant}; it could as well be {' or '.join(one.rivals[:3])}."
                )
            elif one.score < SURE:
                self.doubts.append(f"{one.column} was taken for {meant}, which is not certain.")


def _reads(made: Any) -> bool:
    """Whether a part of a document is read from any column."""
    if isinstance(made, dict):
        return "column" in made or any(_reads(value) for word, value in made.items() if word != "value")
    return any(map(_reads, made)) if isinstance(made, list) else isinstance(made, str)


def _in_words(field: str) -> str:
    return "the " + re.sub(r"(?<=[a-z])(?=[A-Z])", " ", field).lower().removesuffix(" descriptor")
