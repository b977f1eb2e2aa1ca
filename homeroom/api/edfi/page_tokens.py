"""The tokens by which pages go on, as the Ed-Fi ODS/API has them: a range of ids, which nobody need understand.

Ids of rows are spread evenly, so that ranges of one width hold about the same number of rows each: a reader takes
several at a time. A token says nothing of any row but an id, and tells the next request alone where to begin.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from uuid import UUID

_LAST = UUID(int=(1 << 128) - 1)


@dataclass(frozen=True)
class Range:
    """The ids above `after` up to `until`; from the first, and to the last, where there is None."""

    after: UUID | None = None
    until: UUID | None = None

    @property
    def token(self) -> str:
        """The range as a page token."""
        after = self.after.bytes if self.after else b""
        return base64.urlsafe_b64encode((self.until or _LAST).bytes + after).decode().rstrip("=")


def read_token(token: str) -> Range | None:
    """The range that a token says; None where it is none."""
    try:
        held = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(held) not in (16, 32):
        return None
    return Range(UUID(bytes=held[16:]) if held[16:] else None, UUID(bytes=held[:16]))


def partitions(number: int) -> list[Range]:
    """All ids in so many ranges of one width."""
    ends = [UUID(int=((part + 1) << 128) // number - 1) for part in range(number)]
    return [Range(after, until) for after, until in zip([None, *ends], ends, strict=False)]
