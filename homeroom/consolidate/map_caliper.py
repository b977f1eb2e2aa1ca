"""Events of IMS Caliper Analytics 1.0 to 1.2, alone or in the envelopes in which sensors send them.

Of an event that grades, the learner is whoever the attempt is assigned to; of any other, the actor. Entities may be
whole or thinned to their ids (Caliper 1.1, section 6). A score is the one that was generated.
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
    """Write a delivery's events as `learning_events.parquet` beside `into`, which stays empty."""
    into.mkdir(parents=True, exist_ok=True)
    for table in landed:
        write_events(table.path, "$.data", _AT, _MAPPING, into.parent, report)
    return []


def _entity(path: str) -> str:
    """SQL for the id of an entity, whole or thinned."""
    return f"coalesce({_AT.string(f'{path}.id')}, {_AT.string(f'{path}.@id')}, {_AT.string(path)})"


_ACTION = f"regexp_extract(coalesce({_AT.string('$.action.id')}, {_AT.string('$.action')}), '([^#/]+)$', 1)"
_TYPE = f"regexp_extract(coalesce({_AT.string('$.type')}, {_AT.string('$.@type')}), '([^#/]+)$', 1)"
_STARTED, _ENDED = _AT.string("$.generated.startedAtTime"), _AT.string("$.generated.endedAtTime")
_OBJECTIVES = """coalesce(json_extract_string(document, '$.object.learningObjectives[*].id'),
    json_extract_string(document, '$.object.alignedLearningObjective[*].id'))"""

_MAPPING = f"""
coalesce(ends_with({_TYPE}, 'Event'), false) as is_event,
    coalesce({_AT.string("$.id")}, {_AT.string("$.uuid")}) as event_id,
    try_cast({_AT.string("$.eventTime")} as timestamptz) as happened_at,
    coalesce({_entity("$.object.assignee")}, {_entity("$.generated.assignee")},
        case when coalesce({_AT.string("$.actor.type")}, 'Person') like '%Person' then {_entity("$.actor")} end)
        as learner,
    {_TYPE} as event_type, nullif({_ACTION}, '') as action,
    coalesce({_AT.string("$.edApp.name")}, {_entity("$.edApp")}) as tool,
    coalesce({_entity("$.object.assignable")}, {_entity("$.object")}) as object_id,
    coalesce({_AT.string("$.object.assignable.type")}, {_AT.string("$.object.type")}) as object_type,
    coalesce({_AT.string("$.object.assignable.name")}, {_AT.string("$.object.name")}) as object_name,
    coalesce({_entity("$.object.isPartOf")}, {_entity("$.object.assignable.isPartOf")}) as part_of,
    {_entity("$.group")} as section,
    coalesce({_AT.number("$.generated.count")}, {_AT.number("$.generated.attempt.count")},
        {_AT.number("$.object.count")})::integer as attempt,
    coalesce({_AT.number("$.generated.scoreGiven")}, {_AT.number("$.generated.totalScore")}) as score,
    coalesce({_AT.number("$.generated.maxScore")}, {_AT.number("$.object.maxScore")}) as max_score,
    null::boolean as success,
    coalesce(duration_in_seconds({_AT.string("$.generated.duration")}),
        date_diff('millisecond', try_cast({_STARTED} as timestamptz), try_cast({_ENDED} as timestamptz)) / 1000.0)
        as seconds,
    case when len({_OBJECTIVES}) > 0 then to_json({_OBJECTIVES})::varchar end as learning_objectives
"""
