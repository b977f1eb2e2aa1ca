"""The hashes of the tree as they are kept and given out: in tiles of 256, as C2SP's tlog-tiles has them.

At level 0 a tile holds the hashes of 256 leaves; at each other, the roots of 256 full tiles of the level below. What
lies between the levels of tiles is made from them. The last tile of a level may be partial.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from homeroom.access.disclosure_log import merkle
from homeroom.errors import CannotRun

WIDTH = 256
HASH = 32
# The levels of the tree that one level of tiles spans.
HEIGHT = 8

Tile = tuple[int, int]
Found = TypeVar("Found")

# A level from 0 to 63, a number in as many groups of three digits as it needs, and the width of a partial tile.
_PATH = re.compile(
    r"(\d|[1-5]\d|6[0-3])/((?!x000)(?:x\d{3}/){0,5}\d{3})(?:\.p/([1-9]\d?|1\d\d|2[0-4]\d|25[0-5]))?", re.ASCII
)
_SIZE = """
    select number * 256 + length(hashes) / 32 as size from access.disclosure_tile where level = 0
    order by number desc limit 1
"""
_READ = "select hashes from access.disclosure_tile where level = %(level)s and number = %(number)s"
_READ_MANY = """
    select level, number, hashes from access.disclosure_tile
    join unnest(%(levels)s::int[], %(numbers)s::bigint[]) as wanted (level, number) using (level, number)
"""
_WRITE = """
    insert into access.disclosure_tile (level, number, hashes) values (%(level)s, %(number)s, %(hashes)s)
    on conflict (level, number) do update set hashes = excluded.hashes
"""


async def size_of(record: Any) -> int:
    """The number of leaves."""
    row = await (await record.execute(_SIZE)).fetchone()
    return int(row["size"]) if row else 0


async def append(record: Any, hashes: Sequence[bytes], held: int, level: int = 0) -> None:
    """Add hashes behind the `held` ones of a level, and what follows from them above, in the caller's transaction."""
    if not hashes:
        return
    number, in_tile = divmod(held, WIDTH)
    begun = await _read(record, level, number) if in_tile else b""
    content = begun + b"".join(hashes)
    tiles = [content[at : at + WIDTH * HASH] for at in range(0, len(content), WIDTH * HASH)]
    for place, tile in enumerate(tiles):
        await record.execute(_WRITE, {"level": level, "number": number + place, "hashes": tile})
    full = [tile for tile in tiles if len(tile) == WIDTH * HASH]
    await append(record, [_root(tile) for tile in full], number, level + 1)


async def proven(record: Any, make: Callable[[merkle.Subtree], Found]) -> Found:
    """What `make` makes of the tree, which is read in one go: `make` is called twice, to learn what it asks for."""
    wanted: set[Tile] = set()

    def note(level: int, index: int) -> bytes:
        wanted.add(_place(level, index)[0])
        return merkle.EMPTY

    make(note)
    keys = sorted(wanted)
    rows = await (
        await record.execute(
            _READ_MANY, {"levels": [level for level, _ in keys], "numbers": [number for _, number in keys]}
        )
    ).fetchall()
    tiles = {(row["level"], row["number"]): bytes(row["hashes"]) for row in rows}
    return make(lambda level, index: _subtree(tiles, level, index))


async def tile_at(record: Any, path: str) -> bytes | None:
    """The tile that a path of tlog-tiles names behind `tile/`, such as `0/x001/234` or `1/000.p/17`.

    None where there is none. A partial tile may be longer by now: its beginning stays.
    """
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    level, number = int(found[1]), int("".join(part.lstrip("x") for part in found[2].split("/")))
    hashes = await _read(record, level, number)
    width = int(found[3]) if found[3] else WIDTH
    return hashes[: width * HASH] if len(hashes) >= width * HASH else None


async def _read(record: Any, level: int, number: int) -> bytes:
    row = await (await record.execute(_READ, {"level": level, "number": number})).fetchone()
    return bytes(row["hashes"]) if row else b""


def _subtree(tiles: Mapping[Tile, bytes], level: int, index: int) -> bytes:
    tile, first, width = _place(level, index)
    hashes = tiles.get(tile, b"")[first * HASH : (first + width) * HASH]
    if len(hashes) != width * HASH:
        raise CannotRun("A part of the disclosure log's tree is gone. This says which: homeroom disclosures audit")
    return _root(hashes)


def _place(level: int, index: int) -> tuple[Tile, int, int]:
    """The tile that holds a subtree, where in it its hashes begin, and how many they are."""
    tile_level, above = divmod(level, HEIGHT)
    number, first = divmod(index << above, WIDTH)
    return (tile_level, number), first, 1 << above


def _root(hashes: bytes) -> bytes:
    found = [hashes[at : at + HASH] for at in range(0, len(hashes), HASH)]
    while len(found) > 1:
        found = [merkle.node_hash(*found[at : at + 2]) for at in range(0, len(found), 2)]
    return found[0]
