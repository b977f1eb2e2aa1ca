"""The file in which an agreement is asked for: TOML, every part of it needed but what is written, all faults told at
once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from itertools import starmap
from pathlib import Path
from typing import Any

from email_validator import EmailNotValidError, validate_email

from homeroom.access.agreements.bulk import bulk_key_of, read_bulk, told_bulk
from homeroom.access.agreements.terms import PURPOSES, AtTheEnd, Element, Terms, fields_of
from homeroom.access.agreements.webhook import read_webhook, told_webhook, webhook_of
from homeroom.access.agreements.writes import ALL_MEMBERS, meant, read_namespaces, read_writes, told_writes, writes_of
from homeroom.access.egress.budget import Budget
from homeroom.access.permissions import Purpose
from homeroom.errors import WrongUse
from homeroom.model import RESOURCES

ALL_SCHOOLS = "all"
_LONGEST = 2_000
# More are in no district.
_MOST_STUDENTS = 100_000_000
_ORGANIZATIONS = "education_organizations"
_PARTS = ("provider", "app", "purposes", "schools", _ORGANIZATIONS, "begin", "end", "subprocessors", "retention",
          "at_the_end", "contact", "elements", "writes", "namespaces", "optional", "budget", "bulk", "webhook",
          "profiles")  # fmt: skip


def read_file(path: Path) -> Terms:
    """The terms that a file asks for. Raises WrongUse with every fault that it has."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise WrongUse(f"{path} can't be read: {problem.strerror}. Name the file of the agreement.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise WrongUse(f"{path} is not TOML: {problem}. The reference shows what such a file looks like.") from None
    found = _Reader(document)
    terms = found.terms()
    if terms is None:
        faults = "\n".join(f"- {fault}" for fault in found.faults)
        raise WrongUse(f"{path} can't be taken as it is. Mend it, and ask again:\n{faults}")
    return terms


def told(terms: Terms) -> dict[str, Any]:
    """The terms in the words of such a file, for JSON."""
    return {
        "provider": terms.provider,
        "app": terms.app,
        "purposes": [str(purpose) for purpose in terms.purposes],
        "elements": _told_elements(terms),
        "schools": ALL_SCHOOLS if terms.schools is None else sorted(terms.schools),
        "begin": terms.begin.isoformat(),
        "end": terms.end.isoformat(),
        "subprocessors": list(terms.subprocessors),
        "retention": terms.retention,
        "at_the_end": str(terms.at_the_end),
        "contact": {"name": terms.contact_name, "email": terms.contact_email},
        "writes": told_writes(terms.writes),
        "namespaces": list(terms.namespaces),
        "bulk": told_bulk(terms.bulk_key),
        "webhook": told_webhook(terms.webhook),
        "optional": terms.optional,
        "budget": vars(terms.budget) if terms.budget else {},
        **({_ORGANIZATIONS: sorted(terms.organizations)} if terms.organizations else {}),
        **({"profiles": list(terms.profiles)} if terms.profiles else {}),
        **({"sandbox": True, "unrestricted": sorted(terms.unrestricted)} if terms.sandbox else {}),
    }


def terms_of(document: Mapping[str, Any]) -> Terms:
    """The terms that `told` told, taken as they are: what was agreed once stays, whatever the model says now."""
    return Terms(
        provider=document["provider"],
        app=document["app"],
        purposes=tuple(Purpose(word) for word in document["purposes"]),
        elements=frozenset().union(*starmap(_elements, document["elements"].items())),
        schools=None if document["schools"] == ALL_SCHOOLS else frozenset(document["schools"]),
        begin=date.fromisoformat(document["begin"]),
        end=date.fromisoformat(document["end"]),
        subprocessors=tuple(document["subprocessors"]),
        retention=document["retention"],
        at_the_end=AtTheEnd(document["at_the_end"]),
        contact_name=document["contact"]["name"],
        contact_email=document["contact"]["email"],
        # Older ones say nothing of writing.
        writes=writes_of(document.get("writes", {})),
        namespaces=tuple(document.get("namespaces", ())),
        bulk_key=bulk_key_of(document.get("bulk", {})),
        webhook=webhook_of(document.get("webhook", {})),
        optional=document.get("optional", False),
        budget=Budget(**document["budget"]) if document.get("budget") else None,
        organizations=frozenset(document.get(_ORGANIZATIONS, ())),
        sandbox=document.get("sandbox", False),
        unrestricted=frozenset(document.get("unrestricted", ())),
        profiles=tuple(document.get("profiles", ())),
    )  # fmt: skip


def _told_elements(terms: Terms) -> dict[str, Any]:
    """Field by field. A sandbox's are most of the model, are asked for with each request, and bind nobody."""
    if not terms.sandbox:
        return dict(terms.fields())
    return {
        resource: ALL_MEMBERS if _every_element(resource).issubset(terms.elements) else fields
        for resource, fields in terms.fields().items()
    }


def _elements(resource: str, names: Any) -> frozenset[Element]:
    return _every_element(resource) if names == ALL_MEMBERS else frozenset(Element(resource, name) for name in names)


@cache
def _every_element(resource: str) -> frozenset[Element]:
    return frozenset(Element(resource, field) for field in fields_of(resource))


