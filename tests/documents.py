"""Valid documents of any resource, made from the model, with the rows that they refer to."""

from datetime import date, datetime, time

import psycopg
from hypothesis import strategies as st

from homeroom.model import RESOURCES
from homeroom.model.columns import EDUCATION_ORGANIZATION, Column, columns, foreign_keys, target_columns
from homeroom.model.declaration import Collection, Kind, Reference, ValueType
from homeroom.record.document import take_apart
from homeroom.record.identifiers import names, table
from homeroom.record.upsert import upsert

ORGANIZATIONS = [name for name, d in RESOURCES.items() if d.subclass_of == EDUCATION_ORGANIZATION]
STAND_INS = {EDUCATION_ORGANIZATION: "School", "GeneralStudentProgramAssociation": "StudentProgramAssociation"}


def code(type_: ValueType) -> str:
    """A code of the type in a district's own namespace: the standard has none for some types."""
    return f"uri://maple-grove.example/{type_.descriptor}#One"


def add_codes(connection: psycopg.Connection) -> None:
    types = {
        str(type_.descriptor)
        for definition in RESOURCES.values()
        for member in definition.walk()
        if not isinstance(member, Collection)
        for type_ in ([t for _, t in member.parts] if isinstance(member, Reference) else [member.type])
        if type_.descriptor
    }
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into edfi.descriptor (uri, descriptor_type, namespace, code_value) values (%s, %s, %s, 'One')",
            [(f"uri://maple-grove.example/{t}#One", t, f"uri://maple-grove.example/{t}") for t in types],
        )


LETTERS = st.characters(exclude_categories=("Cs", "Cc"))


def any_value(type_: ValueType) -> st.SearchStrategy:
    match type_.kind:
        case Kind.TEXT:
            length = min(type_.length, 12)
            return st.text(LETTERS, min_size=1, max_size=length).filter(str.strip)
        case Kind.DESCRIPTOR:
            return st.just(code(type_))
        case Kind.INTEGER:
            return st.integers(-(2**31), 2**31 - 1)
        case Kind.LONG:
            return st.integers(-(2**63), 2**63 - 1)
        case Kind.DECIMAL:
            whole = min(type_.precision - type_.scale, 8)
            return st.integers(-(10**whole) + 1, 10**whole - 1).map(lambda n: n + 0.5 if type_.scale else n)
        case Kind.BOOLEAN:
            return st.booleans()
        case Kind.DATE:
            return st.dates().map(date.isoformat)
        case Kind.TIME:
            return st.times().map(lambda t: time.isoformat(t.replace(microsecond=0)))
        case Kind.DATETIME:
            return st.datetimes().map(lambda t: datetime.isoformat(t.replace(microsecond=0)) + "Z")


PLAIN = {
    Kind.TEXT: "x",
    Kind.INTEGER: 2026,
    Kind.LONG: 1,
    Kind.DECIMAL: 1,
    Kind.BOOLEAN: True,
    Kind.DATE: "2025-08-20",
    Kind.TIME: "08:30:00",
    Kind.DATETIME: "2025-08-20T08:30:00Z",
}


