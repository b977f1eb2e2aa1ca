"""What a district may say in `homeroom.toml`. What is not known here is refused: no misspelt word is passed over.

Numbers are checked against their bounds, and each refusal says in which table of the file the fault lies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from homeroom.errors import CannotRun
from homeroom.mail_settings import MAIL, MailSettings, read_mail
from homeroom.sign_in_settings import SIGN_IN, SignInSettings, read_pages_address, read_sign_in
from homeroom.source_options import SOURCE_OPTIONS, means_secret, options_of
from homeroom.spark_settings import SparkSettings, read_spark

SOURCE_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
# What a [[survivorship]] says.
SURVIVORSHIP = ("resource", "field", "decides")
# Who does the work of consolidation.
ENGINES = ("duckdb", "spark")
# Where apps find the interface, unless the district says where its own web server passes it on.
API_ADDRESS = "http://127.0.0.1:8000/api"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


@dataclass(frozen=True)
class SourceSettings:
    """One source of the district. `rank` is its place in the file: where sources disagree, the lower is believed.

    `path` is where its files lie on this machine; `address` is the URL of a source that lies elsewhere or is asked.
    """

    name: str
    kind: str
    path: Path
    rank: int
    options: dict[str, Any] = field(default_factory=dict)
    address: str | None = None

    @property
    def reading(self) -> dict[str, Any]:
        """All that decides how a delivery is read: what the source says of itself, with the text of its mapping."""
        mapping = Path(self.options["mapping"]) if "mapping" in self.options else None
        text = mapping.read_text(encoding="utf-8", errors="replace") if mapping and mapping.is_file() else ""
        return {**self.options, "mapping": text} if mapping else self.options


@dataclass(frozen=True)
class LinkingSettings:
    """From which probability two rows are one person without asking (`merge`), and from which a person is asked."""

    merge: float = 0.95
    review: float = 0.60


@dataclass(frozen=True)
class ArchiveSettings:
    """How much a zip or gz file may unpack to before it is taken for a bomb; `ratio` is to 1."""

    gigabytes: float = 20
    files: int = 10_000
    ratio: int = 200


@dataclass(frozen=True)
class HeldSettings:
    """From when on a delivery looks wrong beside the one accepted before it; a share of 1 asks for nothing.

    `least_rows`: smaller tables are not compared. Shares: of a table's rows that are gone (`rows_lost`); of how often
    a column was filled (`filled_lost`); of rows with new codes (`new_codes`); of rows that had a code which is gone
    (`codes_gone`); of the delivery's rows that are set aside, beyond that of before (`set_aside`).
    `school_students`: of how many students a school has to have had to be missed. `never`: sources that are not held.
    """

    least_rows: int = 50
    rows_lost: float = 0.5
    filled_lost: float = 0.5
    new_codes: float = 0.1
    codes_gone: float = 0.2
    set_aside: float = 0.1
    school_students: int = 10
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settings:
    """What `homeroom.toml` says. `record_url` is None where the workspace runs its own PostgreSQL.

    `authority`: for a domain of the model its sources, the believed one first. `survivorship`: each a `resource`, a
    `field` of it and what `decides` about that. `engine`: one of ENGINES; `spark` says something where it is spark.
    `api_address`: where apps find the interface for programs; `pages_address`: where people find the pages, None where
    they are for this machine alone; `sign_in`: the provider by which people sign in, None where there is none;
    `mail`: the server by which e-mail goes out, None where none does.
    """

    district: str
    record_url: str | None
    sources: tuple[SourceSettings, ...]
    linking: LinkingSettings
    archive: ArchiveSettings = ArchiveSettings()
    authority: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    survivorship: tuple[Mapping[str, str], ...] = ()
    held: HeldSettings = HeldSettings()
    engine: str = ENGINES[0]
    spark: SparkSettings = field(default_factory=SparkSettings)
    api_address: str = API_ADDRESS
    pages_address: str | None = None
    sign_in: SignInSettings | None = None
    mail: MailSettings | None = None


def is_address(path: str) -> bool:
    """Whether a source's path is a URL rather than a place on this machine."""
    return bool(_ADDRESS.match(path))


