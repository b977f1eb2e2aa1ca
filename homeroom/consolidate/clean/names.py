"""Names of people: case, spaces, suffixes and titles, "Last, First", and the stand-ins that systems carry.

A name that is written with care is left as it is: only ALL CAPITALS and all small letters are recased. Accents stay.
"""

from __future__ import annotations

import re

from homeroom.consolidate.clean.cleaned import NOTHING, Cleaned, Cleaning
from homeroom.consolidate.clean.text import is_nothing, is_unreadable, mend, with_capital, within, words

SURNAMES = frozenset({"lastSurname", "maidenName", "preferredLastSurname"})
GIVEN_NAMES = frozenset({"firstName", "middleName", "preferredFirstName"})
FIELDS = SURNAMES | GIVEN_NAMES

_LENGTH = 75
# Signs that stand around a name and are no part of it.
_AROUND = " ,;*"
_SUFFIXES = {
    "jr": "Jr", "junior": "Jr", "jnr": "Jr", "sr": "Sr", "senior": "Sr", "snr": "Sr", "ii": "II", "iii": "III",
    "iv": "IV", "v": "V", "2nd": "II", "3rd": "III", "4th": "IV",
}  # fmt: skip
_PREFIXES = {
    "mr": "Mr", "mrs": "Mrs", "ms": "Ms", "miss": "Miss", "mx": "Mx", "dr": "Dr", "prof": "Prof", "rev": "Rev",
    "sra": "Sra", "srta": "Srta",
}  # fmt: skip
# Particles that are usually written small inside a surname; at its head they are too, but for the ones below.
_PARTICLES = words(
    "de del della di da do dos das du der den des la las le los van von vom zu zur ter ten bin bint ibn al el y e"
)
# "Del Toro", "Le", "Di Marco", "La Rue": American records write these with a capital at the head of a surname.
_CAPITAL_AT_HEAD = words("del della di da do du la las le los el al ten ter e y")
# Surnames that begin with Mac and are one plain word.
_PLAIN_MAC = words(
    "mace macey machado machin macha macho mack mackey mackie macklin mackin macy macias maciel maciejewski macek "
    "macon macomber macallan macaluso macapagal macaraeg macedo macera machen macher machuca macias mackel mackert "
    "mackley macko macks macnab maccabee maccarone macri macrae macchia macchio maceachern maceda macintosh"
)
# Written as one writes a name, Null and Na are surnames that people have.
_NO_NAME = words("n/a N/A #N/A null NULL none NONE nil NIL na NA - -- . tbd TBD")
_TEST_NAMES = words(
    "test tester testing teststudent testuser dummy fake placeholder student unknown unk notgiven noname "
    "fnu lnu nfn nln nofirstname nolastname firstname lastname xxx xxxx zzz zzzz zztest zzztest asdf qwerty deleted "
    "duplicate donotuse delete xxtest"
)
_PLAIN = r"\p{Lu}[\p{Ll}]+(-\p{Lu}\p{Ll}+| \p{Lu}\p{Ll}+)?|\p{Lu}\.?|(Mc|Mac|O''|D'')\p{Lu}\p{Ll}+"


def cleaning(field: str) -> Cleaning:
    """The cleaning of one of the name fields."""
    excluded = sorted(_TEST_NAMES | set(_SUFFIXES) | set(_PREFIXES) | {"na", "none", "null", "nil", "tbd"})
    # A second word may be a suffix or a stand-in, so names of two words are plain only when neither is one.
    plain = (
        f"regexp_full_match({{v}}, '{_PLAIN}') and length({{v}}) <= {_LENGTH}"
        f" and not regexp_matches({{v}}, '(?i:\\b({'|'.join(excluded)})\\b)|[ÃÂâ]')"
    )
    companions = ("generationCodeSuffix", "personalTitlePrefix") + (("firstName",) if field == "lastSurname" else ())
    return Cleaning(plain, "{v}", "VARCHAR", lambda _: lambda value: clean_name(value, field), companions, few=True)


