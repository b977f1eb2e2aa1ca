"""Plain text: stray spaces, control characters, and letters broken by a wrong encoding."""

from __future__ import annotations

import re
import unicodedata

import ftfy

from homeroom.consolidate.clean.cleaned import NOTHING, Cleaned, Cleaning, CleanOne

# Letters that UTF-8 read as Latin-1 leaves behind, and the sign for a character that was lost.
SUSPICIOUS = "[ÃÂâ€\ufffd]"
_UNTIDY = r"^\s|\s$|\s\s|[\x00-\x1f\x7f\x{00a0}\x{200b}]"
_LOST = re.compile("\ufffd|(?<=[^\\W\\d_])\\?(?=[^\\W\\d_])")
# A text that was broken several times over is mended in as many steps; none is broken so often.
_MENDINGS = 8
_PLACEHOLDERS = {
    "n/a",
    "na",
    "null",
    "none",
    "nil",
    "unknown",
    "#n/a",
    "#ref!",
    "#value!",
    "-",
    "--",
    ".",
    "tbd",
    "not available",
}


def mend(value: str) -> str:
    """The text with its encoding mended where that is sure, one space between words, in composed letters."""
    if value.isascii():
        return _spaced(value)
    # Blanks of other kinds keep ftfy from seeing what is broken, and may be a part of it: it looks before and after
    # they are plain ones, until there is nothing left to mend.
    for _ in range(_MENDINGS):
        mended = _spaced(unicodedata.normalize("NFC", ftfy.fix_encoding(value.lstrip())).replace("\u200b", ""))
        if mended == value:
            break
        value = mended
    return value


def _spaced(value: str) -> str:
    if not value.isprintable():
        value = "".join(
            " " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character for character in value
        )
    return " ".join(value.split())


def is_unreadable(value: str) -> bool:
    """Whether letters were lost for good: a replacement character, or a question mark inside a word."""
    return bool(_LOST.search(value))


def is_nothing(value: str) -> bool:
    """Whether the text is one that systems write for "no value"."""
    return value.casefold() in _PLACEHOLDERS or not value


def with_capital(word: str) -> str:
    """The word with a capital at its head. A letter whose capital is two letters (ß) stays."""
    head = word[:1].upper()
    return head + word[1:] if len(head) == 1 else word


def words(listed: str) -> frozenset[str]:
    """The words of a list that is written as a line of text."""
    return frozenset(listed.split())


def cleaning(length: int | None) -> Cleaning:
    """Free text of at most `length` characters, by default the whole of it kept."""
    limit = f" and length({{v}}) <= {length}" if length else ""
    plain = f"not regexp_matches({{v}}, '{_UNTIDY}|{SUSPICIOUS}') and {{v}} <> ''{limit}"
    return Cleaning(plain, "{v}", "VARCHAR", lambda _: for_length(length))


def for_length(length: int | None) -> CleanOne:
    def clean(value: str) -> Cleaned:
        mended = mend(value)
        if not mended:
            return NOTHING
        return within(Cleaned(mended, "text-unreadable" if "\ufffd" in mended else None), length)

    return clean


def within(cleaned: Cleaned, length: int | None) -> Cleaned:
    """The value, or the rule it breaks by its length: text is never cut off."""
    if length and cleaned.value is not None and len(cleaned.value) > length:
        return Cleaned(None, "text-too-long", cleaned.others)
    return cleaned
