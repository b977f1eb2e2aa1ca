"""Electronic mail addresses: small letters, no display name, a shape that a mail server can take."""

from __future__ import annotations

import re

from email_validator import EmailNotValidError, validate_email

from homeroom.consolidate.clean.cleaned import NOTHING, Cleaned, Cleaning
from homeroom.consolidate.clean.text import is_nothing, mend

FIELDS = frozenset({"electronicMailAddress"})
_LENGTH = 128
_PLAIN = r"[a-z0-9_-]+([.+][a-z0-9_-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,12}"


def cleaning() -> Cleaning:
    """The cleaning of a column of addresses. Case means nothing in the addresses that schools use, so it is dropped."""
    plain = f"regexp_full_match(lower({{v}}), '{_PLAIN}') and length({{v}}) <= 64 and not contains({{v}}, '--')"
    return Cleaning(plain, "lower({v})", "VARCHAR", lambda _: clean_electronic_mail)


def clean_electronic_mail(value: str) -> Cleaned:
    """The address; no question is asked of the network."""
    text = mend(value).removeprefix("mailto:").strip(" ,;")
    if found := re.search(r"<([^<>]+@[^<>]+)>", text):
        text = found[1]
    if is_nothing(text):
        return NOTHING
    try:
        address = validate_email(text, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError:
        return Cleaned(None, "electronic-mail-not-understood")
    return Cleaned(address) if len(address) <= _LENGTH else Cleaned(None, "text-too-long")