def read_settings(document: Mapping[str, Any], file: Path) -> Settings:
    """The settings that a parsed settings file gives. Raises CannotRun with the place of the first fault."""
    found = _Reader(file)
    tables = (
        "engine",
        "district",
        "record",
        "linking",
        "archive",
        "held",
        "authority",
        "survivorship",
        "spark",
        "api",
        "pages",
        "sign_in",
        "mail",
        "source",
    )
    found.only(document, "the file", tables)
    linking = LinkingSettings(**found.numbers(document, "linking", LinkingSettings))
    if not 0.5 <= linking.review <= linking.merge <= 1:
        raise found.fault(
            f"[linking] needs 0.5 <= review <= merge <= 1, but review is {linking.review} and merge is {linking.merge}"
        )
    archive = ArchiveSettings(**found.numbers(document, "archive", ArchiveSettings))
    district = found.words(document, "district", ("name",)).get("name", "").strip()
    if not district:
        raise found.fault('the district has no name. Write [district] and under it name = "Maple Grove"')
    return Settings(
        district=district,
        record_url=found.words(document, "record", ("url",)).get("url"),
        sources=found.sources(document, file.parent),
        linking=linking,
        archive=archive,
        authority=found.authority(document),
        survivorship=found.survivorship(document),
        held=found.held(document),
        engine=found.engine(document),
        spark=read_spark(document, found.fault),
        api_address=found.words(document, "api", ("address",)).get("address", API_ADDRESS),
        pages_address=read_pages_address(found.words(document, "pages", ("address",)), found.fault),
        sign_in=read_sign_in(found.words(document, "sign_in", SIGN_IN), found.fault),
        mail=read_mail(found.words(document, "mail", MAIL), found.fault),
    )


