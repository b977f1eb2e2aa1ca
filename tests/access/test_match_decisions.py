"""What people decide about two rows holds, is never overwritten without a trace, and can be undone."""

import pytest
from asking import answer, change, rows

from homeroom.access.door import prepare
from homeroom.access.match_decisions import MatchDecision, PairKey, decide, decisions, undo
from homeroom.access.matches import awaiting_review
from homeroom.access.permissions import Action

PAIR = "kind, left_source, left_id, right_source, right_id"


@pytest.fixture
def pairs(copied_record):
    """Three pairs of students that wait: as good as one, as good as two, and quite undecided."""
    prepare(copied_record)
    change(copied_record, "delete from consolidation.match")
    ids = rows(
        copied_record,
        "select source, source_id from consolidation.identity where kind = 'Student' order by unique_id, 1, 2 limit 6",
    )
    for number, probability in enumerate((0.93, 0.61, 0.7)):
        (left_source, left_id), (right_source, right_id) = ids[2 * number : 2 * number + 2]
        change(
            copied_record,
            f"insert into consolidation.match values ('Student', '{left_source}', '{left_id}', '{right_source}',"
            f" '{right_id}', {probability}, 'review', null)",
        )
    return [
        PairKey(*row) for row in rows(copied_record, f"select {PAIR} from consolidation.match order by probability")
    ]


def waiting(url):
    found = answer(url, awaiting_review, Action.SEE_MATCHES)
    return [pair.probability for pair in found.pairs]


def decided(url, pair, decision, note=""):
    return answer(url, lambda use: decide(use, pair, decision, note), Action.DECIDE_MATCHES)


def test_the_pair_of_which_least_can_be_said_comes_first(copied_record, pairs):
    assert waiting(copied_record) == [0.61, 0.7, 0.93]


@pytest.mark.parametrize("decision", [MatchDecision.TOGETHER, MatchDecision.APART])
def test_a_decided_pair_waits_no_longer_and_the_next_run_is_told(copied_record, pairs, decision):
    assert decided(copied_record, pairs[0], decision)
    assert waiting(copied_record) == [0.7, 0.93]
    assert rows(copied_record, "select decision from consolidation.match_decision") == [(str(decision),)]
    assert answer(copied_record, awaiting_review, Action.SEE_MATCHES).decided == 1


def test_a_pair_that_was_put_off_comes_back_after_two_weeks(copied_record, pairs):
    decided(copied_record, pairs[0], MatchDecision.LATER)
    assert waiting(copied_record) == [0.7, 0.93]
    assert answer(copied_record, awaiting_review, Action.SEE_MATCHES).later == 1
    change(copied_record, "update consolidation.match_review set reviewed_at = now() - interval '15 days'")
    assert waiting(copied_record) == [0.61, 0.7, 0.93]


def test_each_decision_and_each_undoing_stays_written_down(copied_record, pairs):
    decided(copied_record, pairs[0], MatchDecision.TOGETHER, " Asked the mother. ")
    decided(copied_record, pairs[0], MatchDecision.APART)
    assert answer(copied_record, lambda use: undo(use, pairs[0]), Action.DECIDE_MATCHES)
    assert rows(copied_record, "select action, note from consolidation.match_review order by number") == [
        ("together", "Asked the mother."),
        ("apart", None),
        ("undone", None),
    ]
    assert waiting(copied_record) == [0.61, 0.7, 0.93]


def test_what_nobody_decided_can_not_be_undone(copied_record, pairs):
    assert not answer(copied_record, lambda use: undo(use, pairs[0]), Action.DECIDE_MATCHES)
    assert rows(copied_record, "select count(*) from consolidation.match_review") == [(0,)]


def test_a_pair_that_nobody_ever_compared_is_not_decided(copied_record, pairs):
    assert not decided(copied_record, PairKey("Student", "sis", "nobody", "sis", "none"), MatchDecision.TOGETHER)
    assert rows(copied_record, "select count(*) from consolidation.match_decision") == [(0,)]


def test_the_decisions_are_shown_with_both_names_and_that_is_logged(copied_record, pairs):
    decided(copied_record, pairs[0], MatchDecision.APART, "Twins.")
    before = rows(copied_record, "select count(*) from access.disclosure")[0][0]
    (one,) = answer(copied_record, decisions, Action.SEE_MATCHES)
    assert (one["decision"], one["note"], one["awaits_run"]) == ("apart", "Twins.", True)
    assert one["left_name"]
    assert one["right_name"]
    assert rows(copied_record, "select count(*) from access.disclosure")[0][0] == before + 1
