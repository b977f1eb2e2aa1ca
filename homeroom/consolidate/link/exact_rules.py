"""The sure matches: found by equality, before any probability, so that only the rest has to be scored."""

from __future__ import annotations

import duckdb

from homeroom.consolidate.link.kinds import PersonKind
from homeroom.consolidate.link.records import COMMON

# An identifier that more rows than this share was not given to one person.
MOST_ROWS_OF_ONE = 12


def find_exact(connection: duckdb.DuckDBPyConnection, kind: PersonKind) -> None:
    """The table `exact_link` (left_record, right_record, decided_by), with left < right.

    A full name counts only where it is the only one with that value in either source; and neither rule joins rows that
    say different sexes, suffixes, middle initials or identifiers of one system.
    """
    connection.execute(
        "create or replace temp table exact_link (left_record bigint, right_record bigint, decided_by varchar)"
    )
    for decided_by, column, same_name in kind.exact:
        once = "qualify count(*) over (partition by source, name, value) = 1" if same_name else ""
        first_alike = "list_has_any(a.first_names, b.first_names)"
        last_alike = "list_has_any(a.surnames, b.surnames)"
        birth_alike = "a.birth_date = b.birth_date"
        compatible = f"""coalesce({first_alike}, false) and (coalesce({last_alike}, false)
            or coalesce({birth_alike}, false))"""
        # Where the names already agree nothing more is asked for.
        if same_name:
            compatible = "true"
        connection.execute(
            f"""
            insert into exact_link
            with valued as (
                {_valued("record", "record, source", column, same_name)} {once}
            ), hub as (
                select name, value, min(record) as hub from valued group by all
                having count(*) between 2 and {MOST_ROWS_OF_ONE}
            )
            select distinct a.record, b.record, '{decided_by}' from valued
            join hub on valued.value = hub.value and valued.name is not distinct from hub.name
            join record as a on a.record = hub.hub join record as b on b.record = valued.record
            where a.record < b.record and {compatible}
            """
        )
    connection.execute(
        """
        create or replace temp table exact_link as
        select left_record, right_record, min(decided_by) as decided_by from exact_link
        join record as a on a.record = left_record join record as b on b.record = right_record
        where coalesce(a.suffix = b.suffix, true) and coalesce(a.sex = b.sex, true)
            and coalesce(a.middle_initial = b.middle_initial, true)
            and not (coalesce(list_has_any(list_transform(a.shared_ids, x -> split_part(x, ':', 1)),
                list_transform(b.shared_ids, x -> split_part(x, ':', 1))), false)
                and not list_has_any(a.shared_ids, b.shared_ids))
        group by all
        """
    )


def find_mates(connection: duckdb.DuckDBPyConnection, kind: PersonKind, these: str, among: str, mates: str) -> None:
    """Put those of `among` into `mates` (source, source_id) who have a value in common with `these`, by any rule.

    How many have a value, and who is the first of them, counts for all who have it.
    """
    key = "source, source_id"
    for _, column, same_name in kind.exact:
        too_common = f"anti join (select unnest(values) as value from common_{column}) using (value)"
        common = too_common if column in COMMON else ""
        connection.execute(
            f"""
            insert into {mates}
            with these as (
                select distinct name, value from ({_valued(these, key, column, same_name)}) {common}
            )
            select {key} from ({_valued(among, key, column, same_name)}) as one
            semi join these on one.value = these.value and one.name is not distinct from these.name
            """
        )


def _valued(rows: str, key: str, column: str, same_name: bool) -> str:
    """A query of the values of `column` in `rows`: `key`, the full name where that counts, and the value."""
    value = f"unnest({column})" if column.endswith("s") else column
    name = "first_name || ' ' || last_name" if same_name else "null"
    named = "and first_name is not null and last_name is not null" if same_name else ""
    return f"""
        select {key}, ({name})::varchar as name, value
        from (select {key}, first_name, last_name, {value} as value from {rows}) where value is not null {named}
        """
