"""Why rows of a delivery would be set aside, each cause once with all the rows that it explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

import duckdb

from homeroom.consolidate.database import columns_held, literal
from homeroom.consolidate.layered_table import LayeredTable
from homeroom.model import RESOURCES
from homeroom.model.columns import EDUCATION_ORGANIZATION, columns
from homeroom.model.member import PrivacyClass
from homeroom.record.provenance import NOTHING_TO_MEND
from homeroom.source_rows import POSITION


@dataclass(frozen=True)
class Cause:
    """One thing to mend. `rows` would be set aside for it, of which the first stands at `position` of `file`.

    Where something is named that is not there, `missing` says what it is, with its `key` if that is no person's, and
    `keys` how many there are. Else `rule` and `field` say what is wrong with `own` of the rows; the others depend on
    them. `files` counts the rows by file.
    """

    rows: int
    file: str
    unit: str
    position: int
    files: Mapping[str, int]
    missing: str | None = None
    key: str | None = None
    keys: int = 0
    rule: str | None = None
    field: str | None = None
    sentence: str = ""
    advice: str = ""
    own: int = 0

    @property
    def as_it_should_be(self) -> bool:
        """Whether there is nothing to mend, as with a row that the source marks as to be deleted."""
        return NOTHING_TO_MEND in f"{self.sentence} {self.advice}"


# Behind the name of a source's own table that something is missing from.
_BUNDLE = " of the bundle"


# So many things that are missing are each told by their key, and of more those that explain much.
_FEW = 5


def trace(connection: duckdb.DuckDBPyConnection, landed: Sequence[LayeredTable], reader: ModuleType) -> None:
    """Make `root`: for each row that would be set aside (`source_row`), what explains it.

    A row that is to be mended itself (`root_row`), or what is named and is not there (`target`, `key`). Reads `fallen`,
    `because` (see `references`) and `problem`, what was found on the way to the merge.
    """
    connection.execute(
        """
        create or replace temp table aside as
        select distinct source_row from problem where severity = 'row' and source_row is not null
        union select source_row from fallen where severity = 'row';
        """
    )
    _trace_landed(connection, landed, reader)
    connection.execute(_FAULTS)
    connection.execute(_ROOTS)


# What is wrong with rows themselves. What the mapping says of a row that needs another one follows from that other.
_FAULTS = """
    create or replace temp table fault as
    select source_row, rule, coalesce(field, '') as field, sentence from problem
    where severity = 'row' and not (step = 'mapped' and source_row in (select source_row from because))
    union
    select source_row, rule, field,
        'No source gives the ' || field || ' that the record of a ' || resource || ' requires.'
    from fallen where rule = 'required-missing';
"""
# Rows that need each other and have no fault of their own explain nothing: each is told by what it broke.
_ROOTS = """
    create or replace temp table root as
    with recursive reached as (
        select source_row, source_row as node from aside
        union
        select reached.source_row, because.cause_row from reached join because on because.source_row = node
        where because.cause_row is not null
    )
    select distinct reached.source_row, node as root_row, null::varchar as target, null::varchar as key
    from reached semi join fault on fault.source_row = node
    union
    select distinct reached.source_row, null, target, key from reached join because on because.source_row = node
    where target is not null;
    insert into fault
    select source_row, rule, field, sentence
    from (select source_row, rule, coalesce(field, '') as field, sentence from problem where severity = 'row'
        union select source_row, fallen.rule, field, described.sentence
        from fallen left join described on described.name = fallen.rule where fallen.severity = 'row')
    anti join root using (source_row);
    insert into root select distinct source_row, source_row, null, null from aside anti join root using (source_row);
"""


def _trace_landed(connection: duckdb.DuckDBPyConnection, landed: Sequence[LayeredTable], reader: ModuleType) -> None:
    """What the source's own ids say of why a row fell, where its kind tells which column names which table."""
    tables = {table.base.stem: table for table in landed}
    for table, named in getattr(reader, "NAMES", {}).items():
        present = columns_held(connection, tables[table].base) if table in tables else set()
        for column, target in named.items():
            if column not in present:
                continue
            identifier = reader.IDENTIFIER
            others = (
                f"select trim({identifier}) as id, source_row as cause_row from {tables[target].sql}"
                if target in tables and identifier in columns_held(connection, tables[target].base)
                else "select null::varchar as id, null::bigint as cause_row where false"
            )
            connection.execute(
                f"""
                create or replace temp table naming as
                with said as (
                    select source_row, trim(unnest(regexp_split_to_array("{column}", '[,;|]'))) as id
                    from {tables[table].sql} semi join aside using (source_row) where "{column}" is not null
                )
                select said.source_row, said.id, needed.cause_row, aside.source_row is not null as fell
                from said left join ({others}) as needed using (id) left join aside on aside.source_row = cause_row
                where said.id <> '' and cause_row is distinct from said.source_row
                """
            )
            connection.execute(_TRACED.format(label=literal(f"{target}{_BUNDLE}")))