class Maker:
    """Makes documents: the least that the standard requires, or with `draw` anything that it allows."""

    def __init__(self, draw=None):
        self.draw = draw

    def has(self, member) -> bool:
        return member.required or bool(self.draw and self.draw(st.booleans()))

    def value(self, type_: ValueType):
        if self.draw:
            return self.draw(any_value(type_))
        return code(type_) if type_.kind is Kind.DESCRIPTOR else PLAIN[type_.kind]

    def column(self, column: Column):
        if column.identifies != EDUCATION_ORGANIZATION:
            return self.value(column.type)
        return organization(column.paths)

    def document(self, resource: str, fixed: dict | None = None) -> dict:
        by_path = {path: column for column in columns(resource) for path in column.paths}
        values = dict(fixed or {})

        def at(path: str):
            column = by_path[path]
            if column.name not in values:
                values[column.name] = self.column(column)
            return values[column.name]

        document = {}
        for name, member in RESOURCES[resource].members.items():
            if not self.has(member):
                continue
            if isinstance(member, Reference):
                document[name] = {part: at(f"{name}.{part}") for part, _ in member.parts}
            elif isinstance(member, Collection):
                document[name] = self.collection(member)
            else:
                document[name] = at(name)
        return document

    def collection(self, member: Collection):
        item = {}
        for name, inner in member.element.members.items():
            if not self.has(inner):
                continue
            if isinstance(inner, Reference):
                item[name] = self.nested_reference(inner)
            elif isinstance(inner, Collection):
                item[name] = self.collection(inner)
            else:
                item[name] = self.value(inner.type)
        return item if member.single else [item]

    def nested_reference(self, member: Reference) -> dict:
        """The parts of a reference; two that stand for one column of the target have one value."""
        values = {}
        for (part, type_), column in zip(member.parts, target_columns(member), strict=True):
            if column not in values:
                values[column] = organization((part,)) if is_organization(part) else self.value(type_)
        return {part: values[column] for (part, _), column in zip(member.parts, target_columns(member), strict=True)}


def is_organization(part: str) -> bool:
    return any(part.lower().endswith(name.lower()) for name in (*KEYS, "educationOrganizationId"))


KEYS = {RESOURCES[name].key[0]: name for name in ORGANIZATIONS}


def organization(paths: tuple[str, ...]) -> int:
    """An id for each kind of organization, so that no school has the number of a district."""
    for path in paths:
        for key, name in KEYS.items():
            if path.lower().endswith(key.lower()):
                return 100 + ORGANIZATIONS.index(name)
    return 100 + ORGANIZATIONS.index("School")


def write_what_it_refers_to(connection: psycopg.Connection, resource: str, document: dict) -> None:
    taken = take_apart(resource, document)
    for foreign in foreign_keys(resource):
        values = {t: taken.values[own] for own, t in zip(foreign.columns, foreign.target_columns, strict=True)}
        if None not in values.values():
            ensure(connection, foreign.target, values)
    for member, parts in taken.nested.values():
        ensure(connection, member.target, dict(zip(target_columns(member), parts.values(), strict=True)))


def ensure(connection: psycopg.Connection, resource: str, key: dict) -> None:
    """A row of the resource with the key; of a school for any organization, of a plain one for any participation."""
    marks = ", ".join(["%s"] * len(key))
    found = connection.execute(
        f"select from {table(resource).as_string()} where ({names(key).as_string()}) = ({marks})", list(key.values())
    ).fetchone()
    if found is not None:
        return
    if resource == EDUCATION_ORGANIZATION:
        resource, key = "School", {"school_id": key["education_organization_id"]}
    resource = STAND_INS.get(resource, resource)
    fixed = {name: value if isinstance(value, str | int | bool) else value.isoformat() for name, value in key.items()}
    document = Maker().document(resource, fixed)
    write_what_it_refers_to(connection, resource, document)
    upsert(connection, resource, document, "test")


@st.composite
def any_document(draw, resources=tuple(RESOURCES)):
    """A resource, and a valid document of it."""
    resource = draw(st.sampled_from(resources))
    return resource, Maker(draw).document(resource)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(10**400)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def nearly_right(draw):
    """A right document in which some members, at any depth, are something else."""
    resource = draw(st.sampled_from(list(RESOURCES)))
    document = Maker(draw).document(resource)
    return resource, spoiled(draw, document)


def spoiled(draw, value):
    if draw(st.integers(0, 9)) == 0:
        return draw(ANYTHING)
    if isinstance(value, dict):
        return {name: spoiled(draw, inner) for name, inner in value.items()}
    return [spoiled(draw, inner) for inner in value] if isinstance(value, list) else value
