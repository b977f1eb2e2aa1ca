"""First names that mean one person: Liz and Elizabeth, Paco and Francisco.

English ones come from the `nicknames` package, which genealogists keep up; `nicknames.tsv` holds those of Spanish and
other families of names that it lacks.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import duckdb
import pyarrow as pa
from nicknames import NickNamer


def create_nicknames(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `nickname` (nickname, formal): one row for each pair; a nickname may stand for several names."""
    connection.register("listed_nicknames", _listed())
    connection.execute(
        """
        create or replace temp table nickname as
        select strip_accents(nickname) as nickname, strip_accents(formal) as formal from listed_nicknames
        """
    )
    connection.unregister("listed_nicknames")


@cache
def _listed() -> pa.Table:
    pairs = {
        (nickname, formal)
        for line in resources.files(__package__).joinpath("nicknames.tsv").read_text("utf-8").splitlines()
        for formal, nicknames in [line.split("\t")]
        for nickname in nicknames.split()
    }
    known = NickNamer.default_lookup()
    pairs |= {(nickname, formal) for formal, nicknames in known.items() for nickname in nicknames}
    listed = sorted(pairs)
    # As columns: thousands of single values take DuckDB a second and a half to take in.
    return pa.table({"nickname": [pair[0] for pair in listed], "formal": [pair[1] for pair in listed]})
