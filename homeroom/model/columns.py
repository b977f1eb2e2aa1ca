"""The flat view of a resource: the columns, keys and foreign keys of its table.

A single value is one column; each part of a reference is one column, and parts that the standard says must be equal
(a section's school and its session's school) share one, as in the Ed-Fi ODS; a collection or an embedded object is one
column of JSON. Columns are named as the ODS names them, in snake case.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache

from homeroom.model.declaration import RESOURCES, Definition
from homeroom.model.member import Collection, Field, PrivacyClass, Reference, ValueType, strictest

EDUCATION_ORGANIZATION = "EducationOrganization"
GENERAL_STUDENT_PROGRAM_ASSOCIATION = "GeneralStudentProgramAssociation"

# The key field that says who a row is about. A reference part with this name (behind a role, perhaps) names that kind.
IDENTITIES = {
    "studentUniqueId": "Student",
    "contactUniqueId": "Contact",
    "staffUniqueId": "Staff",
}


@dataclass(frozen=True)
class Column:
    """One column. `paths` are the JSON paths that it fills; `type` is None for JSON (collections and objects).

    `privacy` of JSON is that of the strictest value inside: who shows it whole shows that too.
    `identifies` is the kind of thing whose identity the column holds: Student, Contact, Staff or EducationOrganization.
    """

    name: str
    type: ValueType | None
    privacy: PrivacyClass
    required: bool
    key: bool
    paths: tuple[str, ...]
    identifies: str | None = None
    collection: Collection | None = None


@dataclass(frozen=True)
class ForeignKey:
    """`columns` of this table hold the key `target_columns` of the table of `target`."""

    path: str
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]


def snake(name: str) -> str:
    """`studentUniqueId` as `student_unique_id`, `URI` as `uri`, `countyFIPSCode` as `county_fips_code`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def table_name(resource: str) -> str:
    """The table of a resource: `StudentSchoolAssociation` is `student_school_association`.

    PostgreSQL keeps 63 bytes of a name; a longer one loses its last words to a hash.
    """
    name = snake(resource)
    return name if len(name) <= 63 else f"{name[:54]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


@cache
def columns(resource: str) -> tuple[Column, ...]:
    """The columns of a resource's table, the key's first, in the order of declaration."""
    definition = RESOURCES[resource]
    names = _part_columns(definition)
    result: dict[str, Column] = {}
    for name, member in definition.members.items():
        if isinstance(member, Field):
            column = Column(
                names.get(name, snake(name)),
                member.type,
                member.privacy,
                member.required,
                member.key,
                (name,),
                _identity(definition, name),
            )
            _add(result, column)
        elif isinstance(member, Reference):
            for part, type_ in member.parts:
                path = f"{name}.{part}"
                column = Column(
                    names[path],
                    type_,
                    member.privacy,
                    member.required,
                    member.key,
                    (path,),
                    part_identity(part),
                )
                _add(result, column)
        else:
            _add(result, Column(snake(name), None, member.strictest, member.required, False, (name,), None, member))
    return tuple(sorted(result.values(), key=lambda column: not column.key))


@cache
def key_columns(resource: str) -> tuple[str, ...]:
    """The columns of the natural key, in the order of the table."""
    return tuple(column.name for column in columns(resource) if column.key)


def own_path(resource: str, column: Column) -> str:
    """Of the paths that share a column, the one that the resource's key names; else the first."""
    key = RESOURCES[resource].key
    return next((path for path in column.paths if path.partition(".")[0] in key), column.paths[0])


@cache
def foreign_keys(resource: str) -> tuple[ForeignKey, ...]:
    """The top-level references as foreign keys; those inside collections can't have one."""
    definition = RESOURCES[resource]
    names = _part_columns(definition)
    keys = []
    for name, member in definition.members.items():
        if not isinstance(member, Reference):
            continue
        own = tuple(names[f"{name}.{part}"] for part, _ in member.parts)
        keys.append(ForeignKey(name, own, member.target, target_columns(member)))
    return tuple(keys)


def _add(result: dict[str, Column], column: Column) -> None:
    present = result.get(column.name)
    if present is None:
        result[column.name] = column
        return
    result[column.name] = Column(
        present.name,
        present.type,
        strictest(present.privacy, column.privacy),
        present.required or column.required,
        present.key or column.key,
        present.paths + column.paths,
        present.identifies or column.identifies,
    )


