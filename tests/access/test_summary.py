"""The counts that a data manager asks for, the sources, the quarantine and the pairs that wait."""

from asking import answer, change, rows

from homeroom.access.deliveries import sources
from homeroom.access.matches import awaiting_review
from homeroom.access.quarantine import of_rule
from homeroom.access.summary import summary


def test_before_the_first_run_there_is_no_summary(record):
    assert answer(record, summary) is None


def test_every_row_that_came_is_either_accepted_or_in_quarantine(district):
    told = answer(district, summary)["sources"]
    assert {source["name"] for source in told} == {"sis", "warehouse", "assessments"}
    assert all(one["rows_landed"] == one["rows_accepted"] + one["rows_quarantined"] > 0 for one in told)


def test_the_record_is_counted(district):
    told = answer(district, summary)["record"]
    assert told["students"] == rows(district, "select count(*) from edfi.student")[0][0]
    assert (
        told["attendance_events"]
        == rows(
            district,
            "select (select count(*) from edfi.student_school_attendance_event)"
            " + (select count(*) from edfi.student_section_attendance_event)",
        )[0][0]
    )


def test_the_quarantine_is_told_by_rule_and_its_places_by_file_and_line(district):
    for rule in answer(district, summary)["quarantine"]:
        found = answer(district, lambda use, rule=rule: of_rule(use, rule["source"], rule["rule"]))
        assert found.total >= rule["count"]
        assert found.sentence
        keys = ("field", "sentence", "path", "position_unit", "position", "place")
        assert {tuple(place) for place in found.places} == {keys}


def test_a_rule_that_was_not_broken_has_no_page(district):
    assert answer(district, lambda use: of_rule(use, "sis", "no-such-rule")) is None


def test_every_delivered_file_is_told_with_its_hash(district):
    told = answer(district, sources)
    files = [file for source in told for delivery in source["deliveries"] for file in delivery["files"]]
    assert len(files) == rows(district, "select count(*) from consolidation.delivered_file")[0][0]
    assert all(len(file["sha256"]) == 64 for file in files)


def test_a_pair_that_waits_shows_both_persons_and_is_logged(copied_record):
    pair = "(select ctid from consolidation.match where kind = 'Student' and state = 'merged' limit 1)"
    change(copied_record, "delete from consolidation.match where state = 'review'")
    change(copied_record, f"update consolidation.match set state = 'review', probability = 0.7 where ctid = {pair}")
    found = answer(copied_record, awaiting_review)
    assert found.total == 1
    assert all(side.name and side.source_id for side in (found.pairs[0].left, found.pairs[0].right))
    logged = rows(copied_record, "select student_unique_ids from access.disclosure order by id limit 1")[0][0]
    assert set(logged) == {found.pairs[0].left.unique_id, found.pairs[0].right.unique_id}
