"""What comes of one value: the mended text, the rule it broke, and what it held besides itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Cleaned:
    """`value` as text (None: nothing usable), `rule` broken if any, and `others`: values found inside for other fields.

    A surname "Ortiz Jr." gives the value "Ortiz" and, for `generationCodeSuffix`, "Jr".
    """

    value: str | None
    rule: str | None = None
    others: Mapping[str, str] = field(default_factory=dict)


NOTHING = Cleaned(None)

CleanOne = Callable[[str], Cleaned]


@dataclass(frozen=True)
class Cleaning:
    """How a column is cleaned.

    `plain` is an SQL predicate on `{v}` that holds for values which only need `plain_value` (SQL, too): no Python sees
    them. `prepare` gets the distinct other values of a column and returns the function for one of them. `companions`
    are the fields that a value may also fill. `head` is a pattern of what stands before the part that is cleaned and
    stays as it is: house numbers make nearly every street different, and the streets themselves are few. `few` says
    that a column has far fewer distinct values than rows, so that they are gathered before they are looked at.
    `by_column`, where the function for one value depends on the others, tells of all values what it depends on.
    """

    plain: str | None
    plain_value: str
    sql_type: str
    prepare: Callable[[Sequence[str]], CleanOne]
    companions: tuple[str, ...] = ()
    head: str | None = None
    few: bool = False
    by_column: Callable[[Sequence[str]], frozenset[bool | None]] | None = None


@dataclass(frozen=True)
class Context:
    """What cleaning knows beyond the value: all of it comes from the delivery or from the district's settings.

    `identifier_widths` gives the full width of a source's numeric ids by kind (Student, Staff…), see
    `identifiers.widths`; `day_first` overrides what a date column says of itself; `vocabulary` holds descriptor URIs
    that the source defines itself; `local_namespace` (`uri://district.example`) takes codes that the standard doesn't
    have, where it is None such codes are set aside; `area_code` completes telephone numbers of seven digits.
    """

    today: date = field(default_factory=date.today)
    day_first: bool | None = None
    identifier_widths: Mapping[str, int] = field(default_factory=dict)
    vocabulary: frozenset[str] = frozenset()
    local_namespace: str | None = None
    area_code: str | None = None
    region: str = "US"
