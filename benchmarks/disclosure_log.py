"""What the disclosure log costs when it is long: to add an entry, to prove one, and to show a student's.

The entries are made up, of one student or several, and get their places as any others do.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from homeroom.access import disclosures
from homeroom.access.disclosure_log import merkle, tiles
from homeroom.access.disclosure_log.audit import audit
from homeroom.access.disclosure_log.export import export
from homeroom.access.disclosure_log.sequencing import sequence
from homeroom.access.disclosure_log.signing_key import signing_key
from homeroom.access.door import Door, Use, prepare
from homeroom.access.permissions import THIS_MACHINE, Action, Purpose
from homeroom.record.server import url_of

TIMES = 200
# A student has as many entries, about, however long the log is.
ENTRIES_OF_ONE = 100
_FILL = """
    insert into access.disclosure (at, principal, role, purpose, action, student_unique_ids, shown, salt)
    select now() - make_interval(secs => %(entries)s - n), 'somebody', 'a role', 'a purpose', 'see a student',
        array[(n %% %(students)s)::text, ((n * 7919) %% %(students)s)::text],
        '{"Student": ["firstName", "lastSurname"]}', uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
    from generate_series(1, %(entries)s::bigint) as n
"""


async def main(entries: int, folder: Path) -> None:
    url = url_of(folder / "postgres", None)
    prepare(url)
    students = max(1, entries // ENTRIES_OF_ONE)
    key = signing_key(folder / "disclosure_log_key", "Maple Grove")
    chance = random.Random(1)  # noqa: S311 - which students are asked for
    async with Door(url) as door:

        async def used(work: Callable[[Use], Awaitable[object]]) -> float:
            async with door.use(THIS_MACHINE, Action.SEE_DISCLOSURES, Purpose.CONSOLIDATION) as use:
                start = perf_counter()
                await work(use)
                return perf_counter() - start

        async def opened(work: Callable[[Use], Awaitable[object]] | None = None) -> float:
            """A whole use, from the door's opening to the commit."""
            start = perf_counter()
            async with door.use(THIS_MACHINE, Action.SEE_DISCLOSURES, Purpose.CONSOLIDATION) as use:
                await use.row("select 1")
                if work:
                    await work(use)
            return perf_counter() - start

        async def fill(use: Use) -> None:
            await use.record.execute(_FILL, {"entries": entries, "students": students})

        def tell(what: str, seconds: list[float]) -> None:
            slow = quantiles(seconds, n=20)[-1]
            print(f"{what:<60}{median(seconds) * 1000:>10.2f} ms, of 20 one over {slow * 1000:>10.2f} ms", flush=True)

        await used(fill)
        seconds = await used(lambda use: sequence(use.record))
        print(f"{entries:,} entries got their places in {seconds:,.1f} s", flush=True)

        async def analyze(use: Use) -> None:
            await use.record.execute("analyze access.disclosure")

        await used(analyze)

        def some() -> str:
            return str(chance.randrange(students))

        tell("add an entry about one student", [await used(lambda use: use.disclose([some()])) for _ in range(TIMES)])
        tell("a use that shows nobody, with its commit", [await opened() for _ in range(TIMES)])
        tell(
            "a use that adds an entry, with its commit",
            [await opened(lambda use: use.disclose([some()])) for _ in range(TIMES)],
        )
        hundred = [str(number) for number in range(100)]
        tell("add an entry about a hundred", [await used(lambda use: use.disclose(hundred)) for _ in range(TIMES)])
        seconds = await used(lambda use: sequence(use.record))
        print(f"{3 * TIMES} more got their places in {seconds:,.2f} s", flush=True)

        async def prove(use: Use) -> None:
            place = chance.randrange(entries)
            await tiles.proven(use.record, lambda subtree: merkle.inclusion_proof(place, entries, subtree))

        tell("prove one entry", [await used(prove) for _ in range(TIMES)])
        shown = [await used(lambda use: disclosures.of_student(use.record, some())) for _ in range(TIMES)]
        tell(f"what a student's page shows, of about {2 * ENTRIES_OF_ONE}", shown)
        given = [await used(lambda use: export(use, some(), "Maple Grove", key)) for _ in range(20)]
        tell("a student's entries with all proofs, as a file", given)
        seconds = await used(lambda use: audit(use, key.verifier))
        print(f"an audit of the whole log took {seconds:,.1f} s", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000, help="10000000 takes about 10 GB of the disk")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="homeroom-log-") as name:
        asyncio.run(main(arguments.entries, Path(name)))
