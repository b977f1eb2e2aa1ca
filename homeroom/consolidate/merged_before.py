"""Merge only what changed: the rows of a resource of which no source says anything else are those of the last batch.

A row is worked on again where its source says something new, no longer says it, or where it names somebody who is
somebody else now; and with it all rows of the same key. The result is the one that merging everything gives.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from os.path import relpath
from pathlib import Path

import duckdb

from homeroom.consolidate.changed_rows import find_changed
from homeroom.consolidate.database import PARQUET, columns_held, literal, table_by_table
from homeroom.consolidate.enrollments import ENROLLMENT, agree_on_entry, touch_students
from homeroom.consolidate.identities import identify, identity_columns
from homeroom.consolidate.layered_table import LayeredTable, write_changed
from homeroom.consolidate.merge import IdentifiedTable, merge, sql_type
from homeroom.consolidate.steps import STEPS_VERSION
from homeroom.consolidate.survivorship import Survivorship
from homeroom.model.columns import columns, key_columns

_INPUTS = "inputs.json"
# Where rows that are worked on again lie until all is merged.
SCRATCH = "again"


@dataclass(frozen=True)
class MergedBefore:
    """A folder of merged tables, and of what it was made: `identity`, and the `tables` of each source by resource."""

    folder: Path
    identity: Path
    tables: Mapping[str, Mapping[str, LayeredTable]]

    def of_same_sources(self, resource: str, sources: Iterable[str]) -> bool:
        """Whether the resource was merged of these sources, and what it was made of is still there."""
        then = {source: tables[resource] for source, tables in self.tables.items() if resource in tables}
        merged = self.folder / "merged" / f"{resource}.parquet"
        return merged.exists() and then.keys() == set(sources) and all(table.base.exists() for table in then.values())


def write_inputs(
    into: Path, identity: Path, tables: Mapping[str, Mapping[str, LayeredTable]], survivorship: Survivorship
) -> None:
    """Write down of what the tables in the folder `into` are made, by places beside it: a workspace may be moved."""
    above = into.parent
    inputs = {
        "steps": STEPS_VERSION,
        "identity": relpath(identity, above),
        "tables": {
            source: {resource: relpath(table.base, above) for resource, table in by_resource.items()}
            for source, by_resource in tables.items()
        },
        "survivorship": survivorship.key,
    }
    (into / _INPUTS).write_text(json.dumps(inputs), "utf-8")


def read_before(folder: Path, survivorship: Survivorship) -> MergedBefore | None:
    """What was merged into `folder`, where it can be gone on from: the record believes the same sources as then."""
    if not (folder / _INPUTS).exists():
        return None
    inputs = json.loads((folder / _INPUTS).read_text("utf-8"))
    above = folder.parent
    identity = above / inputs["identity"]
    believed = json.loads(json.dumps(survivorship.key))
    if (inputs["steps"], inputs["survivorship"]) != (STEPS_VERSION, believed) or not identity.exists():
        return None
    tables = {
        source: {resource: LayeredTable(above / path) for resource, path in by_resource.items()}
        for source, by_resource in inputs["tables"].items()
    }
    return MergedBefore(folder, identity, tables)


def made_of(folder: Path) -> set[str]:
    """The names of the folders beside `folder` of which the tables in it were made."""
    inputs = json.loads((folder / _INPUTS).read_text("utf-8"))
    paths = [inputs["identity"], *(path for tables in inputs["tables"].values() for path in tables.values())]
    return {Path(path).parts[0] for path in paths}


def know_who_moved(connection: duckdb.DuckDBPyConnection, before: MergedBefore) -> None:
    """`moved` (source, kind, source_id): whoever is somebody else than before, is new, or is not there any more."""
    connection.execute(
        f"""
        create table moved as
        select source, kind, source_id from identity as now
        full join (select source, kind, source_id, unique_id from {literal(before.identity)}) as was
            using (source, kind, source_id)
        where now.unique_id is distinct from was.unique_id
        """
    )


def compare_with_before(
    staged: Mapping[str, Mapping[str, LayeredTable]], resources: Collection[str], before: MergedBefore, into: Path
) -> None:
    """Write to the folder `into` what `changed_rows` tells of the tables that are not the same files as `before`.

    It follows from the tables alone, and can be found while it is not known yet who is who. `staged`: the cleaned
    tables of each source, by resource.
    """
    compared = {
        f"{source}-{resource}": (table, then)
        for source, tables in staged.items()
        for resource, table in tables.items()
        if resource in resources and (then := before.tables.get(source, {}).get(resource)) and then.base.exists()
        if not table.same_as(then)
    }

    def compare(connection: duckdb.DuckDBPyConnection, name: str) -> None:
        now, then = compared[name]
        if columns_held(connection, now.base) == columns_held(connection, then.base):
            find_changed(connection, now, then)
            connection.execute(f"copy changed_row to {literal(into / f'{name}.parquet')} (format parquet)")

    for _ in table_by_table({name: now.count() for name, (now, _) in compared.items()}, compare):
        pass


def merge_changed(
    connection: duckdb.DuckDBPyConnection,
    resource: str,
    tables: Mapping[str, LayeredTable],
    before: MergedBefore,
    into: Path,
    survivorship: Survivorship,
    compared: Path,
) -> bool:
    """Write what `merged_batch` writes for one resource, by going on from `before`; False where that can't be done.

    `tables`: the resource's cleaned table of each source, in their order of belief. `compared`: what
    `compare_with_before` found. Reads `identity` and `moved`.
    """
    if any(
        columns_held(connection, table.base) != columns_held(connection, before.tables[source][resource].base)
        for source, table in tables.items()
    ):
        return False
    for source, table in tables.items():
        _find_touched(connection, resource, source, table, compared)
    sources_agree = resource == ENROLLMENT and len(tables) > 1
    if sources_agree:
        identified = {source: LayeredTable(before.folder / "identified" / _name(source, resource)) for source in tables}
        touch_students(connection, tables, identified)
    touched = [source for source in tables if _any_touched(connection, source)]
    for source in touched:
        _identify_fresh(connection, resource, source, tables[source], into)
    if sources_agree:
        _agree_again(connection, list(tables), before, into)
    for source in tables:
        _keep_identified(connection, resource, source, before, into, source in touched)
    if not touched:
        LayeredTable(before.folder / "merged" / f"{resource}.parquet").link(into / "merged")
        return True
    _merge_touched(connection, resource, list(tables), before, into, survivorship)
    return True


def _find_touched(
    connection: duckdb.DuckDBPyConnection, resource: str, source: str, now: LayeredTable, compared: Path
) -> None:
    """Which rows of a source are worked on again: the tables `fresh <source>`, those of now, and `touched <source>`,
    with those that are gone."""
    concerns = _concerns(connection, resource, source, sorted(columns_held(connection, now.base)))
    fresh, touched = _quoted("fresh " + source), _quoted("touched " + source)
    told = [f"select source_row from {now.sql} where {concerns}"]
    gone = "select null::bigint as source_row where false"
    if (changed := compared / _name(source, resource)).exists():
        told.append(f"select source_row from {literal(changed)} where not gone")
        gone = f"select source_row from {literal(changed)} where gone"
    connection.execute(
        f"""
        create or replace temp table {fresh} as {" union ".join(told)};
        create or replace temp table {touched} as from {fresh} union {gone}
        """
    )


def _any_touched(connection: duckdb.DuckDBPyConnection, source: str) -> bool:
    return bool(connection.execute(f"select 1 from {_quoted('touched ' + source)} limit 1").fetchall())


def _concerns(connection: duckdb.DuckDBPyConnection, resource: str, source: str, names: Sequence[str]) -> str:
    """A condition on rows of a source, whose columns are `names`: that they name somebody who moved."""
    own = f"from moved where source = {literal(source)}"
    moved = {kind for (kind,) in connection.execute(f"select distinct kind {own}").fetchall()}
    plain, inside = identity_columns(resource, names)
    named = [
        f"{_quoted(column)}::varchar in (select source_id {own} and kind = {literal(kind)})"
        for column, kind in plain.items()
        if kind in moved
    ]
    named += [f"{_quoted(column)} is not null" for column in inside if moved]
    return " or ".join(named) or "false"


def _identify_fresh(
    connection: duckdb.DuckDBPyConnection, resource: str, source: str, now: LayeredTable, into: Path
) -> None:
    """The rows that are worked on again, identified, and their problems, in the scratch folder."""
    scratch = into / SCRATCH
    fresh = scratch / f"{source}-{resource}.fresh.parquet"
    connection.execute(
        f"copy (select row.* from {now.sql} as row semi join {_quoted('fresh ' + source)} using (source_row))"
        f" to {literal(fresh)} ({PARQUET})"
    )
    again, found = scratch / _name(source, resource), scratch / f"{source}-{resource}.problems.parquet"
    identify(connection, resource, source, LayeredTable(fresh), again, found)


def _agree_again(
    connection: duckdb.DuckDBPyConnection, sources: Sequence[str], before: MergedBefore, into: Path
) -> None:
    """The sources' first days of enrollments of the students who are worked on again, all of whose rows are there."""
    scratch = into / SCRATCH
    again = [IdentifiedTable(scratch / _name(source, ENROLLMENT), place) for place, source in enumerate(sources)]
    found = scratch / "entry.problems.parquet"
    agree_on_entry(connection, [table for table in again if table.path.exists()], found)
    touched = " union ".join(f"from {_quoted('touched ' + source)}" for source in sources)
    was, now = (folder / "problems" / "entry.parquet" for folder in (before.folder, into))
    connection.execute(
        f"copy (from {literal(was)} anti join ({touched}) using (source_row) union all by name from {literal(found)})"
        f" to {literal(now)} ({PARQUET})"
    )


