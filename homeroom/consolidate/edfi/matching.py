"""Which place in the record each element of an Ed-Fi XML document has, by the names on both sides.

The standard's XML and its JSON say the same in different shapes, in regular ways: an element is a member's name with a
capital; `Descriptor` is not said; a list is its items side by side, named in the singular and by the owner; what JSON
has flat may stand inside an element (`Name`, `BirthData`); a reference holds an `…Identity`, in which references may
be nested. So the places are found by rule, from the model and from the elements that the documents at hand really
have; `OTHERWISE` holds the few names that follow no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from homeroom.consolidate.edfi.renamed import ELEMENTS_BEFORE, OTHERWISE
from homeroom.model import RESOURCES
from homeroom.model.columns import EDUCATION_ORGANIZATION
from homeroom.model.declaration import Collection, Definition, Field, Member, Reference

Path = tuple[str, ...]


@dataclass(frozen=True)
class Tree:
    """The elements that documents have: children by name. A leaf has none, and holds text.

    A `mixed` leaf holds text in some documents and more than text in others: attributes, or a code with its namespace.
    """

    children: Mapping[str, Tree] = field(default_factory=dict)
    mixed: bool = False

    def walk(self, prefix: Path = ()) -> Iterable[tuple[Path, Tree]]:
        """Every element with its path."""
        for name, child in self.children.items():
            yield (*prefix, name), child
            yield from child.walk((*prefix, name))


@dataclass
class Places:
    """Where the values of one object (a resource, or an item of a list) stand in its element.

    `values`: by JSON path (`birthDate`, `schoolReference.schoolId`) the paths of elements, the most trusted first.
    `objects`: by the name of a collection or embedded object, the paths of its items' elements with their places.
    `unknown`: the elements that the record has no place for.
    """

    values: dict[str, list[Path]] = field(default_factory=dict)
    objects: dict[str, list[tuple[Path, Places]]] = field(default_factory=dict)
    unknown: list[Path] = field(default_factory=list)

    def all_unknown(self) -> list[Path]:
        """The unknown elements here and in all items."""
        inner = [
            (*path, *below)
            for items in self.objects.values()
            for path, places in items
            for below in places.all_unknown()
        ]
        return self.unknown + inner


def match(definition: Definition, tree: Tree) -> Places:
    """The places of a resource's values in its element."""
    matcher = _Matcher(definition.name, definition.subclass_of)
    places = Places()
    for name, child in tree.children.items():
        matcher.place(definition.members, (name,), child, places)
    for paths in places.values.values():
        paths.sort(key=len)
    return places


