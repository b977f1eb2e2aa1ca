"""Which schools of two sources are one: by a shared identifier, else by name and city, one to one."""

from __future__ import annotations

import duckdb

from homeroom.consolidate.link.clusters import KEPT_APART, join_best
from homeroom.consolidate.link.decided import apply_decisions, know_decisions
from homeroom.consolidate.link.tables import create_tables
from homeroom.consolidate.link.unique_ids import keep_unique_ids, taken

KIND = "EducationOrganization"

# Words that systems write in different ways, as (pattern, one form).
_WORDS = (
    (r"\b(elementary|elem|el|es|primary)\b", "elementary"),
    (r"\b(middle|mid|ms|junior high|jr high|jhs)\b", "middle"),
    (r"\b(high|hs|senior high|sr high|shs)\b", "high"),
    (r"\b(saint|st|sainte|ste)\b", "saint"),
    (r"\b(mount|mt)\b", "mount"),
    (r"\b(fort|ft)\b", "fort"),
    (r"\b(academy|acad)\b", "academy"),
    (
        r"\b(independent school district|unified school district|school district|public schools|isd|usd|sd|district)\b",
        "district",
    ),
    (r"\b(school|sch|schl|the|of)\b", ""),
)


def link_schools(connection: duckdb.DuckDBPyConnection) -> None:
    """Write `identity` and `match` for every row of the relation `school`; unique ids are whole numbers.

    Names that are alike in one city but not the same go to a person; so does a name of two schools in one source.
    """
    create_tables(connection)
    _create_records(connection)
    know_decisions(connection, KIND)
    apply_decisions(connection)
    _find_links(connection)
    # Schools of one source are never one, whatever they are called, unless a person says so.
    join_best(connection, "school_link", 0.95, 2.0)
    _write(connection)


def _create_records(connection: duckdb.DuckDBPyConnection) -> None:
    name = "regexp_replace(regexp_replace(lower(strip_accents(name)), '[''’.]', '', 'g'), '[^a-z0-9]+', ' ', 'g')"
    for pattern, form in _WORDS:
        name = f"regexp_replace({name}, '{pattern}', '{form}', 'g')"
    connection.execute(
        rf"""
        create or replace temp table record as
        select row_number() over (order by source, source_id) as record, source, source_id, rank,
            kind, trim(regexp_replace({name}, '\s+', ' ', 'g')) as name, identifiers, postal_code, grade_levels,
            nullif(trim(lower(strip_accents(city))), '') as city,
            coalesce(rank, 1000)::bigint * 100000000000 + record as priority
        from ({_ranked(connection)})
        """
    )


def _ranked(connection: duckdb.DuckDBPyConnection) -> str:
    present = {row[0] for row in connection.execute("describe school").fetchall()}
    return "select *" + ("" if "rank" in present else ", null::integer as rank") + " from school"


def _find_links(connection: duckdb.DuckDBPyConnection) -> None:
    """There are few schools: every pair of two sources and one kind is looked at, and people's decisions with them."""
    connection.execute(
        """
        create or replace temp table school_link as
        with decided as (
            select left_record, right_record, 'together' as decision from person_link
            union all select left_record, right_record, 'apart' from apart
        ), named as (select *, count(*) over (partition by source, kind, name, city) as with_name from record),
        pair as (
            select a.record as left_record, b.record as right_record,
                coalesce(list_has_any(a.identifiers, b.identifiers), false) as same_identifier,
                a.name = b.name as same_name,
                jaro_winkler_similarity(a.name, b.name) as alike,
                regexp_extract(a.name, 'elementary|middle|high') <> regexp_extract(b.name, 'elementary|middle|high')
                    or regexp_extract(a.name, '[0-9]+') <> regexp_extract(b.name, '[0-9]+') as other_level,
                a.city = b.city or a.postal_code = b.postal_code as same_place,
                greatest(a.with_name, b.with_name) = 1 as once
            from named as a join named as b on a.record < b.record and (
                a.source <> b.source and coalesce(a.kind = b.kind, true)
                or (a.record, b.record) in (select (left_record, right_record) from decided))
        )
        select left_record, right_record, false as contradiction, false as unsure,
            case when decision = 'together' then 1.0
                when decision = 'apart' then 0.0
                when same_identifier and alike >= 0.6 then 1.0
                when same_identifier then 0.8
                when same_name and once and coalesce(same_place, true) then 0.98
                when same_name and coalesce(same_place, true) then 0.8
                when alike >= 0.94 and not other_level and coalesce(same_place, true) then 0.7
                else 0.0 end as probability,
            case when decision is not null then 'person' when same_identifier then 'authority' else 'exact' end
                as decided_by
        from pair left join decided using (left_record, right_record)
        where decision is not null or same_identifier or same_name or alike >= 0.94
        """
    )


def _write(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"delete from match where kind = '{KIND}'")
    connection.execute(
        f"""
        insert into match
        select '{KIND}', l.source, l.source_id, r.source, r.source_id, probability,
            case when a.cluster = b.cluster then 'merged' when probability >= 0.6 and decided_by <> 'person'
                and (least(a.cluster, b.cluster), greatest(a.cluster, b.cluster))
                    not in (select (a, b) from ({KEPT_APART}))
                and not exists (
                select 1 from grouped as g join record as m on m.record = g.record
                where g.cluster = a.cluster and m.source = r.source) then 'review' else 'apart' end,
            json_object('rule', decided_by)
        from school_link join record as l on l.record = left_record join record as r on r.record = right_record
        join grouped as a on a.record = left_record join grouped as b on b.record = right_record
        where probability >= 0.6 or decided_by = 'person' order by left_record, right_record
        """
    )
    # An earlier run's number stays; else the best source's own, where it is a number that no other has; else one made
    # from the source's id, beyond those that people give.
    keep_unique_ids(connection, KIND)
    connection.execute(
        f"""
        insert into named
        with wished as (
            select cluster, priority,
                case when regexp_full_match(record.source_id, '[1-9][0-9]{{0,15}}') then record.source_id end as own,
                (1000000000000000000
                    + ('0x' || left(md5(record.source || chr(31) || record.source_id), 14))::bigint)::varchar
                    as made
            from grouped join record using (record) where cluster not in (select cluster from named)
        ), choices as (
            select cluster, own as unique_id, 1 as place, priority from wished where own is not null
            union all select cluster, made, 2, priority from wished
        ), free as (
            select * from choices where unique_id not in ({taken(KIND)})
            qualify row_number() over (partition by unique_id order by place, priority) = 1)
        select cluster, unique_id from free
        qualify row_number() over (partition by cluster order by place, priority) = 1
        """
    )
    connection.execute(
        f"""
        create or replace temp table school_identity as
        with ways as (
            select unnest([left_record, right_record]) as record, probability, decided_by
            from school_link join grouped as a on a.record = left_record join grouped as b on b.record = right_record
            where a.cluster = b.cluster
        ), way as (
            select record, max(probability) as probability, arg_max(decided_by, (probability, decided_by)) as decided_by
            from ways group by 1)
        select source, '{KIND}' as kind, source_id, unique_id, coalesce(probability, 1.0) as probability,
            coalesce(decided_by, 'single') as decided_by
        from record join grouped using (record) join named using (cluster) left join way using (record) order by record
        """
    )
    connection.execute(f"delete from identity where kind = '{KIND}'")
    connection.execute("insert into identity select * from school_identity")
