"""How a class of OneRoster is declared: its fields, once, and of which rows of the record their values are made.

From a declaration come the JSON of the REST services, what can be selected, filtered and sorted by, the description in
OpenAPI, and the columns of the CSV files. OneRoster 1.1 and 1.2 differ in the fields that they have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

# A resource in the SQL of a declaration.
IN_BRACES = re.compile(r"\{([A-Z]\w+)\}")


class Version(StrEnum):
    """A version of the standard."""

    V1P1 = "1.1"
    V1P2 = "1.2"


BOTH = frozenset(Version)
ONLY_1P1 = frozenset({Version.V1P1})
ONLY_1P2 = frozenset({Version.V1P2})


class Kind(StrEnum):
    """What a field holds, and of which type its value in the database is."""

    TEXT = "text"
    DATE = "date"
    MOMENT = "timestamptz"
    # The standard writes truths as text.
    TRUTH = "boolean"
    NUMBER = "numeric"
    TEXTS = "text[]"
    REFERENCE = "uuid"
    REFERENCES = "uuid[]"
    # A list of objects whose parts are declared.
    OBJECTS = "jsonb"


@dataclass(frozen=True)
class Field:
    """One field. `to`: the class to which a reference leads; `parts`: those of the objects in a list.

    `value`: under which name the parts of the record give its value, where that is not the field's own.
    """

    name: str
    kind: Kind = Kind.TEXT
    to: str = ""
    parts: tuple[Field, ...] = ()
    versions: frozenset[Version] = BOTH
    required: bool = False
    value: str = ""

    @property
    def given_as(self) -> str:
        return self.value or self.name


@dataclass(frozen=True)
class Value:
    """An SQL expression, and the elements of the Ed-Fi model of which it is made (`Student.firstName`).

    It is read only where an agreement names all of them. A word that stands for every row is made of none.
    """

    sql: str
    made_of: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Part:
    """Rows of the record that are objects of a class: those of one resource.

    In SQL a resource in braces, `{Student}`, stands for those of its rows that are within reach. `rows` is what follows
    `from`, and calls a row `row`. `joins` are added, by the name under which SQL knows them, where a value speaks of
    it; `gathered` are queries that are asked once for a whole page, in which `{chosen}` stands for the ids of its rows.

    `values`: by name; of several the first that is agreed and not null. `modified`: when something of a row was
    changed, by the resource that was. `students`: an array of the students whom a row tells about.

    `words`: by the path that a filter names (`roles.role`), all words that a value can be, or, with a colon at its end,
    how it can begin. `sought`: by such a path, whether a row has an item that equals `{value}`, where that is found
    for all rows faster than the items are told; of several the first that is agreed, as for `values`. `changed_since`:
    by the resources of `modified`, whether something of it was changed at `{since}` or later.
    """

    resource: str
    rows: str
    values: Mapping[str, tuple[Value, ...]]
    students: str = "null::text[]"
    joins: Mapping[str, str] = field(default_factory=dict)
    gathered: Mapping[str, str] = field(default_factory=dict)
    modified: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sought: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    changed_since: Mapping[str, str] = field(default_factory=dict)
    id: str = "row.id"
    # Whether `id` is that of a row of the record, whose deletion is known.
    is_row: bool = True

    @property
    def changes(self) -> Mapping[str, str]:
        return {self.resource: "row.last_modified", **self.modified}

    def can_be(self, path: str, word: str) -> bool:
        """Whether what a filter names can be a word."""
        words = self.words.get(path)
        return words is None or any(word == one or (one.endswith(":") and word.startswith(one)) for one in words)


@dataclass(frozen=True, eq=False)
class OneRosterClass:
    """A class. `name`: that of its collection; `single`: of one object, and of the type of a reference to it.

    `columns`: those of its CSV file, each with the field that it holds behind an equals sign where that has another
    name; nothing behind it where the record holds none.
    """

    name: str
    single: str
    service: str
    fields: tuple[Field, ...]
    parts: tuple[Part, ...]
    columns: str = ""
    versions: frozenset[Version] = BOTH

    def fields_of(self, version: Version) -> Mapping[str, Field]:
        """The fields that a version has, by name, those that every object has first."""
        return {one.name: one for one in (*COMMON, *self.fields) if version in one.versions}


SOURCED_ID, STATUS, MODIFIED = "sourcedId", "status", "dateLastModified"
COMMON = (
    Field(SOURCED_ID, Kind.REFERENCE, required=True),
    Field(STATUS, required=True),
    Field(MODIFIED, Kind.MOMENT, required=True),
)


def only(sql: str, *made_of: str) -> tuple[Value, ...]:
    """The only way to make a value."""
    return (Value(sql, made_of),)


def of(resource: str, *paths: str) -> tuple[str, ...]:
    """Elements of one resource."""
    return tuple(f"{resource}.{path}" for path in paths)
