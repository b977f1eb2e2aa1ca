"""Where in the documents of a mapping each column of a table goes."""

from __future__ import annotations

from collections.abc import Iterator

from homeroom.consolidate.mapping_file.declaration import Item, Items, TableMapping, Value


def places_of(mapping: TableMapping) -> dict[str, list[str]]:
    """For each column that a mapping reads, the fields that it fills: `Student.birthDate`, `School.addresses.city`.

    A column that only decides whether a row or an item counts has the field `where`.
    """
    found: dict[str, list[str]] = {}
    for column, place in [*_conditions(mapping), *_documents(mapping)]:
        if place not in found.setdefault(column, []):
            found[column].append(place)
    return found


def _conditions(mapping: TableMapping) -> Iterator[tuple[str, str]]:
    for column in mapping.condition.read():
        yield column, "where"


def _documents(mapping: TableMapping) -> Iterator[tuple[str, str]]:
    for document in mapping.documents:
        yield from _item(document.item, document.resource)


def _item(item: Item, place: str) -> Iterator[tuple[str, str]]:
    for column in item.condition.read():
        yield column, f"{place}.where"
    for name, value in item.values.items():
        if isinstance(value, Value):
            yield from ((column, f"{place}.{name}") for column in value.read())
        elif isinstance(value, Items):
            for one in value.items:
                yield from _item(one, f"{place}.{name}")
        else:
            for part in value.values():
                yield from ((column, f"{place}.{name.removesuffix('Reference')}") for column in part.read())
