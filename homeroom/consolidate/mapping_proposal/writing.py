"""A proposal as the text of a mapping file, with what is to be decided as comments at its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.items import Table

from homeroom.consolidate.mapping_proposal.proposing import TableProposal

_HEAD = """What the tables of the source {source} mean. Each [table.Resource] is a document of Ed-Fi that every row
becomes; its fields name columns. Change whatever is not right: docs/reference/mapping-files.md tells the words."""


def mapping_text(proposals: Sequence[TableProposal], source: str) -> str:
    """The text of a mapping file. Tables of which nothing was understood are named in a comment at its end."""
    document = tomlkit.document()
    for line in _HEAD.format(source=source).splitlines():
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    tables = tomlkit.aot()
    for proposal in proposals:
        if _documents(proposal.mapping):
            tables.append(_table(proposal))
    document.add("table", tables)
    unread = [proposal.table for proposal in proposals if not _documents(proposal.mapping)]
    text = tomlkit.dumps(document)
    return text + "".join(f"\n# Nothing was understood of {table}: write a [[table]] for it.\n" for table in unread)


def _documents(mapping: Mapping[str, Any]) -> list[str]:
    return [name for name in mapping if name[0].isupper()]


def _table(proposal: TableProposal) -> Table:
    table = tomlkit.table()
    for doubt in proposal.doubts:
        table.add(tomlkit.comment(f"To be decided: {doubt}"))
    for name, value in proposal.mapping.items():
        if not name[0].isupper():
            table.add(name, _array(value) if isinstance(value, list) else value)
    for resource in _documents(proposal.mapping):
        said = proposal.mapping[resource]
        if isinstance(said, list):
            several = tomlkit.aot()
            for one in said:
                several.append(_fields(one))
            table.add(resource, several)
        else:
            table.add(resource, _fields(said))
    return table


def _fields(said: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for name, value in said.items():
        if isinstance(value, Mapping) and not {"column", "value", "join"} & set(value):
            for part, inner in value.items():
                table.append(tomlkit.key([name, part]), _value(inner))
        else:
            table.add(name, _value(value))
    return table


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        inline = tomlkit.inline_table()
        for name, inner in value.items():
            inline.append(name, _value(inner))
        return inline
    if isinstance(value, list):
        return _array([_value(one) for one in value])
    return value


def _array(values: list[Any]) -> Any:
    array = tomlkit.array()
    for value in values:
        array.append(value)
    return array.multiline(any(isinstance(value, Mapping) for value in values) or len(values) > 6)