class _Reader:
    """Takes values out of a parsed settings file, and says of a fault where it is."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def fault(self, words: str) -> CannotRun:
        return CannotRun(f"{self._file}: {words}. Mend it and run again.")

    def only(
        self, table: Mapping[str, Any], where: str, known: tuple[str, ...], useful: tuple[str, ...] | None = None
    ) -> None:
        """`useful`: those of the known words that say anything here, where not all do."""
        for word in table:
            if word not in known:
                meant = get_close_matches(word, known, 1)
                guess = f"Was {meant[0]} meant?" if meant else f"It may hold: {', '.join(useful or known)}."
                raise CannotRun(f"{self._file}: {where} holds {word[:60]!r}, which means nothing here. {guess}")

    def words(self, document: Mapping[str, Any], name: str, known: tuple[str, ...]) -> dict[str, str]:
        """A table of which every value is text."""
        table = self._table(document, name, known)
        for word, value in table.items():
            if not isinstance(value, str):
                raise self.fault(f"{word} under [{name}] has to be text in quotation marks")
        return table

    def numbers(self, document: Mapping[str, Any], name: str, kind: type[Any]) -> dict[str, Any]:
        """A table of numbers, of the types of the defaults of `kind`."""
        defaults: dict[str, Any] = {one.name: one.default for one in fields(kind)}
        table = self._table(document, name, tuple(defaults))
        for word, value in table.items():
            whole = isinstance(defaults[word], int)
            if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)) or not 0 < value < 1e9:
                raise self.fault(f"{word} under [{name}] has to be a {'whole ' if whole else ''}number above 0")
        return {word: type(defaults[word])(value) for word, value in table.items()}

    def held(self, document: Mapping[str, Any]) -> HeldSettings:
        table = self._table(document, "held", tuple(one.name for one in fields(HeldSettings)))
        never = table.get("never", [])
        if not isinstance(never, list) or not all(isinstance(name, str) for name in never):
            raise self.fault('never under [held] has to be a list of sources: ["assessments"]')
        known = [entry.get("name") for entry in document.get("source", []) if isinstance(entry, dict)]
        for name in never:
            if name not in known:
                raise self.fault(f"never under [held] names the source {name[:60]!r}, which is not there")
        numbers = {word: value for word, value in table.items() if word != "never"}
        found = HeldSettings(**self.numbers({"held": numbers}, "held", HeldSettings), never=tuple(never))
        for word, value in vars(found).items():
            if isinstance(value, float) and value > 1:
                raise self.fault(f"{word} under [held] has to be a share from 0 to 1, such as 0.5 for half")
        return found

    def authority(self, document: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        table = document.get("authority", {})
        if not isinstance(table, dict):
            raise self.fault('authority has to be a table: [authority], and below it lines as enrollment = ["sis"]')
        for domain, named in table.items():
            if not isinstance(named, list) or not all(isinstance(name, str) for name in named):
                raise self.fault(f'{domain} under [authority] has to be a list of sources: ["sis", "warehouse"]')
        return {domain: tuple(named) for domain, named in table.items()}

    def survivorship(self, document: Mapping[str, Any]) -> tuple[dict[str, str], ...]:
        entries = document.get("survivorship", [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self.fault(
                "each field that is decided otherwise begins with [[survivorship]], in two pairs of brackets"
            )
        for entry in entries:
            self.only(entry, "[[survivorship]]", SURVIVORSHIP)
            if missing := [word for word in SURVIVORSHIP if not isinstance(entry.get(word), str)]:
                raise self.fault(f"a [[survivorship]] has no {' and no '.join(missing)}")
        return tuple(entries)

    def engine(self, document: Mapping[str, Any]) -> str:
        engine = document.get("engine", ENGINES[0])
        if engine not in ENGINES:
            raise self.fault(
                f"engine has to be one of {', '.join(ENGINES)}, in quotation marks, not {str(engine)[:60]!r}"
            )
        return str(engine)

    def sources(self, document: Mapping[str, Any], root: Path) -> tuple[SourceSettings, ...]:
        entries = document.get("source", [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self.fault("each source begins with [[source]], in two pairs of brackets")
        found = tuple(self._source(entry, rank, root) for rank, entry in enumerate(entries))
        names = [source.name for source in found]
        for name in names:
            if names.count(name) > 1:
                raise self.fault(f"two sources are named {name!r}. Give each a name of its own")
        return found

    def _source(self, entry: Mapping[str, Any], rank: int, root: Path) -> SourceSettings:
        where = f"source {rank + 1}"
        if secret := next(filter(means_secret, entry), None):
            raise CannotRun(
                f"{self._file}: {where} holds {secret[:60]!r}. What lets its holder in at a source belongs in "
                "secrets.toml beside it, which only its owner may read. Move it there."
            )
        first = ("name", "kind", "path")
        useful = (*first, *options_of(str(entry.get("kind")), str(entry.get("path"))))
        self.only(entry, where, (*first, *SOURCE_OPTIONS), useful)
        missing = [word for word in first if not entry.get(word)]
        if missing:
            raise self.fault(f"{where} has no {' and no '.join(missing)}")
        for word, value in entry.items():
            if not isinstance(value, str):
                raise self.fault(f"{word} of {where} has to be text in quotation marks")
        if not SOURCE_NAME.fullmatch(entry["name"]):
            raise self.fault(f"the name of {where} has to be lower-case letters, digits and hyphens, such as sis")
        # Whether its kind knows an option is asked when a source is added: a file that has been read so far is read on.
        options = {word: value for word, value in entry.items() if word in SOURCE_OPTIONS}
        for word, value in options.items():
            if not SOURCE_OPTIONS[word].takes(value):
                raise self.fault(f"{word} of {where} has to be {SOURCE_OPTIONS[word].has_to_be}")
        for word in ("queries", "mapping"):
            if word in options:
                options[word] = str(root / options[word])
        address = entry["path"] if is_address(entry["path"]) else None
        return SourceSettings(entry["name"], entry["kind"], root / entry["path"], rank, options, address)

    def _table(self, document: Mapping[str, Any], name: str, known: tuple[str, ...]) -> dict[str, Any]:
        table = document.get(name, {})
        if not isinstance(table, dict):
            raise self.fault(f"{name} has to be a table: a line [{name}], and below it its values")
        self.only(table, f"[{name}]", known)
        return table
