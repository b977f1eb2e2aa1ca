"""Which pairs are compared: those that agree on something telling; all with all would take too long.

How many pairs share a name and a month of birth grows with the square of a district's size. Where a block (those who
agree) is crowded, its pairs must agree on something more, so that each person is compared with so many others at most,
in however large a district. In one of 100,000 students no block is crowded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

# Of so many persons who agree, chance alone makes most: a true pair among them agrees on more.
MOST_IN_A_BLOCK = 100


@dataclass(frozen=True)
class Block:
    """Pairs that agree on all of `alike` are compared; in a crowded block only those that agree on `finer` as well.

    Both: columns of `node`, or parts of them (`first_name[1]`). What is not known agrees with nothing.
    """

    alike: tuple[str, ...]
    finer: tuple[str, ...]


def mark_crowded(connection: duckdb.DuckDBPyConnection, blocks: Sequence[Block | str]) -> None:
    """Give each row of `node` a column for each block that is crowded anywhere, which says whether its own is."""
    for number, block in enumerate(blocks):
        if isinstance(block, str):
            continue
        keys = ", ".join(f"{part} as key_{place}" for place, part in enumerate(block.alike))
        known = " and ".join(f"{part} is not null" for part in block.alike)
        same = " and ".join(f"key_{place} = node.{part}" for place, part in enumerate(block.alike))
        connection.execute(
            f"""
            create or replace temp table crowded_block as
            select {keys} from node where {known} group by all having count(*) > {MOST_IN_A_BLOCK}
            """
        )
        if connection.execute("select count(*) from crowded_block").fetchone() != (0,):
            connection.execute(
                f"""
                alter table node add column {_crowded(number)} boolean default false;
                update node set {_crowded(number)} = true from crowded_block where {same}
                """
            )


def blocking_rules(connection: duckdb.DuckDBPyConnection, blocks: Sequence[Block | str]) -> list[str]:
    """The conditions of which a pair of `node`, `l` and `r`, must meet one to be compared."""
    marked = {row[0] for row in connection.execute("describe node").fetchall()}
    rules = []
    for number, block in enumerate(blocks):
        if isinstance(block, str):
            rules.append(block)
            continue
        rule = _agree(block.alike)
        if (crowded := _crowded(number)) in marked:
            rule += f" and (not l.{crowded} or ({_agree(block.finer)}))"
        rules.append(rule)
    return rules


def _crowded(number: int) -> str:
    return f"crowded_{number}"


def _agree(parts: Sequence[str]) -> str:
    return " and ".join(f"l.{part} = r.{part}" for part in parts)
