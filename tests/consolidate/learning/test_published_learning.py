"""Events and the use of tools come into the record's own tables, tied to the student if it is certain who that is."""

import json

import psycopg
import pytest
from learner_event import event
from own_workspace import own_workspace

from homeroom.consolidate.run import consolidate
from homeroom.consolidate.source_kinds import SOURCE_KINDS
from homeroom.progress import TerminalProgress
from homeroom.record import learning

USERS = (
    "sourcedId,role,givenName,familyName,email,username,orgSourcedIds\n"
    "s1,student,Ana,Ortiz,ana@maple.example,aortiz,o1\n"
    "s2,student,Bo,Berg,shared@maple.example,bberg,o1\n"
    "s3,student,Cy,Berg,shared@maple.example,cberg,o1\n"
)
BIRTHS = "sourcedId,birthDate\n" + "".join(f"s{number},2012-0{number}-01\n" for number in (1, 2, 3, 4))
ORGS = "sourcedId,name,type\no1,Birch Elementary,school\n"


@pytest.fixture
def district(tmp_path, record):
    """A workspace with a student information system and a tool that sends what is asked for."""
    (tmp_path / "sis").mkdir()
    (tmp_path / "sis" / "users.csv").write_text(USERS)
    (tmp_path / "sis" / "demographics.csv").write_text(BIRTHS)
    (tmp_path / "sis" / "orgs.csv").write_text(ORGS)
    (tmp_path / "events.jsonl").write_text("")
    made = own_workspace(tmp_path / "district", record)
    made.add_source("sis", "oneroster-csv", tmp_path / "sis", tuple(SOURCE_KINDS))
    return made


@pytest.fixture
def learned(tmp_path, district, record):
    """Sends events by learner to the record; gives the student's source id of each learner in the record's events."""

    def send(*learners, first=1, **options):
        file = tmp_path / "events.jsonl"
        file.write_text("\n".join(json.dumps(event(number, one)) for number, one in enumerate(learners, first)))
        if len(district.settings().sources) == 1:
            district.add_source("tool", "caliper", file, tuple(SOURCE_KINDS), options)
        run(district)
        with psycopg.connect(record) as connection:
            return dict(
                connection.execute(
                    "select e.learner, i.source_id from learning.event e left join consolidation.identity i"
                    " on i.unique_id = e.student_unique_id and i.kind = 'Student'"
                ).fetchall()
            )

    return send


def run(district):
    with TerminalProgress(quiet=True) as progress:
        consolidate(district, progress)


def problems(record, rule):
    with psycopg.connect(record) as connection:
        return connection.execute("select count(*) from consolidation.quarantine where rule = %s", [rule]).fetchone()[0]


def test_a_learner_is_known_by_an_e_mail_or_a_login_that_only_one_student_has(learned, record):
    found = learned("mailto:Ana@maple.example", "https://tool.example/users/bberg", "shared@maple.example", "s1")
    assert found == {
        "mailto:Ana@maple.example": "s1",
        "https://tool.example/users/bberg": "s2",
        "shared@maple.example": None,
        "s1": None,
    }
    assert problems(record, "learner-unknown") == 2


def test_an_id_counts_where_the_district_says_whose_ids_a_tool_uses(learned):
    assert learned("https://tool.example/users/s3", learners="sis") == {"https://tool.example/users/s3": "s3"}


def test_events_stay_when_the_log_goes_on_and_one_of_somebody_unknown_counts_when_the_student_comes(
    tmp_path, learned, record
):
    assert learned("dana@maple.example") == {"dana@maple.example": None}
    users = tmp_path / "sis" / "users.csv"
    users.write_text(USERS + "s4,student,Dana,Voss,dana@maple.example,dvoss,o1\n")
    assert learned("aortiz", first=2) == {"dana@maple.example": "s4", "aortiz": "s1"}
    assert problems(record, "learner-unknown") == 0


def test_a_log_that_was_held_comes_in_when_it_is_let_pass_also_after_the_next_one(tmp_path, district, learned, record):
    text = district.settings_file.read_text()
    district.settings_file.write_text(text.replace("[[source]]", "[held]\nleast_rows = 2\n\n[[source]]", 1))
    learned("aortiz")
    log = tmp_path / "events.jsonl"
    log.write_text("\n".join([json.dumps(event(2, "bberg")), *['{"id": "cut sh'] * 3]))
    run(district)
    assert learned("cberg", first=3) == {"aortiz": "s1", "cberg": "s3"}, "half of the log before was damaged"
    assert outcomes(record) == ["held", "published"]
    with psycopg.connect(record) as connection:
        connection.execute(
            "insert into consolidation.delivery_decision (delivery_id, decision, decided_by)"
            " select delivery_id, 'pass', 'a test' from consolidation.run_delivery where outcome = 'held' limit 1"
        )
    assert learned("cberg", first=3) == {"aortiz": "s1", "bberg": "s2", "cberg": "s3"}
    assert outcomes(record) == ["published", "published"]
    run(district)
    assert outcomes(record) == ["published"]


def outcomes(record):
    """What became of the tool's logs in the last run."""
    with psycopg.connect(record) as connection:
        rows = connection.execute(
            "select outcome from consolidation.run_delivery where source = 'tool'"
            " and run_id = (select max(id) from consolidation.run) order by 1"
        ).fetchall()
    return [row[0] for row in rows]


def test_every_column_of_the_learning_tables_has_its_privacy_class():
    columns = [column for table in learning.metadata.tables.values() for column in table.columns]
    assert [column for column in columns if "privacy" not in column.info] == []
