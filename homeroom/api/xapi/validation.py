"""What a statement has to be like (xAPI 1.0.3, part 2, sections 2 and 4; IEEE 9274.1.1): all faults, by JSON path."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
_PARTS = ("id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority", "version",
          "attachments")  # fmt: skip
_OF_SUB_STATEMENT = ("objectType", "actor", "verb", "object", "result", "context", "timestamp", "attachments")
_IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_MBOX = re.compile(r"mailto:[^\s@]+@[^\s@]+")
_SHA1, _SHA2 = re.compile(r"[0-9A-Fa-f]{40}"), re.compile(r"[0-9A-Fa-f]{56,128}")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_DURATION = re.compile(
    r"P(?:\d+(?:\.\d+)?W|(?=.)(?:\d+(?:\.\d+)?Y)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?D)?"
    r"(?:T(?=\d)(?:\d+(?:\.\d+)?H)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?S)?)?)"
)
# RFC 3339; a time that is not known to lie in any zone (-00) is refused (part 2, 4.5).
TIMESTAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?", re.IGNORECASE)
_NO_ZONE = re.compile(r"-00(:?00)?$")
_VERSION = re.compile(r"(1\.0|2\.0)(\.\d+)?")


def faults_of(statement: Any, path: str = "$") -> dict[str, list[str]]:
    """Sentences by the path of what is wrong; none where the statement is one."""
    found = _Faults()
    found.statement(statement, path, _PARTS)
    return found.told


class _Faults:
    """Goes through a statement and notes what is wrong."""

    def __init__(self) -> None:
        self.told: dict[str, list[str]] = {}

    def statement(self, said: Any, path: str, parts: tuple[str, ...]) -> None:
        if not self.object(said, path, parts, required=("actor", "verb", "object")):
            return
        self.optional(said, path, "id", self.uuid)
        self.actor(said.get("actor"), f"{path}.actor")
        self.verb(said.get("verb"), f"{path}.verb")
        self.target(said.get("object"), f"{path}.object", inside="objectType" in parts)
        self.optional(said, path, "result", self.result)
        is_activity = isinstance(said.get("object"), Mapping) and (
            said["object"].get("objectType", "Activity") == "Activity"
        )
        self.optional(said, path, "context", lambda one, at: self.context(one, at, is_activity))
        self.optional(said, path, "timestamp", self.timestamp)
        self.optional(said, path, "stored", self.timestamp)
        self.optional(said, path, "authority", self.actor)
        self.optional(said, path, "version", self.matching(_VERSION, "Write 1.0.x or 2.0.x."))
        self.optional(said, path, "attachments", self.each(self.attachment))
        is_voiding = isinstance(said.get("verb"), Mapping) and said["verb"].get("id") == VOIDED
        if (
            is_voiding
            and isinstance(said.get("object"), Mapping)
            and said["object"].get("objectType") != "StatementRef"
        ):
            self.fault(f"{path}.object", "What is voided is a statement: write a StatementRef.")

    def actor(self, said: Any, path: str) -> None:
        if not isinstance(said, Mapping):
            return self.fault(path, "Write an agent or a group as an object.")
        kind = said.get("objectType", "Agent")
        if kind == "Group":
            self.group(said, path)
        elif kind == "Agent":
            self.object(said, path, ("objectType", "name", *_IDENTIFIERS))
            self.identifiers(said, path, least=1)
        else:
            self.fault(f"{path}.objectType", "It is Agent or Group.")
        return None

    def group(self, said: Mapping[str, Any], path: str) -> None:
        self.object(said, path, ("objectType", "name", "member", *_IDENTIFIERS))
        identified = self.identifiers(said, path, least=0)
        members = said.get("member")
        if members is None and not identified:
            self.fault(f"{path}.member", "A group without an identifier has its members.")
        if members is not None:
            self.each(self.agent)(members, f"{path}.member")

    def agent(self, said: Any, path: str) -> None:
        if isinstance(said, Mapping) and said.get("objectType") == "Group":
            return self.fault(path, "A group holds agents, and no groups.")
        return self.actor(said, path)

    def identifiers(self, said: Mapping[str, Any], path: str, least: int) -> int:
        named = [name for name in _IDENTIFIERS if name in said]
        if not least <= len(named) <= 1:
            self.fault(path, f"Write one of {', '.join(_IDENTIFIERS)}, and no other.")
        self.optional(said, path, "name", self.text)
        self.optional(said, path, "mbox", self.matching(_MBOX, "Write mailto: and an address."))
        self.optional(said, path, "mbox_sha1sum", self.matching(_SHA1, "Write 40 hexadecimal digits."))
        self.optional(said, path, "openid", self.iri)
        self.optional(said, path, "account", self.account)
        return len(named)

    def account(self, said: Any, path: str) -> None:
        if self.object(said, path, ("homePage", "name"), required=("homePage", "name")):
            self.optional(said, path, "homePage", self.iri)
            self.optional(said, path, "name", self.text)

    def verb(self, said: Any, path: str) -> None:
        if said is not None and self.object(said, path, ("id", "display"), required=("id",)):
            self.optional(said, path, "id", self.iri)
            self.optional(said, path, "display", self.language_map)

    def target(self, said: Any, path: str, inside: bool) -> None:
        if said is None:
            return
        if not isinstance(said, Mapping):
            self.fault(path, "Write it as an object.")
            return
        kind = said.get("objectType", "Activity")
        if kind == "Activity":
            self.activity(said, path)
        elif kind in ("Agent", "Group"):
            self.actor(said, path)
        elif kind == "StatementRef":
            self.reference(said, path)
        elif kind == "SubStatement" and not inside:
            self.statement(said, path, _OF_SUB_STATEMENT)
        else:
            self.fault(f"{path}.objectType", "No statement is about such a thing.")

    def activity(self, said: Any, path: str) -> None:
        if not self.object(said, path, ("objectType", "id", "definition"), required=("id",)):
            return
        if said.get("objectType", "Activity") != "Activity":
            self.fault(f"{path}.objectType", "It is Activity.")
        self.optional(said, path, "id", self.iri)
        self.optional(said, path, "definition", self.definition)

    def definition(self, said: Any, path: str) -> None:
        if not isinstance(said, Mapping):
            self.fault(path, "Write it as an object.")
            return
        for name in ("name", "description"):
            self.optional(said, path, name, self.language_map)
        for name in ("type", "moreInfo"):
            self.optional(said, path, name, self.iri)
        self.optional(said, path, "extensions", self.extensions)
        self.no_nulls({name: one for name, one in said.items() if name != "extensions"}, path)

    def reference(self, said: Any, path: str) -> None:
        if self.object(said, path, ("objectType", "id"), required=("objectType", "id")):
            if said.get("objectType") != "StatementRef":
                self.fault(f"{path}.objectType", "It is StatementRef.")
            self.optional(said, path, "id", self.uuid)

    def result(self, said: Any, path: str) -> None:
        parts = ("score", "success", "completion", "response", "duration", "extensions")
        if not self.object(said, path, parts):
            return
        self.optional(said, path, "score", self.score)
        self.optional(said, path, "success", self.truth)
        self.optional(said, path, "completion", self.truth)
        self.optional(said, path, "response", self.text)
        self.optional(said, path, "duration", self.matching(_DURATION, "Write a duration as PT1H5M."))
        self.optional(said, path, "extensions", self.extensions)

    def score(self, said: Any, path: str) -> None:
        if not self.object(said, path, ("scaled", "raw", "min", "max")):
            return
        for name in said:
            if isinstance(said[name], bool) or not isinstance(said[name], int | float):
                self.fault(f"{path}.{name}", "Write a number.")
                return
        if not -1 <= said.get("scaled", 0) <= 1:
            self.fault(f"{path}.scaled", "It lies between -1 and 1.")
        least, most = said.get("min"), said.get("max")
        if least is not None and most is not None and least >= most:
            self.fault(f"{path}.max", "It is greater than min.")
        raw = said.get("raw")
        if raw is not None and ((least is not None and raw < least) or (most is not None and raw > most)):
            self.fault(f"{path}.raw", "It lies between min and max.")

    def context(self, said: Any, path: str, is_activity: bool) -> None:
        parts = ("registration", "instructor", "team", "contextActivities", "revision", "platform", "language",
                 "statement", "extensions", "contextAgents", "contextGroups")  # fmt: skip
        if not self.object(said, path, parts):
            return
        self.optional(said, path, "registration", self.uuid)
        self.optional(said, path, "instructor", self.actor)
        self.optional(said, path, "team", self.team)
        self.optional(said, path, "contextActivities", self.context_activities)
        self.optional(said, path, "language", self.matching(_LANGUAGE, "Write a language as en-US."))
        self.optional(said, path, "statement", self.reference)
        self.optional(said, path, "extensions", self.extensions)
        for name in ("revision", "platform"):
            self.optional(said, path, name, self.text)
            if name in said and not is_activity:
                self.fault(f"{path}.{name}", "It is said of activities alone.")

    def team(self, said: Any, path: str) -> None:
        if not isinstance(said, Mapping) or said.get("objectType") != "Group":
            return self.fault(path, "A team is a group.")
        return self.actor(said, path)

    def context_activities(self, said: Any, path: str) -> None:
        if not self.object(said, path, ("parent", "grouping", "category", "other")):
            return
        for name, found in said.items():
            # Older apps send one as an object; it counts as a list of one (part 2, 2.4.6.2).
            self.each(self.activity)(found if isinstance(found, list) else [found], f"{path}.{name}")

    def attachment(self, said: Any, path: str) -> None:
        parts = ("usageType", "display", "description", "contentType", "length", "sha2", "fileUrl")
        needed = ("usageType", "display", "contentType", "length", "sha2", "fileUrl")
        if not self.object(said, path, parts, required=needed):
            return
        self.optional(said, path, "usageType", self.iri)
        self.optional(said, path, "display", self.language_map)
        self.optional(said, path, "description", self.language_map)
        self.optional(said, path, "contentType", self.text)
        self.optional(said, path, "sha2", self.matching(_SHA2, "Write hexadecimal digits."))
        self.optional(said, path, "fileUrl", self.iri)
        if isinstance(said.get("length"), bool) or not isinstance(said.get("length", 0), int):
            self.fault(f"{path}.length", "Write a whole number.")

    def extensions(self, said: Any, path: str) -> None:
        if not isinstance(said, Mapping):
            self.fault(path, "Write it as an object.")
        elif any(not _IRI.fullmatch(name) for name in said):
            self.fault(path, "Each extension is named by an IRI.")

    def language_map(self, said: Any, path: str) -> None:
        right = isinstance(said, Mapping) and all(
            _LANGUAGE.fullmatch(name) and isinstance(text, str) for name, text in said.items()
        )
        if not right:
            self.fault(path, 'Write texts by their languages, as {"en-US": "answered"}.')

    def each(self, check: Callable[[Any, str], None]) -> Callable[[Any, str], None]:
        def check_all(said: Any, path: str) -> None:
            if not isinstance(said, list):
                self.fault(path, "Write it as a list.")
                return
            for place, one in enumerate(said):
                check(one, f"{path}[{place}]")

        return check_all

    def matching(self, form: re.Pattern[str], words: str) -> Callable[[Any, str], None]:
        def check(said: Any, path: str) -> None:
            if not isinstance(said, str) or not form.fullmatch(said):
                self.fault(path, words)

        return check

    def iri(self, said: Any, path: str) -> None:
        self.matching(_IRI, "Write an IRI, with its scheme.")(said, path)

    def timestamp(self, said: Any, path: str) -> None:
        if not isinstance(said, str) or not TIMESTAMP.fullmatch(said) or _NO_ZONE.search(said):
            self.fault(path, "Write a time as 2026-09-01T10:00:00Z.")

    def uuid(self, said: Any, path: str) -> None:
        try:
            right = isinstance(said, str) and str(UUID(said)) == said.lower()
        except ValueError:
            right = False
        if not right:
            self.fault(path, "Write a UUID, with hyphens.")

    def text(self, said: Any, path: str) -> None:
        if not isinstance(said, str):
            self.fault(path, "Write text.")

    def truth(self, said: Any, path: str) -> None:
        if not isinstance(said, bool):
            self.fault(path, "Write true or false.")

    def no_nulls(self, said: Mapping[str, Any], path: str) -> None:
        for name, value in said.items():
            if value is None:
                self.fault(f"{path}.{name}", "Leave out what has no value.")

    def object(self, said: Any, path: str, parts: tuple[str, ...], required: tuple[str, ...] = ()) -> bool:
        """Whether it is an object; notes parts that there are not, those without a value, and those that lack."""
        if not isinstance(said, Mapping):
            self.fault(path, "Write it as an object.")
            return False
        if unknown := said.keys() - set(parts):
            self.fault(path, f"There {'are parts' if len(unknown) > 1 else 'is a part'} that the standard has not.")
        self.no_nulls(said, path)
        for name in required:
            if name not in said:
                self.fault(f"{path}.{name}", "It is required.")
        return True

    def optional(self, said: Mapping[str, Any], path: str, name: str, check: Callable[[Any, str], None]) -> None:
        if said.get(name) is not None:
            check(said[name], f"{path}.{name}")

    def fault(self, path: str, words: str) -> None:
        self.told.setdefault(path, []).append(words)
