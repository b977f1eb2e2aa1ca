"""An agreement may ask for a budget of its own: less always, and more where whoever approves it says so."""

import pytest
from asking import answer, rows
from hypothesis import given
from hypothesis import strategies as st
from made_up_agreement import APPROVED_BY, ASKED_BY, agreement_file

from homeroom.access.agreements import kept, keys
from homeroom.access.agreements.file import read_file, terms_of, told
from homeroom.access.agreements.states import State
from homeroom.access.egress.budget import Budget, agreed_budget
from homeroom.access.egress.notices import waiting
from homeroom.access.permissions import Action
from homeroom.errors import WrongUse

DECIDE = Action.DECIDE_AGREEMENTS
NUMBERS = st.integers(1, 10_000)
BUDGETS = st.builds(Budget, NUMBERS, NUMBERS)


def with_budget(folder, an_hour, a_day):
    file = agreement_file(folder)
    file.write_text(f"{file.read_text()}\n[budget]\nstudents_per_hour = {an_hour}\nstudents_per_day = {a_day}\n")
    return file


@given(asked=st.none() | BUDGETS, implied=BUDGETS)
def test_what_nobody_widened_is_at_most_what_is_implied(asked, implied):
    found = agreed_budget(asked, implied, widened=False)
    assert found.students_per_hour <= implied.students_per_hour
    assert found.students_per_day <= implied.students_per_day
    assert agreed_budget(asked, implied, widened=True) == (asked or implied)


def test_the_file_says_it_and_it_is_kept_as_it_was_written(tmp_path):
    terms = read_file(with_budget(tmp_path, 20, 50))
    assert terms.budget == Budget(20, 50)
    assert terms_of(told(terms)) == terms
    assert terms_of(told(read_file(agreement_file(tmp_path)))).budget is None


@pytest.mark.parametrize(("an_hour", "a_day"), [(0, 5), (5, 4), ('"5"', 6), ("true", 5)])
def test_what_is_no_budget_is_refused(tmp_path, an_hour, a_day):
    with pytest.raises(WrongUse, match="students_per_hour = 500"):
        read_file(with_budget(tmp_path, an_hour, a_day))


def test_more_than_is_implied_is_approved_only_where_somebody_says_so(record, tmp_path):
    asked = answer(record, lambda use: kept.ask(use, read_file(with_budget(tmp_path, 5_000, 9_000)), ASKED_BY), DECIDE)

    def approve(**more):
        return answer(record, lambda use: kept.change(use, asked.number, State.APPROVED, APPROVED_BY, **more), DECIDE)

    with pytest.raises(WrongUse, match="--widen-budget"):
        approve()
    assert approve(widen_budget=True).budget_widened


def test_a_key_that_passes_the_budget_of_its_agreement_is_suspended_and_the_officer_is_told(record, tmp_path):
    from test_counting import shown

    file = with_budget(tmp_path, 3, 5)

    async def given_key(use):
        number = (await kept.ask(use, read_file(file), ASKED_BY)).number
        await kept.change(use, number, State.APPROVED, APPROVED_BY)
        await kept.change(use, number, State.ACTIVE, APPROVED_BY)
        return await keys.add_client(use, number, APPROVED_BY)

    key = answer(record, given_key, Action.GIVE_KEYS)
    client = answer(record, lambda use: keys.client_of(use, key.key, key.secret), Action.GIVE_KEYS)
    assert shown(record, client, ["1", "2", "3"]) == 0
    assert answer(record, waiting, Action.SEE_AGREEMENTS) == []
    assert shown(record, client, ["4", "5"]) == 1
    (notice,) = answer(record, waiting, Action.SEE_AGREEMENTS)
    assert (notice.client, notice.window, notice.allowed, notice.asked) == (key.key, "hour", 3, 5)
    assert not any(one in str(rows(record, "select * from access.notice")) for one in ("'4'", "'5'"))
    answer(record, lambda use: keys.reinstate_client(use, key.key, "Ines", "it was them"), Action.GIVE_KEYS)
    assert answer(record, waiting, Action.SEE_AGREEMENTS) == []
