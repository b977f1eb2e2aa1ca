"""The one statement that writes a document: the row, the check of its codes, the note of the write, all or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from psycopg import sql

from homeroom.access.resources.tables import CHANGED, CREATED
from homeroom.access.resources.writer import noted
from homeroom.record.descriptors import UNKNOWN
from homeroom.record.upsert import insert_or_change

# So many statements are kept as they were made: agreements let a few resources be written.
_KEPT = 500


@dataclass(frozen=True)
class Statement:
    """A statement as PostgreSQL takes it, and the names of its parameters in their order.

    To put it together anew each time, and to look for its parameters, took as long as all else that a write takes.
    """

    text: str
    names: tuple[str, ...]

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """The parameters in their order."""
        return [given[name] for name in self.names]


@lru_cache(_KEPT)
def write_statement(resource: str, written: tuple[str, ...], given_id: bool = False) -> Statement:
    """It gives one row: whether the document may be written, and, where the record did not say the same already, the
    row's id, its change version and whether it is new. `written`: the columns that are; `given_id`: a new row has the
    id of the parameter `id`.

    Its parameters are those of `insert_or_change` and `UNKNOWN`, and the writer's settings.
    """
    guards = [sql.SQL("not exists ({})").format(UNKNOWN)]
    also: list[sql.Composable] = []
    if resource == "Student":
        guards.append(sql.SQL("access.may_name_student(%(student_unique_id)s)").format())
        also.append(_NEW_STUDENT)
    what = sql.SQL("case when created then {} else {} end").format(sql.Literal(CREATED), sql.Literal(CHANGED))
    composed = sql.SQL(
        "with guard as materialized (select {guards} as ok), written as ({written}), noted as ({noted}){also}"
        " select guard.ok, written.id, change_version, created from guard left join written on true"
    ).format(
        guards=sql.SQL(" and ").join(guards),
        written=insert_or_change(resource, written, sql.SQL("(select ok from guard)"), given_id),
        noted=noted(sql.SQL("id"), what, resource, sql.SQL("written")),
        also=sql.SQL("").join(also),
    )
    return _numbered(composed.as_string(None))


def _numbered(text: str) -> Statement:
    names = tuple(dict.fromkeys(re.findall(r"%\((\w+)\)s", text)))
    places = {name: f"${number}" for number, name in enumerate(names, 1)}
    return Statement(re.sub(r"%\((\w+)\)s", lambda found: places[found[1]], text), names)


# The next run links a student whom an app created as it links the rows of sources: so whom a system delivers later has
# the id that the app gave.
_NEW_STUDENT = sql.SQL(
    """, known as (
        insert into consolidation.created_identity
            (unique_id, kind, first_name, middle_name, last_name, suffix, birth_date, agreement, created_by)
        select %(student_unique_id)s, 'Student', %(first_name)s, %(middle_name)s, %(last_surname)s,
            %(generation_code_suffix)s, %(birth_date)s, %(_agreement)s, %(_written_by)s
        from written where created on conflict do nothing
    )"""
)
