"""Whoever fails often has to wait; the failures of one count for no other."""

from homeroom.api.failed_attempts import MOST, SECONDS, FailedAttempts


def test_after_the_most_that_are_allowed_they_wait_until_the_first_is_a_minute_old():
    now = [0.0]
    failed = FailedAttempts(lambda: now[0])
    assert [failed.note("one") for _ in range(MOST)] == [0] * MOST
    now[0] = 20.0
    assert failed.note("one") == SECONDS - 20
    assert failed.note("other") == 0
    now[0] = SECONDS + 0.1
    assert failed.note("one") == 0


def test_many_who_fail_once_take_no_more_room_than_is_kept():
    failed = FailedAttempts(lambda: 0.0)
    for number in range(10_500):
        failed.note(str(number))
    assert len(failed._failures) == 10_000
