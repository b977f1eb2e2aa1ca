"""A district's own rules are asked like the catalogue's; one that can't be asked is told, and the others go on."""

import psycopg
import pytest

from homeroom.consolidate.business_rules.asking import ask_rules

RULE = """
[[rule]]
name = "{name}"
means = "A school is there."
advice = "Nothing to do."
severity = "notice"
owner = "registrar"
resource = "School"
query = '''{query}'''
"""
GOOD = "select null::uuid as id, 1 as education_organization_id, null as student_unique_id, null::bigint as source_row"


def test_an_error_in_one_rule_is_a_sentence_and_the_others_are_asked(record, tmp_path):
    (tmp_path / "own.toml").write_text(
        RULE.format(name="good", query=f"{GOOD} -- 100%") + RULE.format(name="bad", query="select nothing")
    )
    with psycopg.connect(record) as connection:
        connection.execute("insert into consolidation.run (started_at) values (now())")
    answers = {answer.rule.name: answer for answer in ask_rules(record, tmp_path).answers}
    assert (answers["good"].count, answers["good"].failure) == (1, None)
    assert answers["bad"].failure == 'The rule bad (own.toml) can\'t be asked: column "nothing" does not exist.'
    with psycopg.connect(record) as connection:
        kept = connection.execute(
            "select rule, findings from consolidation.business_rule_count where rule in ('good', 'bad')"
        ).fetchall()
    assert kept == [("good", 1)]


@pytest.mark.parametrize(
    "query",
    [
        "delete from edfi.descriptor returning null::uuid, 1, null, null::bigint",
        f"{GOOD}) as f; drop table edfi.grade; select (1",
        "select null::uuid as id, nextval('edfi.change_version') as education_organization_id,"
        " null as student_unique_id, null::bigint as source_row",
        "with gone as (delete from edfi.descriptor returning 1) " + GOOD,
    ],
)
def test_no_rule_changes_the_record(record, tmp_path, query):
    (tmp_path / "own.toml").write_text(RULE.format(name="bad", query=query))
    with psycopg.connect(record) as connection:
        before = connection.execute("select count(*) from edfi.descriptor").fetchone()
    answers = {answer.rule.name: answer for answer in ask_rules(record, tmp_path).answers}
    with psycopg.connect(record) as connection:
        after = connection.execute("select count(*) from edfi.descriptor").fetchone()
        table = connection.execute("select to_regclass('edfi.grade') is not null").fetchone()
    assert answers["bad"].failure is not None
    assert (after, table) == (before, (True,))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("rule = [", "The file own.toml can't be read as TOML"),
        ("a = 1", "The file own.toml holds no [[rule]]."),
        ('[[rule]]\nname = "x"', "The rule x in own.toml does not say its means."),
        (
            RULE.format(name="sex-missing", query=GOOD),
            "Another rule is called sex-missing already: give this one another.",
        ),
    ],
)
def test_what_is_no_rule_is_told_with_its_file(record, tmp_path, text, sentence):
    (tmp_path / "own.toml").write_text(text)
    (refused,) = ask_rules(record, tmp_path).refused
    assert refused.sentence.startswith(sentence)


def test_a_rule_that_gives_another_kind_of_value_fails_alone(record, tmp_path):
    (tmp_path / "own.toml").write_text(
        RULE.format(name="good", query=GOOD) + RULE.format(name="bad", query=GOOD.replace("null::uuid", "'no id'"))
    )
    answers = {answer.rule.name: answer for answer in ask_rules(record, tmp_path).answers}
    assert answers["good"].count == 1
    assert answers["bad"].failure == "The rule bad (own.toml) can't be asked: PostgreSQL gives the error 22P02."


def test_an_entry_that_is_no_rule_stands_among_the_others_after_each_run(record, tmp_path):
    (tmp_path / "own.toml").write_text('rule = ["a word"]')
    ask_rules(record, tmp_path)
    with psycopg.connect(record) as connection:
        told = connection.execute("select failure from consolidation.business_rule where name = 'own.toml'").fetchall()
    assert told == [("Entry 1 of rule in own.toml is not a table: write [[rule]].",)]
