"""What apps send comes into the record by the next run, tied to students whom their agreement covers and no others."""

import asyncio
import json
from datetime import UTC, date, datetime

import psycopg
import pytest
from learner_event import event
from own_database import own_database
from own_workspace import own_workspace

from homeroom.access.agreements.agreement import Agreement
from homeroom.access.agreements.states import Change, State
from homeroom.access.agreements.terms import EVERY_MEMBER, LEARNING_EVENT, AtTheEnd, Terms
from homeroom.access.door import Door
from homeroom.access.learning_events.receiving import receive_envelope
from homeroom.access.learning_events.statements import receive_statements
from homeroom.access.opt_outs.tables import OUT
from homeroom.access.permissions import Action, Principal, Purpose, Role
from homeroom.consolidate.run import consolidate
from homeroom.consolidate.source_kinds import SOURCE_KINDS
from homeroom.progress import TerminalProgress
from homeroom.sources.delivery import deliveries

USERS = (
    "sourcedId,role,givenName,familyName,email,username,orgSourcedIds,grades\n"
    "s1,student,Ana,Ortiz,ana@maple.example,aortiz,o1,04\n"
    "s2,student,Bo,Berg,bo@maple.example,bberg,o2,04\n"
)
FILES = {
    "users.csv": USERS,
    "demographics.csv": "sourcedId,birthDate\ns1,2012-01-01\ns2,2012-02-01\ns3,2012-03-01\n",
    "orgs.csv": "sourcedId,name,type\no1,Birch Elementary,school\no2,Cedar Elementary,school\n",
    "academicSessions.csv": "sourcedId,title,type,startDate,endDate,schoolYear\n"
    "y1,2025-26,schoolYear,2025-08-01,2026-06-30,2026\n",
    "courses.csv": "sourcedId,title,courseCode,orgSourcedId\nc1,Reading,R1,o1\nc2,Reading,R1,o2\n",
    "classes.csv": "sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds,classType\n"
    "k1,Reading,c1,o1,y1,scheduled\nk2,Reading,c2,o2,y1,scheduled\n",
    "enrollments.csv": "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,beginDate\n"
    "e1,k1,o1,s1,student,2025-08-15\ne2,k2,o2,s2,student,2025-08-15\n",
}


BIRCH, DISTRICT, STATEMENTS, OPTIONAL = 7, 8, 9, 10
STATEMENT = {
    "id": "9dc99b37-e920-4a68-a066-917faca28949",
    "actor": {"mbox": "mailto:ana@maple.example"},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"},
    "object": {"id": "https://tool.example/3"},
}


@pytest.fixture(scope="module")
def record(postgres_url, template_database):
    with own_database(postgres_url, template_database) as url:
        yield url


@pytest.fixture(scope="module")
def district(tmp_path_factory, record):
    """A district with two schools and a student at either, consolidated before and after four agreements' apps sent:
    one for Birch Elementary, one for all schools and one of which a student is opted out, which send events, and one
    that sends a statement."""
    folder = tmp_path_factory.mktemp("received")
    (folder / "sis").mkdir()
    for name, text in FILES.items():
        (folder / "sis" / name).write_text(text)
    made = own_workspace(folder / "district", record)
    made.add_source("sis", "oneroster-csv", folder / "sis", tuple(SOURCE_KINDS))
    run(made)
    birch = answers(record, "select school_id from edfi.school where name_of_institution = 'Birch Elementary'")[0]
    ana = answers(record, f"select s.id from edfi.student as s join {_ABOUT} where login_id = 'aortiz'")[0][0]
    send(record, BIRCH, frozenset(birch), "ana@maple.example", "bo@maple.example", "nobody")
    send(record, DISTRICT, None, "bo@maple.example", f"https://reading-trail.example/users/{ana}", ana.hex, "1")
    as_app(record, STATEMENTS, None, lambda use: receive_statements(use, [STATEMENT], "https://maple.example/api"))
    opt_out(record, "bberg")
    send(record, OPTIONAL, None, "ana@maple.example", "bo@maple.example")
    run(made)
    return made


_ABOUT = "edfi.student_education_organization_association using (student_unique_id)"


def run(district):
    with TerminalProgress(quiet=True) as progress:
        consolidate(district, progress)


def answers(record, question, *values):
    with psycopg.connect(record) as connection:
        return connection.execute(question, values or None).fetchall()


def events(record, number):
    """Whose login each event's learner has, of those that an agreement's apps sent, in the order of their ids."""
    rows = answers(
        record,
        f"select login_id from learning.event left join {_ABOUT} where source like %s order by event_id",
        f"agreement-{number}-%",
    )
    return [login for (login,) in rows]


