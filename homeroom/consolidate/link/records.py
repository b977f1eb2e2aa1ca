"""The persons of one kind, made comparable: names without case, accents and signs; lists without what says nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb

from homeroom.consolidate.database import PARQUET, literal
from homeroom.consolidate.layered_table import LayeredTable, write_changed
from homeroom.consolidate.link.content import content_of
from homeroom.consolidate.link.nicknames import create_nicknames

# A telephone number or an address that so many rows have is a school's or a shelter's: it says nothing.
TOO_COMMON = 25


# Columns of values that many have in common where they say nothing.
COMMON = ("phones", "emails", "shared_ids")


def create_records(connection: duckdb.DuckDBPyConnection, kind: str) -> int:
    """The table `record`: one row for each person of `kind` that a source knows; returns how many.

    Numbered by source and id, so that the same input has the same numbers in every run. `first_names` are those the
    person may go by; `surnames` the parts of all last names.
    """
    count = make_comparable(connection, kind)
    take_records(connection)
    return count


def make_comparable(connection: duckdb.DuckDBPyConnection, kind: str, before: LayeredTable | None = None) -> int:
    """`everybody`, each person of `kind` that a source knows, as they are compared; returns how many.

    `numbered` (source, source_id, record) has the number of each. `before`: those whom this made comparable last;
    persons of whom nothing else is said now are taken from there, and so are those in `stayed_person`, whom `person`
    leaves out. `made_comparable` has the others, `gone_person` the hashes of those who are not said any more. What too
    many have in common is in the tables `common_phones` and so on (values: one list).
    """
    create_nicknames(connection)
    # Two sources mean the same child by different ids: the record's are compared, as students are linked first.
    connection.execute(
        f"""
        create or replace temp table children as
        select one.source, one.source_id, list(distinct coalesce(unique_id, student_id) order by coalesce(unique_id,
            student_id)) as student_ids
        from (select source, source_id, unnest(student_ids) as student_id from person where kind = '{kind}') as one
        left join identity on identity.kind = 'Student' and identity.source = one.source
            and identity.source_id = one.student_id
        group by all
        """
    )
    _tell_new(connection, kind, before)
    connection.execute(
        f"""
        create or replace temp table made_comparable as
        with cleaned as (
            select said, source, source_id, coalesce(rank, 1000) as rank, preferred_id,
                {_given_name()} as first_name, {_name("preferred_first_name")} as preferred,
                {_name("last_name")} as whole_last_name, {_name("middle_name")} as middle_name,
                {_name("suffix")} as suffix, birth_date,
                nullif(lower(left(split_part(sex, '#', -1), 1)), 'n') as sex,
                {_name("array_to_string(other_last_names, ' ')")} as other_last_names,
                list_sort(list_distinct(list_transform(emails, email -> lower(trim(email))))) as emails,
                list_sort(list_filter(list_distinct(list_transform(phones, phone ->
                    right(regexp_replace(phone, '[^0-9]', '', 'g'), 10))), phone -> length(phone) >= 7)) as phones,
                {_address()} as address, list_sort(list_distinct(shared_ids)) as shared_ids, school_ids,
                children_ids as student_ids
            from new_person
        ), nicknames as (select nickname, list(formal order by formal) as formals from nickname group by 1)
        select said, source, source_id, rank, preferred_id,
            coalesce(a.formals[1], split_part(cleaned.first_name, ' ', 1)) as formal_name,
            split_part(cleaned.first_name, ' ', 1) as first_name,
            {_short_form("split_part(cleaned.first_name, ' ', 1)")} as short_form,
            coalesce(nullif(split_part(middle_name, ' ', 1), ''), nullif(split_part(cleaned.first_name, ' ', 2), ''))
                as middle_name,
            list_sort(list_distinct(list_filter(
                [replace(cleaned.first_name, ' ', ''), split_part(cleaned.first_name, ' ', 1), preferred]
                || coalesce(a.formals, []) || coalesce(b.formals, []), name -> name is not null and name <> '')))
                as first_names,
            replace(whole_last_name, ' ', '') as last_name,
            list_sort(list_distinct(list_filter(
                string_split(whole_last_name, ' ') || coalesce(string_split(other_last_names, ' '), [])
                || [replace(whole_last_name, ' ', '')],
                part -> length(part) > 2
                    and part not in ('del', 'las', 'los', 'van', 'von', 'der', 'den')))) as surnames,
            left(coalesce(middle_name, nullif(split_part(cleaned.first_name, ' ', 2), '')), 1) as middle_initial,
            suffix,
            sex, birth_date, strftime(birth_date, '%Y%m%d') as birth_text,
            year(birth_date) || '-' || least(month(birth_date), day(birth_date)) || '-'
                || greatest(month(birth_date), day(birth_date)) as birth_sorted,
            address, emails, phones, shared_ids, school_ids, student_ids
        from cleaned
        left join nicknames as a on a.nickname = split_part(cleaned.first_name, ' ', 1)
        left join nicknames as b on b.nickname = preferred;
        drop view new_person;
        drop table said_now
        """
    )
    _number(connection, before)
    (count,) = connection.execute("select count(*) from numbered").fetchone() or (0,)
    return int(count)


def take_records(connection: duckdb.DuckDBPyConnection, which: str = "numbered") -> None:
    """The table `record` of `everybody`, or those in `which` of `numbered`, without what too many have in common."""
    without = ", ".join(
        f"case when list_has_any({column}, common_{column}.values)"
        f" then list_filter({column}, value -> not list_contains(common_{column}.values, value))"
        f" else {column} end as {column}"
        for column in COMMON
    )
    connection.execute(
        f"""
        create or replace temp table record as
        select record, rank::bigint * 100000000000 + record as priority, row.* exclude (said) replace ({without})
        from everybody as row{"".join(f" cross join common_{column}" for column in COMMON)}
        join {which} using (source, source_id)
        """
    )


def comparable(folder: Path, kind: str) -> LayeredTable:
    """Where persons are kept as they were made comparable; there may be none."""
    return LayeredTable(folder / f"comparable-{kind}.parquet")


def keep_comparable(connection: duckdb.DuckDBPyConnection, before: LayeredTable | None, kept: LayeredTable) -> None:
    """Write what `make_comparable` made to `kept`, to go on from; `before`: what it went on from."""
    if before is None:
        connection.execute(f"copy made_comparable to {literal(kept.base)} ({PARQUET})")
    else:
        write_changed(connection, before, kept, "gone_person using (said)", "from made_comparable")


def _number(connection: duckdb.DuckDBPyConnection, before: LayeredTable | None) -> None:
    known = (
        f"union all by name select row.* from {before.sql} as row anti join gone_person using (said)" if before else ""
    )
    connection.execute(f"create or replace temp view everybody as from made_comparable {known}")
    for column in COMMON:
        connection.execute(
            f"""
            create or replace temp table common_{column} as
            select list(value) as values from (
                select value from (select unnest({column}) as value from everybody)
                group by 1 having count(*) > {TOO_COMMON})
            """
        )
    # Only what tells their order is sorted: all that is said of everybody would not fit the memory of a large district.
    connection.execute(
        """
        create or replace temp table numbered as
        select source, source_id, row_number() over (order by source, source_id) as record from everybody
        """
    )


def _tell_new(connection: duckdb.DuckDBPyConnection, kind: str, before: LayeredTable | None) -> None:
    """`new_person`, of whom something else is said than before, with `said`, a hash of all of it; `gone_person`: the
    hashes of those who are not said any more."""
    lists = ("emails", "phones", "shared_ids", "school_ids", "other_last_names")
    held = connection.execute("describe person").fetchall()
    values = [
        (f"list_sort({name})" if name in lists else name, type_) for name, type_, *_ in held if name != "student_ids"
    ]
    said = content_of([*values, ("children.student_ids", "varchar[]")])
    not_gathered = "anti join stayed_person using (source, source_id)"
    known = (
        f"(select said from {before.sql} {not_gathered})" if before else "(select null::ubigint as said where false)"
    )
    connection.execute(
        f"""
        create or replace temp table said_now as
        select source, source_id, {said} as said
        from person left join children using (source, source_id) where kind = '{kind}';
        create or replace temp table gone_person as from {known} anti join said_now using (said);
        create or replace temp view new_person as
        select person.* exclude (student_ids) replace ({", ".join(f"list_sort({name}) as {name}" for name in lists)}),
            children.student_ids as children_ids, said
        from person join (from said_now anti join {known} using (said)) as new using (source, source_id)
        left join children using (source, source_id) where kind = '{kind}'
        """
    )


def _name(column: str) -> str:
    """A name in small letters, without accents and apostrophes, its words parted by single blanks."""
    plain = f"regexp_replace(lower(strip_accents({column})), '[''’`´.]', '', 'g')"
    return rf"nullif(trim(regexp_replace({plain}, '[^\p{{L}}]+', ' ', 'g')), '')"


def _given_name() -> str:
    """Min-jun and Min-seo are two names: what a hyphen joins stays one word."""
    return _name("replace(replace(first_name, '-', ''), '‐', '')")


def _short_form(name: str) -> str:
    """What a pet name is made from: Annie and Addy are `an` and `ad`, as long as two letters are left."""
    stem = f"regexp_replace({name}, '(ie|ey|y|i)$', '')"
    stem = f"case when length({stem}) > 2 and {stem}[-1] = {stem}[-2] then {stem}[:-2] else {stem} end"
    return f"case when length({stem}) >= 2 then {stem} else {name} end"


def _address() -> str:
    street = "regexp_replace(lower(strip_accents(street)), '[^a-z0-9]+', ' ', 'g')"
    for word, short in {
        "street": "st",
        "avenue": "ave",
        "road": "rd",
        "drive": "dr",
        "lane": "ln",
        "court": "ct",
    }.items():
        street = rf"regexp_replace({street}, '\b{word}\b', '{short}')"
    return f"nullif(trim({street}), '') || '|' || coalesce(left(postal_code, 5), lower(city), '')"
