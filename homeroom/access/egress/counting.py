"""Counts whom a key is shown, in the transaction of the page, and suspends a key that passes its budget.

The hour and the day slide: they are the last 60 minutes and the last 24 hours, at the moment of the page. To count all
whom a key was shown in them takes longer than a page may: beside the budget stand two numbers that they can't be above,
and only when one of these passes the budget all are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from homeroom.access import reasons
from homeroom.access.egress.budget import Budget, agreed_budget, implied_budget
from homeroom.access.permissions import Principal
from homeroom.errors import HomeroomError

if TYPE_CHECKING:
    from homeroom.access.agreements.agreement import Agreement
    from homeroom.access.agreements.terms import Terms

HOMEROOM = "Homeroom"


class KeySuspended(HomeroomError):
    """The key opens nothing."""


class OverBudget(KeySuspended):
    """The page would show more students than the key's budget lets it. `client`: the key; `window`: an hour or a day,
    in which it would have been shown `asked` students of the `allowed`."""

    def __init__(self, client: str, window: str, allowed: int, asked: int) -> None:
        self.why = reasons.over_budget(allowed, window)
        super().__init__(reasons.KEY_SUSPENDED.replace(".", f": {self.why}", 1))
        self.client, self.window, self.allowed, self.asked = client, window, allowed, asked


async def count(record: Any, principal: Principal, students: Sequence[str]) -> None:
    """Count `students`, each once, as shown to the principal's key now. Raises OverBudget where it may not be.

    Not counted are whoever is no key's, and students who are made up, in a sandbox. Pages of one key wait for each
    other from here to their end.
    """
    if principal.client is None or principal.agreement is None or principal.agreement.terms.sandbox:
        return
    client = {"client": principal.client}
    await record.execute(_FIRST, client)
    budget = await (await record.execute(_LOCK, client)).fetchone()
    # Asked behind the lock, and not with it: whoever waited has to see what was written meanwhile.
    last = await (await record.execute(_LAST_CHANGE, client)).fetchone()
    if last and last["state"] == "suspended":
        # It was suspended while this page was on its way.
        raise KeySuspended(reasons.KEY_SUSPENDED)
    if not budget["fresh"]:
        budget |= await _worked_out(record, principal.client, principal.agreement)
        await record.execute(_TIDY, client)
    at_most = await (await record.execute(_SHOWN, client | {"students": list(students)})).fetchone()
    if _passed(budget, at_most) is None:
        return
    counted = await (await record.execute(_COUNT, client)).fetchone()
    if window := _passed(budget, counted):
        raise OverBudget(principal.client, window, budget[f"students_per_{window}"], counted[window])


def _passed(budget: dict[str, Any], shown: dict[str, Any]) -> str | None:
    """The window in which more are shown than the budget lets."""
    return next((one for one in ("hour", "day") if shown[one] > budget[f"students_per_{one}"]), None)


async def shown_of_late(record: Any, client: str) -> dict[str, Any] | None:
    """How many different students a key was shown within the last `hour` and `day`, with its budget of before; None
    where it was shown nobody yet."""
    row: dict[str, Any] | None = await (await record.execute(_LATE, {"client": client})).fetchone()
    return row


async def suspend(record: Any, over: OverBudget) -> None:
    """Let the key and its tokens open nothing from now on."""
    client = {"client": over.client}
    await record.execute(_LOCK, client)
    last = await (await record.execute(_LAST_CHANGE, client)).fetchone()
    # Of several pages that passed the budget at a time one suspends the key.
    if last is None or last["state"] != "suspended":
        await record.execute(_SUSPEND, client | {"by": HOMEROOM, "why": over.why})
        told = {"window": over.window, "allowed": over.allowed, "asked": over.asked}
        await record.execute(_NOTICE, client | told)
    await record.execute("delete from access.token where client = %(client)s", client)


async def implied_by(record: Any, terms: Terms) -> Budget:
    """What an agreement implies, for as many students as its schools have."""
    schools = None if terms.schools is None else sorted(terms.schools)
    within = {"schools": schools, "organizations": sorted(terms.organizations)}
    found = await record.execute(_STUDENTS, within | {"begin": terms.begin, "end": terms.end})
    return implied_budget(terms.purposes, (await found.fetchone())["students"], whole=bool(terms.bulk_key))


async def _worked_out(record: Any, client: str, agreement: Agreement) -> dict[str, int]:
    implied = await implied_by(record, agreement.terms)
    budget = agreed_budget(agreement.terms.budget, implied, agreement.budget_widened)
    kept = {"students_per_hour": budget.students_per_hour, "students_per_day": budget.students_per_day}
    await record.execute(_KEEP, kept | {"client": client})
    return kept


_FIRST = """
    insert into access.client_budget (client, students_per_hour, students_per_day, at)
    values (%(client)s, 0, 0, '-infinity') on conflict do nothing
