"""Tells the privacy officer by e-mail of keys that were suspended, while the pages are served.

What is to be told is kept in the record until it went out: a server of mail that is away loses nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from homeroom.access.door import Door
from homeroom.access.egress.notices import Notice, mailed, not_mailed, officers
from homeroom.access.permissions import THIS_MACHINE, Action, Purpose
from homeroom.errors import HomeroomError

_EVERY = 15.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mail:
    """One message."""

    to: Sequence[str]
    subject: str
    text: str


@dataclass(frozen=True)
class Postman:
    """Who sends e-mail. `also_to`: who is told beside the privacy officers; `pages`: where people find the pages."""

    send: Callable[[Mail], None]
    also_to: Sequence[str] = ()
    pages: str | None = None


async def tell_by_mail(door: Door, district: str, postman: Postman, every: float = _EVERY) -> None:
    """Send what is to be told, again and again, until it is cancelled."""
    while True:
        try:
            await send_waiting(door, district, postman)
        except (OSError, HomeroomError) as problem:
            # Its words might hold an address.
            _log.error("A notice could not be sent by e-mail (%s). It is sent again.", type(problem).__name__)
        await asyncio.sleep(every)


async def send_waiting(door: Door, district: str, postman: Postman) -> int:
    """Send each notice that did not go out yet; how many did. Raises OSError where the server does not take one."""
    sent = 0
    async with door.use(THIS_MACHINE, Action.SEE_AGREEMENTS, Purpose.CONSOLIDATION) as use:
        notices = await not_mailed(use)
        to = sorted({*await officers(use), *postman.also_to})
        for notice in notices if to else ():
            await asyncio.to_thread(postman.send, _mail(notice, district, to, postman.pages))
            await mailed(use, notice)
            sent += 1
    return sent


def _mail(notice: Notice, district: str, to: Sequence[str], pages: str | None) -> Mail:
    article = "an" if notice.window == "hour" else "a"
    return Mail(
        to,
        f"{district}: the key of {notice.app} was suspended",
        f"""{notice.app} of {notice.provider} asked for more students than its key may be shown.

Key: {notice.client}, under agreement {notice.agreement}
When: {notice.at.astimezone():%Y-%m-%d %H:%M}
How many: {notice.asked:,} different students in {article} {notice.window}, of {notice.allowed:,} that it may be shown.

The page that passed the number was not shown, and the key opens nothing now.

What to do: ask {notice.contact} whether it was them. If it was, and it is what was agreed, reinstate the key on the
overview; if it was not, or nobody knows, remove the key or end the agreement.
{pages or "Open Homeroom on the district's machine: homeroom serve"}
""",
    )
