"""Results that wait to be fetched: each for whom it was found, and not for ever."""

import asyncio

from homeroom.access.identities import Match
from homeroom.api.identity.results import KEPT_SECONDS, MOST_OF_ONE_CLIENT, Results

FOUND = [[Match("1", 99.0)]]


async def found():
    return FOUND


async def never():
    await asyncio.Event().wait()


async def failing():
    raise ValueError("Maya Okafor")


def test_a_result_is_there_for_its_client_alone_and_for_a_quarter_of_an_hour():
    now = [0.0]

    async def ask():
        results = Results(lambda: now[0])
        word = results.begin("one", found())
        assert await results.fetch("one", word) == FOUND
        assert results.fetch("other", word) is None
        now[0] = KEPT_SECONDS + 1.0
        assert results.fetch("one", word) is None

    asyncio.run(ask())


def test_of_many_searches_of_one_client_the_oldest_are_forgotten():
    async def ask():
        results = Results()
        kept = results.begin("other", found())
        words = [results.begin("one", never()) for _ in range(MOST_OF_ONE_CLIENT + 5)]
        there = [results.fetch("one", word) is not None for word in words]
        assert there == [False] * 5 + [True] * MOST_OF_ONE_CLIENT
        assert results.fetch("other", kept) is not None
        await results.stop()

    asyncio.run(ask())


def test_the_words_of_a_failure_that_nobody_fetches_are_in_no_log(caplog):
    async def ask():
        results = Results()
        results.begin("one", failing())
        await asyncio.sleep(0)
        results._results.clear()
        await asyncio.sleep(0)

    asyncio.run(ask())
    assert "Okafor" not in caplog.text
