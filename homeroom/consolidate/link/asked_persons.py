"""Who of the persons known is meant by what somebody says of one: with the comparisons and weights of a run.

A run compares all with all who agree on something; here a few are asked for, and those known are made ready once. How
rare a name is counts among those known. Nobody is compared for an address, a telephone or an official id: whoever asks
doesn't say them.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from homeroom.consolidate.link.blocking import blocking_rules
from homeroom.consolidate.link.kinds import PersonKind
from homeroom.consolidate.link.known_scores import KnownScores
from homeroom.consolidate.link.nodes import create_nodes, find_frequent_names
from homeroom.consolidate.link.predicting import LOWEST_PROBABILITY
from homeroom.consolidate.link.records import create_records
from homeroom.consolidate.link.scoring import FEWEST_FOR_FREQUENCIES
from homeroom.consolidate.link.splink_linker import forget_frequencies, linker_of, no_warnings
from homeroom.consolidate.link.tables import create_tables
from homeroom.consolidate.link.told_scores import tell_scores

# What may be said of a person who is asked for: columns of `person`, as `homeroom.consolidate.persons` has it.
SAID = ("first_name", "middle_name", "last_name", "suffix", "birth_date", "sex")
_NOT_SAID = ("address", "shared_ids", "phones", "emails", "student_ids")
_FREQUENCIES = ("first_name", "last_name")


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be meant, and how probable that is."""

    unique_id: str
    probability: float


class KnownPersons:
    """The persons of one kind in the relation `person`, by whose `source_id` they are told; made ready to be asked for.

    `learned`: how often true and other pairs agree, as the last run learned it; else what is expected of school records
    stands. A connection is asked by one thread at a time.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, kind: PersonKind, learned: KnownScores | None = None
    ) -> None:
        no_warnings()
        create_tables(connection)
        self._connection = connection
        self._kind = kind
        count = self._make_nodes()
        connection.execute(
            """
            create or replace table known_node as from node;
            create or replace table asked_node as from node limit 0;
            create or replace table known_person as select record as unique_id, source_id from record;
            create or replace table known_frequent_name as from frequent_name
            """
        )
        self._comparisons = copy.deepcopy(learned.comparisons if learned else list(kind.comparisons))
        if count < FEWEST_FOR_FREQUENCIES:
            forget_frequencies(self._comparisons)
        rules = [rule for rule in blocking_rules(connection, kind.blocking)
                 if not any(f"l.{name} " in rule for name in _NOT_SAID)]  # fmt: skip
        nodes = learned.nodes if learned else count
        self._linker = linker_of(connection, self._comparisons, nodes, rules, table="known_node")
        for name in _FREQUENCIES if count >= FEWEST_FOR_FREQUENCIES else ():
            self._linker.table_management.compute_tf_table(name)
        self._known, self._asked = (self._linker._db_api.register(name) for name in ("known_node", "asked_node"))

    def add(self) -> None:
        """Know those in the relation `person` beside those who are known already."""
        self._make_nodes()
        last = self._last()
        self._connection.execute(
            f"""
            insert into known_node by name select * replace ({last} + unique_id as unique_id) from node;
            insert into known_person select {last} + record, source_id from record
            """
        )

    def candidates(self, asked: Sequence[Mapping[str, Any]], lowest: float) -> list[list[Candidate]]:
        """For each who is asked for, in `SAID`, those who may be meant, the most probable first.

        `lowest`: from which probability on.
        """
        if not asked:
            return []
        rows = [{name: one.get(name) for name in SAID} | {"source_id": str(at)} for at, one in enumerate(asked)]
        self._connection.register("asked_rows", pa.Table.from_pylist(rows, _SHAPE))
        self._connection.execute("create or replace temp table person as from person limit 0")
        self._connection.execute(
            "insert into person by name select *, 'asked' as source, $kind as kind, 0 as rank from asked_rows",
            {"kind": self._kind.name},
        )
        self._connection.unregister("asked_rows")
        self._make_nodes()
        last = self._last()
        self._connection.execute(
            f"""
            delete from asked_node;
            insert into asked_node by name
            select * replace ({last} + unique_id as unique_id,
                coalesce(first_name not in (from known_frequent_name), true) as first_name_is_rare)
            from node
            """
        )
        predicted = self._linker.inference.predict_between(
            self._asked, self._known, threshold_match_probability=LOWEST_PROBABILITY, warning_mode="never"
        )
        tell_scores(self._connection, self._kind, self._comparisons, predicted)
        found: list[list[Candidate]] = [[] for _ in asked]
        for at, unique_id, probability in self._connection.execute(
            """
            select record.source_id::int, known_person.source_id, probability from scored
            join known_person on known_person.unique_id = left_node join record on record.record = right_node - $last
            where probability >= $lowest order by 1, 3 desc, 2
            """,
            {"last": last, "lowest": lowest},
        ).fetchall():
            found[at].append(Candidate(unique_id, probability))
        return found

    def _make_nodes(self) -> int:
        """`record` and `node` of those in `person`: each is a person of their own."""
        count = create_records(self._connection, self._kind.name)
        self._connection.execute("create or replace temp table grouped as select record, record as cluster from record")
        find_frequent_names(self._connection)
        create_nodes(self._connection)
        return count

    def _last(self) -> int:
        """The highest number that anybody known has."""
        row = self._connection.execute("select coalesce(max(unique_id), 0) from known_person").fetchone()
        return int(row[0]) if row else 0


_SHAPE = pa.schema([("source_id", pa.string()), *((name, pa.date32() if name == "birth_date" else pa.string())
                                                   for name in SAID)])  # fmt: skip
