"""Which rows of a resource belong to the schools of an agreement: found in the model, for each resource alike.

Whom and what a row is about is told by its key. Each student, contact, member of staff and organization that the key
names has to be within reach, as `homeroom.access.resources.reach` says who is. A row whose key names nobody, as one of
the catalogue of assessments, is everybody's where all that it can say is public. If it isn't, whoever the row names
besides has to be within reach, and somebody has to be named; where nobody can be, only who sees the whole district sees
the rows. Whoever opted out of an app is not within the reach of its agreement, whatever its extent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from psycopg import sql

from homeroom.access.agreements.terms import Extent
from homeroom.access.disclosures import SCHEMA
from homeroom.model import PrivacyClass
from homeroom.model.columns import EDUCATION_ORGANIZATION, Column, columns
from homeroom.record.shown_document import Reached

# The function that gives the ids within reach, by the kind of what a column identifies.
WITHIN_REACH = {
    "Student": "students",
    "Contact": "contacts",
    "Staff": "staff",
    EDUCATION_ORGANIZATION: "organizations",
}


# The function that gives the ids of whom an app that sees the whole district is not told all the same.
OPTED_OUT = {"Student": "opted_out", "Contact": "opted_out_contacts"}


class Rule(StrEnum):
    """Which rows of a resource who sees some schools sees, in the words of the reference."""

    BY_KEY = "those whose key names nobody and nothing out of reach"
    BY_WHOM_IT_NAMES = "those that name somebody within reach, and nobody else"
    EVERYBODYS = "all: they say nothing of any person"
    # But in a sandbox, where whoever writes them reads them.
    DISTRICT_ALONE = "none: nothing tells to which school they belong"


@dataclass(frozen=True)
class Scope:
    """The rule of a resource, and the columns that it asks."""

    rule: Rule
    columns: tuple[Column, ...] = ()
    resource: str = ""

    def condition(self, row: str = "row", extent: Extent = Extent.SCHOOLS) -> sql.Composable:
        """What a row of the table that a statement knows as `row` has to fulfil, under an agreement of that extent."""
        if extent is Extent.DISTRICT:
            return sql.SQL("true")
        if extent is Extent.WILLING:
            willing = [_willing(sql.Identifier(row, column.name), str(column.identifies)) for column in self.columns]
            return sql.SQL(" and ").join(willing) if willing else sql.SQL("true")
        if self.rule is Rule.EVERYBODYS:
            return sql.SQL("true")
        if self.rule is Rule.DISTRICT_ALONE:
            return unrestricted(self.resource)
        within = [reached(sql.Identifier(row, column.name), str(column.identifies)) for column in self.columns]
        if self.rule is Rule.BY_KEY:
            return sql.SQL(" and ").join(within)
        named = [sql.Identifier(row, column.name) for column in self.columns]
        return sql.SQL("num_nonnulls({}) > 0 and {}").format(
            sql.SQL(", ").join(named),
            sql.SQL(" and ").join(
                sql.SQL("({} is null or {})").format(name, one) for name, one in zip(named, within, strict=True)
            ),
        )


@cache
def scope_of(resource: str) -> Scope:
    """The scope of a resource. Raises KeyError where there is no such resource."""
    own = columns(resource)
    if key := tuple(column for column in own if column.key and column.identifies):
        return Scope(Rule.BY_KEY, key)
    if all(column.privacy is PrivacyClass.PUBLIC for column in own):
        return Scope(Rule.EVERYBODYS)
    if named := tuple(column for column in own if column.identifies):
        return Scope(Rule.BY_WHOM_IT_NAMES, named)
    return Scope(Rule.DISTRICT_ALONE, resource=resource)


def persons_besides(resource: str) -> tuple[Column, ...]:
    """The columns that name a person of whom the rule of the resource does not ask: they may be out of reach."""
    asked = scope_of(resource).columns
    return tuple(
        column
        for column in columns(resource)
        if column.identifies and column.identifies != EDUCATION_ORGANIZATION and column not in asked
    )


def unrestricted(resource: str) -> sql.Composed:
    """Whether rows of a resource are the app's wherever they are: in a sandbox alone."""
    return sql.SQL("{}({})").format(sql.Identifier(SCHEMA, "unrestricted"), sql.Literal(resource))


def reached(value: sql.Composable, kind: str) -> sql.Composed:
    """Whether a value that identifies somebody or something of a kind is within reach."""
    # `is true` keeps the planner from joining: so the ids are looked up in a table in memory that is made once for a
    # statement, and rows are read in the order of the page, no more of them than it needs.
    return sql.SQL("({} in (select {}())) is true").format(value, sql.Identifier(SCHEMA, WITHIN_REACH[kind]))


def _willing(value: sql.Composable, kind: str) -> sql.Composable:
    """Whether a value identifies nobody of a kind who opted out."""
    if kind not in OPTED_OUT:
        return sql.SQL("true")
    # Nobody is named where there is no value.
    return sql.SQL("({} not in (select {}())) is not false").format(value, sql.Identifier(SCHEMA, OPTED_OUT[kind]))


# Who may be named under an agreement, by its extent; None for everybody.
NAMED: Mapping[Extent, Reached | None] = {
    Extent.SCHOOLS: reached,
    Extent.DISTRICT: None,
    Extent.WILLING: _willing,
}
