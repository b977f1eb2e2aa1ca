"""Write events and the use of tools beside the record, and find the students whom they are about.

A learner is known by the e-mail or the login that the record holds of exactly one student. Numbers are not compared:
the same number means other students in other systems. Where the district says, in the setting `learners`, whose ids a
tool uses, those are. An app of an agreement may name a student by the id of the row that it was told (`id` of the Ed-Fi
API, `sourcedId` of OneRoster), which nobody else has; events of students out of its reach are set aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import psycopg
import pyarrow as pa

from homeroom.consolidate.copied_rows import copy_rows
from homeroom.consolidate.database import literal
from homeroom.consolidate.learning import events
from homeroom.consolidate.staging import StagedDelivery
from homeroom.settings import SourceSettings
from homeroom.sources.report import Rule

RULES = (
    Rule(
        "learner-unknown",
        "No student is known by the learner's e-mail or login.",
        "Send it with the students, or say whose ids these are: learners = 'sis'. It counts as soon as one is.",
        "value",
    ),
    Rule(
        "learner-out-of-reach",
        "The learner is a student whom the app's agreement does not cover, or whose family opted out of the app.",
        "Nothing to do, or agree on more schools. It counts as soon as the agreement covers the student.",
        "value",
    ),
)
_EVENT = ", ".join(events.COLUMNS)
_USE = "source_row, learner, tool, used_on, seconds, sessions"
THE_RECORD = "record"


def publish_learning(
    record: psycopg.Connection,
    account: duckdb.DuckDBPyConnection,
    staged: Sequence[StagedDelivery],
    sources: Sequence[SourceSettings],
) -> int:
    """Write what was staged, in the caller's transaction; gives how many rows are new.

    `account` is let know which rows were used, and of whom nobody knows who they are.
    """
    written = 0
    for item in staged:
        for path in item.learning:
            written += _write(record, account, item.source.name, path)
            account.execute(f"delete from unused where source_row in (select unnest(source_rows) from {literal(path)})")
    with record.cursor() as cursor:
        cursor.execute("create temp table whose_ids (source text, ids text) on commit drop")
        cursor.executemany(
            "insert into whose_ids values (%s, %s)",
            [(source.name, source.options.get("learners", "")) for source in sources],
        )
        cursor.execute(_FIND.format(record=THE_RECORD))
        cursor.execute(_OUT_OF_REACH)
        # Where no app was ever asked for, there is nobody to opt out.
        if cursor.execute(_OPTING_OUT_IS_KNOWN).fetchone() == (True,):
            cursor.execute(_OPTED_OUT)
        for table in ("event", "tool_use"):
            cursor.execute(
                f"""
                update learning.{table} as t set student_unique_id = f.student from found_learner f
                where f.source = t.source and f.learner = t.learner
                    and t.student_unique_id is distinct from f.student
                """
            )
        _tell_unknown(record, account, staged)
        cursor.execute("drop table found_learner, whose_ids")
    return written


def _write(record: psycopg.Connection, account: duckdb.DuckDBPyConnection, source: str, path: Path) -> int:
    table, columns, conflict = (
        ("event", _EVENT, "(source, event_id) do nothing")
        if path.name == events.FILE
        else (
            "tool_use",
            _USE,
            "(source, learner, tool, used_on) do update set seconds = excluded.seconds, sessions = excluded.sessions,"
            " source_row = excluded.source_row where (tool_use.seconds, tool_use.sessions)"
            " is distinct from (excluded.seconds, excluded.sessions)",
        )
    )
    with record.cursor() as cursor:
        cursor.execute(f"create temp table learned (like learning.{table}) on commit drop")
        copy_rows(
            account,
            f"select {literal(source)} as source, {columns} from {literal(path)}",
            cursor,
            f"learned (source, {columns})",
        )
        cursor.execute(f"insert into learning.{table} select * from learned on conflict {conflict}")
        written = cursor.rowcount
        cursor.execute("drop table learned")
    return written


def _tell_unknown(
    record: psycopg.Connection, account: duckdb.DuckDBPyConnection, staged: Sequence[StagedDelivery]
) -> None:
    names = [item.source.name for item in staged if item.learning]
    rows = record.execute(
        """
        select source_row, source, coalesce(out_of_reach, false) from (
            select source_row, source, learner, student_unique_id from learning.event
            union all select source_row, source, learner, student_unique_id from learning.tool_use) as said
            left join found_learner using (source, learner)
        where said.student_unique_id is null and source = any(%(names)s)
        """,
        {"names": names},
    ).fetchall()
    if not rows:
        return
    account.register(
        "unknown_learner",
        pa.table(
            {
                "source_row": pa.array([row[0] for row in rows], pa.int64()),
                "source": [row[1] for row in rows],
                "out_of_reach": [row[2] for row in rows],
            }
        ),
    )
    for rule, condition in zip(RULES, ("not out_of_reach", "out_of_reach"), strict=True):
        account.execute(
            f"""insert into problem select distinct source, source_row, source_row >> 32, {literal(rule.name)}, null,
                {literal(rule.words)}, 'value' from unknown_learner join landed using (source, source_row)
                where {condition}"""
        )
    account.unregister("unknown_learner")


# A learner's id may be an address (mailto:ana@example.org, https://tool.example/users/ana): what stands last in it is
# compared too. A student who is in the record no more is nobody's learner.
_FIND = """
create temp table found_learner on commit drop as
with learner as (select source, learner from learning.event union select source, learner from learning.tool_use),
form as (
    select source, learner, lower(learner) as form, 1 as rank from learner
    union all select source, learner, lower(regexp_replace(learner, '^(mailto:|.*[/#:])', '')), 2 from learner
    union all select source, learner, lower(regexp_replace(learner, '^mailto:', '')), 3 from learner),
