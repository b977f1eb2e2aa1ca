"""First names that mean one person: Liz and Elizabeth, Paco and Francisco."""

from __future__ import annotations

from importlib import resources

import duckdb


def create_nicknames(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `nickname` (nickname, formal): one row for each pair; a nickname may stand for several names."""
    pairs = [
        (nickname, formal)
        for line in resources.files(__package__).joinpath("nicknames.tsv").read_text("utf-8").splitlines()
        for formal, nicknames in [line.split("\t")]
        for nickname in nicknames.split()
    ]
    connection.execute("create or replace temp table nickname (nickname varchar, formal varchar)")
    connection.execute(
        "insert into nickname select unnest(?), unnest(?)", [[pair[0] for pair in pairs], [pair[1] for pair in pairs]]
    )
