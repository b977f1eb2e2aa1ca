"""Statements of the Experience API (xAPI) 1.0 to 2.0, one to a document, or several as a learning record store answers.

The learner is the actor, known by an account's name, a mailbox or an OpenID; a mailbox that is hashed tells nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from homeroom.consolidate.learning.events import Paths, write_events
from homeroom.sources.delivery import LandedTable
from homeroom.sources.report import Report

_AT = Paths()


def map_tables(
    landed: Sequence[LandedTable],
    source: str,
    into: Path,
    report: Report,
    options: Mapping[str, str] | None = None,
) -> list[LandedTable]:
    """Write a delivery's statements as `learning_events.parquet` beside `into`, which stays empty."""
    into.mkdir(parents=True, exist_ok=True)
    for table in landed:
        write_events(table.path, "$.statements", _AT, _MAPPING, into.parent, report)
    return []


_VERB = f"regexp_extract({_AT.string('$.verb.id')}, '([^#/]+)/?$', 1)"
_NAME = "json_extract_string(document, '$.object.definition.name.*')[1]"
_PARENT = "json_extract_string(document, '$.context.contextActivities.parent[*].id')[1]"
_GROUPING = "json_extract_string(document, '$.context.contextActivities.grouping[*].id')[1]"
_SCALED = _AT.number("$.result.score.scaled")

_MAPPING = f"""
{_AT.is_object("$.verb")} as is_event,
    {_AT.string("$.id")} as event_id,
    try_cast(coalesce({_AT.string("$.timestamp")}, {_AT.string("$.stored")}) as timestamptz) as happened_at,
    coalesce({_AT.string("$.actor.account.name")}, {_AT.string("$.actor.mbox")},
        {_AT.string("$.actor.openid")}) as learner,
    'Statement' as event_type,
    nullif(upper(left({_VERB}, 1)) || substr({_VERB}, 2), '') as action,
    coalesce({_AT.string("$.context.platform")}, {_AT.string("$.actor.account.homePage")}) as tool,
    {_AT.string("$.object.id")} as object_id,
    regexp_extract({_AT.string("$.object.definition.type")}, '([^#/]+)/?$', 1) as object_type,
    {_NAME} as object_name, {_PARENT} as part_of, {_GROUPING} as section, null::integer as attempt,
    coalesce({_AT.number("$.result.score.raw")}, {_SCALED}) as score,
    case when {_AT.number("$.result.score.raw")} is null and {_SCALED} is not null then 1
        else {_AT.number("$.result.score.max")} end as max_score,
    {_AT.yes_or_no("$.result.success")} as success,
    duration_in_seconds({_AT.string("$.result.duration")}) as seconds,
    null::varchar as learning_objectives
"""
