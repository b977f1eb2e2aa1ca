"""From the places of a resource's values to the SQL that takes them out of the documents, whole columns at once.

A document is parsed once, by `json_transform` into a struct of what is wanted; every column is a path into it, and a
collection becomes JSON again, in the shape that the standard's JSON has.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from homeroom.consolidate.database import literal
from homeroom.consolidate.edfi.matching import Path, Places, Tree
from homeroom.model.columns import columns
from homeroom.model.declaration import RESOURCES, Collection, Member

# The text of a leaf that holds more than text in some documents: beside attributes, or a code with its namespace.
MACROS = """
    create or replace temp macro leaf_text(leaf) as case json_type(leaf)
        when 'OBJECT' then coalesce(
            leaf->>'#text',
            concat((leaf->>'$.Namespace[0]') || '#', leaf->>'$.CodeValue[0]')
        )
        else leaf->>'$' end
"""


def select(resource: str, places: Places, tree: Tree, documents: str) -> str:
    """A SELECT of `source_row` and the resource's columns from a relation `documents` of `source_row`, `document`.

    It has a column `repeated` too, the names of elements that stand there more often than the record has place for:
    their first is taken.
    """
    picked = [f"{expression} as {_quoted(name)}" for name, expression in _columns(resource, places, tree).items()]
    if not picked:
        return f"select source_row, []::varchar[] as repeated from {documents}"
    wanted = literal(json.dumps(_structure(_wanted(places), tree)))
    listed = "".join(f", {column}" for column in picked)
    parsed = f"(select source_row, json_transform(document, {wanted}) as d from {documents})"
    return f"select source_row, {_repeated(places)} as repeated{listed} from {parsed}"


def _repeated(places: Places) -> str:
    single = {path[:length] for paths in places.values.values() for path in paths for length in range(1, len(path) + 1)}
    several = [
        f"case when len(d{''.join(f'.{_quoted(name)}[1]' for name in path[:-1])}.{_quoted(path[-1])}) > 1"
        f" then {literal('/'.join(path))} end"
        for path in sorted(single)
    ]
    return f"list_filter([{', '.join(several)}]::varchar[], lambda name: name is not null)"


def _columns(resource: str, places: Places, tree: Tree) -> dict[str, str]:
    definition = RESOURCES[resource]
    result: dict[str, str] = {}
    for column in columns(resource):
        if column.collection is not None:
            found = places.objects.get(column.paths[0])
            if found:
                result[column.name] = _json(_objects(definition.members[column.paths[0]], found, "d", tree, ()))
            continue
        # Equal values share a column: whichever path the document fills has it.
        paths = [path for json_path in column.paths for path in places.values.get(json_path, [])]
        if paths:
            result[column.name] = _first([_text("d", path, tree, ()) for path in paths])
    return result


def _objects(member: Member, found: list[tuple[Path, Places]], owner: str, tree: Tree, above: Path) -> str:
    """SQL for a list of structs, or for one struct: a collection or an embedded object."""
    if not isinstance(member, Collection):
        raise TypeError(f"{member} is no collection.")
    lists = []
    for path, places in found:
        variable = f"x{len(above) + len(path)}"
        inner = _struct(member, places, variable, tree, (*above, *path))
        at = "".join(f".{_quoted(name)}[1]" for name in path[:-1]) + f".{_quoted(path[-1])}"
        lists.append(f"list_transform({owner}{at}, lambda {variable}: {inner})")
    listed = lists[0]
    for more in lists[1:]:
        listed = f"list_concat({listed}, {more})"
    return f"({listed})[1]" if member.single else listed


def _struct(collection: Collection, places: Places, variable: str, tree: Tree, above: Path) -> str:
    fields: list[str] = []
    references: dict[str, list[str]] = {}
    for json_path, paths in places.values.items():
        name, _, part = json_path.partition(".")
        text = _first([_text(variable, path, tree, above) for path in paths])
        if part:
            references.setdefault(name, []).append(f"'{part}': {text}")
        else:
            fields.append(f"'{name}': {text}")
    fields += [f"'{name}': {{{', '.join(parts)}}}" for name, parts in references.items()]
    for name, found in places.objects.items():
        fields.append(f"'{name}': {_objects(collection.element.members[name], found, variable, tree, above)}")
    # An item of which nothing is known is an item still, for cleaning to tell of.
    return f"{{{', '.join(fields)}}}" if fields else "{'nothing': null}"


def _text(owner: str, path: Path, tree: Tree, above: Path) -> str:
    """SQL for a leaf's text; the path () is the text of the item itself."""
    at = owner + "".join(f".{_quoted(name)}[1]" for name in path)
    return f"leaf_text({at})" if _find(tree, (*above, *path)).mixed else at


def _find(tree: Tree, path: Path) -> Tree:
    for name in path:
        tree = tree.children[name]
    return tree


def _wanted(places: Places) -> Iterable[Path]:
    for paths in places.values.values():
        yield from paths
    for found in places.objects.values():
        for path, inner in found:
            yield path
            for below in _wanted(inner):
                yield (*path, *below)


def _structure(paths: Iterable[Path], tree: Tree) -> dict[str, Any]:
    """The structure of what is wanted, as `json_transform` takes it."""
    result: dict[str, Any] = {}
    for path in sorted(set(paths), key=len):
        here, at = result, tree
        for depth, name in enumerate(path):
            at = at.children[name]
            last = depth == len(path) - 1
            if last and not at.children:
                here[name] = ["JSON" if at.mixed else "VARCHAR"]
            else:
                here = here.setdefault(name, [{}])[0]
    return _without_empty(result)


def _without_empty(structure: dict[str, Any]) -> dict[str, Any]:
    """Objects of which nothing is wanted but that they are there: `json_transform` knows no empty ones."""
    return {
        name: inner if isinstance(inner[0], str) else [_without_empty(inner[0]) if inner[0] else "JSON"]
        for name, inner in structure.items()
    }


def _json(expression: str) -> str:
    return f"cast(to_json({expression}) as varchar)"


def _first(expressions: list[str]) -> str:
    return expressions[0] if len(expressions) == 1 else f"coalesce({', '.join(expressions)})"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
