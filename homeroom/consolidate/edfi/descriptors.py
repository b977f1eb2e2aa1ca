"""The codes that a source defines itself, in files of descriptors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from homeroom.consolidate.database import literal

FILE = "descriptors.parquet"


def write_descriptors(connection: duckdb.DuckDBPyConnection, landed: Mapping[str, Path], into: Path) -> None:
    """Write `into/descriptors.parquet`: `source_row`, and the columns of the record's table of descriptors."""
    selects = [
        f"""
        select source_row, namespace || '#' || code_value as uri, '{name}' as descriptor_type, namespace, code_value,
            short_description, description
        from (
            select source_row, trim(document->>'$.Namespace[0]') as namespace,
                trim(document->>'$.CodeValue[0]') as code_value,
                document->>'$.ShortDescription[0]' as short_description, document->>'$.Description[0]' as description
            from read_parquet({literal(path)}) where standard = 'current'
        ) where namespace is not null and code_value is not null
        """
        for name, path in landed.items()
        if name.endswith("Descriptor")
    ]
    # Ed-Fi 1.0 has no namespaces: its mapping gathers the codes that rows use.
    if connection.execute("select 1 from duckdb_tables() where table_name = 'own_descriptor'").fetchone():
        selects.append("select * from own_descriptor")
    if selects:
        union = " union all by name ".join(selects)
        connection.execute(f"copy ({union}) to {literal(into / FILE)} (format parquet)")


def vocabulary(connection: duckdb.DuckDBPyConnection, mapped: Path) -> frozenset[str]:
    """The URIs of the codes that a mapped delivery defines."""
    if not (mapped / FILE).exists():
        return frozenset()
    rows = connection.execute(f"select distinct uri from read_parquet({literal(mapped / FILE)})").fetchall()
    return frozenset(row[0] for row in rows)
