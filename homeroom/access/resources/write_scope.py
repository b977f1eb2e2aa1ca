"""Which rows of a resource an app may write under its agreement, in the terms of `homeroom.access.resources.scope`.

Whom and what the key names has to be within reach, as for reading. What belongs to everybody is written by whoever owns
its namespace; and what has none, or of which nothing tells to which school it belongs, under an agreement for the whole
district alone.
"""

from __future__ import annotations

from psycopg import sql

from homeroom.access.claim_sets.agreed import may_be_unrestricted
from homeroom.access.disclosures import SCHEMA
from homeroom.access.resources.namespaces import namespace_column
from homeroom.access.resources.scope import Rule, scope_of, unrestricted
from homeroom.access.resources.write_reach import PERSONS, WRITER, reaches

_WHOLE_DISTRICT = sql.SQL("{}()").format(sql.Identifier(SCHEMA, "whole_district"))


def may_be_written(resource: str, row: str) -> sql.Composable:
    """What a row of the table that a statement knows as `row` has to fulfil, before it is written and afterwards."""
    return _or_unrestricted(resource, _within(resource, row))


def _within(resource: str, row: str) -> sql.Composable:
    if column := namespace_column(resource):
        return sql.SQL("{}({})").format(sql.Identifier(SCHEMA, "within_namespace"), sql.Identifier(row, column))
    return _reached(resource, row)


def may_be_named(resource: str, row: str) -> sql.Composable:
    """What a row has to fulfil that another one refers to: what is everybody's anybody may name."""
    return sql.SQL("true") if scope_of(resource).rule is Rule.EVERYBODYS else _reached(resource, row)


def seen_while_writing(resource: str, row: str) -> sql.Composable:
    """Which rows the database shows to whoever writes: besides, a person whom they are creating."""
    named = may_be_named(resource, row)
    if resource not in PERSONS:
        return _or_unrestricted(resource, named)
    return sql.SQL("({} or {} = current_setting({}, true))").format(
        named, sql.Identifier(row, "written_by"), sql.Literal(WRITER)
    )


def may_be_new(resource: str, row: str) -> sql.Composable:
    """What a new row has to fulfil: anybody can turn up whom the agreement's schools don't know yet."""
    return sql.SQL("true") if resource in PERSONS else may_be_written(resource, row)


def _or_unrestricted(resource: str, condition: sql.Composable) -> sql.Composable:
    if resource not in may_be_unrestricted():
        return condition
    return sql.SQL("({} or {})").format(condition, unrestricted(resource))


def _reached(resource: str, row: str) -> sql.Composable:
    scope = scope_of(resource)
    if scope.rule is Rule.EVERYBODYS or scope.rule is Rule.DISTRICT_ALONE:
        return _WHOLE_DISTRICT
    within = [reaches(sql.Identifier(row, column.name), str(column.identifies)) for column in scope.columns]
    if scope.rule is Rule.BY_KEY:
        return sql.SQL(" and ").join(within)
    named = [sql.Identifier(row, column.name) for column in scope.columns]
    each = sql.SQL(" and ").join(
        sql.SQL("({} is null or {})").format(name, one) for name, one in zip(named, within, strict=True)
    )
    return sql.SQL("({} or num_nonnulls({}) > 0 and {})").format(_WHOLE_DISTRICT, sql.SQL(", ").join(named), each)
