"""What a business rule found the last time stands where nothing that it reads has changed since.

Which tables a rule reads is told by its query, and what has changed in them by their change versions. A rule that is
about each student by themselves is asked again about those alone in whose rows something has changed. That holds for
the catalogue, whose queries we know; what a district's own rules read besides is not known, and they are asked anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import psycopg
from psycopg import sql

from homeroom.consolidate.business_rules.catalogue import CATALOGUE, BusinessRule
from homeroom.model import RESOURCES
from homeroom.model.columns import key_columns, table_name
from homeroom.record.identifiers import SCHEMA

# Of more than so many students all are asked about at once.
MOST_ASKED_AGAIN = 0.25
STUDENT = "student"
_ID = "student_unique_id"
_TABLE = re.compile(r"\bedfi\.(\w+)")
# What a query gives by these can change though no row does.
_ELSEWHERE = re.compile(r"\b(consolidation|access)\.|\bcurrent_|\bnow\s*\(")


@dataclass(frozen=True)
class Standing:
    """The rules' answers as they were kept last: those of `queries`, by name, had seen the record up to
    `change_version`; since then rows of the tables `changed` have changed, and keys of the tables `renamed`.

    `students`: how many the record has.
    """

    change_version: int
    queries: Mapping[str, str]
    changed: frozenset[str]
    renamed: frozenset[str]
    students: int

    def known(self, rule: BusinessRule) -> bool:
        """Whether all that the rule found is kept, and it tells which tables it reads."""
        if rule.origin != CATALOGUE or self.queries.get(rule.name) != rule.query or _ELSEWHERE.search(rule.query):
            return False
        return tables_read(rule) <= _with_change_versions().keys()

    def holds(self, rule: BusinessRule) -> bool:
        """Whether nothing that the rule reads has changed."""
        return self.known(rule) and not tables_read(rule) & (self.changed | self.renamed)

    def holds_of_others(self, rule: BusinessRule) -> bool:
        """Whether all that has changed is in rows that name a student about whom the rule can be asked again."""
        if rule.about != STUDENT or not self.known(rule) or tables_read(rule) & self.renamed:
            return False
        return tables_read(rule) & self.changed <= _naming_students()


def tables_read(rule: BusinessRule) -> frozenset[str]:
    """The tables of the record that a rule's query names."""
    return frozenset(_TABLE.findall(rule.query))


def read_standing(record: psycopg.Connection) -> Standing | None:
    """The answers that were kept last, where there are any; an answer of which not all was kept is none."""
    kept = record.execute(
        """
        select name, query, change_version from consolidation.business_rule as rule
        where failure is null and query is not null and change_version is not null
            and (select count(*) from consolidation.business_rule_finding as found where found.rule = rule.name)
                = (select findings from consolidation.business_rule_count as counted where counted.rule = rule.name
                    order by run_id desc limit 1)
        """
    ).fetchall()
    if not kept:
        return None
    version = min(version for _, _, version in kept)
    tables = sorted(_with_change_versions())
    changed = sql.SQL(" union all ").join(
        sql.SQL("select {} where exists (select from {} where change_version > {})").format(
            sql.Literal(table), sql.Identifier(SCHEMA, table), sql.Literal(version)
        )
        for table in tables
    )
    logged = sql.SQL("select distinct resource from {} where change_version > {}")
    deleted, renamed = (
        {table_name(resource) for (resource,) in record.execute(logged.format(log, sql.Literal(version))).fetchall()}
        for log in (sql.Identifier(SCHEMA, "tombstone"), sql.Identifier(SCHEMA, "key_change"))
    )
    written = {table for (table,) in record.execute(changed).fetchall()}
    (students,) = record.execute("select count(*) from edfi.student").fetchone() or (0,)
    return Standing(
        version, {name: query for name, query, _ in kept}, frozenset(written | deleted), frozenset(renamed), students
    )


def gather_touched(record: psycopg.Connection, rule: BusinessRule, standing: Standing) -> int:
    """The temporary table `touched` of the students in whose rows, of the tables that `rule` reads, something changed.

    It ends with the transaction. Returns how many they are.
    """
    naming = sorted(tables_read(rule) & _naming_students())
    since = sql.Literal(standing.change_version)
    changed = [
        sql.SQL("select {} from {} where change_version > {}").format(
            sql.Identifier(_ID), sql.Identifier(SCHEMA, table), since
        )
        for table in naming
    ]
    changed.append(
        sql.SQL(
            "select key_values ->> 'studentUniqueId' from {} where resource = any({}) and change_version > {}"
        ).format(
            sql.Identifier(SCHEMA, "tombstone"), sql.Literal([_with_change_versions()[one] for one in naming]), since
        )
    )
    record.execute(
        sql.SQL("create temporary table touched on commit drop as select distinct {id} from ({every}) as one").format(
            id=sql.Identifier(_ID), every=sql.SQL(" union all ").join(changed)
        )
    )
    # Without it the plans take the table for large.
    record.execute("analyze touched")
    row = record.execute("select count(*) from touched").fetchone()
    return int(row[0]) if row else 0


def query_of_touched(rule: BusinessRule) -> str:
    """The rule's query, about the students in `touched` alone."""
    naming = _naming_students()

    def of_touched(found: re.Match[str]) -> str:
        if found[1] not in naming:
            return found[0]
        return f"(select * from {found[0]} where {_ID} in (select {_ID} from touched))"

    return _TABLE.sub(of_touched, rule.query)


def findings_that_stand(rule: BusinessRule, of_others: bool = False) -> str:
    """SQL of what a rule found the last time, in the columns of a finding; `of_others`: but of those in `touched`.

    Where a row came from may have become another place without a change of what it says.
    """
    others = f"and kept.{_ID} not in (select {_ID} from touched)" if of_others else ""
    return f"""
        select kept.id, kept.education_organization_id, kept.{_ID}, found.source_rows[1] as source_row
        from consolidation.business_rule_finding as kept
        join {SCHEMA}.{table_name(rule.resource)} as found using (id) where kept.rule = '{rule.name}' {others}
    """


@cache
def _with_change_versions() -> dict[str, str]:
    """The resource of each table whose rows tell when they changed."""
    return {table_name(resource): resource for resource in RESOURCES}


@cache
def _naming_students() -> frozenset[str]:
    """The tables whose rows are each of one student, ever the same."""
    return frozenset(table for table, resource in _with_change_versions().items() if _ID in key_columns(resource))
