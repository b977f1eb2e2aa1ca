"""The sides of a person's record: what is asked of the record, and each row as it is shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from homeroom.access.lineage import Lineage, Origin, Value
from homeroom.access.words import words_of
from homeroom.model import RESOURCES
from homeroom.model.columns import columns, table_name

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """Rows of one kind. `question`: SQL that takes `person`, a unique id; its column `title` heads an entry, `gist`
    says it short.

    `leave_out`: columns that the title says already. `brief`: entries are shown as a line that opens. `one_with`: the
    column by which a row belongs to an entry that an earlier part of the same title made.
    """

    title: str
    nothing: str
    resource: str
    question: str
    leave_out: tuple[str, ...] = ()
    gist: Callable[[Row], str] = lambda row: ""
    brief: bool = True
    sensitive: bool = False
    one_with: str = ""


@dataclass(frozen=True)
class Entry:
    """One row of the record as shown: a heading, the row in a line, its values, and the rows that it came from."""

    title: str
    gist: str
    values: list[Value]
    origins: list[Origin]

    @property
    def sources(self) -> Sequence[str]:
        """The systems that spoke of it, the believed one first."""
        return tuple(dict.fromkeys(origin.source for origin in self.origins))

    @property
    def differs(self) -> bool:
        """Whether the sources disagree on any value."""
        return any(value.others for value in self.values)


@dataclass(frozen=True)
class Section:
    """What is held about one side of a person; `entries` may be empty. `brief`: each opens from a line."""

    title: str
    nothing: str
    entries: list[Entry]
    brief: bool
    sensitive: bool


def sections_of(held: Iterable[tuple[Part, Sequence[Row]]], lineage: Lineage, key: str) -> list[Section]:
    """The rows of each part as entries, under their titles. `key`: the column of the person whose record it is."""
    sections: dict[str, Section] = {}
    joined: dict[tuple[str, Any], Entry] = {}
    for part, rows in held:
        section = sections.setdefault(
            part.title, Section(part.title, part.nothing, [], brief=part.brief, sensitive=part.sensitive)
        )
        for row in rows:
            values = lineage.values(part.resource, row, (key, *part.leave_out))
            origins = lineage.origins(row)
            known = joined.get((part.title, row[part.one_with])) if part.one_with else None
            if known:
                known.values.extend(values)
                known.origins.extend(origins)
                continue
            entry = Entry(row.get("title") or "", part.gist(row), values, origins)
            section.entries.append(entry)
            if part.one_with:
                joined[part.title, row[part.one_with]] = entry
    return [section for section in sections.values() if section.entries or section.nothing]


def further(resource: str, told: Collection[str]) -> tuple[Part, ...]:
    """Every kind of row that names a person of `resource`, but those in `told`: nothing that is held goes unshown."""
    key = f"{table_name(resource)}_unique_id"
    return tuple(
        Part(
            "Further records",
            "",
            name,
            f"select *, '{_title(name, resource)}' as title from edfi.{table_name(name)} where {key} = %(person)s",
            sensitive=True,
        )
        for name in RESOURCES
        if name != resource and name not in told
        if any(column.name == key for column in columns(name))
    )


def in_organizations(table: str, key: str) -> str:
    """The question for the rows of `table` that tie a person to organizations, each titled by the organization."""
    return f"""
        select a.*, o.name as title from edfi.{table} as a
        left join lateral (
            select name_of_institution as name from edfi.school where school_id = a.education_organization_id
            union all select name_of_institution from edfi.local_education_agency
            where local_education_agency_id = a.education_organization_id limit 1
        ) as o on true
        where {key} = %(person)s order by a.education_organization_id
    """


def in_classes(table: str, key: str) -> str:
    """The question for the rows of `table` that tie a person to sections, each titled by what is taught there."""
    return f"""
        select a.*, coalesce(o.local_course_title, c.course_title, s.section_name, a.local_course_code) as title
        from edfi.{table} as a
        left join edfi.section as s
            using (local_course_code, school_id, school_year, session_name, section_identifier)
        left join edfi.course_offering as o using (local_course_code, school_id, school_year, session_name)
        left join edfi.course as c using (course_code, education_organization_id)
        where {key} = %(person)s order by a.school_year desc, title, a.begin_date desc
    """


def _title(name: str, resource: str) -> str:
    words = words_of(name.removeprefix(resource).removesuffix("Association")).strip()
    return words[:1].upper() + words[1:]
