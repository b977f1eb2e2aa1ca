"""Which persons are gathered again: those of whom a source says something else, or whose school or child is another.

Whoever else the last run made comparable is so still, and is not looked at again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from homeroom.consolidate.database import literal
from homeroom.consolidate.layered_table import LayeredTable, only_in
from homeroom.consolidate.link.records import comparable
from homeroom.consolidate.persons import KEYS, NAMED, CleanedDelivery

# Beside these and `NAMED`, a person of a kind is gathered from the table of that kind alone.
_ABOUT = {"Student": ("StudentEducationOrganizationAssociation",)}
# Whose rows tell which places are schools.
_SCHOOLS = {"Staff": ("School",)}
_RANKS = "ranks.json"


@dataclass(frozen=True)
class LinkedBefore:
    """The folder in which the last run linked, and the cleaned `tables` that it gathered from, by source."""

    folder: Path
    tables: Mapping[str, Mapping[str, LayeredTable]]


def find_touched(
    connection: duckdb.DuckDBPyConnection, deliveries: Sequence[CleanedDelivery], kind: str, before: LinkedBefore
) -> Collection[str]:
    """The sources of which only those of `kind` need be gathered again who are in `touched_person`, a table.

    `stayed_person`, a view then, has those of them who are as they were. Reads `identity`: who is who among those who
    were linked in this run already.
    """
    going_on = [one for one in deliveries if _goes_on(one, kind, before)] if _same_ranks(deliveries, before) else []
    if not comparable(before.folder, kind).base.exists() or not going_on:
        return ()
    connection.execute(
        f"""
        create or replace temp table named_otherwise as
        select source, kind, source_id from identity as now
        full join (select source, kind, source_id, unique_id from {literal(before.folder / "identity.parquet")}) as was
            using (source, kind, source_id)
        where now.unique_id is distinct from was.unique_id
            and kind in ({", ".join(literal(named) for named, _ in NAMED[kind].values())})
        """
    )
    touched = " union ".join(select for one in going_on for select in _touched(one, kind, before.tables[one.source]))
    sources = ", ".join(literal(one.source) for one in going_on)
    connection.execute(
        f"""
        create or replace temp table touched_person as select source, source_id from ({touched});
        drop table stayed_person;
        create temp view stayed_person as
            select source, source_id from {comparable(before.folder, kind).sql}
            anti join touched_person using (source, source_id) where source in ({sources})
        """
    )
    return {one.source for one in going_on}


def keep_ranks(deliveries: Sequence[CleanedDelivery], into: Path) -> None:
    """Write in which order the sources are believed, which is said of each person, to the folder `into`."""
    (into / _RANKS).write_text(json.dumps(_ranks(deliveries)), "utf-8")


def _ranks(deliveries: Sequence[CleanedDelivery]) -> dict[str, int]:
    return {one.source: one.rank for one in deliveries}


def _same_ranks(deliveries: Sequence[CleanedDelivery], before: LinkedBefore) -> bool:
    file = before.folder / _RANKS
    return file.exists() and json.loads(file.read_text("utf-8")) == _ranks(deliveries)


def _goes_on(delivery: CleanedDelivery, kind: str, before: LinkedBefore) -> bool:
    """Whether the source's tables are layers on those from which the persons were gathered before."""
    now, then = delivery.tables, before.tables.get(delivery.source, {})
    read = [kind, *_ABOUT.get(kind, ()), *NAMED[kind], *_SCHOOLS.get(kind, ())]
    here = [resource for resource in read if resource in now or resource in then]
    if kind not in now or any(resource not in now or resource not in then for resource in here):
        return False
    # Which of the places are schools is asked of all persons: there, no row may differ.
    return all(
        then[resource].base.exists()
        and (now[resource].same_as if resource in _SCHOOLS.get(kind, ()) else now[resource].same_base)(then[resource])
        for resource in here
    )


def _touched(delivery: CleanedDelivery, kind: str, then: Mapping[str, LayeredTable]) -> Iterator[str]:
    """Queries of those of whom a row says something else, or names somebody who is somebody else now."""
    person = f"select {literal(delivery.source)} as source, {KEYS[kind]}::varchar as source_id from"
    for resource in (kind, *_ABOUT.get(kind, ()), *NAMED[kind]):
        if resource in delivery.tables:
            now, was = delivery.tables[resource], then[resource]
            yield f"{person} {only_in(now, was)}"
            yield f"{person} {only_in(was, now)}"
    for resource, (named, column) in NAMED[kind].items():
        if resource in delivery.tables:
            yield (
                f"{person} {delivery.tables[resource].sql} where {column}::varchar in (select source_id"
                f" from named_otherwise where source = {literal(delivery.source)} and kind = {literal(named)})"
            )