known as (
    select lower(login_id) as form, student_unique_id as student
        from edfi.student_education_organization_association where login_id is not null
    union select lower(mail ->> 'electronicMailAddress'), student_unique_id
        from edfi.student_education_organization_association, jsonb_array_elements(electronic_mails) as mail),
only_one as (select form, min(student) as student from known group by form having count(distinct student) = 1),
by_id as (
    select w.source, lower(i.source_id) as form, i.unique_id as student
        from whose_ids w join consolidation.identity i on i.kind = 'Student' and i.source = w.ids
    union select w.source, lower(s.student_unique_id), s.student_unique_id
        from whose_ids w join edfi.student s on w.ids = '{record}'
    union select f.source, f.form, s.student_unique_id
        from form f join learning.sender using (source)
            join edfi.student s on replace(s.id::text, '-', '') = replace(f.form, '-', '')),
said as (
    select f.source, f.learner, f.rank, b.student from form f join by_id b using (source, form)
    union all select f.source, f.learner, 10 + f.rank, o.student from form f join only_one o using (form))
select distinct on (source, learner) source, learner, student, false as out_of_reach
from learner left join said using (source, learner) order by source, learner, rank nulls last
"""
# As `homeroom.access.resources.reach` says who is within reach of an agreement for some schools.
_OUT_OF_REACH = """
update found_learner as f set student = null, out_of_reach = true from learning.sender as s
where s.source = f.source and f.student is not null and s.schools is not null and not exists (
    select from edfi.student_school_association as enrolled
    where enrolled.student_unique_id = f.student and school_id = any(s.schools) and entry_date <= s.ends_on
        and coalesce(exit_withdraw_date >= s.begins_on, true))
"""
_OPTING_OUT_IS_KNOWN = "select to_regprocedure('access.opted_out_of(bigint)') is not null"
_OPTED_OUT = """
update found_learner as f set student = null, out_of_reach = true from learning.sender as s
where s.source = f.source and f.student in (select access.opted_out_of(s.agreement))
"""
