"""The rules that a district's data must keep: each is data, with a name, a sentence and what to do about it.

`rules.toml` holds them. Some are broken by a single value and are told by cleaning; the others are questions to whole
tables, asked by `check` of one source's cleaned tables or of a merged batch. What the model requires of a row is asked
where rows of several sources have become one.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

import duckdb
import pyarrow as pa


class Severity(StrEnum):
    """What a broken rule means: the row is not published, the value is set aside, or a person should know of it."""

    ROW = "row"
    VALUE = "value"
    NOTICE = "notice"


@dataclasses.dataclass(frozen=True)
class Rule:
    """One rule. `sentence` says what is wrong (`{field}` stands for the field's name), `advice` what to do about it.

    A rule for `check` has a `query`: SQL that gives the `source_row` of each row that breaks it, with the tables it
    reads as `{Resource}`, and `needs`, the columns it reads of each. `resource` and `field` say what is set aside.
    `about`: a column of the model; where a table has it, no rows with another value there decide about a row.
    """

    name: str
    sentence: str
    advice: str
    severity: Severity
    resource: str | None = None
    field: str | None = None
    query: str | None = None
    needs: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    about: str | None = None


@cache
def rules() -> dict[str, Rule]:
    """Every rule that is written down, by name."""
    text = files("homeroom.consolidate.rules").joinpath("rules.toml").read_text(encoding="utf-8")
    found = {}
    for entry in tomllib.loads(text)["rule"]:
        needs = {resource: tuple(names) for resource, names in entry.pop("needs", {}).items()}
        rule = Rule(**{**entry, "severity": Severity(entry["severity"]), "needs": needs})
        found[rule.name] = rule
    return found


def described() -> pa.Table:
    """The rules as a table: `name`, `sentence`, `advice`, `severity`; for joins with problems."""
    listed = list(rules().values())
    return pa.table(
        {part: [str(getattr(r, part)) for r in listed] for part in ("name", "sentence", "advice", "severity")}
    )


def advice(name: str) -> str:
    """What to do about a rule that was broken."""
    return rules()[name].advice


def check(
    connection: duckdb.DuckDBPyConnection, asked: Iterable[Rule], tables: Mapping[str, str]
) -> duckdb.DuckDBPyRelation:
    """The problems that `asked` finds in `tables`, which gives for each resource a relation's name (or a subquery).

    Each relation has `source_row`. A rule that needs a table or a column that isn't there is not asked. The columns of
    the answer are those of a delivery's problems (source_row, file_number, rule, field, sentence, severity), and
    `resource`.
    """
    present = {resource: _columns_of(connection, relation) for resource, relation in tables.items()}
    selects = [
        "select null::bigint as source_row, null::bigint as file_number, null::varchar as rule, null::varchar as field,"
        " null::varchar as sentence, null::varchar as severity, null::varchar as resource where false"
    ]
    for rule in asked:
        if rule.query is None or any(not present.get(r, set()).issuperset(n) for r, n in rule.needs.items()):
            continue
        query = rule.query
        for resource in rule.needs:
            query = query.replace(f"{{{resource}}}", tables[resource])
        selects.append(
            f"select distinct source_row, source_row >> 32, {_text(rule.name)}, {_text(rule.field)},"
            f" {_text(_sentence(rule))}, {_text(rule.severity)}, {_text(rule.resource)} from ({query})"
        )
    return connection.sql(" union all ".join(selects))


def set_aside(
    connection: duckdb.DuckDBPyConnection, resource: str, table: str, problems: str
) -> duckdb.DuckDBPyRelation:
    """`table` without the rows and values that `problems` (an answer of `check`, as a relation's name) sets aside."""
    names = [row[0] for row in connection.execute(f"describe from {table}").fetchall()]
    own = f"from {problems} where resource = {_text(resource)}"
    broken = {row[0] for row in connection.execute(f"select distinct field {own} and severity = 'value'").fetchall()}
    replaced = [
        f"case when source_row in (select source_row {own} and severity = 'value' and field = {_text(name)})"
        f' then null else "{name}" end as "{name}"'
        for name in names
        if name in broken
    ]
    star = f"* replace ({', '.join(replaced)})" if replaced else "*"
    return connection.sql(
        f"select {star} from {table} where source_row not in (select source_row {own} and severity = 'row')"
    )


def _sentence(rule: Rule) -> str:
    return rule.sentence.replace("{field}", (rule.field or "").replace("_", " "))


def _columns_of(connection: duckdb.DuckDBPyConnection, relation: str) -> set[str]:
    return {row[0] for row in connection.execute(f"describe from {relation}").fetchall()}


def _text(value: str | None) -> str:
    return "null" if value is None else "'" + value.replace("'", "''") + "'"
