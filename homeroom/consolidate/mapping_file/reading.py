"""Reads a mapping file (TOML). Whatever it says that the record or the grammar does not know is a fault, in a sentence.

    [[table]]
    file = "students*.csv"            # sheet = "Students" in a workbook
    unless = { Status = ["Deleted"] } # rows that don't count
    ignored = ["Locker"]              # columns that are known, and not read

    [table.Student]
    studentUniqueId = "student_id"
    birthDate = { column = "born", date = "%d/%m/%Y" }

    [table.StudentSchoolAssociation]
    studentReference.studentUniqueId = "student_id"
    schoolReference.schoolId = "school"
    entryDate = { value = "2025-08-18" }
    entryGradeLevelDescriptor = { column = "grade", codes = { "99" = "Ungraded" } }

Where a row is several documents of one resource, each begins with `[[table.Resource]]`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from homeroom.consolidate.mapping_file.declaration import Condition, Document, Item, Items, TableMapping, Value
from homeroom.errors import CannotRun
from homeroom.model.columns import columns, own_path
from homeroom.model.declaration import RESOURCES, Collection, Field, Member, Reference

_OF_A_TABLE = ("file", "sheet", "where", "unless", "ignored")
_OF_A_VALUE = ("column", "value", "join", "between", "match", "date", "codes", "otherwise", "through")
_CONDITIONS = ("where", "unless")


def read_mapping(file: Path) -> tuple[TableMapping, ...]:
    """The mapping that a file holds. Raises CannotRun with the first fault and its place."""
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise CannotRun(f"{file} can't be read: {problem}. Mend that line and run again.") from problem
    except OSError as problem:
        raise CannotRun(
            f"There is no mapping at {file} ({problem.strerror}). homeroom map NAME FILE proposes one."
        ) from problem
    return mapping_of(document, file)


def mapping_of(document: Mapping[str, Any], file: Path) -> tuple[TableMapping, ...]:
    """The mapping that a parsed file holds. Raises CannotRun with the first fault and its place."""
    reader = _Reader(file)
    tables = document.get("table")
    if set(document) != {"table"} or not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise reader.fault("it has to be a list of tables, each beginning with [[table]] in two pairs of brackets")
    return tuple(reader.table(one, number) for number, one in enumerate(tables, 1))


class _Reader:
    def __init__(self, file: Path) -> None:
        self._file = file

    def fault(self, what: str) -> CannotRun:
        return CannotRun(f"{self._file}: {what}. Mend it and run again.")

    def table(self, given: Mapping[str, Any], number: int) -> TableMapping:
        where = f"table {number}"
        file, sheet = given.get("file"), given.get("sheet")
        if not isinstance(file, str) or not file:
            raise self.fault(f'{where} does not say of which files it is: file = "students*.csv"')
        where = f"table {number} ({file})"
        if sheet is not None and not isinstance(sheet, str):
            raise self.fault(f'the sheet of {where} has to be a name in quotation marks: sheet = "Students"')
        ignored = given.get("ignored", [])
        if not isinstance(ignored, list) or not all(isinstance(name, str) for name in ignored):
            raise self.fault(f'ignored of {where} has to be a list of columns: ignored = ["Locker"]')
        documents: list[Document] = []
        for resource, entries in given.items():
            if resource not in _OF_A_TABLE:
                for entry in entries if isinstance(entries, list) else [entries]:
                    documents.append(self._document(resource, entry, where))
        if not documents:
            raise self.fault(f"{where} does not say what its rows become: [table.Student], and below it the fields")
        return TableMapping(file, sheet, self._condition(given, where), tuple(documents), tuple(ignored))

    def _document(self, resource: str, given: Any, where: str) -> Document:
        if resource not in RESOURCES:
            raise self.fault(f"{where} names {resource}, which is no resource of Ed-Fi{_near(resource, RESOURCES)}")
        if not isinstance(given, dict):
            raise self.fault(f"{resource} in {where} has to be a table: [table.{resource}], and below it its fields")
        item = self._item(RESOURCES[resource].members, given, f"{resource} in {where}")
        said = set(_paths(item))
        for column in columns(resource):
            if column.key and not said & set(column.paths):
                raise self.fault(
                    f"{resource} in {where} lacks {own_path(resource, column)}, which is a part of its key"
                )
        return Document(resource, item)

    def _item(self, members: Mapping[str, Member], given: Mapping[str, Any], where: str) -> Item:
        values: dict[str, Value | Items | Mapping[str, Value]] = {}
        for name, said in given.items():
            if name in _CONDITIONS:
                continue
            if name not in members:
                raise self.fault(f"{where} has no field {name}{_near(name, members)}")
            values[name] = self._member(members[name], said, f"{name} of {where}")
        return Item(values, self._condition(given, where))

    def _member(self, member: Member, said: Any, where: str) -> Value | Items | Mapping[str, Value]:
        if isinstance(member, Field):
            return self._value(said, where)
        if isinstance(member, Reference):
            parts = [part for part, _ in member.parts]
            if not isinstance(said, dict) or not said:
                raise self.fault(f"{where} has to say its parts: {', '.join(parts)}")
            for part in said:
                if part not in parts:
                    raise self.fault(f"{where} has no part {part}{_near(part, parts)}")
            return {part: self._value(value, f"{part} of {where}") for part, value in said.items()}
        return self._items(member, said, where)

    def _items(self, member: Collection, said: Any, where: str) -> Items:
        entries = said if isinstance(said, list) else [said]
        if not entries or not all(isinstance(entry, dict) for entry in entries) or (member.single and len(entries) > 1):
            many = "one table in braces" if member.single else "a list of tables in braces"
            raise self.fault(f"{where} has to be {many}")
        items = tuple(self._item(member.element.members, entry, where) for entry in entries)
        return Items(items, member.single)

    def _value(self, said: Any, where: str) -> Value:
        if isinstance(said, str):
            return Value(columns=(said,))
        if not isinstance(said, dict):
            raise self.fault(f'{where} has to name a column in quotation marks, or a table such as {{ value = "..." }}')
        for word in said:
            if word not in _OF_A_VALUE:
                raise self.fault(f"{where} says {word}, which means nothing here{_near(word, _OF_A_VALUE)}")
        if sum(word in said for word in ("column", "value", "join")) != 1:
            raise self.fault(f"{where} has to have one of column, value and join")
        named = said.get("column", [])
        names = named if isinstance(named, list) else [named]
        texts = [said.get(word) for word in ("between", "match", "date", "otherwise", "through")]
        if not all(isinstance(text, str) for text in [*names, *(text for text in texts if text is not None)]):
            raise self.fault(f"{where} has something that is no text in quotation marks")
        parts = said.get("join", [])
        if not isinstance(parts, list):
            raise self.fault(f'the join of {where} has to be a list of columns: join = ["id", "date"], between = "-"')
        return Value(
            columns=tuple(names),
            constant=None if "value" not in said else str(said["value"]),
            parts=tuple(self._value(part, where) for part in parts),
            between=said.get("between", ""),
            match=self._pattern(said.get("match"), where),
            date=said.get("date"),
            codes=self._codes(said.get("codes", {}), where),
            otherwise=said.get("otherwise"),
            through=said.get("through"),
        )

    def _pattern(self, match: str | None, where: str) -> str | None:
        if match is None:
            return None
        try:
            groups = re.compile(match).groups
        except re.error as problem:
            raise self.fault(f"the match of {where} is no regular expression: {problem}") from problem
        if groups != 1:
            raise self.fault(f"the match of {where} needs one group, in parentheses: what it matches is the value")
        return match

    def _codes(self, codes: Any, where: str) -> Mapping[str, str]:
        if not isinstance(codes, dict) or not all(isinstance(meaning, str) for meaning in codes.values()):
            raise self.fault(f'the codes of {where} have to be a table: codes = {{ "1" = "Male", "2" = "Female" }}')
        return {code.strip().lower(): meaning for code, meaning in codes.items()}

    def _condition(self, given: Mapping[str, Any], where: str) -> Condition:
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for word in _CONDITIONS:
            table = given.get(word, {})
            if not isinstance(table, dict):
                raise self.fault(f'{word} of {where} has to be a table: {word} = {{ Status = ["Active"] }}')
            found[word] = {}
            for column, values in table.items():
                several = values if isinstance(values, list) else [values]
                if not all(isinstance(value, str) for value in several):
                    raise self.fault(f"{word} of {where} has a value that is no text in quotation marks")
                found[word][column] = tuple(value.strip().lower() for value in several)
        return Condition(found["where"], found["unless"])


def _paths(item: Item) -> list[str]:
    """The paths of a document's single values and references' parts."""
    paths: list[str] = []
    for name, value in item.values.items():
        if isinstance(value, Value):
            paths.append(name)
        elif not isinstance(value, Items):
            paths.extend(f"{name}.{part}" for part in value)
    return paths


def _near(word: str, known: Any) -> str:
    close = get_close_matches(word, list(known), n=1)
    return f" (perhaps {close[0]} is meant)" if close else ""
