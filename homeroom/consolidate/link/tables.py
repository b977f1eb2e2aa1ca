"""The tables that linking writes and those it reads from earlier runs and from people."""

from __future__ import annotations

import duckdb

TABLES = {
    "identity": "source varchar, kind varchar, source_id varchar, unique_id varchar, probability double,"
    " decided_by varchar",
    "match": "kind varchar, left_source varchar, left_id varchar, right_source varchar, right_id varchar,"
    " probability double, state varchar, comparison json",
    "match_decision": "kind varchar, left_source varchar, left_id varchar, right_source varchar, right_id varchar,"
    " decision varchar, decision_number bigint",
    "created_identity": "unique_id varchar, kind varchar, first_name varchar, middle_name varchar, last_name varchar,"
    " suffix varchar, birth_date date, sex varchar",
    "identity_history": "source varchar, kind varchar, source_id varchar, unique_id varchar, valid_until timestamptz",
    # Who is as the last run made them comparable, and need not be in `person`.
    "stayed_person": "source varchar, source_id varchar",
}


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make those of `TABLES` that are not there; `match` and `identity` have the columns in this order."""
    there = {row[0] for row in connection.execute("select table_name from information_schema.tables").fetchall()}
    for name, columns in TABLES.items():
        if name not in there:
            connection.execute(f"create temp table {name} ({columns})")