"""
_LOCK = """
    select students_per_hour, students_per_day, at > clock_timestamp() - interval '1 hour' as fresh
    from access.client_budget where client = %(client)s for no key update
"""
_LAST_CHANGE = "select state from access.client_change where client = %(client)s order by id desc limit 1"
_KEEP = """
    update access.client_budget set students_per_hour = %(students_per_hour)s, students_per_day = %(students_per_day)s,
        at = clock_timestamp() where client = %(client)s
"""
_TIDY = (
    "delete from access.client_student where client = %(client)s and shown_at < clock_timestamp() - interval '1 day'"
)
# As `homeroom.access.resources.reach` says who is within reach.
_STUDENTS = """
    select case when %(schools)s::bigint[] is null then (select count(*) from edfi.student)
        else (select count(distinct student_unique_id) from edfi.student_school_association
            where (school_id = any(%(schools)s)
                    or school_id in (select access.schools_below(%(organizations)s::bigint[])))
                and entry_date <= %(end)s
                and coalesce(exit_withdraw_date >= %(begin)s, true)) end as students
"""
# The moment is taken when the lock is held: pages of one key are counted in the order in which they are shown.
_SHOWN = """
    with asked as (
        select unnest(%(students)s::text[]) as student_unique_id
    ), known as (
        select asked.student_unique_id, shown_at from asked left join access.client_student as before
            on before.client = %(client)s and before.student_unique_id = asked.student_unique_id
    ), shown as (
        insert into access.client_student (client, student_unique_id, shown_at)
        select %(client)s, student_unique_id, clock_timestamp() from asked
        on conflict (client, student_unique_id) do update set shown_at = excluded.shown_at
    ), come as (
        select count(*) filter (where coalesce(shown_at <= clock_timestamp() - interval '1 hour', true)) as hour,
            count(*) filter (where coalesce(shown_at <= clock_timestamp() - interval '1 day', true)) as day
        from known
    )
    update access.client_budget set shown_in_hour = shown_in_hour + come.hour, shown_in_day = shown_in_day + come.day
    from come where client = %(client)s returning shown_in_hour as hour, shown_in_day as day
"""
_COUNT = """
    with shown as (
        select count(*) as day, count(*) filter (where shown_at > clock_timestamp() - interval '1 hour') as hour
        from access.client_student where client = %(client)s and shown_at > clock_timestamp() - interval '1 day'
    )
    update access.client_budget set shown_in_hour = shown.hour, shown_in_day = shown.day from shown
    where client = %(client)s returning shown.hour, shown.day
"""
_NOTICE = """
    insert into access.notice (client, window_of, allowed, asked)
    values (%(client)s, %(window)s, %(allowed)s, %(asked)s)
"""
_LATE = """
    select students_per_hour, students_per_day, count(shown_at) as day,
        count(*) filter (where shown_at > clock_timestamp() - interval '1 hour') as hour
    from access.client_budget left join access.client_student on client_student.client = client_budget.client
        and shown_at > clock_timestamp() - interval '1 day'
    where client_budget.client = %(client)s group by students_per_hour, students_per_day
"""
_SUSPEND = """
    insert into access.client_change (client, state, by, why) values (%(client)s, 'suspended', %(by)s, %(why)s)
"""