def _keep_identified(
    connection: duckdb.DuckDBPyConnection, resource: str, source: str, before: MergedBefore, into: Path, touched: bool
) -> None:
    """The identified table and its problems: those of before, but for the rows that are `touched`."""
    name = _name(source, resource)
    identified = LayeredTable(before.folder / "identified" / name)
    problems_before, problems = (folder / "problems" / name for folder in (before.folder, into))
    if not touched:
        identified.link(into / "identified")
        # The same bytes under a second name cost nothing.
        problems.hardlink_to(problems_before)
        return
    scratch = into / SCRATCH
    leaving = f"{_quoted('touched ' + source)} using (source_row)"
    target = LayeredTable(into / "identified" / name)
    write_changed(connection, identified, target, leaving, f"from {literal(scratch / name)}")
    found = literal(scratch / f"{source}-{resource}.problems.parquet")
    connection.execute(
        f"copy (from {literal(problems_before)} anti join {leaving} union all by name from {found})"
        f" to {literal(problems)} ({PARQUET})"
    )


def _merge_touched(
    connection: duckdb.DuckDBPyConnection,
    resource: str,
    sources: Sequence[str],
    before: MergedBefore,
    into: Path,
    survivorship: Survivorship,
) -> None:
    """The merged table: that of before, but for the keys that a touched row has or had."""
    types = {column.name: sql_type(column) for column in columns(resource)}
    keys = ", ".join(_quoted(name) for name in key_columns(resource))
    values = ", ".join(f"cast({_quoted(name)} as {types[name]}) as {_quoted(name)}" for name in key_columns(resource))
    said = []
    for source in sources:
        name = _name(source, resource)
        then = LayeredTable(before.folder / "identified" / name).sql
        said.append(f"select {values} from {then} semi join {_quoted('touched ' + source)} using (source_row)")
        if (again := into / SCRATCH / name).exists():
            said.append(f"select {values} from {literal(again)}")
    connection.execute(f"create or replace temp table touched_key as {' union '.join(said)}")
    tables = []
    for precedence, source in enumerate(sources):
        name = _name(source, resource)
        part = into / SCRATCH / f"{source}-{resource}.part.parquet"
        connection.execute(
            f"copy (select row.* from {LayeredTable(into / 'identified' / name).sql} as row"
            f" semi join touched_key using ({keys})) to {literal(part)} ({PARQUET})"
        )
        tables.append(IdentifiedTable(part, precedence))
    again = into / SCRATCH / f"{resource}.merged.parquet"
    merge(connection, resource, tables, again, survivorship.of(resource))
    was, now = (LayeredTable(folder / "merged" / f"{resource}.parquet") for folder in (before.folder, into))
    write_changed(connection, was, now, f"touched_key using ({keys})", f"from {literal(again)}")


def _name(source: str, resource: str) -> str:
    return f"{source}-{resource}.parquet"


def _quoted(name: str) -> str:
    return f'"{name}"'
