"""Queries of a district's own database give its tables, and nothing is changed in it."""

import csv

import psycopg
import pytest

from homeroom.errors import CannotRun
from homeroom.secrets_file import Secrets
from homeroom.settings_file import SourceSettings
from homeroom.sources.sql_queries import fetch

NOBODY = Secrets("warehouse", {})


@pytest.fixture
def database(postgres_url):
    """A warehouse with three students, of whom one has no birth date."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("drop schema if exists warehouse cascade; create schema warehouse")
        connection.execute(
            "create table warehouse.student (id text, name text, born date, at timestamp, gpa numeric, photo bytea)"
        )
        connection.execute(
            "insert into warehouse.student values"
            " ('007', 'Ana, \"Ani\"', '2011-09-04', '2026-03-01 08:05', 3.50, null),"
            " ('008', 'Bo 100%', null, null, null, '\\x00'), ('009', 'Cy', '2012-01-02', null, 2, null)"
        )
    return postgres_url


def source(address, queries=None):
    options = {"queries": str(queries)} if queries else {}
    return SourceSettings("warehouse", "sql", None, 0, options, address)


def rows(path):
    with path.open(newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def folders(tmp_path):
    queries, into = tmp_path / "queries", tmp_path / "into"
    queries.mkdir()
    into.mkdir()
    return queries, into


def test_each_query_gives_the_table_of_its_name(database, folders):
    queries, into = folders
    (queries / "students.sql").write_text("select * from warehouse.student order by id -- all of them\n")
    (queries / "years.sql").write_text(
        "select extract(year from born)::int as year from warehouse.student where id = '007'"
    )
    fetch(source(database, queries), NOBODY, None, into)
    assert rows(into / "students.csv") == [
        ["id", "name", "born", "at", "gpa", "photo"],
        ["007", 'Ana, "Ani"', "2011-09-04", "2026-03-01 08:05:00", "3.50", ""],
        ["008", "Bo 100%", "", "", "", ""],
        ["009", "Cy", "2012-01-02", "", "2", ""],
    ]
    assert rows(into / "years.csv") == [["year"], ["2011"]]


def test_signs_that_mean_something_to_drivers_are_the_querys_own(database, folders):
    queries, into = folders
    (queries / "students.sql").write_text(
        "select id, ' :not_a_parameter' as colon from warehouse.student where name like '%100\\%'"
    )
    fetch(source(database, queries), NOBODY, None, into)
    assert rows(into / "students.csv")[1:] == [["008", " :not_a_parameter"]]


def test_more_rows_than_are_held_at_once_all_come(database, folders):
    queries, into = folders
    (queries / "numbers.sql").write_text("select n from generate_series(1, 25000) as n")
    fetch(source(database, queries), NOBODY, None, into)
    assert [row[0] for row in rows(into / "numbers.csv")[1:]] == [str(n) for n in range(1, 25_001)]


def test_a_query_can_change_nothing(database, folders):
    queries, into = folders
    (queries / "students.sql").write_text("delete from warehouse.student returning id")
    with pytest.raises(CannotRun):
        fetch(source(database, queries), NOBODY, None, into)
    with psycopg.connect(database) as connection:
        assert connection.execute("select count(*) from warehouse.student").fetchone() == (3,)


def test_a_query_that_is_not_understood_is_told_with_its_file(database, folders):
    queries, into = folders
    (queries / "students.sql").write_text("select surname from warehouse.student")
    with pytest.raises(CannotRun, match=r'students\.sql was not understood: column "surname" does not exist'):
        fetch(source(database, queries), NOBODY, None, into)


def test_a_value_that_a_query_stumbles_over_is_not_told(database, folders):
    queries, into = folders
    (queries / "students.sql").write_text("select name::int from warehouse.student order by id")
    with pytest.raises(CannotRun, match=r"did not answer students\.sql") as told:
        fetch(source(database, queries), NOBODY, None, into)
    assert "Ana" not in str(told.value)


def test_the_password_comes_from_the_secrets_and_is_not_told(folders):
    queries, into = folders
    (queries / "students.sql").write_text("select 1")
    secrets = Secrets("warehouse", {"password": "swordfish"})
    with pytest.raises(CannotRun, match="did not answer") as told:
        fetch(source("postgresql://reader@127.0.0.1:1/warehouse", queries), secrets, None, into)
    assert "swordfish" not in str(told.value)
    with pytest.raises(CannotRun, match=r"secrets\.toml") as told:
        fetch(source("postgresql://reader:swordfish@127.0.0.1:1/warehouse", queries), NOBODY, None, into)
    assert "swordfish" not in str(told.value)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("oracle+nothing://host/database", "Install its driver"),
        ("mysql+pymysql://host/database", "Install its driver"),
        ("what is this", "not the URL of a database"),
    ],
)
def test_a_database_that_can_not_be_spoken_with_is_told(address, words, folders):
    queries, into = folders
    (queries / "students.sql").write_text("select 1")
    with pytest.raises(CannotRun, match=words):
        fetch(source(address, queries), NOBODY, None, into)


def test_any_database_that_sqlalchemy_reaches_will_do(tmp_path, folders):
    queries, into = folders
    (queries / "one.sql").write_text("select 'ä' as letter, 1 as number")
    fetch(source(f"sqlite:///{tmp_path / 'warehouse.db'}", queries), NOBODY, None, into)
    assert rows(into / "one.csv") == [["letter", "number"], ["ä", "1"]]


def test_a_source_without_queries_is_told_where_to_write_them(folders):
    queries, into = folders
    for given in (None, queries):
        with pytest.raises(CannotRun, match=r"\.sql"):
            fetch(source("sqlite://", given), NOBODY, None, into)
