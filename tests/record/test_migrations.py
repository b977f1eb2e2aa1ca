"""A record that an earlier Homeroom made becomes what this one declares, and keeps its rows."""

import psycopg
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from homeroom.record.migrations.scope import OPTIONS
from homeroom.record.migrations.target import METADATA
from homeroom.record.opening import prepare


def test_the_migrated_record_has_exactly_the_tables_that_the_code_declares(record):
    engine = create_engine(record.replace("postgresql:", "postgresql+psycopg:", 1))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS | {"compare_server_default": True})
        differences = compare_metadata(context, METADATA)
    engine.dispose()
    assert differences == []


def test_a_record_of_the_first_revision_is_brought_up_to_date_with_its_rows(empty_database):
    prepare(empty_database, "0001")
    with psycopg.connect(empty_database) as connection:
        connection.execute(
            "insert into edfi.student (student_unique_id, first_name, last_surname, birth_date)"
            " values ('900', 'Maya', 'Okafor', '2016-03-01')"
        )
        before = connection.execute("select to_jsonb(s) from edfi.student s").fetchall()
    prepare(empty_database)
    with psycopg.connect(empty_database) as connection:
        assert connection.execute("select to_jsonb(s) from edfi.student s").fetchall() == before
        assert connection.execute("select count(*) from edfi.tombstone").fetchone() == (0,)


def test_preparing_again_changes_nothing(empty_database):
    prepare(empty_database)
    with psycopg.connect(empty_database) as connection:
        connection.execute("delete from edfi.descriptor where code_value = 'Fourth grade'")
    prepare(empty_database)
    with psycopg.connect(empty_database) as connection:
        assert connection.execute(
            "select count(*) from edfi.descriptor where code_value = 'Fourth grade'"
        ).fetchone() != (0,)


def test_what_a_source_delivered_last_before_deliveries_were_compared_counts_as_accepted(empty_database):
    prepare(empty_database, "0005")
    with psycopg.connect(empty_database) as connection:
        connection.execute("insert into consolidation.run (started_at) values (now())")
        connection.execute(
            "insert into consolidation.delivery values ('old', 'sis', 'edfi-xml', '2026-03-01'),"
            " ('new', 'sis', 'edfi-xml', '2026-03-02'), ('gone', 'lms', 'edfi-xml', '2026-03-02')"
        )
        connection.execute("insert into consolidation.source_count values (1, 'sis', 1, 1, 0)")
    prepare(empty_database)
    with psycopg.connect(empty_database) as connection:
        assert connection.execute("select * from consolidation.run_delivery").fetchall() == [
            (1, "sis", "new", "published")
        ]
