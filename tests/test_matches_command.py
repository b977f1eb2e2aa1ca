"""`homeroom matches`: decide at the terminal, and estimate from a labelled sample how good linking is."""

import csv
import json
import re

import duckdb
import psycopg
import pytest
from commands import homeroom
from own_workspace import own_workspace


@pytest.fixture
def workspace(copied_record, tmp_path):
    return own_workspace(tmp_path / "district", copied_record)


def matches(workspace, *words):
    return homeroom("matches", *words, "--workspace", workspace.root)


def asked(workspace, question):
    with psycopg.connect(workspace.settings().record_url) as record:
        return record.execute(question).fetchall()


def test_a_pair_is_joined_told_and_undone(workspace):
    one, other = asked(
        workspace, "select source_id from consolidation.identity where kind = 'Student' and source = 'sis' limit 2"
    )
    done = matches(workspace, "join", "sis", one[0], "sis", other[0], "--note", "the same child")
    assert done.returncode == 0, done.stderr
    assert "takes effect in the next run" in done.stdout
    (told,) = json.loads(matches(workspace, "decisions", "--json").stdout)["decisions"]
    assert (told["decision"], told["state"]) == ("together", "waits for the next run")
    assert matches(workspace, "undo", str(told["number"])).returncode == 0
    assert "undone" in matches(workspace, "decisions").stdout
    again = matches(workspace, "undo", str(told["number"]))
    assert again.returncode == 2
    assert "no decision" in again.stderr


def test_a_row_that_no_source_delivers_is_refused_in_a_sentence(workspace):
    refused = matches(workspace, "apart", "sis", "nobody", "sis", "nowhere")
    assert refused.returncode == 2
    assert "homeroom identities --csv" in refused.stderr


def test_the_list_is_the_same_in_words_json_and_csv(workspace):
    told = json.loads(matches(workspace, "list", "--json").stdout)
    rows = list(csv.DictReader(matches(workspace, "list", "--csv").stdout.splitlines()))
    assert [row["left_id"] for row in rows] == [pair["left_id"] for pair in told["pairs"]]
    assert f"{told['total']} wait" in matches(workspace, "list").stdout


# Linking makes no error on a Maple Grove this small: forty rows lose their person, and ten get another's.
ERRORS = """
    create temp table moved as
    select row_number() over (order by i.source_id) as n, i.* from consolidation.identity as i
    where kind = 'Student' and source = 'assessments' and exists (
        select from consolidation.identity as o
        where o.kind = 'Student' and o.source = 'sis' and o.unique_id = i.unique_id)
    limit 50;
    insert into consolidation.match
    select 'Student', o.source, o.source_id, m.source, m.source_id, 0.25 + n / 80.0, 'apart', null from moved as m
    join consolidation.identity as o on o.kind = 'Student' and o.source = 'sis' and o.unique_id = m.unique_id;
    update consolidation.identity as i
    set unique_id = case when n <= 40 then 'X' || n
            else (select o.unique_id from moved as o where o.n = m.n % 40 + 1) end,
        probability = 0.96
    from moved as m where (i.kind, i.source, i.source_id) = (m.kind, m.source, m.source_id)
"""


def test_the_intervals_cover_the_true_precision_and_recall_of_maple_grove(workspace, maple_grove, tmp_path):
    with psycopg.connect(workspace.settings().record_url) as record:
        record.execute(ERRORS)
    file = tmp_path / "sample.csv"
    drawn = matches(workspace, "sample", "--size", "150", "--out", str(file))
    assert drawn.returncode == 0, drawn.stderr
    truth_file = next((maple_grove.root.parent / "files").rglob("persons.csv"))
    with truth_file.open() as lines:
        truth = {(r["source"], r["kind"], r["source_id"]): r["person_id"] for r in csv.DictReader(lines)}
    with file.open() as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        same = (
            truth[row["left_source"], "Student", row["left_id"]]
            == truth[row["right_source"], "Student", row["right_id"]]
        )
        row["label"] = "same" if same else "different"
    with file.open("w", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    told = homeroom("matches", "evaluate", file, "--json")
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)
    identities = asked(
        workspace, "select source, source_id, unique_id from consolidation.identity where kind = 'Student'"
    )
    people = [(truth[source, "Student", id_], unique_id) for source, id_, unique_id in identities]
    with duckdb.connect() as connection:
        connection.execute("create table row (person varchar, unique_id varchar)")
        connection.executemany("insert into row values (?, ?)", people)
        pairs = "select coalesce(sum(n * (n - 1) / 2), 0) from (select count(*) as n from row group by {})"
        right, joined, true = (
            connection.execute(pairs.format(by)).fetchone()[0] for by in ("person, unique_id", "unique_id", "person")
        )
    assert right < joined
    assert right < true
    assert found["precision"]["low"] <= right / joined <= found["precision"]["high"]
    assert found["recall"]["low"] <= right / true <= found["recall"]["high"]


def test_a_joined_pair_is_told_as_each_of_its_sources_spells_it(workspace, tmp_path):
    file = tmp_path / "sample.csv"
    matches(workspace, "sample", "--size", "2000", "--out", str(file))
    with file.open() as lines:
        joined = [row for row in csv.DictReader(lines) if row["joined"] == "yes"]
    assert all(row["left_name"] and row["right_name"] for row in joined)
    assert any(row["left_name"] != row["right_name"] for row in joined)


@pytest.mark.parametrize("kind", ["Staff", "Contact", "EducationOrganization"])
def test_pairs_of_each_kind_can_be_drawn(workspace, tmp_path, kind):
    drawn = matches(workspace, "sample", "--kind", kind, "--out", str(tmp_path / "sample.csv"))
    assert drawn.returncode == 0, drawn.stderr


def test_the_same_seed_draws_the_same_pairs_and_what_is_drawn_is_logged(workspace, tmp_path):
    for name in ("one.csv", "two.csv"):
        matches(workspace, "sample", "--size", "20", "--seed", "7", "--out", str(tmp_path / name))
    assert (tmp_path / "one.csv").read_text() == (tmp_path / "two.csv").read_text()
    assert asked(workspace, "select count(*) from access.disclosure where action = 'see matches'") == [(2,)]
    assert matches(workspace, "sample", "--out", str(tmp_path / "one.csv")).returncode == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "joined,lowest,band_pairs,label\nyes,0.95,10,perhaps\n",
        "joined,lowest,band_pairs,label\nyes,0.95,10,\n",
        "a,b\n1,2\n",
    ],
)
def test_a_file_that_is_no_labelled_sample_is_refused_in_a_sentence(tmp_path, text):
    file = tmp_path / "sample.csv"
    file.write_text(text)
    refused = homeroom("matches", "evaluate", file)
    assert refused.returncode == 2
    assert re.search(r"same, different or can't tell", refused.stderr)
