"""Codes: what a source calls a sex, a grade level, a race, a language, a state… as the standard's descriptor URI.

A code is understood when it is a URI the standard or the source defines, when it is one of the standard's values but
for case and punctuation, or when `code_synonyms.tsv` lists it for its descriptor type.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from homeroom.consolidate.clean.cleaned import NOTHING, Cleaned, Cleaning, Context
from homeroom.consolidate.clean.numbers import clean_boolean
from homeroom.consolidate.clean.text import is_nothing, mend, words
from homeroom.consolidate.clean.vocabulary import descriptor_uri, values
from homeroom.model.descriptor import STANDARD_NAMESPACE

_LENGTH = 306
_URI = re.compile(r"uri://[^\s#]+/(?P<type>\w+)#(?P<code>.+)")


def cleaning(type_: str, context: Context) -> Cleaning:
    """The cleaning of a column of codes of one descriptor type. Its distinct values are few."""
    return Cleaning(None, "{v}", "VARCHAR", lambda _: lambda value: clean_code(value, type_, context))


def clean_code(value: str, type_: str, context: Context) -> Cleaned:
    """The descriptor's URI."""
    text = mend(value)
    if not text or (is_nothing(text) and reduced_code(text) not in understood(type_)):
        return NOTHING
    if found := _URI.fullmatch(text):
        return _uri(text, found["type"], found["code"], type_, context)
    code = understood(type_).get(reduced_code(text)) or understood(type_).get(reduced_code(text.lstrip("0")))
    if code:
        return Cleaned(descriptor_uri(type_, code))
    return _local(text, type_, context)


def ethnicity_cleaning() -> Cleaning:
    """The cleaning of the federal question's first part: Hispanic or Latino, or not."""
    return Cleaning("{v} in ('true', 'false')", "{v} = 'true'", "BOOLEAN", lambda _: clean_ethnicity)


def clean_ethnicity(value: str) -> Cleaned:
    """`true` or `false`, from yes and no or from the answer's own words."""
    reduced = reduced_code(value)
    if reduced in _HISPANIC:
        return Cleaned("true")
    if re.match(r"(not|non)(of)?(hispanic|latin)", reduced) or reduced in ("nh", "nonh"):
        return Cleaned("false")
    return clean_boolean(value)


_HISPANIC = words("h hi hispanic latino latina latinx hispaniclatino hispanicorlatino hispanicorlatinoethnicity")


def _uri(uri: str, named: str, code: str, type_: str, context: Context) -> Cleaned:
    # The standard spells the namespace of one type otherwise than its name; both spellings are sent.
    if named.casefold() != type_.casefold():
        return Cleaned(None, "descriptor-of-another-type")
    own = not uri.startswith(STANDARD_NAMESPACE)
    if not own and code in values(type_):
        return Cleaned(descriptor_uri(type_, code))
    if uri in context.vocabulary or (own and (code in values(type_) or not _is_closed(type_))):
        return Cleaned(uri) if len(uri) <= _LENGTH else Cleaned(None, "text-too-long")
    known = understood(type_).get(reduced_code(code))
    return Cleaned(descriptor_uri(type_, known)) if known else Cleaned(None, "descriptor-unknown")


def _local(code: str, type_: str, context: Context) -> Cleaned:
    """A code that only the source knows: kept in the source's namespace where it has one."""
    for uri in context.vocabulary:
        if uri.endswith(f"/{type_}#{code}"):
            return Cleaned(uri)
    if context.local_namespace and not _is_closed(type_):
        uri = f"{context.local_namespace}/{type_}#{code}"
        return Cleaned(uri, "descriptor-local") if len(uri) <= _LENGTH else Cleaned(None, "text-too-long")
    return Cleaned(None, "descriptor-unknown")


def _is_closed(type_: str) -> bool:
    """Whether the meaning of the type's values is used here, so that one nobody understands is no value."""
    return type_ in _synonyms() and type_ not in _OPEN


# Types with synonyms whose values a district may still add to.
_OPEN = frozenset(
    {
        "AbsenceEventCategoryDescriptor",
        "AcademicSubjectDescriptor",
        "EntryTypeDescriptor",
        "ExitWithdrawTypeDescriptor",
        "IncidentLocationDescriptor",
        "ReasonExitedDescriptor",
        "RelationDescriptor",
        "StaffClassificationDescriptor",
    }
)


@cache
def understood(type_: str) -> dict[str, str]:
    """Every way to write each of the type's values, reduced, with the value."""
    known = {reduced_code(code): code for code in values(type_)}
    for spelled, code in _synonyms().get(type_, {}).items():
        known.setdefault(spelled, code)
    return known


@cache
def _synonyms() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    table = files("homeroom.consolidate.clean").joinpath("code_synonyms.tsv").read_text(encoding="utf-8")
    for line in table.splitlines()[1:]:
        type_, code, spellings = line.split("\t")
        found.setdefault(type_, {}).update({reduced_code(spelled): code for spelled in spellings.split("|")})
    return found


def reduced_code(code: str) -> str:
    """Letters and digits only, small: `Black - African American` and `blackAfricanAmerican` are one."""
    # A spreadsheet writes 4.0 for grade 4; and grade -1 (the year before kindergarten) is not grade 1.
    number = re.fullmatch(r"\s*(-?)(\d+)(\.0+)?\s*", code)
    if number:
        return ("minus" if number[1] else "") + number[2]
    return re.sub(r"[\W_]", "", code.casefold())
