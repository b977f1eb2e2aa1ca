"""First names that mean one person: Liz and Elizabeth, Paco and Francisco.

English ones come from the `nicknames` package, which genealogists keep up; `nicknames.tsv` holds those of Spanish and
other families of names that it lacks.
"""

from __future__ import annotations

from importlib import resources

import duckdb
from nicknames import NickNamer


def create_nicknames(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `nickname` (nickname, formal): one row for each pair; a nickname may stand for several names."""
    pairs = {
        (nickname, formal)
        for line in resources.files(__package__).joinpath("nicknames.tsv").read_text("utf-8").splitlines()
        for formal, nicknames in [line.split("\t")]
        for nickname in nicknames.split()
    }
    known = NickNamer.default_lookup()
    pairs |= {(nickname, formal) for formal, nicknames in known.items() for nickname in nicknames}
    listed = sorted(pairs)
    connection.execute("create or replace temp table nickname (nickname varchar, formal varchar)")
    connection.execute(
        "insert into nickname select strip_accents(unnest(?)), strip_accents(unnest(?))",
        [[pair[0] for pair in listed], [pair[1] for pair in listed]],
    )
