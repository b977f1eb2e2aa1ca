"""What every kind of learning event is mapped to, and what is told of events that can't be."""

from __future__ import annotations

from pathlib import Path

from homeroom.consolidate.database import PARQUET, connect, literal
from homeroom.consolidate.staging import LEARNING_FILES
from homeroom.sources.report import Report, Rule

FILE, _ = LEARNING_FILES
# The columns of a mapped event, with their types in DuckDB: those of `learning.event` in the record, but for the
# student, who is found when the record is written. `source_rows` stands behind them: an event may be sent twice.
COLUMNS = {
    "source_row": "bigint",
    "event_id": "varchar",
    "happened_at": "timestamptz",
    "learner": "varchar",
    "event_type": "varchar",
    "action": "varchar",
    "tool": "varchar",
    "object_id": "varchar",
    "object_type": "varchar",
    "object_name": "varchar",
    "part_of": "varchar",
    "section": "varchar",
    "attempt": "integer",
    "score": "double",
    "max_score": "double",
    "success": "boolean",
    "seconds": "double",
    "learning_objectives": "varchar",
}

RULES = (
    Rule("event-unreadable", "The line is no JSON.", "Look at it in the source: it may be cut short."),
    Rule("event-without-id", "The event has no id to tell it from others.", "Send the id with it."),
    Rule("event-without-time", "Nothing says when the event happened.", "Send its time, as the standard asks."),
    Rule("event-without-action", "Nothing says what was done.", "Send the action or verb."),
    Rule("event-of-no-person", "The event is about no person.", "Nothing to do: it says nothing about a student."),
    Rule("not-an-event", "The document is no event.", "Nothing to do, if it only describes a person or a thing."),
)

_REASONS = (
    ("event-unreadable", "document is null"),
    ("not-an-event", "not is_event"),
    ("event-without-id", "event_id is null"),
    ("event-without-time", "happened_at is null"),
    ("event-without-action", "action is null"),
    ("event-of-no-person", "learner is null"),
)


def write_events(landed: Path, batch: str, paths: Paths, mapping: str, into: Path, report: Report) -> None:
    """Write the events of a landed table as `into/learning_events.parquet`, and tell of those that are none.

    `batch` is the path of the list in which a document may hold several; `mapping` selects from `event` (source_row,
    document as JSON or null, and `said`, the values at the paths) what is_event and the columns of an event are.
    """
    report.knows(RULES)
    with connect() as connection:
        connection.execute(_MACROS)
        connection.execute(f"create view line as from {literal(landed)}")
        connection.execute(
            f"""
            create table document as
            with read as (
                select source_row, case when json_valid(document) then document::json end as document from line)
            select source_row, document from read
                where document is null or json_type(document, '{batch}') is distinct from 'ARRAY'
            union all
            select source_row, unnest(json_extract(document, '{batch}[*]')) from read
                where json_type(document, '{batch}') = 'ARRAY';
            create view event as select source_row, document, {paths.sql} as said from document;
            create table mapped as select source_row, document, {mapping} from event;
            """
        )
        case = " ".join(f"when {condition} then '{rule}'" for rule, condition in _REASONS)
        rows = connection.execute(
            f"""
            with told as (select distinct source_row, case {case} end as rule from mapped)
            select rule, list(source_row order by source_row) from told where rule is not null group by 1 order by 1
            """
        ).fetchall()
        for rule, source_rows in rows:
            report.row_problems(source_rows, rule)
        whole = " and ".join(f"not coalesce({condition}, false)" for _, condition in _REASONS)
        picked = ", ".join(f"{name}::{type_} as {name}" for name, type_ in COLUMNS.items())
        unfinished = into / f"{FILE}.unfinished"
        connection.execute(
            f"""copy (select {picked}, list(mapped.source_row) over (partition by event_id) as source_rows
                from mapped where {whole}
                qualify row_number() over (partition by event_id order by mapped.source_row) = 1
                order by mapped.source_row) to {literal(unfinished)} ({PARQUET})"""
        )
        unfinished.replace(into / FILE)


# A duration of ISO 8601, such as PT1H5M12.5S or P1DT2H, in seconds.
_MACROS = r"""
create temp macro part_of_duration(text, unit) as coalesce(
    try_cast(regexp_extract(text, '(\d+(?:[.,]\d+)?)' || unit, 1).replace(',', '.') as double), 0);
create temp macro duration_in_seconds(text) as case when regexp_full_match(text, 'P.*\d.*') then
    86400 * part_of_duration(split_part(text, 'T', 1), 'D') + 3600 * part_of_duration(split_part(text, 'T', 2), 'H')
    + 60 * part_of_duration(split_part(text, 'T', 2), 'M') + part_of_duration(split_part(text, 'T', 2), 'S') end;
"""


class Paths:
    """The JSON paths that a mapping reads of `document`: all of them in one pass, for each costs as much as all."""

    def __init__(self) -> None:
        self._paths: list[str] = []

    @property
    def sql(self) -> str:
        """SQL for the list of the values at the paths."""
        return f"json_extract(document, [{', '.join(map(literal, self._paths))}])"

    def string(self, path: str) -> str:
        """SQL for the text at a path; null where something else stands there, or nothing."""
        value = self._at(path)
        return f"case when starts_with({value}::varchar, '\"') then nullif(trim({value}->>'$'), '') end"

    def number(self, path: str) -> str:
        """SQL for the number at a path."""
        return f"try_cast({self._at(path)}->>'$' as double)"

    def yes_or_no(self, path: str) -> str:
        """SQL for the truth value at a path."""
        return f"try_cast({self._at(path)}::varchar as boolean)"

    def is_object(self, path: str) -> str:
        """SQL for whether an object stands at a path."""
        return f"coalesce(starts_with({self._at(path)}::varchar, '{{'), false)"

    def _at(self, path: str) -> str:
        if path not in self._paths:
            self._paths.append(path)
        return f"said[{self._paths.index(path) + 1}]"
