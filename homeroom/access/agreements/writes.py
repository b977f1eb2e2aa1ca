"""What an agreement's file says of writing: the table `[writes]`, and the namespaces that are the provider's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from homeroom.access.agreements.terms import EVERY_MEMBER, LEARNING_EVENT, members_of
from homeroom.access.resources.namespaces import namespace_column
from homeroom.model import DESCRIPTORS, RESOURCES
from homeroom.model.descriptor import STANDARD_NAMESPACE

ALL_MEMBERS = "all"
_LONGEST = 200
_WRITABLE = (*RESOURCES, *DESCRIPTORS, LEARNING_EVENT)

# Takes the sentence of what is wrong.
Fault = Callable[[str], None]


def read_writes(document: Mapping[str, Any], fault: Fault) -> dict[str, frozenset[str]]:
    """The resources of `[writes]` with their members; none where the file has no such table. Tells each fault."""
    tables = document.get("writes", {})
    if not isinstance(tables, dict):
        fault(f'writes: write each resource under [writes], as Student = "{ALL_MEMBERS}".')
        return {}
    return {resource: members for resource, said in tables.items() if (members := _members(resource, said, fault))}


def read_namespaces(document: Mapping[str, Any], writes: Mapping[str, frozenset[str]], fault: Fault) -> tuple[str, ...]:
    """The namespaces. Tells each fault, and where something is to be written that needs one."""
    said = document.get("namespaces", [])
    namespaces = said if isinstance(said, list) else [said]
    for one in namespaces:
        if not _is_namespace(one):
            fault(
                'namespaces: write those of the provider, as namespaces = ["uri://reading-trail.example"]. Nobody '
                f"writes in {STANDARD_NAMESPACE}, which is the standard's."
            )
            return ()
    for resource in writes:
        if resource == LEARNING_EVENT:
            continue
        if not namespaces and (resource in DESCRIPTORS or namespace_column(resource)):
            fault(f"writes.{resource}: it belongs to whoever owns its namespace. Name the provider's, as namespaces.")
    return tuple(dict.fromkeys(one.rstrip("/") for one in namespaces))


def told_writes(writes: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    """The table as a file has it."""
    return {
        resource: ALL_MEMBERS if members == EVERY_MEMBER else sorted(members)
        for resource, members in sorted(writes.items())
    }


def writes_of(told: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """What `told_writes` told."""
    return {
        resource: EVERY_MEMBER if members == ALL_MEMBERS else frozenset(members) for resource, members in told.items()
    }


def _members(resource: str, said: Any, fault: Fault) -> frozenset[str]:
    if resource not in _WRITABLE:
        fault(f"writes.{resource[:60]}: the record has no such resource.{meant(resource, _WRITABLE)}")
        return frozenset()
    if said == ALL_MEMBERS:
        return EVERY_MEMBER
    if resource == LEARNING_EVENT:
        fault(f'writes.{resource}: events are sent as wholes. Write {resource} = "{ALL_MEMBERS}".')
        return frozenset()
    known = members_of(resource)
    if not isinstance(said, list) or not said or not all(isinstance(name, str) for name in said):
        fault(f'writes.{resource}: write {resource} = "{ALL_MEMBERS}", or its members, as {resource} = ["...", "..."].')
        return frozenset()
    for name in said:
        if name not in known:
            guess = meant(name.replace("[", ".").partition(".")[0], known)
            fault(
                f"writes.{resource}: it has no member {name[:60]!r}. References and lists are written as wholes.{guess}"
            )
    if left_out := [name for name in _required(resource) if name not in said]:
        fault(f"writes.{resource}: no row can be written without {', '.join(left_out)}. Name them too.")
    return frozenset(said)


def _required(resource: str) -> list[str]:
    if resource in DESCRIPTORS:
        return ["codeValue", "namespace", "shortDescription"]
    return [name for name, member in RESOURCES[resource].members.items() if member.required]


def _is_namespace(said: Any) -> bool:
    return (
        isinstance(said, str)
        and len(said) <= _LONGEST
        and said.startswith("uri://")
        and len(said.rstrip("/")) > len("uri://")
        and not any(letter.isspace() or letter in "#\0" for letter in said)
        and not f"{said}/".startswith(STANDARD_NAMESPACE)
    )


def meant(word: str, known: Any) -> str:
    """What may be meant by a word that is none of the `known` ones, as a sentence; nothing where none is near."""
    close = get_close_matches(word, list(known), 1, 0.75)
    return f" Is {close[0]} meant?" if close else ""
