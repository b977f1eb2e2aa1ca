"""The landed documents of one delivery: which elements they have, and what their references point to.

A reference may say nothing but `ref`, the `id` of an element of the same file. It is completed, in the document's own
text, with the identity of what it points to; so all that comes after sees references of one kind only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import reduce
from typing import Any

import duckdb

from homeroom.consolidate.edfi.matching import Tree
from homeroom.model.columns import columns

_REF = '"@ref":"'
_REF_END = r"^((?:[^\"\\]|\\.)*)\""

# What elements that others point to are called: `fragment` goes into the reference, in the shape of its identity.
TABLES = """
    create or replace temp table identified (file bigint, id varchar, fragment varchar);
    create or replace temp table wanted_reference (file bigint, id varchar)
"""


def note_references(connection: duckdb.DuckDBPyConnection, documents: str) -> None:
    """Keep in mind what the documents of a relation point to."""
    connection.execute(
        f"""
        insert into wanted_reference
        select distinct file, unnest(regexp_extract_all(document, '"@ref":"((?:[^\"\\\\]|\\\\.)*)\"', 1))
        from (select source_row >> 32 as file, document from {documents} where contains(document, '{_REF}'))
        """
    )


def note_identities(connection: duckdb.DuckDBPyConnection, resource: str, documents: str, staged: str) -> None:
    """Keep the identities of a resource's elements that are pointed to, from its staged rows."""
    present = {row[0] for row in connection.execute(f"describe {staged}").fetchall()}
    parts = [
        f"""'"{_element(column.name)}":[' || to_json(s."{column.name}") || ']'"""
        for column in columns(resource)
        if column.key and column.name in present
    ]
    if not parts:
        return
    connection.execute(
        f"""
        insert into identified
        select p.file, p.id, '"{resource}Identity":[{{' || concat_ws(',', {", ".join(parts)}) || '}}]'
        from {_pointed_to(documents)} p join {staged} s using (source_row)
        """
    )


def note_named_references(connection: duckdb.DuckDBPyConnection, documents: str) -> None:
    """Keep the identities that elements which are references themselves say, for others to point to."""
    connection.execute(
        f"""
        insert into identified
        select file, id, regexp_replace(json_merge_patch(document, '{{"@id":null}}')::varchar, '^\\{{|\\}}$', '', 'g')
        from {_pointed_to(documents)} p
        """
    )


def with_references(connection: duckdb.DuckDBPyConnection, documents: str, into: str) -> bool:
    """The same documents with their references completed, as a temporary table `into`; False where there are none."""
    row = connection.execute(f"select count(*) from {documents} where contains(document, '{_REF}')").fetchone()
    if not row or not row[0]:
        return False
    # One who points to nothing in the own file may mean the only element of that id in the whole delivery. An id that
    # two elements have means neither: a wrong guess would give one child's scores to another.
    connection.execute(
        f"""
        create or replace temp table {into} as
        with pieces as (
            select source_row, unnest(string_split(document, '{_REF}')) as piece,
                   generate_subscripts(string_split(document, '{_REF}'), 1) as ordinal
            from {documents}
        ),
        named as (
            select *, case when ordinal > 1 then regexp_extract(piece, '{_REF_END}', 1) end as id from pieces
        ),
        anywhere as (
            select id, any_value(fragment) as fragment from identified group by id having count(distinct fragment) = 1
        ),
        within as (
            select file, id, any_value(fragment) as fragment from identified
            group by file, id having count(distinct fragment) = 1
        )
        select source_row, string_agg(
            case when ordinal = 1 then piece
            else '{_REF}' || n.id || '"' || case
                when substr(piece, length(n.id) + 2, 1) = '}}'
                then coalesce(',' || coalesce(w.fragment, a.fragment), '') else '' end
                || substr(piece, length(n.id) + 2) end,
            '' order by ordinal
        ) as document
        from named n
        left join within w on w.file = n.source_row >> 32 and w.id = n.id
        left join anywhere a on a.id = n.id
        group by source_row
        """
    )
    return True


def rows_pointing_nowhere(connection: duckdb.DuckDBPyConnection, documents: str) -> Any:
    """The rows (Arrow, `source_row`) of completed documents that still have a reference which says nothing."""
    return connection.execute(
        f"""select source_row from {documents}
        where regexp_matches(document, '"@ref":"(?:[^\"\\\\]|\\\\.)*\"\\}}') order by 1"""
    ).to_arrow_table()


def structure_of(connection: duckdb.DuckDBPyConnection, documents: str) -> Any:
    """The structure of all documents of a relation together, as DuckDB writes structures: `{"name": "VARCHAR"}`."""
    # Documents are many and their structures few; DuckDB's own aggregate of structures keeps all documents in memory.
    found = connection.execute(f"select distinct json_structure(document::json)::varchar from {documents}").fetchall()
    return reduce(_merged, (json.loads(row[0]) for row in found), {})


def tree_of(connection: duckdb.DuckDBPyConnection, documents: str) -> Tree:
    """The elements that the documents of a relation have, all of them together."""
    structure = structure_of(connection, documents)
    return Tree(_children(structure)) if isinstance(structure, dict) else Tree()


def _merged(one: Any, other: Any) -> Any:
    """The structure of what has either structure, as DuckDB writes structures."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {name: _merged(one.get(name, "NULL"), other.get(name, "NULL")) for name in {**one, **other}}
    if isinstance(one, list) and isinstance(other, list):
        return [_merged(one[0], other[0])]
    if "NULL" in (one, other):
        return other if one == "NULL" else one
    return one if one == other else "JSON"


def _children(structure: Mapping[str, Any]) -> dict[str, Tree]:
    found = {}
    for name, value in structure.items():
        if name.startswith(("@", "#")):
            continue
        tree = _tree(value[0] if isinstance(value, list) else value)
        if tree is not None:
            found[name] = tree
    return found


def _tree(structure: Any) -> Tree | None:
    """A tree, or None for an element that never holds anything."""
    if not isinstance(structure, dict):
        return None if structure == "NULL" else Tree(mixed=structure == "JSON")
    names = {name for name in structure if not name.startswith("@")}
    if names == {"#text"} or ("CodeValue" in names and names <= _CODE):
        return Tree(mixed=True)
    children = _children(structure)
    return Tree(children) if children else None


_CODE = {"CodeValue", "Namespace", "ShortDescription", "Description", "#text"}


def _pointed_to(documents: str) -> str:
    return f"""(
        select i.* from (
            select source_row, source_row >> 32 as file, document, document->>'$."@id"' as id from {documents}
            where starts_with(document, '{{"@id":')
        ) i where exists (select 1 from wanted_reference w where w.id = i.id)
    )"""


def _element(column: str) -> str:
    """A column's name as an element's: `school_id` is `SchoolId`."""
    return "".join(word[:1].upper() + word[1:] for word in column.split("_"))