def _part_columns(definition: Definition) -> dict[str, str]:
    """The column of each reference part (`schoolReference.schoolId`) and of each field equal to one."""
    bare: dict[str, str] = {}
    for name, member in definition.members.items():
        if isinstance(member, Reference):
            for part, _ in member.parts:
                bare[f"{name}.{part}"] = _bare_name(name, member, part)
        elif isinstance(member, Field):
            bare[name] = snake(name)
    groups = _equal_groups(definition, bare)
    names: dict[str, str] = {}
    for path in bare:
        group = groups[path]
        # Equal values share one column, under the name of the member that the key holds, else of the first.
        leader = min(group, key=lambda p: (not _in_key(definition, p), list(bare).index(p)))
        rivals = [p for p, n in bare.items() if n == bare[leader] and p not in group]
        if rivals and not _owns_name(definition, leader, rivals):
            names[path] = snake(_prefix(leader)) + "_" + snake(leader.rpartition(".")[2])
        else:
            names[path] = bare[leader]
    return names


def _bare_name(name: str, member: Reference, part: str) -> str:
    role = name.removesuffix("Reference")
    target = member.target[0].lower() + member.target[1:]
    if role == target:
        role = ""
    elif role.lower().endswith(member.target.lower()):
        role = role[: -len(member.target)]
    part_name = snake(part)
    return f"{snake(role)}_{part_name}" if role else part_name


def _prefix(path: str) -> str:
    return path.partition(".")[0].removesuffix("Reference")


def _in_key(definition: Definition, path: str) -> bool:
    member = definition.members[path.partition(".")[0]]
    return not isinstance(member, Collection) and member.key


def _owns_name(definition: Definition, path: str, rivals: list[str]) -> bool:
    """Whether `path` keeps the bare name: the key first, then a plain field, then the reference to the thing itself."""

    def rank(candidate: str) -> tuple[bool, bool, int, int]:
        member = definition.members[candidate.partition(".")[0]]
        order = list(definition.members).index(candidate.partition(".")[0])
        in_key = _in_key(definition, candidate)
        if isinstance(member, Reference):
            return (not in_key, True, len(member.parts), order)
        return (not in_key, False, 0, order)

    return all(rank(path) < rank(rival) for rival in rivals)


def _equal_groups(definition: Definition, bare: dict[str, str]) -> dict[str, tuple[str, ...]]:
    group = {path: {path} for path in bare}
    for one, other in definition.equal:
        if one in group and other in group:
            union = group[one] | group[other]
            for path in union:
                group[path] = union
    return {path: tuple(sorted(paths)) for path, paths in group.items()}


def _identity(definition: Definition, name: str) -> str | None:
    if definition.subclass_of == EDUCATION_ORGANIZATION and name in definition.key:
        return EDUCATION_ORGANIZATION
    return IDENTITIES.get(name)


def part_identity(part: str) -> str | None:
    """Whose identity a reference part holds: references carry keys under their own names, behind a role at most."""
    for name, kind in IDENTITIES.items():
        if part.lower().endswith(name.lower()):
            return kind
    organizations = [d for d in RESOURCES.values() if d.subclass_of == EDUCATION_ORGANIZATION]
    names = {"educationOrganizationId", *(key for d in organizations for key in d.key)}
    return EDUCATION_ORGANIZATION if any(part.lower().endswith(n.lower()) for n in names) else None


def _part_names(column: Column) -> set[str]:
    """The names under which a reference to the table may carry this column of its key."""
    names = {path.rpartition(".")[2] for path in column.paths}
    # ProgramEvaluation's `programReference.educationOrganizationId` is carried as `programEducationOrganizationId`.
    for path in column.paths:
        owner, _, part = path.rpartition(".")
        if owner:
            names.add(owner.removesuffix("Reference") + part[0].upper() + part[1:])
    camel = re.sub(r"_([a-z0-9])", lambda m: m[1].upper(), column.name)
    return names | {camel}


def target_columns(member: Reference) -> tuple[str, ...]:
    """The key column of the target that each part stands for, in the order of the parts."""
    if member.target == EDUCATION_ORGANIZATION:
        return ("education_organization_id",)
    if member.target not in RESOURCES:
        return tuple(snake(part) for part, _ in member.parts)
    keys = [column for column in columns(member.target) if column.key]
    result = []
    for part, _ in member.parts:
        exact = [c for c in keys if c.name == snake(part)]
        loose = [c for c in keys if part in _part_names(c)]
        result.append((exact or loose)[0].name)
    return tuple(result)
