"""The files of OneRoster CSV 1.2, as SQL: the rows of each, with the columns of the standard, in text.

A file of whose rows the agreement names nothing is absent. Of each row can be asked besides when it was changed and of
which students it tells.
"""

from __future__ import annotations

from collections.abc import Mapping

from homeroom.access.agreements.terms import Extent
from homeroom.access.oneroster.agreed import Open, open_parts
from homeroom.access.oneroster.collections import ALL_CLASSES
from homeroom.access.oneroster.declaration import MODIFIED, Field, Kind, OneRosterClass, Version
from homeroom.access.oneroster.documents import as_text
from homeroom.access.oneroster.rows import field_value, item_value, select_rows
from homeroom.access.oneroster.users import USERS

# Files of the standard for which the record has no rows.
NEVER = (
    "classResources", "courseResources", "lineItemLearningObjectiveIds", "lineItemScoreScales",
    "resultLearningObjectiveIds", "resultScoreScales", "scoreScales", "userProfiles", "userResources",
)  # fmt: skip
_COMMON = {"sourcedId": "sourcedId", "status": "", "dateLastModified": ""}
COMMON = tuple(_COMMON)
_ROLES = "roleType role beginDate endDate orgSourcedId=org userProfileSourcedId="
# Of the rows of a file, when each was changed, and of whom it tells.
CHANGED, STUDENTS = "changed", "students"


def every_file() -> list[str]:
    """The names of all files of the standard, as its manifest has them."""
    return sorted({*(name for name, of in ALL_CLASSES.items() if of.columns), "roles", *NEVER})


def columns_of(file: str) -> tuple[str, ...]:
    """The columns of a file of which the record has rows."""
    if file == "roles":
        return (*COMMON, "userSourcedId", *(_named(word)[0] for word in _ROLES.split()))
    return (*COMMON, *(_named(word)[0] for word in ALL_CLASSES[file].columns.split()))


def opened_files(agreed: frozenset[str]) -> Mapping[str, tuple[Open, ...]]:
    """The parts of which the rows of each file are made, as far as an agreement opens them."""
    return {name: parts for name, of in ALL_CLASSES.items() if of.columns and (parts := open_parts(of, agreed))}


def rows_of_files(
    opened: Mapping[str, tuple[Open, ...]], extent: Extent, with_changes: bool = False
) -> Mapping[str, str]:
    """A question for the rows of each file, by its name; `with_changes`: with `CHANGED` and `STUDENTS` besides."""
    files = {name: _file(ALL_CLASSES[name], parts, extent, with_changes) for name, parts in opened.items()}
    roles = _roles(opened.get("users", ()), extent, with_changes)
    return files | ({"roles": roles} if roles else {})


def tells_of_students(one: Open) -> bool:
    """Whether the rows of a part tell of students."""
    return not one.part.students.startswith("null")


def shown_in(opened: Mapping[str, tuple[Open, ...]]) -> dict[str, set[str]]:
    """What files show of students, by resource."""
    shown: dict[str, set[str]] = {}
    for name, parts in opened.items():
        fields = list(ALL_CLASSES[name].fields_of(Version.V1P2).values())
        for one in filter(tells_of_students, parts):
            for resource, paths in one.elements(fields).items():
                shown.setdefault(resource, set()).update(paths)
    return shown


def _file(of: OneRosterClass, parts: tuple[Open, ...], extent: Extent, with_changes: bool) -> str:
    """The rows of a class's file."""
    fields = of.fields_of(Version.V1P2)
    columns = _COMMON | dict(_named(word) for word in of.columns.split())
    told = [
        select_rows(
            one,
            {f'"{column}"': _text(one, fields[name]) if name else "null::text" for column, name in columns.items()}
            | (_besides(one, fields[MODIFIED]) if with_changes else {}),
            "true",
            extent,
        )
        for one in parts
    ]
    return _sorted(told)


def _besides(one: Open, modified: Field) -> dict[str, str]:
    return {CHANGED: str(field_value(one, modified)), STUDENTS: f"{one.part.students}::text[]"}


def _roles(parts: tuple[Open, ...], extent: Extent, with_changes: bool) -> str:
    """The rows of `roles.csv`, one for each role of a user; its id is made of user, role and organization.

    Nothing where no role may be told.
    """
    fields = USERS.fields_of(Version.V1P2)
    roles = fields["roles"]
    inner = {part.name: part for part in roles.parts}
    told = []
    for one in parts:
        value = field_value(one, roles)
        if value is None:
            continue
        besides = _besides(one, fields[MODIFIED]) if with_changes else {}
        held = select_rows(one, {"id": one.part.id, "roles": value, **besides}, "true", extent)
        shown = {
            column: _role_text(one, roles, inner[name]) if name else "null::text"
            for column, name in map(_named, _ROLES.split())
        }
        columns = {
            "sourcedId": f"md5(jsonb_build_array(held.id, {shown['role']}, {shown['orgSourcedId']})::text)",
            "status": "null::text",
            "dateLastModified": "null::text",
            "userSourcedId": as_text(Kind.REFERENCE, "held.id"),
            **shown,
        }
        columns |= {name: f"held.{name}" for name in besides}
        listed = ", ".join(f'{text} as "{column}"' for column, text in columns.items())
        told.append(f"select {listed} from ({held}) as held, jsonb_array_elements(held.roles) as one")
    return _sorted(told) if told else ""


def _role_text(one: Open, roles: Field, inner: Field) -> str:
    return as_text(inner.kind, item_value(one, roles, inner) or f"null::{inner.kind}")


def _text(one: Open, field: Field) -> str:
    """A value as its file has it: lists with commas between their items."""
    value = field_value(one, field)
    if value is None:
        return "null::text"
    if field.kind is Kind.REFERENCES:
        return f"(select string_agg({as_text(Kind.REFERENCE, 'one')}, ',') from unnest({value}) as one)"
    if field.kind is Kind.TEXTS:
        # An item with a comma in it would be two.
        return f"(select string_agg(replace(one, ',', ''), ',') from unnest({value}) as one)"
    if field.kind is Kind.OBJECTS:
        sides = " || ':' || ".join(f"({item_value(one, field, inner)})" for inner in field.parts)
        return f"(select string_agg('{{' || {sides} || '}}', ',') from jsonb_array_elements({value}) as one)"
    return as_text(field.kind, value)


def _sorted(told: list[str]) -> str:
    return f"select * from ({' union all '.join(told)}) as told order by 1"


def _named(word: str) -> tuple[str, str]:
    """The name of a column, and the field that it holds; none where nothing stands behind the equals sign."""
    column, equals, name = word.partition("=")
    return column, name if equals else column