def set_aside(record):
    """How many learners were set aside, by the agreement of whoever sent it and the rule."""
    question = """
        select source, rule, count(*) from consolidation.quarantine where rule like 'learner%' group by 1, 2
    """
    return {(int(source.split("-")[1]), rule): rows for source, rule, rows in answers(record, question)}


def opt_out(record, login):
    """The student with that login is opted out of the app of the agreement `OPTIONAL`."""
    with psycopg.connect(record) as connection:
        connection.execute(
            "insert into access.agreement (number, terms) overriding system value values (%s, '{}')", [OPTIONAL]
        )
        connection.execute(
            "insert into access.opt_out (agreement, student_unique_id, decision, by, why)"
            f" select %s, student_unique_id, %s, 'Kim Berg', '' from edfi.student join {_ABOUT} where login_id = %s",
            [OPTIONAL, OUT, login],
        )


def send(record, number, schools, *learners, first=1):
    """One envelope of an app under an agreement for some schools, with an event of each learner."""
    data = [event(n, learner) for n, learner in enumerate(learners, first)]
    envelope = {"sensor": "s", "sendTime": "2025-09-01T10:00:00Z", "data": data}
    as_app(record, number, schools, lambda use: receive_envelope(use, json.dumps(envelope), [e["id"] for e in data]))


def as_app(record, number, schools, what):
    terms = Terms("Reading Trail, Inc.", "Reading Trail", (Purpose.ASSESSMENT,), frozenset(), schools,
                  date(2020, 1, 1), date(2099, 12, 31), (), "A year.", AtTheEnd.DELETED, "Ada",
                  "ada@reading-trail.example", {LEARNING_EVENT: EVERY_MEMBER})  # fmt: skip
    agreement = Agreement(number, terms, [Change(State.ACTIVE, "Tom Becker", datetime(2025, 9, 1, tzinfo=UTC), "")])
    app = Principal("Reading Trail of Reading Trail, Inc.", Role.APP, agreement)

    async def asked():
        async with Door(record) as door, door.use(app, Action.SEND_LEARNING_EVENTS, Purpose.ASSESSMENT) as use:
            await what(use)

    asyncio.run(asked())


def test_events_are_tied_to_students_whom_the_agreement_covers_and_the_others_are_set_aside(district, record):
    assert events(record, BIRCH) == ["aortiz", None, None]
    assert set_aside(record) == {
        (BIRCH, "learner-out-of-reach"): 1,
        (BIRCH, "learner-unknown"): 1,
        (DISTRICT, "learner-unknown"): 1,
        (OPTIONAL, "learner-out-of-reach"): 1,
    }


def test_events_of_a_student_who_is_opted_out_of_the_app_are_set_aside(district, record):
    assert events(record, OPTIONAL) == ["aortiz", None]


def test_an_app_names_a_student_by_the_id_of_the_row_that_it_was_told_and_by_no_number(district, record):
    assert events(record, DISTRICT) == ["bberg", "aortiz", "aortiz", None]


def test_statements_go_the_same_way_and_stay_to_be_read(district, record):
    assert events(record, STATEMENTS) == ["aortiz"]
    assert len(answers(record, "select from learning.received where source = 'agreement-9-xapi'")) == 1


def test_what_was_sent_lies_in_the_landing_and_waits_no_more(district, record):
    (delivery,) = deliveries(district.landing, "agreement-7-caliper")
    (file,) = delivery.files
    assert [json.loads(line)["sensor"] for line in delivery.kept(file).read().splitlines()] == ["s"]
    assert answers(record, "select from learning.received where source = 'agreement-7-caliper'") == []


def test_the_next_run_takes_what_came_since_and_ties_who_has_come_into_reach(district, record):
    sis = district.settings().sources[0].path
    (sis / "users.csv").write_text(USERS.replace("bberg,o2", 'bberg,"o1,o2"'))
    (sis / "enrollments.csv").write_text(FILES["enrollments.csv"] + "e3,k1,o1,s2,student,2025-10-01\n")
    send(record, DISTRICT, None, "bo@maple.example")
    send(record, DISTRICT, None, "ana@maple.example", first=5)
    run(district)
    assert events(record, BIRCH) == ["aortiz", "bberg", None]
    assert events(record, DISTRICT) == ["bberg", "aortiz", "aortiz", None, "aortiz"]
    landed = [len(deliveries(district.landing, f"agreement-{number}-*")) for number in (BIRCH, DISTRICT, STATEMENTS)]
    assert landed == [1, 2, 1]
