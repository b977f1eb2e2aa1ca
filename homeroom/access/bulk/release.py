"""Two people let an app have the whole district as files, for some days; of some schools the agreement is enough."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from homeroom.access.agreements.kept import LONGEST_WORDS, agreement, covers_district
from homeroom.access.agreements.states import same_person
from homeroom.access.door import Refused, Use
from homeroom.access.resources.agreed import terms_of
from homeroom.errors import WrongUse

MOST_DAYS = 31


async def release(use: Use, number: int, by: str, approved_by: str, days: int) -> dict[str, Any]:
    """Let files of the whole district be made under an agreement from now on, for so many days; 0 ends it at once.

    Raises WrongUse where the agreement has no files or is not for the whole district, or two people are not named.
    """
    found = await agreement(use, number)
    if not found.terms.bulk_key:
        raise WrongUse(f"Agreement {number} names no key for files: it has no [bulk]. Ask for another agreement.")
    if not await covers_district(use, found):
        raise WrongUse(f"Agreement {number} is for some schools alone. Its app may fetch files without this.")
    if not 0 <= days <= MOST_DAYS:
        raise WrongUse(f"Say for how many days: from 1 to {MOST_DAYS}, or 0 to end it now.")
    if days and (not by.strip() or not approved_by.strip() or same_person(by, approved_by)):
        raise WrongUse("A whole district leaves with two people. Name both: --by NAME --approved-by NAME")
    values = {"by": by.strip()[:LONGEST_WORDS], "approved_by": approved_by.strip()[:LONGEST_WORDS]}
    row = await use.row(_RELEASE, number=number, days=timedelta(days=days), **values)
    return dict(row or {})


async def released_by(use: Use) -> str | None:
    """Who let the app that asks have files, in the words of the log; None where its agreement alone decides.

    Raises Refused where it may have none.
    """
    terms = terms_of(use)
    if not terms.bulk_key:
        raise Refused("The agreement names no key for files. What it names can be read in pages.")
    agreed = use.principal.agreement
    if agreed is None or not await covers_district(use, agreed):
        return None
    row = await use.row(_LAST, number=agreed.number)
    if row is None or not row["lasts"]:
        raise Refused(
            "The agreement is for the whole district: two people of the district have to let it leave as files. Ask "
            "them to. What the agreement names can be read in pages."
        )
    return f"{row['by']}, approved by {row['approved_by']}"[:LONGEST_WORDS]


_RELEASE = """
    insert into access.bulk_release (agreement, by, approved_by, ends_at)
    values (%(number)s, %(by)s, %(approved_by)s, now() + %(days)s) returning agreement, by, approved_by, ends_at
"""
_LAST = """
    select by, approved_by, ends_at > now() as lasts from access.bulk_release where agreement = %(number)s
    order by id desc limit 1
"""