class _Reader:
    """Goes through the parts of a document and keeps what is wrong in each."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self.faults: list[str] = []

    def terms(self) -> Terms | None:
        """The terms; None where there are `faults`."""
        for name in self._document.keys() - set(_PARTS):
            self._fault(f"{name[:60]}: no agreement has such a part. It has: {', '.join(_PARTS)}.")
        begin, end = self._day("begin"), self._day("end")
        if begin and end and end < begin:
            self._fault("end: it lies before begin.")
        contact = self._document.get("contact")
        contact = contact if isinstance(contact, dict) else {}
        writes = read_writes(self._document, self._fault)
        terms = Terms(
            provider=self._text("provider", self._document),
            app=self._text("app", self._document),
            purposes=self._purposes(),
            elements=self._elements(),
            schools=self._schools(),
            begin=begin or date.min,
            end=end or date.min,
            subprocessors=self._subprocessors(),
            retention=self._text("retention", self._document),
            at_the_end=self._at_the_end(),
            contact_name=self._text("name", contact, "contact."),
            contact_email=self._email(contact),
            writes=writes,
            namespaces=read_namespaces(self._document, writes, self._fault),
            bulk_key=read_bulk(self._document, self._fault),
            webhook=read_webhook(self._document, self._fault),
            optional=self._optional(),
            budget=self._budget(),
            organizations=self._organizations(),
            profiles=self._profiles(),
        )
        return None if self.faults else terms

    def _fault(self, sentence: str) -> None:
        self.faults.append(sentence)

    def _text(self, name: str, table: Mapping[str, Any], before: str = "") -> str:
        value = table.get(name)
        if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST or "\0" in value:
            self._fault(f'{before}{name}: write it as {name} = "...", in at most {_LONGEST:,} characters.')
            return ""
        return value.strip()

    def _day(self, name: str) -> date | None:
        value = self._document.get(name)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self._fault(f"{name}: write a day as {name} = 2026-08-01, without quotation marks.")
        return None

    def _purposes(self) -> tuple[Purpose, ...]:
        words = self._list("purposes", str)
        unknown = [word for word in words if word not in set(PURPOSES)]
        if unknown or not words:
            self._fault(f"purposes: name one or more of {', '.join(PURPOSES)}. There are no others.")
        return tuple(dict.fromkeys(Purpose(word) for word in words if word not in unknown))

    def _organizations(self) -> frozenset[int]:
        ids = self._list(_ORGANIZATIONS, int)
        if _ORGANIZATIONS in self._document and (not ids or "schools" in self._document):
            self._fault(f"{_ORGANIZATIONS}: write their ids in the record, as [255901], and no schools beside them.")
        return frozenset(ids)

    def _schools(self) -> frozenset[int] | None:
        if _ORGANIZATIONS in self._document:
            return frozenset()
        if self._document.get("schools") == ALL_SCHOOLS:
            return None
        ids = self._list("schools", int)
        if not ids:
            self._fault(
                f'schools: write their ids in the record, as schools = [255901001], or schools = "{ALL_SCHOOLS}".'
            )
        return frozenset(ids)

    def _subprocessors(self) -> tuple[str, ...]:
        if self._document.get("subprocessors") != [] and not self._list("subprocessors", str):
            self._fault(
                'subprocessors: write who they are, as subprocessors = ["Cloud Example, hosting"]; [] for none.'
            )
        return tuple(self._list("subprocessors", str))

    def _at_the_end(self) -> AtTheEnd:
        try:
            return AtTheEnd(self._document.get("at_the_end"))  # type: ignore[arg-type]
        except ValueError:
            self._fault(f"at_the_end: write what becomes of the data: {', '.join(AtTheEnd)}.")
            return AtTheEnd.DELETED

    def _email(self, contact: Mapping[str, Any]) -> str:
        try:
            return validate_email(str(contact.get("email", "")), check_deliverability=False).normalized
        except EmailNotValidError:
            self._fault("contact.email: write an address to which the district can turn.")
            return ""

    def _optional(self) -> bool:
        value = self._document.get("optional", False)
        if not isinstance(value, bool):
            self._fault("optional: write optional = true where families may opt out of the app, or leave it out.")
        return value is True

    def _profiles(self) -> tuple[str, ...]:
        names = self._list("profiles", str)
        if "profiles" in self._document and not names:
            self._fault('profiles: write the names of profiles that were added, as profiles = ["Roster-Read"].')
        return tuple(dict.fromkeys(names))

    def _budget(self) -> Budget | None:
        said = self._document.get("budget")
        if said is None:
            return None
        names = [one.name for one in fields(Budget)]
        whole = isinstance(said, dict) and set(said) == set(names)
        values: list[Any] = [said[name] for name in names] if whole else []
        right = all(type(value) is int and 0 < value < _MOST_STUDENTS for value in values)
        if values and right and values[0] <= values[1]:
            return Budget(*values)
        self._fault(
            "budget: write students_per_hour = 500 and students_per_day = 2000 under [budget], the day's no less."
        )
        return None

    def _elements(self) -> frozenset[Element]:
        tables = self._document.get("elements")
        if not isinstance(tables, dict) or not tables:
            self._fault('elements: write each field under [elements], as Student = ["studentUniqueId", "firstName"].')
            return frozenset()
        return frozenset(element for resource, names in tables.items() for element in self._fields(resource, names))

    def _fields(self, resource: str, names: Any) -> list[Element]:
        if resource not in RESOURCES:
            self._fault(f"elements.{resource[:60]}: the record has no such resource.{meant(resource, RESOURCES)}")
            return []
        if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
            self._fault(f'elements.{resource}: write its fields, as {resource} = ["...", "..."].')
            return []
        known = fields_of(resource)
        for name in names:
            if name not in known:
                self._fault(f"elements.{resource}: the record has no field {name[:60]!r} there.{meant(name, known)}")
        return [Element(resource, name) for name in names]

    def _list(self, name: str, type_: type) -> list[Any]:
        """The items of a list; none where one of them is of another type."""
        value = self._document.get(name)
        if not isinstance(value, list):
            return []
        right = all(isinstance(item, type_) and not isinstance(item, bool) and item for item in value)
        return value if right else []
