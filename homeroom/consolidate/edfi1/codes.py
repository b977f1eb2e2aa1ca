"""The codes of a source's own. Ed-Fi 1.0 gives codes without a namespace, and leaves many of them to the district.

A code of these types that the standard has no value for is kept in the source's namespace, with what the source's
descriptor elements say of it; a code of any other type is left to cleaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from homeroom.consolidate.clean.cleaned import Context
from homeroom.consolidate.clean.codes import clean_code
from homeroom.consolidate.database import literal
from homeroom.model.columns import columns
from homeroom.model.declaration import Collection, Field, Kind

# What districts name themselves in 1.0 (the first six), and lists of 1.0 that are finer than those of 5.2.
OWN = frozenset(
    {
        "AssessmentPeriodDescriptor",
        "BehaviorDescriptor",
        "CompetencyLevelDescriptor",
        "DisciplineDescriptor",
        "PerformanceLevelDescriptor",
        "ServiceDescriptor",
        "AcademicSubjectDescriptor",
        "AccommodationDescriptor",
        "EntryTypeDescriptor",
        "ExitWithdrawTypeDescriptor",
        "LevelOfEducationDescriptor",
        "RelationDescriptor",
        "StaffClassificationDescriptor",
        "StudentCharacteristicDescriptor",
    }
)


def note_codes(
    connection: duckdb.DuckDBPyConnection,
    selects: Mapping[str, Sequence[str]],
    landed: Mapping[str, Path],
    namespace: str,
) -> None:
    """Make `own_descriptor`: the source's own codes, in the columns of the record's table of descriptors."""
    found: dict[tuple[str, str], int] = {}
    for type_, query in _queries(selects):
        for code, source_row in connection.execute(query).fetchall():
            # What cleaning understands by itself is no code of the source's own.
            if code and "://" not in code and clean_code(code, type_, Context()).value is None:
                found[type_, code] = min(found.get((type_, code), source_row), source_row)
    rows = [(row, f"{namespace}/{type_}", type_, code) for (type_, code), row in sorted(found.items())]
    connection.register(
        "own_codes",
        pa.table(
            {
                "source_row": pa.array([row[0] for row in rows], pa.int64()),
                "namespace": pa.array([row[1] for row in rows], pa.string()),
                "descriptor_type": pa.array([row[2] for row in rows], pa.string()),
                "code_value": pa.array([row[3] for row in rows], pa.string()),
            }
        ),
    )
    connection.execute(
        f"""
        create or replace temp table own_descriptor as
        select c.source_row, c.namespace || '#' || c.code_value as uri, c.descriptor_type, c.namespace, c.code_value,
            any_value(d.short_description) as short_description, any_value(d.description) as description
        from own_codes c left join ({_described(landed)}) d
            on d.descriptor_type = c.descriptor_type and d.code_value = c.code_value
        group by all
        """
    )
    connection.unregister("own_codes")


def _described(landed: Mapping[str, Path]) -> str:
    """What the descriptor elements of the delivery say of their codes."""
    selects = [
        f"""select '{name}' as descriptor_type, document->>'$.CodeValue[0]' as code_value,
            document->>'$.ShortDescription[0]' as short_description, document->>'$.Description[0]' as description
        from read_parquet({literal(path)}) where standard = '1.0'"""
        for name, path in landed.items()
        if name in OWN
    ]
    nothing = """select '' as descriptor_type, '' as code_value, '' as short_description, '' as description
        where false"""
    return " union all ".join([*selects, nothing])


def _queries(selects: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """For each place that may hold one of these codes: its type, and a query of codes with the first row of each."""
    for resource, queries in selects.items():
        for query in queries:
            for column in columns(resource):
                if f'"{column.name}"' not in query:
                    continue
                if column.collection is not None:
                    for type_, path in _places(column.collection, "$" if column.collection.single else "$[*]"):
                        codes = f"json_extract_string(\"{column.name}\", '{path}')"
                        yield type_, _distinct(f"unnest({codes})" if "*" in path else codes, query)
                elif column.type is not None and column.type.kind is Kind.DESCRIPTOR and column.type.descriptor in OWN:
                    yield column.type.descriptor, _distinct(f'"{column.name}"', query)


def _distinct(code: str, query: str) -> str:
    return f"select code, min(source_row) from (select {code} as code, source_row from ({query})) group by 1"


def _places(collection: Collection, at: str) -> Iterator[tuple[str, str]]:
    for name, member in collection.element.members.items():
        if isinstance(member, Collection):
            yield from _places(member, f"{at}.{name}" if member.single else f"{at}.{name}[*]")
        elif isinstance(member, Field) and member.type.kind is Kind.DESCRIPTOR and member.type.descriptor in OWN:
            yield str(member.type.descriptor), f"{at}.{name}"
