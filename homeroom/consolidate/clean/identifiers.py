"""Identifiers that a spreadsheet or a number column has damaged: lost zeros, a `.0` behind, 1.23457E+11.

Zeros are put back only to the width that the source's own ids of that kind have (`widths` reads it from the whole
delivery), so that the same id comes out the same in every file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

import duckdb

from homeroom.consolidate.clean.cleaned import NOTHING, Cleaned, Cleaning
from homeroom.consolidate.clean.text import mend, within
from homeroom.consolidate.database import columns_held
from homeroom.consolidate.layered_table import LayeredTable
from homeroom.model.columns import columns

# How much of a source's numeric ids must have the full width before a shorter one counts as damaged.
_USUAL = 0.6
_LONGEST = 64
# Digits; or letters, digits, hyphens and underscores that are neither a number such as 1E11 nor a word such as None.
_PLAIN = r"\d+|\d+[A-DF-Za-df-z_-][A-Za-z0-9_-]*|[A-Za-z_-]+[0-9_-][A-Za-z0-9_-]*|[A-Za-z]{5,}"


def cleaning(width: int | None, length: int | None) -> Cleaning:
    """The cleaning of a column of ids; `width` is the full width of numeric ones, where the source has such."""
    plain = f"regexp_full_match({{v}}, '{_PLAIN}') and length({{v}}) <= {min(length or _LONGEST, _LONGEST)}"
    if width:
        plain += f" and (length({{v}}) >= {width} or not regexp_full_match({{v}}, '\\d+'))"
    return Cleaning(plain, "{v}", "VARCHAR", lambda _: lambda value: clean_identifier(value, width, length))


def clean_identifier(value: str, width: int | None = None, length: int | None = None) -> Cleaned:
    """The id as the source means it."""
    text = mend(value).removeprefix("'").strip()
    if not text or text.casefold() in ("null", "na", "n/a", "none", "#n/a"):
        return NOTHING
    text = re.sub(r"^(\d+)\.0+$", r"\1", text)
    if re.fullmatch(r"\d(\.\d+)?[eE]\+\d{1,3}", text):
        digits, _, exponent = text.upper().replace(".", "").partition("E")
        # 1.23457E+11 stands for a thousand ids: only one whose digits are all there is an id again.
        if len(digits) <= int(exponent):
            return Cleaned(None, "identifier-digits-lost")
        text = str(int(Decimal(text)))
    if width and text.isascii() and text.isdigit():
        text = text.zfill(width)
    return within(Cleaned(text), length)


def widths(connection: duckdb.DuckDBPyConnection, staged: Mapping[str, LayeredTable]) -> dict[str, int]:
    """The full width of a delivery's numeric ids by kind, for the kinds whose ids begin with zeros.

    `staged` gives the staged tables by resource. A kind is in the answer when some of its ids begin with a zero and
    most of the numeric ones have one and the same width.
    """
    held: dict[str, list[str]] = {}
    zero_led: set[str] = set()
    for resource, table in staged.items():
        present = columns_held(connection, table.base)
        asked = [column for column in columns(resource) if column.identifies and column.name in present]
        if not asked:
            continue
        # Most sources have no id that begins with a zero: a look tells that sooner than gathering all ids does.
        zeros = ", ".join(f"bool_or(starts_with(\"{column.name}\", '0'))" for column in asked)
        looked = connection.execute(f"select {zeros} from {table.sql}").fetchone() or ()
        for column, any_zero in zip(asked, looked, strict=True):
            select = f'select distinct "{column.name}" as id from {table.sql}'
            held.setdefault(str(column.identifies), []).append(select)
            if any_zero:
                zero_led.add(str(column.identifies))
    found = {}
    for kind in sorted(zero_led):
        selects = held[kind]
        row = connection.execute(
            f"""
            with ids as ({" union ".join(selects)}),
            numeric as (select length(trim(id)) as width, id from ids where regexp_full_match(trim(id), '\\d+'))
            select width, count(*) / (select count(*) from numeric), (select bool_or(id like '0_%') from numeric)
            from numeric group by width order by count(*) desc limit 1
            """
        ).fetchone()
        if row and row[2] and row[1] >= _USUAL:
            found[kind] = int(row[0])
    return found
