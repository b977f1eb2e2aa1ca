"""Logs of how long tools were used, as CSV: who, which tool, which day, how long, how often.

Vendors name the columns as they like: they are known by the ways below. Rows of one learner, tool and day are added up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from homeroom.consolidate.clean.cleaned_table import quoted
from homeroom.consolidate.clean.dates import clean_date, day_comes_first
from homeroom.consolidate.database import PARQUET, connect, literal
from homeroom.consolidate.mapping_proposal.concepts import words_of
from homeroom.consolidate.staging import LEARNING_FILES
from homeroom.sources.delivery import LandedTable
from homeroom.sources.report import Report, Rule

_, FILE = LEARNING_FILES

RULES = (
    Rule("use-without-learner", "Nothing says who used the tool.", "Send the student's e-mail, login or number."),
    Rule("use-without-day", "Nothing says on which day the tool was used.", "Send the day, as 2025-09-04."),
    Rule(
        "use-not-a-number",
        "How long or how often the tool was used is not written as a number.",
        "Send it as a number alone, such as 12.5.",
        "value",
    ),
    Rule("no-usage-columns", "The table has no column of learners or of days.", "Name them, such as email and date."),
)

# Each measure with the ways to name its column, in small words, abbreviations written out; the first that is there.
_LEARNER = (
    "email", "email address", "student email", "user email", "login", "login id", "username", "user name", "student id",
    "student number", "user id", "user", "student", "learner", "learner id", "account",
)  # fmt: skip
_TOOL = (
    "tool", "tool name", "app", "app name", "application", "application name", "product", "product name", "resource",
    "resource name", "software", "program", "site", "domain",
)  # fmt: skip
_DAY = (
    "date", "day", "usage date", "activity date", "date used", "session date", "login date", "timestamp", "start time",
    "started at", "login time", "access date", "date time", "time stamp", "last login",
)  # fmt: skip
_LENGTHS = {
    60: ("minutes", "minutes used", "time spent minutes", "duration minutes", "usage minutes", "total minutes", "min",
         "time on task minutes", "active minutes"),
    1: ("seconds", "duration seconds", "time spent seconds", "total seconds", "time spent", "duration",
        "active seconds", "usage seconds"),
    3600: ("hours", "total hours", "usage hours"),
}  # fmt: skip
_SESSIONS = (
    "sessions",
    "session count",
    "logins",
    "login count",
    "visits",
    "launches",
    "number logins",
    "launch count",
)


def map_tables(
    landed: Sequence[LandedTable],
    source: str,
    into: Path,
    report: Report,
    options: Mapping[str, str] | None = None,
) -> list[LandedTable]:
    """Write what a delivery's logs say as `tool_use.parquet` beside `into`, which stays empty."""
    into.mkdir(parents=True, exist_ok=True)
    report.knows(RULES)
    with connect() as connection:
        connection.execute(
            "create table used (source_row bigint, learner varchar, tool varchar, used_on date, seconds double,"
            " sessions integer)"
        )
        for table in landed:
            _take(connection, table, source, report)
        unfinished = into.parent / f"{FILE}.unfinished"
        connection.execute(
            f"""copy (select min(source_row) as source_row, learner, tool, used_on, sum(seconds) as seconds,
                sum(sessions)::integer as sessions, list(source_row) as source_rows
                from used group by learner, tool, used_on order by all)
                to {literal(unfinished)} ({PARQUET})"""
        )
        unfinished.replace(into.parent / FILE)
    return []


def _take(connection: duckdb.DuckDBPyConnection, table: LandedTable, source: str, report: Report) -> None:
    names = [row[0] for row in connection.execute(f"describe from {literal(table.path)}").fetchall()]
    known = {" ".join(words_of(name)): name for name in names if name != "source_row"}
    learner, day = _first(known, _LEARNER), _first(known, _DAY)
    if learner is None or day is None:
        rows = connection.execute(f"select source_row from {literal(table.path)}").to_arrow_table()
        report.row_problems(rows["source_row"].combine_chunks(), "no-usage-columns")
        return
    tool = _first(known, _TOOL)
    _read_days(connection, table.path, day)
    length, long_said = "null::double", "null"
    for seconds, ways in _LENGTHS.items():
        if column := _first(known, ways):
            length, long_said = f"try_cast({_cell(column)} as double) * {seconds}", _cell(column)
            break
    sessions = _first(known, _SESSIONS)
    often, often_said = (f"try_cast({_cell(sessions)} as integer)", _cell(sessions)) if sessions else ("1", "null")
    connection.execute(
        f"""
        create or replace temp table taken as
        select source_row, {_cell(learner)} as learner,
            coalesce({_cell(tool) if tool else "null"}, {literal(source)}) as tool, d.used_on, {length} as seconds,
            {often} as sessions, {long_said} is not null as length_said, {often_said} is not null as sessions_said
        from {literal(table.path)} l left join day_said d on d.said = {_cell(day)}
        """
    )
    used = "learner is not null and used_on is not null"
    for rule, condition in (
        ("use-without-learner", "learner is null"),
        ("use-without-day", "used_on is null"),
        ("use-not-a-number", f"{used} and (length_said and seconds is null or sessions_said and sessions is null)"),
    ):
        rows = connection.execute(f"select source_row from taken where {condition} order by 1").to_arrow_table()
        report.row_problems(rows["source_row"].combine_chunks(), rule)
    connection.execute(
        f"insert into used select source_row, learner, tool, used_on, seconds, sessions from taken where {used}"
    )


def _read_days(connection: duckdb.DuckDBPyConnection, path: Path, column: str) -> None:
    """`day_said`: each way in which the column writes a day, with the day."""
    rows = connection.execute(
        f"select distinct {_cell(column)} as said from {literal(path)} where {_cell(column)} is not null"
    ).to_arrow_table()
    said: list[str] = rows["said"].to_pylist()
    day_first, today = bool(day_comes_first(said)), date.today()
    days = [clean_date(text, field="", today=today, day_first=day_first).value for text in said]
    connection.register("day_read", pa.table({"said": rows["said"], "used_on": pa.array(days, pa.string())}))
    connection.execute("create or replace temp table day_said as select said, used_on::date as used_on from day_read")
    connection.unregister("day_read")


def _first(known: Mapping[str, str], ways: Sequence[str]) -> str | None:
    return next((known[way] for way in ways if way in known), None)


def _cell(column: str) -> str:
    return f"nullif(trim({quoted(column)}), '')"
