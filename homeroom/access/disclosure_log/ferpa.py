"""FERPA's record of disclosures (34 CFR 99.32) of one student, as a table for whoever asks to inspect it.

99.32(a) wants the parties who asked for or got information, and the legitimate interests that they had. 99.32(d) frees
the district from recording what it showed to its own officials; it stands in the log all the same, and here each line
says whether the law asks for it.
"""

from __future__ import annotations

import csv
import io
from typing import Any

from homeroom.access.door import Use
from homeroom.access.permissions import Role

HEADER = (
    "when", "party", "role", "on behalf of", "legitimate interest", "what was done", "fields by resource", "agreement",
    "asked for by 34 CFR 99.32",
)  # fmt: skip

# Whom the district has made its own officials (34 CFR 99.31(a)(1)). A provider under its control may count as one, too
# (99.31(a)(1)(i)(B)); families want to see it all the more, so that it is told as the law tells of outsiders.
_OFFICIALS = {str(Role.DISTRICT_DATA_MANAGER)}
_OF_STUDENT = """
    select at, principal, role, on_behalf_of, purpose, action, shown, agreement from access.disclosure
    where student_unique_ids @> array[%(student)s]::text[] order by at, id
"""


async def record_of_disclosures(use: Use, student_unique_id: str) -> str:
    """The record as CSV with `HEADER`, the oldest line first. That it is given out is its last line."""
    await use.disclose([student_unique_id], {"Student": ["studentUniqueId"]})
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(HEADER)
    for row in await use.rows(_OF_STUDENT, student=student_unique_id):
        table.writerow(_line(row))
    return text.getvalue()


def _line(row: dict[str, Any]) -> list[Any]:
    fields = "; ".join(f"{resource}: {', '.join(names)}" for resource, names in sorted(row["shown"].items()))
    official = row["role"] in _OFFICIALS
    return [
        row["at"].astimezone().isoformat(timespec="seconds"),
        row["principal"],
        row["role"],
        row["on_behalf_of"] or "",
        row["purpose"],
        row["action"],
        fields,
        row["agreement"] or "",
        "no: a school official, 99.32(d)(2)" if official else "yes",
    ]
