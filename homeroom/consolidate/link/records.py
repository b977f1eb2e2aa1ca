"""The persons of one kind, made comparable: names without case, accents and signs; lists without what says nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb

from homeroom.consolidate.database import literal
from homeroom.consolidate.link.nicknames import create_nicknames

# A telephone number or an address that so many rows have is a school's or a shelter's: it says nothing.
TOO_COMMON = 25


def create_records(connection: duckdb.DuckDBPyConnection, kind: str, before: Path | None = None) -> int:
    """The table `record`: one row for each person of `kind` that a source knows; returns how many.

    Numbered by source and id, so that the same input has the same numbers in every run. `first_names` are those the
    person may go by; `surnames` the parts of all last names. `before`: a Parquet file of `comparable` as this made it
    last; of persons of whom nothing else is said now it is taken from there.
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
        left join nicknames as b on b.nickname = preferred
        """
    )
    known = ""
    if before:
        known = f"union all by name select row.* from {literal(before)} as row semi join known_person using (said)"
    connection.execute(
        f"""
        create or replace temp table comparable as from made_comparable {known};
        create or replace temp table record as
        select record, rank::bigint * 100000000000 + record as priority, * exclude (record, said)
        from (select row_number() over (order by source, source_id) as record, * from comparable)
        """
    )
    for column in ("phones", "emails", "shared_ids"):
        _leave_out_common(connection, column)
    (count,) = connection.execute("select count(*) from record").fetchone() or (0,)
    return int(count)


def _tell_new(connection: duckdb.DuckDBPyConnection, kind: str, before: Path | None) -> None:
    """`new_person`, with `said`, a hash of all that is said of the person; `known_person`: the hashes of the others."""
    lists = ("emails", "phones", "shared_ids", "school_ids", "other_last_names")
    in_order = ", ".join(f"list_sort({name}) as {name}" for name in lists)
    connection.execute(
        f"""
        create or replace temp table known_person as
        {f"select said from {literal(before)}" if before else "select ''::varchar as said where false"};
        create or replace temp table new_person as
        with every as (
            select person.* exclude (student_ids) replace ({in_order}), children.student_ids as children_ids
            from person left join children using (source, source_id) where kind = '{kind}'
        )
        select *, md5(to_json(every)::varchar) as said from every;
        delete from known_person where said not in (select said from new_person);
        delete from new_person where said in (from known_person);
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


def _leave_out_common(connection: duckdb.DuckDBPyConnection, column: str) -> None:
    connection.execute(
        f"""
        create or replace temp table common as
        select list(value) as values from (
            select value from (select unnest({column}) as value from record) group by 1 having count(*) > {TOO_COMMON})
        """
    )
    connection.execute(
        f"""
        update record set {column} = list_filter({column}, value -> not list_contains(common.values, value))
        from common where list_has_any({column}, common.values)
        """
    )
