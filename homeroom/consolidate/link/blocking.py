"""Which pairs are compared: those that agree on something telling; all with all would take too long.

How many pairs share a name and a month of birth grows with the square of a district's size. Where a block (those who
agree) is crowded, its pairs must agree on something more, so that each person is compared with so many others at most,
in however large a district. In one of 100,000 students no block is crowded.
"""

from __future__ import annotations

import re
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


def mark_crowded(connection: duckdb.DuckDBPyConnection, blocks: Sequence[Block | str], partners: bool = False) -> None:
    """Give each row of `node` a column for each block that is crowded anywhere, which says whether its own is.

    `partners`: `node` holds but those whom `find_partners` found, and how many agree is known from there.
    """
    for number, block in enumerate(blocks):
        if isinstance(block, str):
            continue
        keys = ", ".join(f"key_{place}" for place, _ in enumerate(block.alike))
        same = " and ".join(f"key_{place} = node.{part}" for place, part in enumerate(block.alike))
        connection.execute(
            f"""
            create or replace temp table crowded_block as
            select {keys} from {_agreeing(number) if partners else f"({_with_keys(block, 'node')})"} group by all
            having count(*) > {MOST_IN_A_BLOCK}
            """
        )
        if connection.execute("select count(*) from crowded_block").fetchone() != (0,):
            connection.execute(
                f"""
                alter table node add column {_crowded(number)} boolean default false;
                update node set {_crowded(number)} = true from crowded_block where {same}
                """
            )


def find_partners(connection: duckdb.DuckDBPyConnection, blocks: Sequence[Block | str], among: str) -> None:
    """The table `partner` (content): those of `among`, a relation like `node` with `content`, with whom one of `node`
    that `is_new` may have to be compared."""
    connection.execute("create or replace temp view new_node as from node where is_new")
    connection.execute("create or replace temp table partner (content ubigint)")
    for number, block in enumerate(blocks):
        if isinstance(block, str):
            # What is said of each side is the same, so that it does not matter which is which.
            new, others = "new_node", among
            for column in exploded(block):
                each = f"select * replace (unnest({column}) as {column})"
                new, others = f"({each} from {new})", f"({each} from {others})"
            connection.execute(f"insert into partner select content from {others} as r semi join {new} as l on {block}")
            continue
        keys = ", ".join(f"key_{place}" for place, _ in enumerate(block.alike))
        connection.execute(
            f"""
            create or replace temp table {_agreeing(number)} as
            select content, {keys} from ({_with_keys(block, among)}) semi join ({_with_keys(block, "new_node")})
            using ({keys});
            insert into partner select content from {_agreeing(number)}
            """
        )


def exploded(rule: str) -> list[str]:
    """The columns of lists of which a rule means one value each."""
    found = re.findall(r"l\.(\w+s) = r\.", rule)
    return [column for column in found if column in ("phones", "emails", "student_ids", "shared_ids")]


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


def _with_keys(block: Block, rows: str) -> str:
    """A query of `rows` of which all is known that must be alike, with that."""
    keys = ", ".join(f"{part} as key_{place}" for place, part in enumerate(block.alike))
    known = " and ".join(f"{part} is not null" for part in block.alike)
    return f"select *, {keys} from {rows} where {known}"


def _agreeing(number: int) -> str:
    return f"agreeing_{number}"


def _crowded(number: int) -> str:
    return f"crowded_{number}"


def _agree(parts: Sequence[str]) -> str:
    return " and ".join(f"l.{part} = r.{part}" for part in parts)