def clean_name(value: str, field: str) -> Cleaned:
    """The name in proper case; `others` holds a suffix, a title, and the first name of "Last, First" in a surname."""
    name = mend(value).strip(_AROUND)
    if not name or name in _NO_NAME:
        return NOTHING
    if _stands_for_no_name(name):
        return Cleaned(None, "name-placeholder")
    others: dict[str, str] = {}
    name = _take_suffix(name, others, field)
    if field == "lastSurname" and "," in name:
        name, _, given = (part.strip() for part in name.partition(","))
        name, given = _take_suffix(name, others, field), _take_suffix(given, others, field)
        if given and name:
            others["firstName"] = proper_case(_take_prefix(given, others), surname=False)
    # Where a first name, suffix or title was taken off, such signs may be left over.
    name = _take_prefix(name, others).strip(_AROUND)
    if not name:
        return NOTHING
    if _stands_for_no_name(name):
        return Cleaned(None, "name-placeholder", others)
    rule = "name-unreadable" if is_unreadable(name) else None
    cased = proper_case(name, surname=field in SURNAMES)
    # Where new case would look like a broken encoding, the name stays as it was sent.
    return within(Cleaned(cased if mend(cased) == cased else name, rule, others), _LENGTH)


def clean_suffix(value: str) -> Cleaned:
    """A generation's suffix in its usual form: Jr, Sr, II to V; anything else stays as it is."""
    text = mend(value)
    if is_nothing(text):
        return NOTHING
    return within(Cleaned(_SUFFIXES.get(text.casefold().rstrip("."), text)), 10)


def clean_prefix(value: str) -> Cleaned:
    """A title in its usual form, without a full stop: Mr, Ms, Dr."""
    text = mend(value)
    if is_nothing(text):
        return NOTHING
    return within(Cleaned(_PREFIXES.get(text.casefold().rstrip("."), text)), 30)


def proper_case(name: str, *, surname: bool) -> str:
    """The name with capitals where a name has them, if it is all capitals or all small; else as it is."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) == 1 and surname is False:
        # A letter whose capital is two letters (ß) stays.
        return name.upper() if len(name.upper()) == len(name) else name
    if not (name.isupper() or name.islower()) or len(letters) < 2:
        return name
    # Two capitals without a vowel are initials: "JT", not "Jt".
    if not surname and name.isupper() and len(name) == 2 and not set(name) & set("AEIOUY"):
        return name
    words = name.split(" ")
    return " ".join(_word(word.lower(), at, len(words), surname) for at, word in enumerate(words))


def _word(word: str, at: int, of: int, surname: bool) -> str:
    if surname and of > 1 and at < of - 1 and word in _PARTICLES and not (at == 0 and word in _CAPITAL_AT_HEAD):
        return word
    parts = word.split("-")
    return "-".join(
        part if len(parts) > 2 and 0 < n < len(parts) - 1 and part in _PARTICLES else _capital(part)
        for n, part in enumerate(parts)
    )


def _capital(word: str) -> str:
    """One word: McDonald, MacLeod, O'Brien, D'Angelo, 'Aisha."""
    word = word.replace("’", "'")
    head, apostrophe, tail = word.partition("'")
    if apostrophe and len(head) <= 1 and tail:
        return head.upper() + apostrophe + _capital(tail)
    if apostrophe and head in ("dell", "dall"):
        return head.capitalize() + apostrophe + _capital(tail)
    if word.startswith("mc") and len(word) > 3:
        return "Mc" + word[2:].capitalize()
    if word.startswith("mac") and len(word) > 5 and word not in _PLAIN_MAC and word[3] not in "aeiouhk":
        return "Mac" + word[3:].capitalize()
    return with_capital(word)


def _stands_for_no_name(name: str) -> bool:
    return re.sub(r"[\W_]", "", name.casefold()) in _TEST_NAMES or not re.search(r"[^\W\d_]", name)


def _take_suffix(name: str, others: dict[str, str], field: str) -> str:
    """The name without a generation's suffix at its end, however often it is written there."""
    while True:
        rest, _, last = name.replace(",", ", ").rpartition(" ")
        suffix = _SUFFIXES.get(last.casefold().rstrip("."))
        # A middle name may be the initial V, and "Senior" or "Junior" may be a surname where it stands alone.
        if not suffix or not rest.strip(" ,") or (suffix == "V" and field in GIVEN_NAMES):
            return " ".join(name.split())
        others.setdefault("generationCodeSuffix", suffix)
        name = rest.rstrip(" ,")


def _take_prefix(name: str, others: dict[str, str]) -> str:
    """The name without the titles at its head, of which the first counts."""
    while True:
        first, _, rest = name.partition(" ")
        rest = rest.strip(_AROUND)
        prefix = _PREFIXES.get(first.casefold().rstrip("."))
        if not prefix or not rest:
            return name
        others.setdefault("personalTitlePrefix", prefix)
        name = rest
