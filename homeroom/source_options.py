"""What a source may say of itself in `homeroom.toml` beside its name, kind and path.

Each option stands here once: which kinds of sources know it, and what its value has to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from homeroom.errors import WrongUse
from homeroom.secrets_file import is_secret

_ASKED = ("oneroster-api", "edfi-api", "sql")
_LEARNING = ("caliper", "xapi", "tool-usage")
_MAPPED = ("csv", "excel", "sql")
_RECORD = ("oneroster-csv", "oneroster-api", "edfi-xml", "edfi-json", "edfi-api", *_MAPPED)
_DELIVERED = tuple(kind for kind in (*_RECORD, *_LEARNING) if kind not in _ASKED)


@dataclass(frozen=True)
class SourceOption:
    """`kinds`: those that know it. `schemes`: files at an address that begins so are alone in knowing it.

    `form`: what the whole value has to be like, and `has_to_be` the same in words.
    """

    name: str
    kinds: tuple[str, ...]
    schemes: tuple[str, ...] = ()
    form: re.Pattern[str] | None = None
    has_to_be: str = ""

    def takes(self, value: str) -> bool:
        return self.form is None or bool(self.form.fullmatch(value))

    def fits(self, kind: str, path: str) -> bool:
        """Whether it says anything of a source of `kind` at `path`."""
        return kind in self.kinds and (not self.schemes or path.partition("://")[0].lower() in self.schemes)


def check_options(source: str, kind: str, path: str, options: Mapping[str, str]) -> None:
    """Raises WrongUse for a password in a source's path, and for the first of its options that can't be.

    The words say what to do, and repeat no value.
    """
    if _PASSWORD_IN_ADDRESS.search(path):
        raise WrongUse(_secret(source, "The address holds a password. A password"))
    for name, value in options.items():
        option = SOURCE_OPTIONS.get(name)
        if means_secret(name):
            raise WrongUse(_secret(source, f"{name[:60]} lets its holder in at the source. It"))
        if option is None or kind not in option.kinds:
            raise WrongUse(_unknown(name, kind, path))
        if not option.fits(kind, path):
            raise WrongUse(
                f"{name} is for files at an address that begins with {_or(f'{one}://' for one in option.schemes)}. "
                f"Leave it out, or name such an address as the path of {source}."
            )
        if _PASSWORD_IN_ADDRESS.search(value):
            raise WrongUse(_secret(source, f"The address in {name} holds a password. A password"))
        if not value.isprintable():
            raise WrongUse(f"{name} has to be one line of plain text.")
        if not option.takes(value):
            raise WrongUse(f"{name} has to be {option.has_to_be}.")


def options_of(kind: str, path: str) -> tuple[str, ...]:
    """The names of the options that say anything of a source of `kind` at `path`."""
    return tuple(option.name for option in SOURCE_OPTIONS.values() if option.fits(kind, path))


def means_secret(name: str) -> bool:
    """Whether a word is no option, nor one misspelt, but belongs into the secrets file."""
    return is_secret(name) and not get_close_matches(name, SOURCE_OPTIONS, 1, 0.8)


def _unknown(name: str, kind: str, path: str) -> str:
    known = options_of(kind, path)
    meant = get_close_matches(name, known, 1)
    guess = f" Was {meant[0]} meant?" if meant else ""
    return f"A source of the kind {kind} has no option {name[:60]!r}.{guess} It may have: {', '.join(known)}."


def _secret(source: str, what: str) -> str:
    return (
        f"{what} belongs in secrets.toml beside homeroom.toml, under [{source}], and never on a command line, which "
        "others on this machine can see and a shell remembers. Write it there, let nobody else read that file "
        "(chmod 600 secrets.toml), and add the source without it."
    )


def _or(words: Iterable[str]) -> str:
    return " or ".join(words)


def _one_of(name: str, kinds: tuple[str, ...], *words: str) -> SourceOption:
    return SourceOption(name, kinds, form=re.compile("|".join(map(re.escape, words))), has_to_be=_or(words))


_PASSWORD_IN_ADDRESS = re.compile(r"://[^/@\s]*:[^/@\s]+@")
_OPTIONS = (
    _one_of("results", ("oneroster-csv", "oneroster-api"), "grades", "assessments"),
    SourceOption(
        "namespace",
        _RECORD,
        form=re.compile(r"uri://[^\s#/]+(/[^\s#/]+)*"),
        has_to_be="a URI without # and slash at its end: uri://sis.example",
    ),
    _one_of("dates", _RECORD, "day-first", "month-first"),
    SourceOption("area_code", _RECORD, form=re.compile(r"[2-9]\d\d"), has_to_be="three digits, such as 217"),
    SourceOption("host_key", _DELIVERED, schemes=("sftp",)),
    SourceOption("endpoint", _DELIVERED, schemes=("s3", "gs")),
    SourceOption("region", _DELIVERED, schemes=("s3",)),
    SourceOption("queries", ("sql",)),
    SourceOption("mapping", _MAPPED),
    SourceOption("learners", _LEARNING),
    SourceOption("token_url", ("oneroster-api", "edfi-api")),
    SourceOption("scopes", ("oneroster-api", "edfi-api")),
    _one_of("signature", ("oneroster-api",), "HMAC-SHA256", "HMAC-SHA1"),
    SourceOption(
        "whole_every",
        ("oneroster-api",),
        form=re.compile(r"[1-9]\d?"),
        has_to_be='a number of days from 1 to 99, such as "7"',
    ),
    SourceOption("leave_out", ("oneroster-api",)),
)

SOURCE_OPTIONS: Mapping[str, SourceOption] = {option.name: option for option in _OPTIONS}
