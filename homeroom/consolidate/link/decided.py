"""What people decided, put before all that linking finds by itself."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from homeroom.record.match_decisions import Decision, Row, in_effect


def know_decisions(connection: duckdb.DuckDBPyConnection, kind: str) -> None:
    """The tables `together_row`, rows that are one person, and `apart_row`, of two sides that are two (source,
    source_id, person; of two sides, the first has an even number and the second the one after it).

    Reads `match_decision`, of which the newest counts where two can't both hold.
    """
    found = connection.execute(
        "select decision_number, left_source, left_id, right_source, right_id, decision from match_decision"
        " where kind = ? and (left_source, left_id) <> (right_source, right_id)",
        [kind],
    ).fetchall()
    counts = in_effect(Decision(number, (ls, li), (rs, ri), what) for number, ls, li, rs, ri, what in found)
    person_of = {row: number for number, rows in enumerate(counts.together) for row in rows}
    _keep(connection, "together_row", list(person_of.items()))
    # Any row of a person stands for the person, also where the row that was decided about is not delivered now.
    sides = [
        rows
        for left, right in counts.apart
        for rows in (_person(left, counts.together, person_of), _person(right, counts.together, person_of))
    ]
    _keep(connection, "apart_row", [(row, side) for side, rows in enumerate(sides) for row in rows])


def apply_decisions(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables `person_link`, `apart` (left_record, right_record, ...) and `grouped`, by what people decided.

    Reads `record`, and what `know_decisions` made. Rows that a decision joins are in one cluster, also where the row
    between them is not delivered now; `apart` is for `join_best` to heed.
    """
    connection.execute(
        """
        create or replace temp table decided_person as
        select record, person, min(record) over (partition by person) as first_record
        from together_row join record using (source, source_id)
        """
    )
    connection.execute(
        """
        create or replace temp table grouped as
        select record, coalesce(first_record, record) as cluster from record left join decided_person using (record)
        """
    )
    connection.execute(
        """
        create or replace temp table person_link as
        select first_record as left_record, record as right_record, 1.0 as probability, false as contradiction,
            false as unsure
        from decided_person where first_record <> record
        """
    )
    connection.execute(
        """
        create or replace temp table apart as
        with side as (
            select person as side, min(record) as record
            from apart_row join record using (source, source_id) group by 1
        )
        select distinct least(l.record, r.record) as left_record, greatest(l.record, r.record) as right_record,
            1.0 as probability, false as contradiction, false as unsure
        from side as l join side as r on l.side % 2 = 0 and r.side = l.side + 1
        """
    )


def _person(row: Row, together: list[list[Row]], person_of: dict[Row, int]) -> list[Row]:
    return together[person_of[row]] if row in person_of else [row]


def _keep(connection: duckdb.DuckDBPyConnection, name: str, rows: list[tuple[Row, int]]) -> None:
    shape = pa.schema([("source", pa.string()), ("source_id", pa.string()), ("person", pa.int64())])
    given = [{"source": source, "source_id": source_id, "person": person} for (source, source_id), person in rows]
    connection.register("decided_rows", pa.Table.from_pylist(given, shape))
    connection.execute(f"create or replace temp table {name} as from decided_rows")
    connection.unregister("decided_rows")