# A row that the mapping could not use is explained by any row that it names. Of one that the mapping could use it is
# known already what it lacks; but what is there, and was only set aside before it became a row of the model, is not
# missing.
_TRACED = """
    create or replace temp table unmapped as
    select distinct source_row from problem where severity = 'row' and step = 'mapped';
    create or replace temp table told as select source_row, key from because where target is not null;
    insert into because
    select distinct source_row, cause_row, null, null from naming
    where fell and (source_row in (select source_row from unmapped)
        or (source_row, id) in (select source_row, key from told));
    delete from because using naming where because.source_row = naming.source_row
        and because.key = naming.id and fell and because.target is not null;
    insert into because
    select distinct source_row, null::bigint, {label}, id from naming semi join unmapped using (source_row)
    anti join told using (source_row) where cause_row is null;
"""


def causes(connection: duckdb.DuckDBPyConnection, reader: ModuleType) -> list[Cause]:
    """The causes in `root`, those first that explain most."""
    hidden = [target for target in _targets(connection) if not _shown(target, reader)]
    hides = "target in (" + ", ".join(literal(name) for name in hidden) + ")" if hidden else "false"
    found = connection.execute(
        f"""
        with named as (
            select target, key, count(distinct source_row) as rows from root where target is not null group by all
        ), worth_a_name as (
            -- Of a hundred sections none is told by its key where a whole file is missing.
            select target, key from named where not ({hides})
            qualify count(*) over (partition by target) <= {_FEW}
                or rows * {_FEW} * 2 >= sum(rows) over (partition by target)
        ), explained as (
            -- Of a row with several faults each is told.
            select root.source_row, root.target, worth_a_name.key as shown_key, root.key, root_row, rule,
                field, sentence
            from root left join fault on fault.source_row = root_row
            left join worth_a_name on worth_a_name.target = root.target and worth_a_name.key = root.key
        ), by_file as (
            -- The files of a delivery and of one that it changes have the same names.
            select target, shown_key, rule, field, path, count(distinct source_row) as rows
            from explained join file on file.number = source_row >> 32 group by all
        ), counted as (
            select target, shown_key, rule, field,
                map_from_entries(list((path, rows) order by rows desc, path)) as files
            from by_file group by 1, 2, 3, 4
        ), grouped as (
            select target, shown_key, rule, field, count(distinct source_row) as rows, count(distinct key) as keys,
                count(distinct root_row) as own, min(coalesce(root_row, source_row)) as first, min(sentence) as sentence
            from explained group by 1, 2, 3, 4
        )
        select g.target, g.shown_key, g.rule, g.field, g.rows, g.keys, g.own, g.first, g.sentence, d.advice, c.files
        from grouped as g left join described as d on d.name = g.rule
        join counted as c on (c.target, c.shown_key, c.rule, c.field)
            is not distinct from (g.target, g.shown_key, g.rule, g.field)
        order by g.rows desc, g.first
        """
    ).fetchall()
    files = {number: (path, unit) for number, path, unit in connection.execute("from file").fetchall()}
    told = []
    for target, key, rule, field, rows, keys, own, first, sentence, advice, counted in found:
        path, unit = files.get(first >> 32, ("", "line"))
        place = (rows, path, unit, first & POSITION, dict(counted or {}))
        if target is not None:
            told.append(Cause(*place, missing=_noun(target), key=key, keys=keys))
            continue
        said = sentence or ""
        told.append(
            Cause(
                *place,
                rule=rule,
                field=field,
                sentence=said,
                advice="" if advice and advice in said else advice or "",
                own=own,
            )
        )
    return sorted(told, key=lambda cause: cause.as_it_should_be)


def _targets(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [
        row[0] for row in connection.execute("select distinct target from root where target is not null").fetchall()
    ]


def _shown(target: str, reader: ModuleType) -> bool:
    """Whether the key of what is missing says nothing about a person."""
    if target == EDUCATION_ORGANIZATION:
        return True
    if target in RESOURCES:
        return all(column.privacy is PrivacyClass.PUBLIC for column in columns(target) if column.key)
    return target.removesuffix(_BUNDLE) not in getattr(reader, "NAMES_PERSONS", ()) and target.endswith(_BUNDLE)


def _noun(target: str) -> str:
    """`CourseOffering` is "course offering"; an organization of any kind is called what most of them are."""
    if target == EDUCATION_ORGANIZATION:
        return "school or organization"
    if target not in RESOURCES:
        return f"row of {target.removesuffix(_BUNDLE)}"
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in target).strip()