class _Matcher:
    def __init__(self, resource: str, base: str | None) -> None:
        self._resource = resource
        self._owners = [resource, base or resource]

    def place(self, members: Mapping[str, Member], path: Path, tree: Tree, places: Places) -> None:
        """Find the place of one element among the members of the object that it stands in."""
        name = path[-1]
        found = self._member(members, path)
        if found is None:
            # What JSON has flat may stand inside an element.
            if tree.children and self._holds_any(members, path, tree):
                for inner, child in tree.children.items():
                    self.place(members, (*path, inner), child, places)
            else:
                places.unknown.append(path)
            return
        member = members[found]
        if isinstance(member, Field):
            self._place_value(members, found, path, tree, places)
        elif isinstance(member, Reference):
            self._place_reference(found, member, path, tree, places)
        else:
            places.objects.setdefault(found, []).append((path, self._item(member, name, tree)))

    def _place_value(self, members: Mapping[str, Member], found: str, path: Path, tree: Tree, places: Places) -> None:
        """A value; or a value with what belongs to it, as `AvailableCredits` holds `Credits` and `CreditType`."""
        name = path[-1]
        own = next((child for child in tree.children if name.endswith(child)), None)
        if own is None:
            places.values.setdefault(found, []).append(path)
            return
        for child_name, child in tree.children.items():
            beside = self._member(members, (name.removesuffix(own) + child_name,))
            if child_name == own:
                places.values.setdefault(found, []).append((*path, own))
            elif beside and isinstance(members[beside], Field) and not child.children:
                places.values.setdefault(beside, []).append((*path, child_name))
            else:
                places.unknown.append((*path, child_name))

    def _item(self, collection: Collection, name: str, tree: Tree) -> Places:
        """The places inside the element of one item; the path () is the element's own text."""
        members, places = collection.element.members, Places()
        owner, self._owners = self._owners, [collection.element.__name__, *self._owners]
        if not _is_object(tree, name):
            inner = Places()
            self.place(members, (name,), tree, inner)
            if inner.unknown and len(members) == 1:
                # The one thing that an item holds may go by another name.
                ((only, member),) = members.items()
                if isinstance(member, Reference):
                    inner = Places()
                    self._place_reference(only, member, (name,), tree, inner)
                elif not tree.children:
                    inner = Places({only: [(name,)]})
            places.values = {k: [p[1:] for p in paths] for k, paths in inner.values.items()}
            places.objects = {k: [(p[1:], o) for p, o in items] for k, items in inner.objects.items()}
            places.unknown = [p[1:] for p in inner.unknown]
        else:
            for child_name, child in tree.children.items():
                self.place(members, (child_name,), child, places)
        self._owners = owner
        return places

    def _holds_any(self, members: Mapping[str, Member], path: Path, tree: Tree) -> bool:
        return any(self._member(members, (*path, inner)) for inner in tree.children)

    def _member(self, members: Mapping[str, Member], path: Path) -> str | None:
        """The member of an element's name."""
        name = path[-1]
        special = (
            OTHERWISE.get((self._resource, "/".join(path[-2:])))
            or OTHERWISE.get((self._resource, name))
            or OTHERWISE.get(("", name))
        )
        if special and special in members:
            return special
        wanted = ELEMENTS_BEFORE.get(name, name).lower()
        lower = {member.lower(): member for member in members}
        for way in (wanted, f"{wanted}descriptor", f"{wanted}typereference"):
            if way in lower:
                return lower[way]
        shorter = [wanted.removeprefix(owner.lower()) for owner in self._owners]
        for way in dict.fromkeys(
            [wanted, *shorter, wanted.removesuffix("reference"), *(s.removesuffix("reference") for s in shorter)]
        ):
            for plural in _plurals(way) if way else ():
                if plural in lower and isinstance(members[lower[plural]], Collection):
                    return lower[plural]
        for way in shorter:
            for spelled in (way, f"{way}descriptor", f"{way}reference"):
                if way and spelled in lower:
                    return lower[spelled]
        return None

    def _place_reference(self, name: str, member: Reference, path: Path, tree: Tree, places: Places) -> None:
        parts = {part.lower(): part for part, _ in member.parts}
        if not tree.children:
            # A reference to a school year is the year itself.
            if len(parts) == 1:
                places.values.setdefault(f"{name}.{member.parts[0][0]}", []).append(path)
            else:
                places.unknown.append(path)
            return
        for inner, child in tree.walk():
            if child.children:
                continue
            part = _part(inner, parts)
            if part is None:
                places.unknown.append((*path, *inner))
            else:
                places.values.setdefault(f"{name}.{part}", []).append((*path, *inner))


def _is_object(tree: Tree, name: str) -> bool:
    """Whether an item's element holds its values as elements, and is not itself the value or the reference."""
    return bool(tree.children) and not name.endswith("Reference")


def _plurals(name: str) -> tuple[str, ...]:
    ways = [f"{name}s", f"{name}es", name]
    if name.endswith("y"):
        ways.append(f"{name[:-1]}ies")
    return tuple(ways)


def _part(path: Path, parts: Mapping[str, str]) -> str | None:
    """The part of a reference that a leaf inside it is: by its name, behind the roles of the references around it."""
    leaf = ELEMENTS_BEFORE.get(path[-1], path[-1]).lower()
    roles = [name.removesuffix("Reference").lower() for name in path[:-1] if name.endswith("Reference")]
    roles = [role.removesuffix(_ORGANIZATION) for role in roles]
    joined = ["".join(roles[start:]) for start in range(len(roles))]
    for role in dict.fromkeys([*joined, *roles, ""]):
        for spelled in (f"{role}{leaf}", f"{role}{leaf}descriptor"):
            if spelled in parts:
                return parts[spelled]
    if leaf in _ORGANIZATION_IDS:
        # A school may stand where any education organization may.
        return next((name for spelled, name in parts.items() if spelled.endswith(f"{_ORGANIZATION}id")), None)
    return None


_ORGANIZATION = EDUCATION_ORGANIZATION.lower()
_ORGANIZATION_IDS = {f"{_ORGANIZATION}id"} | {
    key.lower() for d in RESOURCES.values() if d.subclass_of == EDUCATION_ORGANIZATION for key in d.key
}
